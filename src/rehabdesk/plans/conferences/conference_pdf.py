"""The executive summary on paper: decisions and actions for one recipient, never the discussion (6.5, G24)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr, numbers_kept
from rehabdesk.paper.blocks import Align, Block, Bullets, Column, Heading, KeyValues, Paragraph, Table, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import TRAINING, PageFrame, build
from rehabdesk.plans.conferences.conference_model import ExecutiveSummary
from rehabdesk.plans.conferences.conference_words_model import kind_words

PRINTED = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFrame:
    """For whom it is made, by which site and when (UTC). The person stands on it by case number alone.

    `training`: the people are invented, and the banner says so.
    """

    case_ref: str
    site: str
    phone: str
    recipient: str
    at: datetime
    training: bool = False


def summary_paper(summary: ExecutiveSummary, made: SummaryFrame) -> Callable[[], bytes]:
    """What lays the pages out and gives the PDF; slow. UserError at once for characters that cannot be printed."""
    frame, blocks = _frame(made), _blocks(summary, made)
    missing = missing_characters([("", text) for text in (*texts_of(blocks), *frame.texts())])
    if missing:
        sentence = tr("These characters cannot be printed: {signs}. The summary was not made.")
        raise UserError(sentence.format(signs=isolate(" ".join(each.character for each in missing))), field="recipient")
    return lambda: build(frame, blocks).pdf


def _frame(made: SummaryFrame) -> PageFrame:
    return PageFrame(
        title=tr("Summary of a meeting"),
        author=made.site,
        creator="RehabDesk",
        language=language() if language() in PRINTED else "en",
        issued=made.at,
        heading=made.site,
        watermark=tr("For {recipient}, {day}").format(
            recipient=isolate(made.recipient), day=isolate(day_text(made.at.astimezone().date()))
        ),
        foot=tr("Decisions and actions only. The discussion stays with the team."),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if made.training else "",
    )


def _title(words: str) -> Paragraph:
    return Paragraph(words=words, size=12, bold=True, align=Align.PAGE, space_before=10, keep_with_next=True)


def _blocks(summary: ExecutiveSummary, made: SummaryFrame) -> list[Block]:
    blocks: list[Block] = [
        Heading(text=tr("Summary of a meeting")),
        KeyValues(
            rows=(
                (tr("Case number"), isolate_ltr(made.case_ref)),
                (tr("Meeting"), kind_words(summary.kind)),
                (tr("Held on"), isolate(day_text(summary.held_on))),
                (tr("For"), isolate(made.recipient)),
                (tr("Made"), isolate(day_text(made.at.astimezone().date()))),
                (tr("Questions"), isolate_ltr(made.phone)),
            )
        ),
        _title(tr("Decisions")),
        Bullets(
            items=tuple(isolate(numbers_kept(each)) for each in summary.decisions) or (tr("Nothing was decided."),)
        ),
        _title(tr("Actions")),
    ]
    if not summary.actions:
        return [*blocks, Paragraph(words=tr("No actions were agreed."), align=Align.PAGE)]
    table = Table(
        columns=(
            Column(title=tr("Action"), share=5),
            Column(title=tr("Who"), share=3),
            Column(title=tr("By"), share=2),
        ),
        rows=tuple(
            (isolate(numbers_kept(each.text)), isolate(each.owner), isolate(day_text(each.due)))
            for each in summary.actions
        ),
    )
    return [*blocks, table]
