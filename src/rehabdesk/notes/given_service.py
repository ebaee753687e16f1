"""Reads what of the notes may go outside at all: the newest own page of a person, and agreed contributions."""

from collections.abc import Iterator
from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.payload import from_payload
from rehabdesk.db.projection import TEAM
from rehabdesk.notes.chaplaincy.contribution_model import Contribution
from rehabdesk.notes.given_model import GivenContribution, HowMade, OwnPage
from rehabdesk.notes.model import Entry, NotePart, Part
from rehabdesk.notes.timeline_service import PAGE, Timeline
from rehabdesk.people.consent_model import ConsentPurpose
from rehabdesk.people.service import People

VOICE = "voice_statement"
_VOICE_WORDS = ("V1", "V2", "V3", "V4", "V5", "V6")


class GivenWords:
    """Of one unlocked desk, as this login may read it."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people
        self._timeline = Timeline(desk, people)

    def own_page(self, person_id: str) -> OwnPage | None:
        """The newest one; None where the person was never asked. A page that was struck is none."""
        for entry in self._entries(person_id, Part.NOTE):
            if entry.comp == TEAM and entry.form == VOICE:
                return _own_page(self._timeline.open(TEAM, entry.rid).part, entry.occurred_at)
        return None

    def contributions(self, person_id: str) -> tuple[GivenContribution, ...]:
        """Those that were read back and agreed, newest first; none while the person's consent does not stand (G6)."""
        if self._people.consents.standing(person_id, ConsentPurpose.PASTORAL_CONTRIBUTION) is None:
            return ()
        found = []
        for entry in self._entries(person_id, Part.CONTRIBUTION):
            given = from_payload(Contribution, self._desk.read(TEAM, entry.rid).payload)
            if given.agreed is not None:
                found.append(
                    GivenContribution(
                        on=entry.recorded_at.astimezone().date(),
                        words=given.words,
                        audience=given.audience,
                        leader=given.leader,
                    )
                )
        return tuple(found)

    def team_texts(self, person_id: str, most: int) -> tuple[str, ...]:
        """What was typed in the newest notes of the team about a person: it stays inside."""
        found: list[str] = []
        for entry in self._entries(person_id, Part.NOTE, Part.SUMMARY):
            if entry.comp == TEAM and entry.form != VOICE and len(found) < most:
                found.extend(self._timeline.open(TEAM, entry.rid).part.words.values())
        return tuple(found[:most])

    def has_clinical(self, person_id: str) -> bool:
        """Whether this login is told that there is something clinical: day and kind, no text."""
        return next(self._entries(person_id, Part.MARKER), None) is not None

    def _entries(self, person_id: str, *parts: Part) -> Iterator[Entry]:
        """What stands, newest first; nothing that waits for another signature."""
        before = None
        while True:
            page = self._timeline.page(person_id, before=before, previews=False, parts=frozenset(parts))
            yield from (entry for entry in page if not entry.struck and not entry.cosign.waits)
            if len(page) < PAGE:
                return
            before = page[-1].cursor


def _own_page(part: NotePart, at: datetime) -> OwnPage:
    words = {code: str(part.answer(f"voi.{code}") or "").strip() for code in _VOICE_WORDS}
    words["V7"] = str(part.answer("voi.V7.because") or "").strip()
    return OwnPage(
        on=at.astimezone().date(),
        made=HowMade(str(part.answer("voi.V8"))),
        words={code: said for code, said in words.items() if said},
        may_be_shared=part.answer("voi.V8.share") is True,
        read_back=part.answer("voi.V8.read") != "no",
    )
