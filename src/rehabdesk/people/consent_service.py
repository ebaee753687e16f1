"""What the person allowed, towards whom, and until when. One method is one deed, one transaction, one audit entry."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.terms import pieces
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people import consent_store, due_store, store, version_store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentPurpose, ConsentStatus
from rehabdesk.people.known_service import require_here
from rehabdesk.people.model import PAYLOAD_VERSION
from rehabdesk.people.pdf import withdrawal_notice

MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA})
MAY_READ = MAY_WRITE | {Role.SUP, Role.AUD}
NOTICE_FILE = "notice.pdf"
"""Says nothing to who sees it in a list of files."""
SOON = timedelta(days=14)
"""This long before its end a consent stands on My day, to be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentVersion:
    """One state of a consent in time."""

    details: ConsentDetails
    author: str
    recorded_at: datetime


class Consents:
    """Consents of one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_read(self) -> bool:
        return self._desk.role in MAY_READ

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    def record(self, person_id: str, details: ConsentDetails) -> Consent:
        """Records what the person answered, also a refusal."""
        self._require_writer()
        if store.person(self._index, person_id) is None:
            raise UserError(tr("This person is not in the register."), field="person")
        require_here(self._desk, person_id)
        if details.status is ConsentStatus.WITHDRAWN:
            raise UserError(tr("Withdraw the consent that was given, instead of recording a new one."), field="status")
        if details.given_on is not None and details.given_on > self._today():
            raise UserError(tr("The day must be today or in the past."), field="given_on")
        if details.review_due is not None and details.review_due < (details.given_on or self._today()):
            raise UserError(tr("It would end before it was given."), field="review_due")
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
        if on > self._today() or (present.details.given_on is not None and on < present.details.given_on):
            raise UserError(tr("The withdrawal lies between the answer and today."), field="withdrawn_on")
        details = replace(present.details, status=ConsentStatus.WITHDRAWN, withdrawn_on=on)
        self._desk.commit("withdraw", [_item(present.person_id, details, consent_id)])
        return replace(present, details=details)

    def consent(self, consent_id: str) -> Consent:
        self._require_reader()
        found = consent_store.consent(self._index, consent_id)
        if found is None:
            raise UserError(tr("This consent is not in the register."), field="consent")
        return found

    def of_person(self, person_id: str, purpose: ConsentPurpose | None = None) -> tuple[Consent, ...]:
        """Every answer, oldest first, for one purpose or for all."""
        self._require_reader()
        return consent_store.consents(self._index, person_id, purpose)

    def history(self, consent_id: str) -> tuple[ConsentVersion, ...]:
        """Every state of one consent, the newest first."""
        self.consent(consent_id)
        return tuple(
            ConsentVersion(
                details=from_payload(ConsentDetails, self._desk.version(TEAM, consent_id, number).payload),
                author=author,
                recorded_at=recorded_at,
            )
            for number, author, recorded_at in version_store.versions(self._index, consent_id)
        )

    def due_soon(self) -> tuple[Consent, ...]:
        """Consents of own cases that end within two weeks or have ended, and were not answered again since."""
        if not self.may_write:
            return ()
        mine, found = Caseload(self._desk).own_cases(), []
        for one in due_store.consents_due(self._index, self._today() + SOON):
            newest = [
                each
                for each in self.of_person(one.person_id, one.details.purpose)
                if each.details.recipient == one.details.recipient
            ][-1]
            if one.person_id in mine and newest.id == one.id:
                found.append(one)
        return tuple(found)

    def notice(self, consent_id: str, *, about: str) -> bytes:
        """The notice of a withdrawal as PDF bytes; that it was made is logged. `about`: the person's name and case.

        UserError where the consent was not withdrawn, or holds signs that paper does not know.
        """
        present, now = self.consent(consent_id), self._desk.clock.now()
        settings = self._desk.settings()
        made = withdrawal_notice(present.details, about=about, site=settings.name, phone=settings.phone, issued=now)
        self._desk.log("notice", comp=TEAM, rid=consent_id)
        return made

    def standing(self, person_id: str, purpose: ConsentPurpose, *, recipient: str = "") -> Consent | None:
        """The newest answer of the person, if it allows the purpose towards the recipient today."""
        today = self._today()
        answers = [one for one in self.of_person(person_id, purpose) if one.details.recipient == recipient]
        if answers and answers[-1].details.allows(purpose, recipient=recipient, on=today):
            return answers[-1]
        return None

    def about_sharing(self, person_id: str, recipient: str) -> tuple[Consent, ...]:
        """The newest answer about each organisation of that name, or in that name; () where nobody asked (G6)."""
        newest = {
            _name(one.details.recipient): one for one in self.of_person(person_id, ConsentPurpose.SHARE_WITH_NAMED_ORG)
        }
        # whole words only: "Hope" is not in the name of "Hopeful Futures"
        return tuple(one for name, one in newest.items() if name and f" {name} " in f" {_name(recipient)} ")

    def allows_sharing(self, person_id: str, recipient: str) -> bool:
        """Whether every answer of `about_sharing`, and there is one, allows it today."""
        purpose, today = ConsentPurpose.SHARE_WITH_NAMED_ORG, self._today()
        asked = [one.details for one in self.about_sharing(person_id, recipient)]
        return bool(asked) and all(each.allows(purpose, recipient=each.recipient, on=today) for each in asked)

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _require_reader(self) -> None:
        if not self.may_read:
            raise UserError(tr("Your role does not see the consents of a person."))

    def _require_writer(self) -> None:
        if self._desk.role not in MAY_WRITE:
            raise UserError(tr("Your role does not record consents."))


def _name(organisation: str) -> str:
    return " ".join(pieces(organisation))


def _item(person_id: str, details: ConsentDetails, rid: str | None = None) -> NewRecord:
    return NewRecord(
        comp=TEAM, kind=store.CONSENT, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(details), rid=rid
    )
