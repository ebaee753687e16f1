"""What the person allowed, towards whom, and until when. One method is one deed, one transaction, one audit entry."""

from dataclasses import replace
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people import store
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import PAYLOAD_VERSION

MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})


class Consents:
    """Consents of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(self, person_id: str, details: ConsentDetails) -> Consent:
        """Records what the person answered, also a refusal."""
        self._require_writer()
        if store.person(self._index, person_id) is None:
            raise UserError(tr("This person is not in the register."), field="person")
        if details.status is ConsentStatus.WITHDRAWN:
            raise UserError(tr("Withdraw the consent that was given, instead of recording a new one."), field="status")
        (record,) = self._desk.commit("consent", [_item(person_id, details)])
        return Consent(
            id=record.rid,
            person_id=person_id,
            details=details,
            explained_by=record.author,
            recorded_at=record.recorded_at,
        )

    def withdraw(self, consent_id: str, *, on: date) -> Consent:
        """Withdraws a consent: no later packet or contribution may rest on it."""
        self._require_writer()
        present = self.consent(consent_id)
        if present.details.status is not ConsentStatus.GIVEN:
            raise UserError(tr("Only a consent that was given can be withdrawn."), field="status")
        details = replace(present.details, status=ConsentStatus.WITHDRAWN, withdrawn_on=on)
        self._desk.commit("withdraw", [_item(present.person_id, details, consent_id)])
        return replace(present, details=details)

    def consent(self, consent_id: str) -> Consent:
        found = store.consent(self._index, consent_id)
        if found is None:
            raise UserError(tr("This consent is not in the register."), field="consent")
        return found

    def of_person(self, person_id: str, purpose: ConsentPurpose | None = None) -> tuple[Consent, ...]:
        """Every answer, oldest first, for one purpose or for all."""
        return store.consents(self._index, person_id, purpose)

    def standing(self, person_id: str, purpose: ConsentPurpose, *, recipient: str = "") -> Consent | None:
        """The newest answer of the person, if it allows the purpose towards the recipient today."""
        today = self._desk.clock.now().date()
        answers = [one for one in self.of_person(person_id, purpose) if one.details.recipient == recipient]
        if answers and answers[-1].details.allows(purpose, recipient=recipient, on=today):
            return answers[-1]
        return None

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _require_writer(self) -> None:
        if self._desk.role not in MAY_WRITE:
            raise UserError(tr("Your role does not record consents."))


def _item(person_id: str, details: ConsentDetails, rid: str | None = None) -> NewRecord:
    return NewRecord(
        comp=TEAM, kind=store.CONSENT, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(details), rid=rid
    )
