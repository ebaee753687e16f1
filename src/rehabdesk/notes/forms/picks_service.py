"""What may be picked from a person's record in a note, and why something may not. Plans are asked through `app`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from rehabdesk.core.dates import day_text
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.forms.answers_model import Answers, Problem, answered
from rehabdesk.notes.forms.form_model import FieldType, Form
from rehabdesk.notes.forms.picks_model import Pick, child_words
from rehabdesk.people.consent_model import Consent, ConsentPurpose, ConsentStatus
from rehabdesk.people.model import Contact, ContactConsent
from rehabdesk.people.service import People

Source = Callable[[str], Sequence[Pick]]
"""What of a person can be picked, by the person's id."""
STANDING = (ConsentStatus.GIVEN, ConsentStatus.NOT_REQUIRED_BY_LAW)


def contacts(people: People, person_id: str, today: date) -> tuple[Pick, ...]:
    """The people around a person; who must not be contacted is there with the reason, and cannot be picked."""
    return tuple(
        Pick(id=each.id, words=_contact_words(each, today), barred=_barred(each)) for each in people.contacts(person_id)
    )


def consents(people: People, person_id: str, today: date) -> tuple[Pick, ...]:
    """The person's answers about contact of staff with the family: those that stand today can be picked."""
    found = people.consents.of_person(person_id, ConsentPurpose.FAMILY_CONTACT)
    last = {one.details.recipient: one.id for one in found}
    return tuple(
        Pick(id=one.id, words=_consent_words(one), barred=_not_standing(one, today))
        for one in reversed(found)
        if last[one.details.recipient] == one.id
    )


class Picks:
    """What a note can pick from the record. Roles that do not read plans are offered no goals and no steps."""

    def __init__(self, people: People, today: Callable[[], date], *, goals: Source, steps: Source) -> None:
        self._sources: Mapping[FieldType, Source] = {
            FieldType.CONTACTS: lambda person: contacts(people, person, today()),
            FieldType.CONSENT: lambda person: consents(people, person, today()),
            FieldType.LINKS: goals,
            FieldType.STEPS: steps,
        }

    def of(self, kind: FieldType, person_id: str) -> tuple[Pick, ...]:
        return tuple(self._sources[kind](person_id))


def pick_problems(people: People, form: Form, answers: Answers, person_id: str, today: date) -> tuple[Problem, ...]:
    """What was picked from the register though it may not be: asked again when the note is signed."""
    found = []
    for field in form.fields:
        value = answers.get(field.code)
        if field.type is FieldType.CONTACTS and isinstance(value, tuple):
            offered, codes = contacts(people, person_id, today), value
        elif field.type is FieldType.CONSENT and isinstance(value, str) and answered(value):
            offered, codes = consents(people, person_id, today), (value,)
        else:
            continue
        by_id = {pick.id: pick for pick in offered}
        for code in codes:
            if field.choice(code) is not None:
                continue
            pick = by_id.get(code)
            if pick is None:
                found.append(Problem(field=field.code, sentence=_gone(tr(field.text))))
            elif pick.barred:
                found.append(Problem(field=field.code, sentence=pick.barred))
    return tuple(found)


def _gone(label: str) -> str:
    return tr("What was picked is not in the record any more. Choose again: {label}.").format(label=label)


def _contact_words(contact: Contact, today: date) -> str:
    details = contact.details
    if details.is_child:
        return child_words(details.child_birth_year, today)
    if not details.relation:
        return details.name
    return tr("{name}, {relation}").format(name=details.name, relation=details.relation)


def _barred(contact: Contact) -> str:
    details = contact.details
    name = isolate(tr("This child") if details.is_child else details.name)
    if details.do_not_contact:
        return tr("{name} is marked “do not contact” and cannot be picked.").format(name=name)
    if details.consent_to_be_contacted is ContactConsent.UNSAFE:
        return tr("Contact with {name} is not safe, so it cannot be picked. Ask the safeguarding lead.").format(
            name=name
        )
    if details.consent_to_be_contacted is ContactConsent.NO:
        return tr("{name} does not want to be contacted and cannot be picked.").format(name=name)
    return ""


def _consent_words(consent: Consent) -> str:
    details = consent.details
    if details.given_on is None:
        return details.scope
    return tr("{scope} ({day})").format(scope=details.scope, day=day_text(details.given_on))


def _not_standing(consent: Consent, today: date) -> str:
    details = consent.details
    if details.status is ConsentStatus.REFUSED:
        return tr("The person refused contact with the family. A refusal has no consequence.")
    if details.status is ConsentStatus.WITHDRAWN:
        return tr("The person withdrew this consent.")
    if details.status not in STANDING:
        return tr("The person was not asked yet.")
    if details.review_due is not None and details.review_due < today:
        return tr("This consent is older than it was meant to last. Ask again.")
    return ""
