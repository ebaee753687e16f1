"""Confidential encounters: nothing of what was said is kept, by default not even with whom (domain.md 3, SEALED)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import PASTORAL, TEAM, NewRecord
from rehabdesk.notes import tally_store
from rehabdesk.notes.forms.answers_model import Answers, UnansweredError, problems
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.model import PAYLOAD_VERSION, EncounterLink, Tallied, Tally, month_of
from rehabdesk.people.service import People

FORM = "confidential_encounter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the chaplain asked to be kept: the person, and the start to ten minutes (`HH:M0`) or None."""

    person_id: str
    band: str | None = None


class Encounters:
    """Confidential encounters of one unlocked desk."""

    def __init__(self, desk: Desk, people: People, forms: Forms) -> None:
        self._desk = desk
        self._people = people
        self._form = forms.form(FORM)

    def record(self, on: date, *, link: Link | None = None, closed_draft: str | None = None) -> None:
        """Adds one to the tally of the month, and nothing else.

        Only with a `link` do day, band and person go into the chaplaincy's compartment. `closed_draft` is the
        engagement form that was open: it is deleted in the same transaction.
        """
        if self._desk.role is not Role.CHA:
            raise UserError(tr("Only a chaplain records confidential encounters."))
        answers: dict[str, str] = {"cha.C2.date": on.isoformat(), "cha.C2.link": "yes" if link else "no"}
        if link is not None and link.band is not None:
            answers["cha.C2.band"] = link.band
        self._require_answers(answers, on)
        tally = Tally(what=Tallied.CONFIDENTIAL_ENCOUNTER, month=month_of(on))
        items = [_new(TEAM, tally_store.TALLY, None, to_payload(tally))]
        if link is not None:
            self._people.caseload.require(link.person_id)
            kept = to_payload(EncounterLink(on=on, band=link.band))
            items.append(_new(PASTORAL, tally_store.ENCOUNTER_LINK, link.person_id, kept))
        self._desk.commit("tally", items, drop_drafts=[closed_draft] if closed_draft else [])

    def close(self, draft_id: str) -> None:
        """The form of a contact was closed by choosing the confidential encounter: its draft is gone at once (G13)."""
        self._desk.drop_draft(draft_id)

    def _require_answers(self, answers: Answers, on: date) -> None:
        now = self._desk.clock.now()
        if found := problems(self._form, answers, person=None, moment=None, now=now):
            raise UnansweredError(found)
        if on > now.date():
            raise UserError(tr("The day lies in the future. Correct it."), field="cha.C2.date")


def _new(comp: str, kind: str, person_id: str | None, payload: Mapping[str, Json]) -> NewRecord:
    return NewRecord(comp=comp, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=payload)
