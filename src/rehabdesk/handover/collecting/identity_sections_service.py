"""Sections from the register: who it is (S1), dates and conditions (S2), family and network (S9)."""

from collections.abc import Sequence

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.text_service import optional_text, text
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.profile_model import Form
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.handover.pages.labels_pdf import label
from rehabdesk.people.agreed_model import AgreedContact
from rehabdesk.people.legal_model import LegalEpisode
from rehabdesk.people.model import ContactKind, PersonDetails
from rehabdesk.people.protected_model import AgeBand, ChildrenCount
from rehabdesk.readiness.condition_model import Condition


def identity(details: PersonDetails, added: Supplement, form: Form) -> s.S1:
    """S1: in full, without the birth date, or the names alone."""
    names = tuple(
        s.PersonName(
            script=s.Script(str(name.script)),
            given=name.given,
            father=name.father or None,
            family=name.family or None,
            kunya=name.kunya or None,
            variants=name.variants,
        )
        for name in details.names
    )
    if form is Form.NAME_ONLY:
        return s.S1(names=names)
    whole = form is Form.FULL
    return s.S1(
        names=names,
        date_of_birth=details.birth_date if whole else None,
        birth_precision=s.BirthPrecision(str(details.birth_precision)) if whole else None,
        languages=tuple(
            s.SpokenLanguage(code=each.code, level=str(each.level), preferred=each.preferred)
            for each in details.languages
        ),
        literacy=s.Literacy(str(details.literacy)),
        interpreter_needed=details.interpreter_needed,
        access_needs=optional_text(details.practical_access_need, "und"),
        contact_preference=added.contact_preference,
        safe_times=added.safe_times,
    )


def dates(legal: LegalEpisode, conditions: Sequence[Condition]) -> s.S2:
    """S2. UserError until the release and the answers to every condition are recorded."""
    release = legal.dates.actual_release or legal.dates.planned_release
    if release is None or legal.release_route is None:
        raise UserError(tr("Record the day and the way of release first."), field="planned_release")
    return s.S2(
        release_date=release,
        release_route=str(legal.release_route),
        date_source=str(legal.source),
        supervision_end=legal.dates.supervision_end,
        conditions=tuple(_condition(condition) for condition in conditions),
    )


def family(agreed: Sequence[AgreedContact], children: ChildrenCount | None, lead: s.Caller | None) -> onward.S9 | None:
    """S9: who agreed, and children by band only, with whom to call about them (G28).

    None where nobody agreed and no child is known of.
    """
    contacts = tuple(
        onward.AgreedContact(
            name=each.contact.details.name,
            relation=each.contact.details.relation or _relation(each.contact.details.kind),
            phone=_phone(each.contact.details.phone),
            offered=text(each.contact.details.offer or tr("Nothing was named."), "und"),
            agreed_on=each.since,
        )
        for each in agreed
        if each.contact.details.kind is not ContactKind.FAITH_LEADER
    )
    bands = tuple(
        onward.ChildBand(age_band=_BANDS[band])  # type: ignore[arg-type]  # the three bands of a packet
        for band, count in (() if children is None else children.by_band)
        for _ in range(count)
    )
    if not contacts and not bands:
        return None
    return onward.S9(contacts=contacts, children=bands, safeguarding_lead=lead if bands else None)


def faith_contact(agreed: Sequence[AgreedContact]) -> onward.FaithContact | None:
    """The faith leader who agreed and can be called."""
    for each in agreed:
        phone = _phone(each.contact.details.phone)
        if each.contact.details.kind is ContactKind.FAITH_LEADER and phone is not None:
            return onward.FaithContact(name=each.contact.details.name, phone=phone, agreed_on=each.since)
    return None


_BANDS = {AgeBand.UP_TO_5: "0-5", AgeBand.UP_TO_11: "6-11", AgeBand.UP_TO_17: "12-17"}
_DIGITS = frozenset("0123456789+ ()-")


def _phone(typed: str) -> str | None:
    """A number as a packet may hold it; None for what is none (a neighbour's shop, two numbers with words)."""
    number = "".join(sign for sign in typed.strip() if sign not in "./")
    return number if 3 <= len(number) <= 32 and set(number) <= _DIGITS else None


def _relation(kind: ContactKind) -> str:
    return {
        ContactKind.FAMILY: tr("family"),
        ContactKind.FRIEND: tr("friend"),
        ContactKind.EMPLOYER: tr("employer"),
        ContactKind.MENTOR: tr("mentor"),
    }.get(kind, tr("community"))


def _condition(condition: Condition) -> s.Condition:
    explained, understood = condition.explained_on, condition.understood
    if explained is None or understood is None:
        raise UserError(
            tr("A condition has not been explained yet ({category}). Explain it and record the answer.").format(
                category=isolate(label(condition.category))
            ),
            field="conditions",
        )
    return s.Condition(
        category=condition.category,
        official=text(condition.text_official, "und"),
        plain=text(condition.text_plain, "und"),
        start=condition.start,
        end=condition.end,
        source=condition.source,
        explained_at=explained,
        explained_lang=condition.explained_in,
        understood=s.Understood(str(understood)),
        question_raised=optional_text(condition.question_raised, "und"),
        version=condition.version,
    )
