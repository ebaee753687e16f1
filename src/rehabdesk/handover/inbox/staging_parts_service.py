"""A packet's sections as items to accept: what each says, in the words of this desk, and where it goes."""

from collections.abc import Iterator

from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.content.voice_words_model import voice_question
from rehabdesk.handover.inbox import staging_words_service as w
from rehabdesk.handover.inbox.staging_model import CodeWords, Into, StagedItem, StagedLine, StagedPart
from rehabdesk.handover.state_words_model import basis_words, not_told_words, withheld_words
from rehabdesk.people.model import LanguageLevel, Literacy
from rehabdesk.people.record_words_model import level_words, literacy_words

Item = tuple[str, str, list[StagedLine]]
"""End of the id, title, lines."""
NAMES, BIRTH, LANGUAGES, NEEDS = "S1.names", "S1.birth", "S1.languages", "S1.needs"
_INTO = {NAMES: Into.IDENTITY, BIRTH: Into.IDENTITY, LANGUAGES: Into.IDENTITY, NEEDS: Into.IDENTITY}
_OF_PLACE = {"S2.c": Into.CONDITION, "S5.g": Into.GOAL, "S8.a": Into.ALERT, "S9.c": Into.CONTACT}


def staged_parts(packet: Handover, words: CodeWords) -> tuple[StagedPart, ...]:
    """What the packet is, then every section of its manifest, also one that is left out, with its reason."""
    present = packet.sections.present()
    found = [StagedPart(code=w.HEAD, title=w.section_words(w.HEAD), items=(), lines=tuple(_head(packet)))]
    for entry in packet.manifest.sections:
        section = present.get(entry.code)
        items = () if section is None else tuple(_staged(entry.code, each) for each in _items(section, words))
        absent = "" if section is not None else entry.reason or tr("not given")
        read = (w.line(tr("Next review"), w.day(section.review_due)),) if isinstance(section, s.S5) else ()
        title = w.section_words(entry.code)
        found.append(StagedPart(code=entry.code, title=title, items=items, absent=absent, lines=read))
    return tuple(found)


def _head(packet: Handover) -> Iterator[StagedLine]:
    """Why it was sent, whether the person knows, what was kept back and by whose decision. Nothing to accept."""
    head = packet.packet
    yield w.line(tr("For"), join_words((isolate(packet.to.name), isolate(packet.to.org))))
    yield w.line(tr("Purpose"), head.purpose)
    yield w.line(tr("Legal basis"), basis_words(head.legal_basis.code))
    informed = head.person_informed
    why = "" if informed.reason is None else f" ({not_told_words(informed.reason)})"
    yield w.line(tr("The person knows of it"), tr("yes") if informed.value == "yes" else tr("no") + why)
    yield w.line(tr("Counts until"), w.day(head.expires))
    for each in packet.manifest.withheld:
        yield w.line(
            tr("Kept back"),
            tr("{matter}: {reason}, decided by {who}").format(
                matter=isolate(each.kind), reason=withheld_words(each.reason), who=isolate(each.decided_by)
            ),
        )
    for annex in packet.manifest.annexes:
        if annex.code == "CX":
            yield w.line(
                tr("Clinical annex"), tr("A file of its own, which only {name} opens.").format(name=isolate(annex.for_))
            )
        else:
            yield w.line(tr("Certified file index"), tr("A file of its own, which lies beside the packet."))


def item_count(packet: Handover) -> int:
    """How many things there are to accept."""
    return sum(len(part.items) for part in staged_parts(packet, CodeWords()))


def _staged(code: str, item: Item) -> StagedItem:
    end, title, lines = item
    place = f"{code}.{end}"
    into = _INTO.get(place) or _OF_PLACE.get(place.rstrip("0123456789"), Into.TEXT)
    return StagedItem(id=place, section=code, title=title, lines=tuple(lines), into=into)


