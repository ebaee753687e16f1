"""How house records lie in the index of the compartment `vault`: staff cards and the site's settings."""

from dataclasses import dataclass

from rehabdesk.access.model import StaffCard
from rehabdesk.core.canon import Json, dump, unb64
from rehabdesk.core.errors import FormatError
from rehabdesk.core.payload import from_bytes, from_payload, to_payload
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.projection import HOUSE, Index, Projection, Record, SearchText

STAFF_CARD, SITE_SETTINGS = "staff_card", "site_settings"

DDL = """
CREATE TABLE staff_card (rid TEXT PRIMARY KEY, uid TEXT NOT NULL, salt BLOB NOT NULL, card BLOB NOT NULL,
                         sid BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE site_settings (rid TEXT PRIMARY KEY, seq INTEGER NOT NULL, settings BLOB NOT NULL,
                            sid BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaltedCard:
    """A staff card as it was recorded; it counts only if SHA-256(salt ‖ canonical card) is in the membership."""

    salt: bytes
    card: StaffCard

    def signed_form(self) -> bytes:
        return self.salt + dump(to_payload(self.card))


def salted_cards(index: Index) -> tuple[SaltedCard, ...]:
    """Every recorded card, also those that nobody signed: the caller compares with the membership."""
    rows = index.rows("SELECT salt, card FROM staff_card ORDER BY rid")
    return tuple(SaltedCard(salt=bytes(salt), card=from_bytes(StaffCard, bytes(card))) for salt, card in rows)


def newest_settings(index: Index) -> SiteSettings | None:
    row = index.row("SELECT settings FROM site_settings ORDER BY seq DESC LIMIT 1")
    return None if row is None else from_bytes(SiteSettings, bytes(row[0]))


def _apply(index: Index, record: Record) -> None:
    if record.kind == STAFF_CARD:
        card = from_payload(StaffCard, _object(record, "card"))
        index.run(
            "INSERT OR REPLACE INTO staff_card (rid, uid, salt, card, sid) VALUES (:rid, :uid, :salt, :card, :sid)",
            {
                "rid": record.rid,
                "uid": card.uid,
                "salt": unb64(record.payload.get("salt"), 32),
                "card": dump(to_payload(card)),
                "sid": record.sid,
            },
        )
    else:
        settings = from_payload(SiteSettings, _object(record, "settings"))
        index.run(
            "INSERT OR REPLACE INTO site_settings (rid, seq, settings, sid) VALUES (:rid, :seq, :settings, :sid)",
            {"rid": record.rid, "seq": record.seq, "settings": dump(to_payload(settings)), "sid": record.sid},
        )


def _object(record: Record, name: str) -> dict[str, Json]:
    found = record.payload.get(name)
    if not isinstance(found, dict):
        raise FormatError("A house record is not of the form that this version knows.")
    return found


def _search(_: Record) -> SearchText | None:
    return None


PROJECTION = Projection(
    feature="access",
    version=1,
    comps=(HOUSE,),
    ddl=DDL,
    kinds={STAFF_CARD: (1,), SITE_SETTINGS: (1,)},
    retention={STAFF_CARD: "staff", SITE_SETTINGS: "house"},
    apply=_apply,
    search=_search,
)
