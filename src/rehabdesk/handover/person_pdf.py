"""Pages of S3 (own words), S6 (what helps) and S7 (progress in words): the person's voice as large as the staff's."""

from collections.abc import Sequence

from rehabdesk.handover.sections_model import S3, S6, S7, MadeBy, Rating, RatingVoice, Text
from rehabdesk.handover.words_pdf import DOMAINS, VOICE_QUESTIONS, code, day, joined, label, name, own_words
from rehabdesk.paper.blocks import Block, Bullets, Columns, Heading, KeyValues, Note, Paragraph, Run, Table, Voice, bold
from rehabdesk.paper.blocks import Column as TableColumn


def own_voice(section: S3, language: str) -> list[Block]:
    """Agreement and statement, in the words in which they were given."""
    blocks: list[Block] = [KeyValues(rows=(("Agreement with the plan", (bold(label(section.agreement)),)),))]
    if section.agreement_words is not None:
        blocks.append(Voice(label="In the person’s own words", words=own_words(section.agreement_words, language)))
    blocks.extend(
        Voice(label=VOICE_QUESTIONS[line.code], words=own_words(line.text, language)) for line in section.voice
    )
    made = [("How this page was made", label(section.made_by))]
    blocks.append(KeyValues(rows=tuple(made)))
    if section.reason is not None:
        blocks.append(Voice(label="Reason", words=own_words(section.reason, language)))
    if not section.voice and section.made_by is MadeBy.DECLINED and section.reason is None:
        blocks.append(Paragraph(words="The person was asked and chose to say nothing here."))
    return blocks


def what_helps(section: S6, language: str) -> list[Block]:
    """Strengths first; early signs as the person describes them; what to do in a crisis."""
    blocks: list[Block] = []
    for title, texts in (
        ("Strengths", section.strengths),
        ("Early signs, as the person describes them", section.early_signs),
        ("What helps", section.helps),
        ("What makes it harder", section.harder),
        ("In a crisis", section.crisis.steps),
    ):
        blocks.append(Heading(text=title, level=3, bookmark=False))
        blocks.append(_listed(texts, language))
    if section.crisis.contacts:
        blocks.append(
            Table(
                columns=(
                    TableColumn(title="Call", share=3),
                    TableColumn(title="Telephone", share=2),
                    TableColumn(title="When", share=2),
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
        blocks.append(Paragraph(words="Nothing was described."))
    domains = dict.fromkeys(rating.domain for rating in section.ratings)
    for domain in domains:
        pair = {rating.voice: rating for rating in section.ratings if rating.domain == domain}
        blocks.append(Heading(text=DOMAINS[domain], level=3, bookmark=False))
        cells = tuple(_described(pair.get(voice), voice, language) for voice in (RatingVoice.STAFF, RatingVoice.SELF))
        blocks.append(Columns(cells=cells, shares=(1, 1)))
    return blocks


def _described(rating: Rating | None, voice: RatingVoice, language: str) -> tuple[Block, ...]:
    if rating is None:
        return (Voice(label=label(voice), words="Nothing was described."),)
    word = label(rating.word) + (f" ({label(rating.nr_reason).lower()})" if rating.nr_reason else "")
    basis = own_words(rating.basis, language)
    runs = (Run(text=basis),) if isinstance(basis, str) else basis
    blocks: list[Block] = [
        Voice(label=label(voice), words=(bold(f"{word}. "), *runs)),
        Paragraph(
            words=joined(
                [
                    f"From {day(rating.period_from)} to {day(rating.period_to)}",
                    f"confidence {label(rating.confidence)}",
                    None if rating.current else "not current",
                ]
            ),
            size=8.5,
        ),
    ]
    if rating.disagreement is not None:
        blocks.append(Voice(label="Disagreement", words=own_words(rating.disagreement, language)))
    return tuple(blocks)


def _listed(texts: Sequence[Text], language: str) -> Block:
    if not texts:
        return Paragraph(words="Nothing was named.")
    return Bullets(items=tuple(own_words(text, language) for text in texts))
