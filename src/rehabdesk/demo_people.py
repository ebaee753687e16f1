"""What the invented record of the followed person holds around the person: children, consents, a move, a need."""

from datetime import date, timedelta

from rehabdesk.access.service import Desk
from rehabdesk.people.children_service import Children
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import AssignmentDetails, Capacity, ContactConsent, ContactDetails, ContactKind, Placement
from rehabdesk.people.need_service import Needs
from rehabdesk.people.protected_model import ChildrenCount
from rehabdesk.people.service import People

WING = "Wing B"


def enrich(desk: Desk, people: People, person: str, today: date) -> None:
    """As the case officer records it in the first days."""
    for contact, note in _contacts():
        people.circle.add(person, contact, safety_note=note)
    Children(desk).count(person, ChildrenCount(up_to_5=1, up_to_11=1, counted_on=today))
    here = people.placements(person)[0]
    people.place(person, Placement(establishment=here.establishment, since=today, unit=WING, move_reason="Workshop"))
    for consent in _consents(today):
        people.consents.record(person, consent)
    shown = people.consents.of_person(person, ConsentPurpose.EVALUATION)[0]
    people.consents.withdraw(shown.id, on=today)
    lead = next((one for one in people.assignments(person) if one.details.capacity is Capacity.PSYCHOLOGIST), None)
    if lead is not None:
        named = AssignmentDetails(
            staff=lead.details.staff, capacity=Capacity.SAFEGUARDING_LEAD, since=today, person_told=True
        )
        people.assign(person, named)


def know_need(desk: Desk, person: str) -> None:
    """As the psychologist records it, and lowers the practical side."""
    needs = Needs(desk)
    needs.keep(person, "Hears badly on the left side since an injury; never tested.")
    (kept,) = needs.kept(person)
    needs.lower(person, kept.rid, "Sit on the right side. Everything that is handed over is read aloud.")


def _contacts() -> tuple[tuple[ContactDetails, str], ...]:
    return (
        (
            ContactDetails(
                kind=ContactKind.FAMILY,
                name="Harouna Kadi",
                relation="cousin",
                consent_to_be_contacted=ContactConsent.UNSAFE,
                do_not_contact=True,
            ),
            "Brings messages from the old circle. Do not give him the day of release.",
        ),
        (
            ContactDetails(
                kind=ContactKind.FAMILY,
                name="Fadima Kadi",
                relation="daughter",
                is_child=True,
                child_birth_year=2019,
                guardian="Her grandmother",
            ),
            "",
        ),
    )


def _consents(today: date) -> tuple[ConsentDetails, ...]:
    def answered(purpose: ConsentPurpose, status: ConsentStatus, scope: str, recipient: str = "") -> ConsentDetails:
        return ConsentDetails(
            purpose=purpose,
            status=status,
            scope=scope,
            explained_in="dje",
            interpreter_alias="T2",
            method=ConsentMethod.THUMBPRINT,
            given_on=today,
            review_due=today + timedelta(days=85) if status is ConsentStatus.GIVEN else None,
            copy_given=True,
            recipient=recipient,
        )

    return (
        answered(ConsentPurpose.FAMILY_CONTACT, ConsentStatus.GIVEN, "Calls and visits with his mother"),
        answered(
            ConsentPurpose.EVALUATION,
            ConsentStatus.GIVEN,
            "Questions about the workshop, without his name",
            recipient="Office of Programme Evaluation",
        ),
        answered(ConsentPurpose.PHOTO, ConsentStatus.REFUSED, "Portrait for the file"),
    )