def _items(section: object, words: CodeWords) -> Iterator[Item]:
    match section:
        case s.S1():
            yield from _identity(section)
        case s.S2():
            yield from _dates(section, words)
        case s.S3():
            yield from _own_words(section)
        case s.S4():
            yield from _fortnight(section)
        case s.S5():
            yield from _plan(section, words)
        case s.S6():
            yield from _what_helps(section)
        case s.S7():
            yield from _progress(section, words)
        case s.S8():
            yield from _alerts(section)
        case onward.S9():
            yield from _network(section)
        case onward.S10():
            yield from _learning(section)
        case onward.S11():
            yield from _pastoral(section)
        case onward.S12():
            yield from _open_items(section, words)
        case onward.S13():
            yield from _contacts(section)
        case onward.S14():
            yield from _conference(section)


def _identity(section: s.S1) -> Iterator[Item]:
    yield "names", tr("Names"), [StagedLine(words=w.name(one)) for one in section.names]
    if section.date_of_birth is not None:
        exact = section.birth_precision is s.BirthPrecision.DAY
        born = w.day(section.date_of_birth) if exact else tr("about {year}").format(year=section.date_of_birth.year)
        yield "birth", tr("Birth"), [w.line(tr("Born"), born)]
    spoken = [
        w.line(
            tr("Spoken best") if each.preferred else tr("Speaks"),
            join_words(filter(None, (language_words(each.code), _level(each.level)))),
        )
        for each in section.languages or ()
    ]
    if section.literacy is not None:
        spoken.append(w.line(tr("Reading"), literacy_words(Literacy(section.literacy.value))))
    if section.interpreter_needed is not None:
        spoken.append(w.line(tr("Interpreter"), tr("needed") if section.interpreter_needed else tr("not needed")))
    if spoken:
        yield "languages", tr("Languages and reading"), spoken
    if section.access_needs is not None:
        yield "needs", tr("What helps with access"), w.said("", section.access_needs)
    reach = [
        *w.said(tr("How to reach the person"), section.contact_preference),
        *w.said(tr("When it is safe to call"), section.safe_times),
    ]
    if reach:
        yield "reach", tr("Reaching the person"), reach


def _level(code: str) -> str:
    """How well it is spoken; nothing for another house's word."""
    known = next((each for each in LanguageLevel if each.value == code), None)
    return "" if known is None else level_words(known)


def _dates(section: s.S2, words: CodeWords) -> Iterator[Item]:
    lines = [
        w.line(tr("Release"), w.day(section.release_date)),
        w.line(tr("Way of release"), w.route(section.release_route)),
        w.line(tr("Source of the date"), w.source(section.date_source)),
    ]
    if section.supervision_end is not None:
        lines.append(w.line(tr("Supervision ends"), w.day(section.supervision_end)))
    yield "dates", tr("Dates"), lines
    for place, one in enumerate(section.conditions):
        explained = tr("{day}, in {language}; understood: {answer}").format(
            day=w.day(one.explained_at),
            language=language_words(one.explained_lang),
            answer={"yes": tr("yes"), "partly": tr("in part"), "no": tr("no")}[one.understood.value],
        )
        yield (
            f"c{place}",
            tr("Condition: {category}").format(category=w.known_as(words.categories, one.category)),
            [
                *w.said(tr("Official text"), one.official),
                *w.said(tr("Plain text"), one.plain),
                w.line(tr("From"), w.day(one.start)),
                *([] if one.end is None else [w.line(tr("Until"), w.day(one.end))]),
                w.line(tr("Source"), one.source),
                w.line(tr("Explained"), explained),
                *w.said(tr("Question raised"), one.question_raised),
            ],
        )


def _own_words(section: s.S3) -> Iterator[Item]:
    yield (
        "agreement",
        tr("Agreement with the plan"),
        [
            w.line(tr("Answer"), w.agreement(section.agreement.value)),
            *w.said(tr("In the person's own words"), section.agreement_words, own=True),
            w.line(tr("How this was made"), w.made_by(section.made_by)),
            *w.said(tr("Reason"), section.reason),
        ],
    )
    for place, one in enumerate(section.voice):
        yield f"v{place}", voice_question(one.code), w.said("", one.text, own=True)


