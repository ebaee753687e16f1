"""The person's own copy of a packet (PC): a booklet in large print, own words first, numbers to call, rights.

It is made from what the packet says and from nothing else; staff's words, safety matters and codes stand in none
(domain.md 10.2, 10.6).
"""

from collections.abc import Sequence
from datetime import datetime

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.own_copy import Form, OwnCopy
from rehabdesk.core.text import isolate, isolate_ltr, join_words, numbers_kept
from rehabdesk.handover.content.onward_sections_model import S13
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.sections_model import S1, S2, S3, S4, S6, Agreement, Condition, Text
from rehabdesk.handover.content.voice_words_model import voice_question
from rehabdesk.handover.pages.labels_pdf import label
from rehabdesk.handover.pages.rights_pdf import rights
from rehabdesk.handover.pages.words_pdf import code, day, language_name, name
from rehabdesk.paper.blocks import Block, Bullets, Heading, Mark, Note, Paragraph, Sign, Together
from rehabdesk.paper.own_copy import decides_nothing, own_copy, own_statement, part_title, sentence, whom_to_ask


def own_packet_pages(packet: Handover, copy: OwnCopy, form: Form = Form.A5) -> bytes:
    """The pages as PDF bytes. UserError for signs that our fonts do not hold. Slow."""
    held = packet.sections
    blocks: list[Block] = [Heading(text=tr("My papers for outside"))]
    blocks += [] if held.S3 is None else _own_words(held.S3)
    blocks.append(_to_whom(packet))
    blocks += [] if held.S1 is None else _who_i_am(held.S1)
    blocks += [] if held.S2 is None else _dates(held.S2)
    blocks += [] if held.S4 is None else _first_weeks(held.S4)
    blocks += [] if held.S6 is None else _what_helps(held.S6)
    blocks += _numbers(held.S6, held.S13, copy)
    blocks += [part_title(tr("What I can ask for")), *rights(copy.site, copy.phone)]
    blocks += [decides_nothing(tr("This paper decides nothing about release, parole, transfer or privileges."))]
    return own_copy(
        [*blocks, Together(blocks=tuple(own_statement()))], copy, title=tr("My papers for outside"), form=form
    )


def _own_words(section: S3) -> list[Block]:
    answer = {
        Agreement.AGREED: tr("I agree with the plan."),
        Agreement.AGREED_IN_PART: tr("I agree with a part of the plan, and not with all of it."),
        Agreement.DID_NOT_AGREE: tr("I do not agree with the plan."),
        Agreement.WITHDREW: tr("I agreed before, and I took that back."),
    }.get(section.agreement, tr("I have not been asked yet whether I agree."))
    words: list[Block] = [sentence(answer, bold=True)]
    if section.agreement_words is not None:
        words.append(_typed(section.agreement_words))
    blocks: list[Block] = [part_title(tr("What I say")), Note(blocks=tuple(words))]
    blocks.extend(
        Together(blocks=(sentence(voice_question(line.code), bold=True), _typed(line.text))) for line in section.voice
    )
    return blocks


def _to_whom(packet: Handover) -> Block:
    """Who reads the packet that this is a copy of, and why they may (G9)."""
    said = tr("{team} gets a packet about me. It is for: {purpose}. They may read it because of: {basis}.")
    basis = packet.packet.legal_basis
    words = said.format(team=name(packet.to.name), purpose=name(packet.packet.purpose), basis=name(label(basis.code)))
    return Together(blocks=(sentence(words),))


def _who_i_am(section: S1) -> list[Block]:
    """Short: no day of birth, no needs."""
    blocks: list[Block] = [part_title(tr("Who I am"), Sign.PEOPLE)]
    blocks.append(Bullets(items=tuple(name(each.whole()) for each in section.names)))
    if section.languages:
        spoken = tr("I speak: {languages}.").format(
            languages=join_words(name(language_name(each.code)) for each in section.languages)
        )
        blocks.append(sentence(spoken))
    if section.interpreter_needed:
        blocks.append(sentence(tr("I can ask for an interpreter at every talk.")))
    return blocks


def _dates(section: S2) -> list[Block]:
    """The days, and each condition in plain words; the official ones are in the packet."""
    blocks: list[Block] = [part_title(tr("My days and my conditions"), Sign.CALENDAR)]
    blocks.append(sentence(tr("I leave on {day}.").format(day=day(section.release_date))))
    if section.supervision_end is not None:
        blocks.append(sentence(tr("Supervision ends on {day}.").format(day=day(section.supervision_end))))
    if not section.conditions:
        blocks.append(sentence(tr("I have no conditions.")))
    blocks.extend(_condition(condition) for condition in section.conditions)
    return blocks


