"""The unlocked desk: how features read, write and keep drafts with this login's keys; and how it is locked."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from rehabdesk.access import store
from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.known_time_service import KnownTime
from rehabdesk.access.lock_model import LockCause
from rehabdesk.access.model import READING_IS_LOGGED, Draft, Member, Role, StaffCard, written_form
from rehabdesk.access.own_service import OwnWriting
from rehabdesk.access.pins_service import Pin, keep_pin
from rehabdesk.access.turn_service import Report, Reported, Turn
from rehabdesk.core.canon import Json, sha256_hex
from rehabdesk.core.clock import Clock
from rehabdesk.core.errors import NoKey, SealBroken, StorageError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import Ids
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.index import SINGLE, IndexFile
from rehabdesk.db.projection import HOUSE, OWN, OWN_EPOCH, Index, NewRecord, Record, family_of, own_comp
from rehabdesk.db.shred import Shred
from rehabdesk.db.space import Ballast
from rehabdesk.db.truth import Item, Truth
from rehabdesk.seals.record import RecordSealer, is_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about the desk that is said after unlock. `code` is stable; the sentence says what to do."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What unlocking brought together for one desk."""

    files: DeskFiles
    keys: Keys
    sealer: RecordSealer
    truth: Truth
    shred: Shred
    indexes: Mapping[str, IndexFile]
    clock: Clock
    ids: Ids
    ballast: Ballast
    pin: Pin | None


