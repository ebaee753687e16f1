"""What stands above a plan: version and the three axes, the person's words, why it rests, strengths."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, quoted
from rehabdesk.plans.model import Plan, SignOff, VersionState
from rehabdesk.plans.plan_words_model import state_reason_words
from rehabdesk.plans.words_model import agreement_words, sign_off_words, state_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit


def review_due(kit: Kit, day: date | None, door: Callable[[str], QPushButton | None]) -> QWidget | None:
    """`day`: when it is due by now, which may be nearer than agreed; `door`: the way to the reviews, for who has it."""
    if day is None:
        return door(tr("Reviews"))
    words = tr("Next review {day}").format(day=short(day))
    return door(words) or kit.label(words, "small", tone="muted")


def plan_head(
    kit: Kit, plan: Plan, lines: Sequence[QWidget], due: QWidget | None, history: QPushButton | None
) -> QVBoxLayout:
    """`due`: when it is reviewed; `history`: the way to other versions, where this role has one."""
    tags = [
        kit.tag(*state_words(plan.state)),
        kit.tag(*agreement_words(plan.agreement)),
        kit.tag(*sign_off_words(plan.signoff)),
    ]
    title = kit.label(tr("Plan, version {number}").format(number=plan.version), "h2")
    return kit.column(kit.row(title, *tags, STRETCH, due, history), *lines, gap=1)


def plan_lines(kit: Kit, plan: Plan, person_name: str) -> list[QWidget]:
    """The person's words, why the plan rests or came back, strengths."""
    name, lines = isolate(person_name), list[QWidget]()
    if plan.agreement_words:
        lines.append(kit.label(tr("{name}: {words}").format(name=name, words=quoted(plan.agreement_words)), wrap=True))
    elif plan.no_words_because:
        because = tr("No words of {name}: {reason}").format(name=name, reason=isolate(plan.no_words_because))
        lines.append(kit.label(because, wrap=True))
    if plan.state is VersionState.SUSPENDED:
        rests = tr("The plan rests: {reason}").format(reason=isolate(state_reason_words(plan)))
        lines.append(kit.label(rests, tone="warn", wrap=True))
    if plan.signoff is SignOff.RETURNED and plan.return_reason:
        returned = tr("Returned: {reason}").format(reason=isolate(plan.return_reason))
        lines.append(kit.label(returned, tone="warn", wrap=True))
    strengths = tr("Strengths: {words}").format(words=isolate(plan.strengths))
    lines.append(kit.label(strengths, "small", tone="muted", wrap=True))
    return lines
