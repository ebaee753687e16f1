"""Pastoral contributions: what a chaplain gives to the shared plan, in wording that the person agreed to (cha.C9)."""

from rehabdesk.access.model import Draft, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.notes import store
from rehabdesk.notes.chaplaincy.contribution_model import CONTRIBUTION_VERSION, Agreed, Contribution
from rehabdesk.notes.model import Entry
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.service import People

DRAFT = "contribution"
METHODS = {
    Agreed.SIGNATURE: ConsentMethod.SIGNATURE,
    Agreed.THUMBPRINT: ConsentMethod.THUMBPRINT,
    Agreed.WITNESSED: ConsentMethod.VERBAL_WITNESSED,
}


class Contributions:
    """Of one unlocked chaplain."""

    def __init__(self, desk: Desk, people: People, timeline: Timeline) -> None:
        self._desk, self._people, self._timeline = desk, people, timeline

    def consent(self, person_id: str) -> Consent | None:
        """The consent that a contribution may rest on today."""
        return self._people.consents.standing(person_id, ConsentPurpose.PASTORAL_CONTRIBUTION)

    def record_consent(self, person_id: str, *, explained_in: str, method: Agreed | None) -> Consent:
        """The person agreed, today, to a contribution to the shared plan."""
        self._require(person_id)
        details = ConsentDetails(
            purpose=ConsentPurpose.PASTORAL_CONTRIBUTION,
            status=ConsentStatus.GIVEN,
            scope=tr("A pastoral contribution to the shared plan, in agreed wording"),
            explained_in=explained_in,
            method=None if method is None else METHODS[method],
            given_on=local_day(self._desk.clock),
        )
        return self._people.consents.record(person_id, details)

    def kept_words(self, person_id: str) -> str:
        """What this chaplain began to write about the person; "" where nothing was."""
        draft = self._draft(person_id)
        return "" if draft is None else str(draft.payload.get("words", ""))

    def keep_words(self, person_id: str, words: str) -> None:
        """Autosave of what is being written; nobody else can open it."""
        draft = self._draft(person_id)
        draft_id = None if draft is None else draft.id
        self._desk.save_draft(DRAFT, {"words": words}, person=person_id, draft_id=draft_id)

    def give(self, person_id: str, contribution: Contribution) -> Entry:
        """Signs it. `contribution.consent` is filled in here: UserError where the person's consent does not stand."""
        self._require(person_id)
        consent = self.consent(person_id)
        if consent is None:
            raise UserError(tr("Record the person's consent to a pastoral contribution first."), field="consent")
        item = NewRecord(
            comp=TEAM,
            kind=store.CONTRIBUTION,
            pv=CONTRIBUTION_VERSION,
            person=person_id,
            payload=to_payload(contribution.resting_on(consent.id)),
        )
        draft = self._draft(person_id)
        (record,) = self._desk.commit("contribute", [item], drop_drafts=[] if draft is None else [draft.id])
        return self._timeline.require_entry(TEAM, record.rid)

    def _draft(self, person_id: str) -> Draft | None:
        return next((draft for draft in self._desk.drafts(DRAFT) if draft.person == person_id), None)

    def _require(self, person_id: str) -> None:
        if self._desk.role is not Role.CHA:
            raise UserError(tr("Only a chaplain writes a pastoral contribution."))
        self._people.caseload.require(person_id)
