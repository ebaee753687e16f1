"""What passes the line of command by: disclosures of ill-treatment, and requests for content that were declined.

Both are letters to single logins, which no key of supervisor, case officer or administrator opens (vault.md 3.3).
"""

import json
from collections.abc import Iterable

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.text import nfc
from rehabdesk.db.projection import CLINICAL, NewRecord, Record, own_comp
from rehabdesk.notes.alerts import alert_store as store
from rehabdesk.notes.alerts.alert_model import (
    Disclosure,
    HandOff,
    LetterRow,
    RequestRefusal,
    TypedAlert,
    require_past,
)
from rehabdesk.notes.alerts.alert_pdf import hand_off_pages
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People

DEED = "letter"
DISCLOSURE = store.DISCLOSURE
REFUSES = frozenset({Role.PSY, Role.CSUP, Role.CHA})
GETS_LETTERS = frozenset({Role.AUD, Role.CSUP})
"""Roles to which letters are written, and which therefore have a page for them."""
_READ = "letters_read"
"""Name of the own row that holds which letters this login has opened."""


class Letters:
    """Letters of one unlocked desk: what this login may write, and what was written to it."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    # ill-treatment

    def inspectors(self) -> tuple[str, ...]:
        """Uids of those who get a disclosure by letter."""
        return self._active(Role.AUD)

    def clinicians(self) -> tuple[str, ...]:
        """Uids of those who hold the key of the clinical record."""
        return tuple(one.card.uid for one in self._desk.members() if one.active and CLINICAL in one.compartments)

    @property
    def keeps_copy(self) -> bool:
        """Whether this login can open a disclosure again once it was handed over."""
        return self._desk.holds(CLINICAL)

    def disclosure_of(self, typed: TypedAlert, person_id: str | None) -> Disclosure:
        """What was typed, whole. UserError names the first thing that is missing."""
        chooses = self._people.caseload.sees_register
        if person_id is None and chooses:
            raise UserError(tr("Choose the person whom this is about."), field="person")
        if person_id is None and not typed.about.strip():
            raise UserError(tr("Write the case number or the name."), field="person")
        if not typed.exact.strip():
            raise UserError(tr("Write the person's exact words."), field="exact")
        return Disclosure(
            disclosure=self._desk.ids(),
            exact_words=_clean(typed.exact),
            said_at=require_past(typed.told_at, self._desk.clock.now()),
            action_taken=_clean(typed.did),
            places=_clean(typed.places),
            told_who=_clean(typed.told_who),
            person_told={"yes": True, "no": False}.get(typed.person_told),
            about="" if chooses or person_id is not None else _clean(typed.about),
        )

    def hand_over(self, typed: TypedAlert, person_id: str | None, draft_id: str | None = None) -> None:
        """Sends a disclosure to every inspector and into the clinical record; nobody in the line of command opens it.

        Whoever holds no clinical key keeps no copy. UserError where nobody on this desk could read it.
        """
        disclosure = self.disclosure_of(typed, person_id)
        comps = [own_comp(uid) for uid in self.inspectors()] + ([CLINICAL] if self.clinicians() else [])
        if not comps:
            raise UserError(
                tr("Nobody on this desk may read this. Print the hand-off and give it to an inspector in person.")
            )
        items = [self._new(comp, store.DISCLOSURE, person_id, disclosure) for comp in comps]
        self._desk.commit(DEED, items, drop_drafts=[draft_id] if draft_id else [])

    # declined requests

    def supervisors(self) -> tuple[str, ...]:
        """Uids of those who alone read that a request was declined."""
        return self._active(Role.CSUP)

    @property
    def may_refuse(self) -> bool:
        return self._desk.role in REFUSES

    def refuse_request(self, requester: str, reason: str, person_id: str | None = None) -> None:
        """Logs a declined request for content with each clinical supervisor; its writer keeps no copy (G12)."""
        if not self.may_refuse:
            raise UserError(tr("Psychologists and chaplains log declined requests."))
        if person_id is not None:
            self._people.row(person_id)
        refusal = RequestRefusal(requester=_clean(requester), reason=_clean(reason))
        readers = self.supervisors()
        if not readers:
            raise UserError(tr("This desk has no clinical supervisor yet. Keep it on paper until there is one."))
        self._desk.commit(DEED, [self._new(own_comp(uid), store.REFUSAL, person_id, refusal) for uid in readers])

    # reading

    @property
    def gets_letters(self) -> bool:
        return self._desk.role in GETS_LETTERS

    def to_me(self) -> tuple[LetterRow, ...]:
        """Letters to this login, newest first."""
        comp = own_comp(self._desk.uid)
        return store.letters(self._desk.index(comp), comp)

    def handed_to_me(self) -> tuple[LetterRow, ...]:
        """Disclosures in the clinical record that others wrote: of own cases, and of people without a psychologist."""
        if not self._desk.holds(CLINICAL):
            return ()
        rows = store.letters(self._desk.index(CLINICAL), CLINICAL)
        return tuple(row for row in rows if row.author != self._desk.uid and self._is_mine(row))

    def unread(self, rows: Iterable[LetterRow]) -> tuple[LetterRow, ...]:
        """Those that this login has not opened yet."""
        read = self._read_ids()
        return tuple(row for row in rows if row.rid not in read)

    def disclosure(self, comp: str, rid: str) -> tuple[LetterRow, Disclosure]:
        """A disclosure; that it was read is logged first. UserError where there is none for this login."""
        row = self._require(comp, rid, store.DISCLOSURE)
        return row, from_payload(Disclosure, self._read(row).payload)

    def refusal(self, rid: str) -> tuple[LetterRow, RequestRefusal]:
        """A declined request; that it was read is logged first."""
        row = self._require(own_comp(self._desk.uid), rid, store.REFUSAL)
        return row, from_payload(RequestRefusal, self._read(row).payload)

    def log_leaving(self, deed: str, row: LetterRow | None) -> None:
        """`print` or `save_pages`, before the pages leave; None: of what was not handed over yet."""
        if row is None:
            self._desk.log(deed)
        else:
            self._desk.log(deed, comp=row.comp, rid=row.rid)

    def hand_off(self, disclosure: Disclosure, *, about: str, author: str, recipient: str) -> HandOff:
        """What the pages for somebody outside say; `lay_out` makes them."""
        site = self._desk.settings().name
        return HandOff(
            site=site,
            recipient=recipient,
            about=about,
            author=author,
            disclosure=disclosure,
            made_at=self._desk.clock.now(),
        )

    # inside

    def _active(self, role: Role) -> tuple[str, ...]:
        return tuple(one.card.uid for one in self._desk.members() if one.active and one.card.role is role)

    def _is_mine(self, row: LetterRow) -> bool:
        if row.person_id is None or not self._people.caseload.limited or self._people.caseload.admits(row.person_id):
            return True
        today = local_day(self._desk.clock)
        return not any(
            one.details.capacity is Capacity.PSYCHOLOGIST and one.details.runs_on(today)
            for one in self._people.assignments(row.person_id)
        )

    def _require(self, comp: str, rid: str, kind: str) -> LetterRow:
        held = comp in (CLINICAL, own_comp(self._desk.uid)) and self._desk.holds(comp)
        rows = store.letters(self._desk.index(comp), comp) if held else ()
        row = next((each for each in rows if each.rid == rid and each.kind == kind), None)
        if row is None:
            raise UserError(tr("There is nothing to open here for this login."))
        if comp == CLINICAL and row.author != self._desk.uid and not self._is_mine(row):
            self._desk.log("refused", comp=comp, rid=rid)
            raise UserError(tr("There is nothing to open here for this login."))
        return row

    def _read(self, row: LetterRow) -> Record:
        record = self._desk.read(row.comp, row.rid)
        read = self._read_ids()
        if row.rid not in read:
            self._desk.keep_secret(_READ, json.dumps(sorted({*read, row.rid})).encode("ascii"))
        return record

    def _read_ids(self) -> frozenset[str]:
        kept = self._desk.secret(_READ)
        return frozenset() if kept is None else frozenset(map(str, json.loads(kept)))

    def _new(self, comp: str, kind: str, person_id: str | None, content: Disclosure | RequestRefusal) -> NewRecord:
        return NewRecord(comp=comp, kind=kind, pv=store.PAYLOAD_VERSION, person=person_id, payload=to_payload(content))


def lay_out(hand_off: HandOff) -> bytes:
    """The pages as PDF; plain values in and out, for a job. UserError for a character that no font of ours has."""
    return hand_off_pages(hand_off)


def _clean(text: str) -> str:
    return nfc(text.replace("\r\n", "\n")).strip()