def _condition(condition: Condition) -> Block:
    parts: list[Block] = [sentence(label(condition.category), bold=True), _typed(condition.plain)]
    if condition.end is not None:
        parts.append(sentence(tr("Until {day}.").format(day=day(condition.end))))
    return Together(blocks=tuple(parts))


def _first_weeks(section: S4) -> list[Block]:
    blocks: list[Block] = []
    above: tuple[Heading, ...] = (part_title(tr("My first two weeks")),)
    for title, sign, text in (
        (tr("Where I sleep the first night"), Sign.HOUSE, section.first_night),
        (tr("How I get there"), Sign.BUS, section.journey),
        (tr("My medicines"), Sign.MEDICINE, section.medicines_due),
        (tr("My money"), Sign.MONEY, section.money),
        (tr("My phone"), Sign.PHONE, section.phone_access),
    ):
        if text is not None:
            blocks.append(Together(blocks=(*above, Heading(text=title, level=3, sign=sign), _typed(text))))
            above = ()
    for each in section.appointments:
        said = tr("{when}: {purpose}, with {who}, at {place}.").format(
            when=_when(each.at), purpose=name(each.purpose), who=name(each.with_), place=name(each.place)
        )
        blocks.append(Bullets(items=(said,), mark=Mark.BOX))
        if each.directions is not None:
            blocks.append(_typed(each.directions))
    for paper in section.papers_missing:
        said = tr("Paper that is missing: {paper}. {who} looks after it.").format(
            paper=name(paper.paper), who=name(paper.follow_up_by)
        )
        blocks.append(Bullets(items=(said,), mark=Mark.BOX))
    return blocks


def _when(at: datetime) -> str:
    """Day and hour where the person lives: nobody outside counts in UTC."""
    here = at.astimezone()
    return tr("{day}, {time}").format(day=day(here.date()), time=isolate_ltr(f"{here:%H:%M}"))


def _what_helps(section: S6) -> list[Block]:
    blocks: list[Block] = []
    for title, texts, mark in (
        (tr("My strengths"), section.strengths, Mark.DOT),
        (tr("How I notice that it gets hard"), section.early_signs, Mark.DOT),
        (tr("What helps me"), section.helps, Mark.DOT),
        (tr("What I do when it gets hard"), section.crisis.steps, Mark.BOX),
    ):
        if texts:
            blocks.append(part_title(title))
            blocks.append(Bullets(items=tuple(isolate(numbers_kept(each.text)) for each in texts), mark=mark))
    return blocks


def _numbers(helps: S6 | None, back: S13 | None, copy: OwnCopy) -> list[Block]:
    """Whom to call, each once; large, because they are read in a hurry."""
    found: dict[str, str] = {}
    if back is not None:
        found[back.link_worker.phone] = back.link_worker.name
        found |= {each.phone: each.name for each in back.contacts if each.phone not in found}
    if helps is not None:
        found |= {each.phone: each.name for each in helps.crisis.contacts if each.phone not in found}
    lines = tuple(f"{name(who)}  {code(phone)}" for phone, who in found.items())
    blocks: list[Block] = [part_title(tr("Numbers to call"), Sign.PHONE)]
    blocks += [Bullets(items=lines)] if lines else []
    return [*blocks, sentence(whom_to_ask(copy))]


def _typed(text: Text) -> Paragraph:
    """What somebody typed stays as it is, in its own direction; of another language than the paper it says which."""
    spoken = text.lang.partition("-")[0]
    words = numbers_kept(text.text)
    if spoken not in (language(), "und"):
        words = f"{words}  ({isolate(language_name(text.lang))})"
    return Paragraph(words=words)


def typed_texts(packet: Handover) -> Sequence[str]:
    """What people typed of all that stands on the paper."""
    held, found = packet.sections, list[Text | None]()
    if held.S3 is not None:
        found += [held.S3.agreement_words, *(line.text for line in held.S3.voice)]
    if held.S2 is not None:
        found += [each.plain for each in held.S2.conditions]
    if held.S4 is not None:
        first = held.S4
        found += [first.first_night, first.journey, first.medicines_due, first.money, first.phone_access]
        found += [each.directions for each in first.appointments]
    if held.S6 is not None:
        found += [*held.S6.strengths, *held.S6.early_signs, *held.S6.helps, *held.S6.crisis.steps]
    return [text.text for text in found if text is not None]