def _fortnight(section: s.S4) -> Iterator[Item]:
    yield (
        "first",
        tr("First night and journey"),
        [
            *w.said(tr("First night"), section.first_night),
            *w.said(tr("Journey"), section.journey),
            *w.said(tr("Medicines due"), section.medicines_due),
            *w.said(tr("Money"), section.money),
            *w.said(tr("Telephone"), section.phone_access),
        ],
    )
    for place, one in enumerate(section.appointments):
        lines = [
            w.line(tr("When"), w.moment(one.at)),
            w.line(tr("With"), one.with_),
            w.line(tr("Place"), one.place),
            *w.said(tr("How to get there"), one.directions),
            *([] if one.phone is None else [w.line(tr("Telephone"), isolate_ltr(one.phone))]),
        ]
        yield f"a{place}", tr("Appointment: {purpose}").format(purpose=isolate(one.purpose)), lines
    for place, paper in enumerate(section.papers_missing):
        lines = [w.line(tr("Who follows it up"), paper.follow_up_by), w.line(tr("By"), w.day(paper.due))]
        yield f"p{place}", tr("Paper that is missing: {paper}").format(paper=isolate(paper.paper)), lines


def _plan(section: s.S5, words: CodeWords) -> Iterator[Item]:
    for place, one in enumerate(section.goals):
        lines = [
            *w.said(tr("In the person's words"), one.wording, own=True),
            *w.said(tr("In the staff's words"), one.staff_wording),
            *w.said(tr("How one can see it"), one.indicator),
            w.line(tr("State"), w.goal(one.status)),
            w.line(tr("Who carries it"), w.side(one.side)),
            *([] if one.target_date is None else [w.line(tr("Target date"), w.day(one.target_date))]),
        ]
        for each in one.steps:
            facts = " · ".join((w.actor(each.actor), w.day(each.due), w.step(each.status)))
            lines += [*w.said(tr("Step"), each.text), w.line("", facts)]
        yield f"g{place}", tr("Goal: {domain}").format(domain=w.known_as(words.domains, one.domain)), lines
    for place, none in enumerate(section.no_need):
        asked = tr("No need identified in this area (asked on {day}).").format(day=w.day(none.asked_on))
        yield f"n{place}", w.known_as(words.domains, none.domain), [StagedLine(words=asked)]


def _what_helps(section: s.S6) -> Iterator[Item]:
    groups: tuple[tuple[str, str, tuple[Text, ...]], ...] = (
        ("strengths", tr("Strengths"), section.strengths),
        ("signs", tr("Early signs, as the person describes them"), section.early_signs),
        ("helps", tr("What helps"), section.helps),
        ("harder", tr("What makes it harder"), section.harder),
    )
    for end, title, texts in groups:
        if texts:
            yield end, title, [line for text in texts for line in w.said("", text)]
    crisis = [line for text in section.crisis.steps for line in w.said("", text)]
    crisis += [
        w.line(each.name, " · ".join(filter(None, (isolate_ltr(each.phone), each.hours))))
        for each in section.crisis.contacts
    ]
    if crisis:
        yield "crisis", tr("In a crisis"), crisis


def _progress(section: s.S7, words: CodeWords) -> Iterator[Item]:
    """Read here as somebody else's words. No word on progress of this desk changes by them.

    What they must not be used for stands with each, because each may be accepted by itself (G41).
    """
    for place, one in enumerate(section.ratings):
        period = tr("{start} to {end}").format(start=w.day(one.period_from), end=w.day(one.period_to))
        period = period if one.current else tr("{days} (not current)").format(days=period)
        lines = [
            w.line(w.voice(one.voice), w.word(one.word.value)),
            *([] if one.nr_reason is None else [w.line(tr("Not rated because"), w.not_rated(one.nr_reason))]),
            *w.said(tr("Basis"), one.basis),
            w.line(tr("Confidence"), w.confidence(one.confidence.value)),
            w.line(tr("Period"), period),
            *w.said(tr("The person does not agree"), one.disagreement, own=True),
            *w.said("", section.statement),
        ]
        yield f"r{place}", w.known_as(words.domains, one.domain), lines


