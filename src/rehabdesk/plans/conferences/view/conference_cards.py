"""What a conference shows of itself: who came, decisions, actions, the log of what was shared and kept back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.core.choices import ChoiceList
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_giving_service import Giving
from rehabdesk.plans.conferences.conference_model import AdditionKind, Conference, Exchange, SummaryAction
from rehabdesk.plans.conferences.conference_parts_model import Action, ActionStatus, Attendee, Item, KeptBack, Minutes
from rehabdesk.plans.conferences.conference_stored_model import StoredAddition, StoredExchange
from rehabdesk.plans.conferences.conference_words_model import act_words, action_words, addition_words, attended_words
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.plain_kit import Card


def people_card(
    kit: Kit, conference: Conference, *, name: str, chair: str, took_place: bool, action: QWidget | None = None
) -> Card:
    """Who came, or who is invited; the person first, the interpreter by alias."""
    lines: list[QWidget] = []
    if conference.person_attended is not None:
        lines.append(kit.label(attended_words(conference.person_attended, isolate(name)), "strong", wrap=True))
    if conference.not_invited_because:
        why = tr("Why: {reason}").format(reason=isolate(conference.not_invited_because))
        lines.append(kit.label(why, "small", wrap=True))
    if not any(each.staff == conference.chair for each in conference.attendees):
        lines.append(kit.label(tr("Chair: {name}").format(name=isolate(chair)), wrap=True))
    lines += [_attendee(kit, conference, each, took_place=took_place) for each in conference.attendees]
    interpreter = tr("Interpreter: {alias}")
    lines += [kit.label(interpreter.format(alias=isolate(alias)), wrap=True) for alias in conference.interpreters]
    title = tr("Who came") if took_place else tr("Who is invited")
    return kit.card(title, *lines, kit.start(action) if action else None, kind="flat", gap=2)


def _attendee(kit: Kit, conference: Conference, each: Attendee, *, took_place: bool) -> QWidget:
    """Name, then role and agency, then what this one brought."""
    facts = [each.role, each.agency]
    if each.staff and each.staff == conference.chair:
        facts.append(tr("chair"))
    if each.staff in conference.withdrawn:
        facts.append(tr("invitation taken back"))
    elif took_place and not each.attended:
        facts.append(tr("did not come"))
    line = " · ".join(isolate(fact) for fact in facts)
    brought = None
    if each.contribution:
        brought = kit.label(own_direction(each.contribution), "small", wrap=True, selectable=True)
    name, about = kit.label(isolate(each.name), wrap=True), kit.label(line, "small", tone="muted", wrap=True)
    return kit.box(kit.column(name, about, brought, gap=0))


def own_direction(words: str) -> str:
    """What somebody typed, each paragraph in its own direction."""
    return "\n".join(isolate(line) if line else "" for line in words.split("\n"))


def decisions_card(kit: Kit, decisions: Sequence[str]) -> Card:
    lines: list[QWidget] = [kit.label(f"– {isolate(each)}", wrap=True, selectable=True) for each in decisions]
    return kit.card(tr("Decisions"), *(lines or [_none(kit, tr("Nothing was decided."))]), gap=1)


def summary_actions_card(kit: Kit, actions: Sequence[SummaryAction]) -> Card:
    """Actions as they stand in the summary."""
    lines = []
    for each in actions:
        facts = tr("{who}, by {day}").format(who=isolate(each.owner), day=isolate(short(each.due)))
        words = kit.label(isolate(each.text), wrap=True)
        lines.append(kit.box(kit.column(words, kit.label(facts, "small", tone="muted", wrap=True), gap=0)))
    return kit.card(tr("Actions"), *(lines or [_none(kit, tr("No actions were agreed."))]), gap=2)


def words_card(kit: Kit, title: str, words: str) -> Card:
    return kit.card(title, kit.label(own_direction(words), wrap=True, selectable=True), gap=1)


class ActionsCard(QWidget):
    """Every action with its owner, day and status; `markable` are those that this login may mark."""

    marked = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        actions: Sequence[Action],
        statuses: Mapping[str, ActionStatus],
        *,
        owners: Mapping[str, str],
        markable: Sequence[str],
    ) -> None:
        super().__init__()
        self.kit = kit
        self.first: QWidget | None = None
        rows: list[QWidget] = []
        for action in actions:
            who = action.owner_words or owners.get(action.owner, "")
            status = statuses.get(action.id, ActionStatus.OPEN)
            late = status is ActionStatus.OPEN and action.due < kit.today()
            facts = tr("{who}, by {day}").format(who=isolate(who), day=isolate(short(action.due)))
            words = kit.column(
                kit.label(isolate(action.text), wrap=True), kit.label(facts, "small", tone="muted", wrap=True), gap=0
            )
            tag = kit.tag(tr("Overdue"), "red") if late else kit.tag(*action_words(status))
            buttons = self._buttons(action, status) if action.id in markable else []
            rows += [kit.box(kit.row((kit.box(words), 1), tag, *buttons, gap=3)), kit.rule()]
        if not rows:
            rows = [kit.label(tr("No actions were agreed."), tone="muted", wrap=True), kit.rule()]
        self.setLayout(kit.column(kit.card(tr("Actions"), *rows[:-1], gap=2)))

    def _buttons(self, action: Action, status: ActionStatus) -> list[QWidget]:
        if status is ActionStatus.OPEN:
            choices = [(ActionStatus.DONE, tr("Done"), ""), (ActionStatus.NO_LONGER_NEEDED, tr("Not needed"), "quiet")]
        else:
            choices = [(ActionStatus.OPEN, tr("Open again"), "quiet")]
        made: list[QWidget] = []
        for to, words, kind in choices:
            button = self.kit.button(words, kind=kind, name=f"{words}: {action.text}")
            button.setObjectName(f"{to.value}-{action.id}")
            button.clicked.connect(lambda _on=False, wanted=to: self.marked.emit(action.id, wanted.value))
            made.append(button)
            self.first = self.first or button
        return made


def exchange_cards(
    kit: Kit, minutes: Minutes, later: Sequence[StoredExchange], giving: Giving, refuse: QWidget | None
) -> tuple[Card, Card]:
    """What was shared or disclosed, and what was kept back: at the conference and since. `refuse` keeps one more."""
    shared = [_shared(kit, item, "") for item in minutes.shared]
    kept = [_kept(kit, one, giving.reasons, "") for one in minutes.kept_back]
    for each in later:
        at = short(each.at.astimezone().date())
        if each.exchange.given is not None:
            shared.append(_shared(kit, each.exchange.given, at, basis=_basis(each.exchange, giving.bases)))
        if each.exchange.refused is not None:
            kept.append(_kept(kit, each.exchange.refused, giving.reasons, at))
    shared = shared or [_none(kit, tr("Nothing was shared."))]
    kept = kept or [_none(kit, tr("Nothing was kept back."))]
    kept += [kit.box(kit.start(refuse))] if refuse is not None else []
    return (
        kit.card(tr("What was shared"), *shared, kind="flat", gap=2),
        kit.card(tr("What was kept back"), *kept, kind="flat", gap=2),
    )


def _none(kit: Kit, sentence: str) -> QWidget:
    return kit.label(sentence, "small", tone="muted", wrap=True)


def _basis(exchange: Exchange, bases: ChoiceList) -> str:
    """On which basis it was given, as far as that was recorded."""
    if not exchange.basis:
        return ""
    named = " · ".join(isolate(each) for each in (bases.text(exchange.basis), exchange.cite) if each)
    return tr("Legal basis: {basis}").format(basis=named)


def _shared(kit: Kit, item: Item, at: str, *, basis: str = "") -> QWidget:
    route = tr("{act}: {owner} to {recipient}").format(
        act=act_words(item.act), owner=isolate(item.owner_agency), recipient=isolate(item.to)
    )
    return _entry(kit, item.what, route, at, basis)


def _kept(kit: Kit, one: KeptBack, reasons: ChoiceList, at: str) -> QWidget:
    words = tr("{agency}: {reason}").format(agency=isolate(one.agency), reason=reasons.text(one.reason))
    if one.asked_by:
        words = tr("{agency}: {reason}. Asked by {who}").format(
            agency=isolate(one.agency), reason=reasons.text(one.reason), who=isolate(one.asked_by)
        )
    return _entry(kit, one.what, words, at)


def _entry(kit: Kit, what: str, words: str, at: str, under: str = "") -> QWidget:
    more = tr("{words}, {day}").format(words=words, day=isolate(at)) if at else words
    lines = [kit.label(line, "small", tone="muted", wrap=True) for line in (more, under) if line]
    return kit.box(kit.column(kit.label(isolate(what), wrap=True), *lines, gap=0))


def additions_card(kit: Kit, additions: Sequence[StoredAddition], staff: Mapping[str, str]) -> Card:
    """What was added since: the person's own words as large as the staff's (G8)."""
    rows: list[QWidget] = []
    for each in additions:
        said = tr("{what}, {name}, {time}").format(
            what=addition_words(each.addition.kind),
            name=isolate(staff.get(each.author, "")),
            time=isolate(stamp(each.at)),
        )
        if each.addition.kind is AdditionKind.PERSON_STATEMENT:
            said = tr("{what}, written down by {name}, {time}").format(
                what=addition_words(each.addition.kind),
                name=isolate(staff.get(each.author, "")),
                time=isolate(stamp(each.at)),
            )
        words = kit.label(own_direction(each.addition.words), wrap=True, selectable=True)
        rows.append(kit.box(kit.column(kit.label(said, "small", tone="muted", wrap=True), words, gap=0)))
    return kit.card(tr("Added since"), *rows, gap=2)


def spread(kit: Kit, cards: Sequence[QWidget]) -> QWidget:
    """Cards one under the other."""
    return kit.box(kit.column(*cards, STRETCH, gap=3))