class Desk:
    """One unlocked login. Every writing goes through `commit`; what this login may not read, its keys do not open."""

    def __init__(self, opened: Open, notices: Sequence[Notice] = ()) -> None:
        self._open = opened
        self.uid = opened.keys.uid
        self.clock, self.ids, self.turn = opened.clock, opened.ids, Turn()
        self.own = OwnWriting(
            files=opened.files,
            keys=opened.keys,
            truth=opened.truth,
            shred=opened.shred,
            ballast=opened.ballast,
            ids=opened.ids,
        )
        self.own.take_back_rescued()
        self.notices, self.known_time = tuple(notices), KnownTime(opened.truth, opened.pin)
        self._cards = _trusted_cards(self._open.keys, self.index(HOUSE))
        self._closed = False

    @property
    def role(self) -> Role:
        """The role on this login's own card."""
        return self.staff(self.uid).role

    # compartments

    @property
    def keys(self) -> Keys:
        """For ceremonies of this folder and of the site root only: features never need it."""
        return self._open.keys

    @property
    def files(self) -> DeskFiles:
        return self._open.files

    @property
    def truth(self) -> Truth:
        """For `audit`, which reads and checks the chain."""
        return self._open.truth

    @property
    def shred(self) -> Shred:
        return self._open.shred

    @property
    def sealer(self) -> RecordSealer:
        """For `audit`, which checks that rows open."""
        return self._open.sealer

    @property
    def pin(self) -> Pin | None:
        """What this login saw last, at its unlock."""
        return self._open.pin

    @property
    def vault_id(self) -> str:
        return self._open.keys.vault

    def holds(self, comp: str) -> bool:
        """Whether this login holds the compartment's key."""
        return comp in self._open.indexes

    def index(self, comp: str) -> Index:
        """The tables of a compartment. NoKey where this login does not hold it."""
        return self.index_file(comp)

    def index_file(self, comp: str) -> IndexFile:
        found = self._open.indexes.get(comp)
        if found is None:
            raise NoKey(tr("This login holds no key for that."))
        if found.dirty:
            found.catch_up()
        return found

    def require_current(self, comp: str) -> None:
        """For deeds that depend on what the index says. StorageError while it could not catch up (vault.md 7)."""
        if self.index_file(comp).dirty:
            raise StorageError(tr("Search is catching up with what was saved. Try again in a moment."))

    # writing

    def commit(
        self,
        deed: str,
        items: Sequence[NewRecord],
        *,
        drop_drafts: Sequence[str] = (),
        extra: Mapping[str, Json] | None = None,
        report: Report | None = None,
    ) -> tuple[Record, ...]:
        """One deed in one transaction: the records, their entries, and the drafts that they replace.

        An item for one login (`own_comp`), or for a compartment that this login does not hold, goes as a letter, which
        only they open (vault.md 3.3); it is not among the records that are returned. When it returns, all of it is
        saved. `extra` holds codes, ids and counts for the log, never names or typed text. `report`: for a job that
        writes much; it has the turn.

        StorageError: nothing was saved.
        """
        with self.turn.taken() if report is None else self.turn.for_long():
            self.own.bring_in(drop_drafts)
            prepared: Sequence[Item] = _prepared(self, self._open, items)
            if report is not None:
                prepared = Reported(prepared, report)
            written = self._open.ballast.make_room_for(
                lambda: self._open.truth.commit(deed, prepared, drop_own=tuple(drop_drafts), extra=extra)
            )
            records: dict[tuple[str, int], Record] = {}
            for comp in {item.comp for item in items if self.holds(item.comp)}:
                for record in self.index_file(comp).apply(written):
                    records[record.rid, record.ver] = record
        return tuple(records[row.rid, row.ver] for row, _ in written if (row.rid, row.ver) in records)

    def letter(self, comp: str, deed: str, item: NewRecord) -> str:
        """Writes one record for the members of `comp`, as a letter where this login is none; gives its id."""
        rid = item.rid or self.ids()
        self.commit(deed, [replace(item, comp=comp, rid=rid)])
        return rid

    def log(self, deed: str, *, comp: str = "", rid: str = "", extra: Mapping[str, Json] | None = None) -> None:
        """An entry without a record: a list with snippets was shown, something left the desk."""
        with self.turn.taken():
            self._open.ballast.make_room_for(lambda: self._open.truth.commit(deed, comp=comp, rid=rid, extra=extra))

    # reading

    def read(self, comp: str, rid: str) -> Record:
        """The newest version, decrypted and compared with its hash. UserError where there is none.

        Of letters, and where reading is logged, the entry is committed first; if it cannot be, nothing is shown.
        """
        row = self._open.truth.newest(rid)
        if row is None:
            raise UserError(tr("That record is not there."))
        return self.version(comp, rid, row.ver)

    def version(self, comp: str, rid: str, ver: int) -> Record:
        """As `read`, for one version."""
        index = self.index_file(comp)
        row, seen = self._open.truth.version(rid, ver), index.seen(rid, ver)
        if row is None or row.comp != comp or seen is None:
            raise UserError(tr("That record is not there."))
        if seen[0] != row.h:
            raise SealBroken(tr("A record was replaced since it was read. Check the desk."))
        if comp in READING_IS_LOGGED or is_letter(row.ct):
            self.log("read", comp=comp, rid=rid)
        return index.opened(row, seen[1], seen[2])

    # drafts and small secrets, which only this login opens

    def save_draft(
        self, kind: str, payload: Mapping[str, Json], *, person: str | None, draft_id: str | None = None
    ) -> str:
        """Keeps unsigned writing, overwriting the draft `draft_id`, and gives its id; on a full disk in `rescue/`."""
        with self.turn.taken():
            return self.own.save_draft(kind, payload, person, draft_id)

    def drafts(self, kind: str | None = None) -> tuple[Draft, ...]:
        """This login's drafts, oldest first."""
        return self.own.drafts(kind)

    def draft(self, draft_id: str) -> Draft:
        """UserError where this login has no such draft."""
        return self.own.draft(draft_id)

    def drop_draft(self, draft_id: str) -> None:
        """Throws a draft away; that it was is logged, what it said is not."""
        with self.turn.taken():
            self.own.drop_draft(draft_id)

    def keep_secret(self, name: str, secret: bytes) -> None:
        """A small secret of this login (a certificate key); a second one of that name replaces the first."""
        with self.turn.taken():
            self.own.keep_secret(name, secret)

    def secret(self, name: str) -> bytes | None:
        """The secret of that name; None if there is none."""
        return self.own.secret(name)

    # who is who

    def staff(self, uid: str) -> StaffCard:
        """The card behind a login. UserError where no card is signed for it."""
        found = self._cards.get(uid)
        if found is None:
            raise UserError(tr("Nobody vouches for that login."))
        return found

    def all_staff(self) -> tuple[StaffCard, ...]:
        """The cards of all logins, also of those who left, by uid."""
        return tuple(card for _, card in sorted(self._cards.items()))

    def members(self) -> tuple[Member, ...]:
        """Every login with the compartments whose key it holds: everybody may see this (vault.md 3.2)."""
        statement = self._open.keys.statement
        return tuple(
            Member(
                card=self._cards[uid],
                sign_in=user.sign,
                active=uid in statement.active(),
                compartments=tuple(name for name, comp in sorted(statement.comps.items()) if uid in comp.members),
            )
            for uid, user in sorted(statement.users.items())
            if uid in self._cards
        )

    def settings(self) -> SiteSettings:
        """The site's settings. StorageError where the desk holds none."""
        found = store.newest_settings(self.index(HOUSE))
        if found is None:
            raise StorageError(tr("The site's settings are missing. Check the desk."))
        return found

    # going on and ending

    def refresh_membership(self) -> None:
        """Takes up a membership that this very program has just changed."""
        keys = self._open.keys
        self._open.truth.change_generation((keys.statement.gen, keys.statement_digest()))
        self._cards = _trusted_cards(self._open.keys, self.index(HOUSE))

    @property
    def locked(self) -> bool:
        """Whether its files are closed; nothing can be asked of it any more."""
        return self._closed

    def keep_pins(self) -> None:
        """Writes what this login saw last, in two copies (vault.md 6.3)."""
        keep_pin(self.files, self.keys, self.truth.head(), self.clock.now(), known=self.known_time.latest())

    def lock(self, cause: LockCause = LockCause.ASKED) -> None:
        """Entry, pins, checkpoint, close. Every step may fail alone, the lock still happens;
        a second call does nothing.
        """
        if self._closed:
            return
        self._closed = True
        with suppress(StorageError), self.turn.taken():
            self._open.truth.commit("lock", extra={"cause": str(cause)})
        with suppress(StorageError):
            self.keep_pins()
        for index in self._open.indexes.values():
            index.close()
        self._open.shred.close()
        self._open.truth.close()