def _alerts(section: s.S8) -> Iterator[Item]:
    for place, one in enumerate(section.alerts):
        lines = [
            *w.said(tr("What people must know"), one.facts),
            w.line(tr("Who is at risk"), w.at_risk(one.at_risk)),
            *w.said(tr("What was done"), one.action_taken),
            *(w.line(tr("Call"), f"{each.name} {isolate_ltr(each.phone)}") for each in one.call),
            w.line(tr("Review by"), w.moment(one.review_by)),
        ]
        yield f"a{place}", tr("Safety alert: {kind}").format(kind=w.alert(one.kind.value)), lines


def _network(section: onward.S9) -> Iterator[Item]:
    for place, one in enumerate(section.contacts):
        lines = [
            w.line(tr("Relation"), one.relation),
            *([] if one.phone is None else [w.line(tr("Telephone"), isolate_ltr(one.phone))]),
            *w.said(tr("Support offered"), one.offered),
            w.line(tr("Agreed on"), w.day(one.agreed_on)),
        ]
        yield f"c{place}", tr("Contact: {name}").format(name=isolate(one.name)), lines
    if section.children:
        bands = join_words(isolate_ltr(each.age_band) for each in section.children)
        yield "children", tr("Children, by age"), [StagedLine(words=bands)]
    if section.safeguarding_lead is not None:
        lead = section.safeguarding_lead
        yield "lead", tr("Safeguarding lead"), [w.line(lead.name, isolate_ltr(lead.phone))]


def _learning(section: onward.S10) -> Iterator[Item]:
    if section.skills:
        lines = [line for text in section.skills for line in w.said("", text)]
        yield "skills", tr("Skills"), [*lines, *w.owned(section.owner_agency)]
    for place, one in enumerate(section.certificates):
        yield f"t{place}", isolate(one.title), [w.line(one.issuer, w.day(one.date_)), *w.owned(one.owner_agency)]
    if (step := section.next_step) is not None:
        yield "next", tr("Next step"), [*w.said("", step.what), w.line(step.with_, w.day(step.date_))]


def _pastoral(section: onward.S11) -> Iterator[Item]:
    lines = w.said("", section.text)
    if (contact := section.faith_contact) is not None:
        lines += [w.line(contact.name, isolate_ltr(contact.phone)), w.line(tr("Agreed on"), w.day(contact.agreed_on))]
    yield "text", tr("What the chaplain gave, with the person's consent"), lines


def _open_items(section: onward.S12, words: CodeWords) -> Iterator[Item]:
    for place, one in enumerate(section.items):
        lines = [
            w.line(tr("State"), w.item_status(one.status)),
            w.line(tr("Who carries it"), w.side(one.side)),
            w.line(tr("Due"), w.day(one.due)),
            *([] if one.owner is None else [w.line(tr("Who"), one.owner)]),
            *w.said(tr("Comment"), one.comment),
        ]
        yield f"i{place}", w.known_as(words.items, one.code), lines
    for place, waived in enumerate(section.waivers):
        title = tr("Waived: {item}").format(item=w.known_as(words.items, waived.code))
        yield f"w{place}", title, w.said(tr("Reason"), waived.reason)
    if section.health_summary_sent_on is not None:
        sent = tr("Sent by prison health on {day}, health to health.").format(day=w.day(section.health_summary_sent_on))
        yield "health", tr("Health summary"), [StagedLine(words=sent)]


def _contacts(section: onward.S13) -> Iterator[Item]:
    worker = section.link_worker
    facts = " · ".join((worker.role, isolate_ltr(worker.phone), worker.hours))
    lines = [w.line(worker.name, facts), *w.said(tr("Way back for answers"), section.return_channel)]
    lines += [w.line(each.name, f"{each.role} · {isolate_ltr(each.phone)}") for each in section.contacts]
    yield "worker", tr("Link worker and helpers"), lines


def _conference(section: onward.S14) -> Iterator[Item]:
    lines = [w.line(tr("Held on"), w.day(section.held_on)), w.line(tr("Kind"), w.conference(section.kind))]
    lines += w.owned(section.owner_agency)
    lines += [line for text in section.decisions for line in w.said(tr("Decision"), text)]
    for each in section.actions:
        lines += [*w.said(tr("Action"), each.text), w.line("", f"{each.owner} · {w.day(each.due)}")]
    yield "summary", tr("Decisions and actions"), lines
