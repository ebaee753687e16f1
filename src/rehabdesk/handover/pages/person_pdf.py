"""Pages of S3 (own words), S6 (what helps) and S7 (progress in words): the person's voice as large as the staff's."""

from collections.abc import Sequence

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.sections_model import S3, S6, S7, MadeBy, Rating, RatingVoice, Text
from rehabdesk.handover.content.voice_words_model import voice_question
from rehabdesk.handover.pages.labels_pdf import domain_title, label
from rehabdesk.handover.pages.words_pdf import beside, code, day, joined, name, own_words
from rehabdesk.paper.blocks import Block, Bullets, Columns, Heading, KeyValues, Note, Paragraph, Table, Voice, bold
from rehabdesk.paper.blocks import Column as TableColumn


def own_voice(section: S3, language: str) -> list[Block]:
    """Agreement and statement, in the words in which they were given."""
    blocks: list[Block] = [KeyValues(rows=((tr("Agreement with the plan"), (bold(label(section.agreement)),)),))]
    if section.agreement_words is not None:
        blocks.append(Voice(label=tr("In the person’s own words"), words=own_words(section.agreement_words, language)))
    blocks.extend(
        Voice(label=voice_question(line.code), words=own_words(line.text, language)) for line in section.voice
    )
    made = [(tr("How this page was made"), label(section.made_by))]
    blocks.append(KeyValues(rows=tuple(made)))
    if section.reason is not None:
        blocks.append(Voice(label=tr("Reason"), words=own_words(section.reason, language)))
    if not section.voice and section.made_by is MadeBy.DECLINED and section.reason is None:
        blocks.append(Paragraph(words=tr("The person was asked and chose to say nothing here.")))
    return blocks


def what_helps(section: S6, language: str) -> list[Block]:
    """Strengths first; early signs as the person describes them; what to do in a crisis."""
    blocks: list[Block] = []
    for title, texts in (
        (tr("Strengths"), section.strengths),
        (tr("Early signs, as the person describes them"), section.early_signs),
        (tr("What helps"), section.helps),
        (tr("What makes it harder"), section.harder),
        (tr("In a crisis"), section.crisis.steps),
    ):
        blocks.append(Heading(text=title, level=3, bookmark=False))
        blocks.append(_listed(texts, language))
    if section.crisis.contacts:
        blocks.append(
            Table(
                columns=(
                    TableColumn(title=tr("Whom to call"), share=3),
                    TableColumn(title=tr("Telephone"), share=2),
                    TableColumn(title=tr("When"), share=2),
                ),
                rows=tuple(
                    (name(each.name), code(each.phone), name(each.hours or "–")) for each in section.crisis.contacts
                ),
            )
        )
    return blocks


def progress_in_words(section: S7, language: str) -> list[Block]:
    """Words beside words, never a number, chart, total or colour (G1), under the statement of G41."""
    blocks: list[Block] = [Note(blocks=(Paragraph(words=own_words(section.statement, language), space_after=0),))]
    if not section.ratings:
        blocks.append(Paragraph(words=tr("Nothing was described.")))
    domains = dict.fromkeys(rating.domain for rating in section.ratings)
    for domain in domains:
        pair = {rating.voice: rating for rating in section.ratings if rating.domain == domain}
        blocks.append(Heading(text=domain_title(domain), level=3, bookmark=False))
        cells = tuple(_described(pair.get(voice), voice, language) for voice in (RatingVoice.STAFF, RatingVoice.SELF))
        blocks.append(Columns(cells=cells, shares=(1, 1)))
    return blocks


def _described(rating: Rating | None, voice: RatingVoice, language: str) -> tuple[Block, ...]:
    if rating is None:
        return (Voice(label=label(voice), words=tr("Nothing was described.")),)
    word = label(rating.word)
    if rating.nr_reason:
        word = tr("{word} ({reason})").format(word=word, reason=label(rating.nr_reason))
    blocks: list[Block] = [
        Voice(label=label(voice), words=(bold(f"{word}. "), *beside(rating.basis, language))),
        Paragraph(
            words=joined(
                [
                    tr("From {first} to {last}").format(first=day(rating.period_from), last=day(rating.period_to)),
                    tr("Confidence: {word}").format(word=label(rating.confidence)),
                    None if rating.current else tr("not current"),
                ]
            ),
            size=8.5,
        ),
    ]
    if rating.disagreement is not None:
        blocks.append(Voice(label=tr("Disagreement"), words=own_words(rating.disagreement, language)))
    return tuple(blocks)


def _listed(texts: Sequence[Text], language: str) -> Block:
    if not texts:
        return Paragraph(words=tr("Nothing was named."))
    return Bullets(items=tuple(own_words(text, language) for text in texts))