def _prepared(desk: Desk, opened: Open, items: Sequence[NewRecord]) -> list[Item]:
    """The items as the truth takes them. New salts are on the disk before, all in one transaction."""
    classes = [_class_of(desk, item) for item in items]
    known = [
        None
        if one is None
        else _sid_of_record(opened.truth, item) or desk.index_file(item.comp).known_sid(item.person or "", one)
        for item, one in zip(items, classes, strict=True)
    ]
    fresh: dict[object, bytes] = {}
    places: list[object] = []
    for number, (item, one, sid) in enumerate(zip(items, classes, known, strict=True)):
        # what is written at once about one person is also forgotten at once
        shared = one is not None and one != SINGLE and item.person is not None
        places.append(None if sid else (item.comp, item.person, one) if shared else number)
    wanted = list(dict.fromkeys(place for place in places if place is not None))
    fresh.update(zip(wanted, opened.shred.new_sids(len(wanted)), strict=True))
    return [
        _letter(opened, item, fresh[place])
        if one is None
        else Item(
            comp=item.comp,
            epoch=opened.keys.current(item.comp)[0],
            sid=sid or fresh[place],
            rid=item.rid or desk.ids(),
            payload=_payload(item),
        )
        for item, one, sid, place in zip(items, classes, known, places, strict=True)
    ]


def _class_of(desk: Desk, item: NewRecord) -> str | None:
    """The class of the record's sid; None for what goes as a letter."""
    if family_of(item.comp) == OWN or not desk.holds(item.comp):
        return None
    index = desk.index_file(item.comp)
    if not index.knows(item.kind):
        raise ValueError(f"no projection of {item.comp} knows the kind {item.kind}")
    return index.retention_of(item.kind)


def _sid_of_record(truth: Truth, item: NewRecord) -> bytes | None:
    """A later version keeps the sid of the record, so that one erasure reaches all versions."""
    row = None if item.rid is None else truth.newest(item.rid)
    return None if row is None else row.sid


def _letter(opened: Open, item: NewRecord, sid: bytes) -> Item:
    """The item sealed to one login, or to the letter key of a compartment that this login does not hold."""
    if family_of(item.comp) == OWN:
        return _letter_to_login(opened, item, sid)
    held = opened.keys.statement.comps.get(item.comp)
    if held is None:
        raise UserError(tr("This desk has no such compartment."))
    return Item(
        comp=item.comp,
        epoch=held.epoch,
        sid=sid,
        rid=item.rid or opened.ids(),
        payload=_payload(item),
        letter_key=held.letter,
    )


def _letter_to_login(opened: Open, item: NewRecord, sid: bytes) -> Item:
    """The item sealed to the key of one login. UserError where nobody of that name signs in any more."""
    statement = opened.keys.statement
    addressee = next((uid for uid in statement.active() if own_comp(uid) == item.comp), None)
    if addressee is None:
        raise UserError(tr("The one to whom this goes does not work here any more. Choose somebody else."))
    return Item(
        comp=item.comp,
        epoch=OWN_EPOCH,
        sid=sid,
        rid=item.rid or opened.ids(),
        payload=_payload(item),
        letter_key=statement.users[addressee].x,
    )


def _trusted_cards(keys: Keys, house: Index) -> dict[str, StaffCard]:
    """Cards whose digest two people signed into the membership."""
    users = keys.statement.users
    return {
        salted.card.uid: salted.card
        for salted in store.salted_cards(house)
        if salted.card.uid in users and users[salted.card.uid].card.hex() == sha256_hex(salted.signed_form())
    }


def _payload(item: NewRecord) -> bytes:
    head: dict[str, Json] = {"k": item.kind, "pv": item.pv}
    if item.person is not None:
        head["person"] = item.person
    if head.keys() & item.payload.keys():
        raise ValueError("k, pv and person are not the feature's own names")
    return written_form(head | dict(item.payload))
