"""What differs between two versions of a plan, on paper: before and now side by side, in the order of the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.paper.blocks import Block, Bullets, Column, Heading, KeyValues, Paragraph, Table, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import PageFrame, build
from rehabdesk.plans.difference_model import Difference, GoalDifference, Line
from rehabdesk.plans.difference_words_model import change_words, step_change_words

PRINTED = ("en", "fr", "ar")


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceFrame:
    """About whom, by which site, for whom and when (UTC)."""

    about: str
    case_ref: str
    site: str
    recipient: str
    at: datetime


def difference_paper(found: Difference, made: DifferenceFrame) -> Callable[[], bytes]:
    """What lays the pages out and gives the PDF; slow. UserError at once for characters that cannot be printed."""
    frame, blocks = _frame(made), _blocks(found, made)
    missing = missing_characters([("", text) for text in (*texts_of(blocks), *frame.texts())])
    if missing:
        sentence = tr("These characters cannot be printed: {signs}. No pages were made.")
        raise UserError(sentence.format(signs=isolate(" ".join(each.character for each in missing))), field="recipient")
    return lambda: build(frame, blocks).pdf


def _frame(made: DifferenceFrame) -> PageFrame:
    day = isolate(day_text(made.at.astimezone().date()))
    return PageFrame(
        title=tr("Two versions of a plan"),
        author=made.site,
        creator="RehabDesk",
        language=language() if language() in PRINTED else "en",
        issued=made.at,
        heading=made.site,
        watermark=tr("For {recipient}, {day}").format(recipient=isolate(made.recipient), day=day),
        foot=tr("A plan is made with the person. It is not a test and says nothing about what somebody will do."),
        page_words=tr("Page {page} of {pages}"),
    )


def _blocks(found: Difference, made: DifferenceFrame) -> list[Block]:
    blocks: list[Block] = [
        Heading(text=tr("Two versions of a plan")),
        KeyValues(
            rows=(
                (tr("About"), isolate(made.about)),
                (tr("Case number"), isolate_ltr(made.case_ref)),
                (tr("Compared"), tr("Version {before} and version {after}").format(**_numbers(found))),
                (tr("For"), isolate(made.recipient)),
            )
        ),
    ]
    if found.none:
        return [*blocks, Paragraph(words=tr("Nothing differs between the two."))]
    if found.states:
        blocks += [_title(tr("The answer, the state, signatures")), _table(found, found.states)]
    if found.goals:
        blocks.append(_title(tr("Goals and steps")))
        for goal in found.goals:
            blocks += _goal(found, goal)
    if found.words:
        blocks += [_title(tr("What else is written")), _table(found, found.words)]
    return blocks


def _goal(found: Difference, goal: GoalDifference) -> list[Block]:
    words = tr("{change}: {goal} ({domain})").format(
        change=change_words(goal.change)[0], goal=isolate(goal.wording), domain=tr(goal.domain)
    )
    blocks: list[Block] = [Paragraph(words=words, bold=True, space_before=8, keep_with_next=True)]
    if goal.lines:
        blocks.append(_table(found, goal.lines))
    for step in goal.steps:
        blocks.append(Bullets(items=(step_change_words(step.change).format(step=isolate(step.text)),)))
        if step.lines:
            blocks.append(_table(found, step.lines))
    return blocks


def _table(found: Difference, lines: Sequence[Line]) -> Table:
    return Table(
        columns=(
            Column(title="", share=2),
            Column(title=tr("Version {number}").format(number=found.before), share=4),
            Column(title=tr("Version {number}").format(number=found.after), share=4),
        ),
        rows=tuple((line.label, _said(line.before), _said(line.after)) for line in lines),
    )


def _numbers(found: Difference) -> dict[str, int]:
    return {"before": found.before, "after": found.after}


def _title(words: str) -> Paragraph:
    return Paragraph(words=words, size=12, bold=True, space_before=10, keep_with_next=True)


def _said(words: str) -> str:
    return isolate(words) if words else "–"
