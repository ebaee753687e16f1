"""A safety alert as it is read, looked at again and closed."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.notes.alerts.alert_model import AtRisk, OpenAlert, Result, SignedOutcome
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.words_model import alert_tag, at_risk_choices, kind_choices
from rehabdesk.ui.dates import local, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.plain_kit import Card


class AlertReadPage(Page):
    """`name`: the person's, or the writer's words for the person. `staff` names a login."""

    def __init__(
        self, kit: Kit, alerts: Alerts, rid: str, *, name: str, staff: Callable[[str], str], now: Callable[[], datetime]
    ) -> None:
        super().__init__(kit)
        self._alerts, self._rid, self._name, self._staff, self._now = alerts, rid, name, staff, now
        self.refresh()

    def refresh(self) -> None:
        kit, opened = self.kit, self._alerts.open(self._rid)
        row, self._act = opened.row, None
        name = self._name or opened.alert.about
        kind = dict(kind_choices())[row.kind.value]
        facts = (name, tr("raised {time}").format(time=stamp(row.recorded_at)), self._staff(row.author))
        words = kit.column(
            kit.row(kit.label(tr("Safety alert"), "h1"), kit.tag(*alert_tag(row.state(self._now()))), STRETCH, gap=3),
            kit.label(" · ".join(isolate(fact) for fact in facts), "small", tone="muted", wrap=True),
            gap=0,
        )
        self.set_head(words)
        outcomes = [self._outcome(each) for each in reversed(opened.outcomes)]
        card = kit.card(kind, *self._content(opened), gap=3)
        self.set_body(kit.box(kit.column(card, *outcomes, STRETCH, gap=4)))
        back = kit.button(tr("Back"), icon="arrow-left")
        home = Route(name="person", person=row.person_id, id="overview") if row.person_id else Route(name="day")
        back.clicked.connect(lambda: self.go.emit(home))
        self._first = back
        if not self._alerts.may_end(row):
            self.set_foot(kit.row(back, STRETCH))
            return
        review = kit.button(tr("Review: stays live"), icon="calendar-clock")
        review.clicked.connect(self._ask_review)
        close = kit.button(tr("Close with an outcome"), kind="primary", icon="check")
        close.clicked.connect(self._ask_close)
        self._first, self._act = review, self._ask_review
        self.set_foot(kit.row(back, STRETCH, review, close))

    def _content(self, opened: OpenAlert) -> list[QWidget]:
        kit, alert, row = self.kit, opened.alert, opened.row
        told = tr("{who}, {how}, {time}").format(
            who=isolate(alert.told_who), how=isolate(alert.told_how), time=stamp(alert.told_at)
        )
        lines = [
            pair(kit, tr("What people must know"), alert.facts),
            pair(kit, tr("Who is at risk"), dict(at_risk_choices())[alert.at_risk.value]),
            pair(kit, tr("What was done"), alert.action_taken),
            pair(kit, tr("Who was told"), told),
            pair(kit, tr("Person told"), answer_words(alert.person_told)),
        ]
        if not row.closed:
            lines.append(pair(kit, tr("Next review"), stamp(row.review_by)))
        if alert.at_risk is AtRisk.NAMED_PERSON:
            lines.insert(2, self._named(opened))
        return lines

    def _named(self, opened: OpenAlert) -> QWidget:
        """The name is read on demand only, and that it was read is logged."""
        kit = self.kit
        if not opened.name_kept:
            return pair(kit, tr("Name"), tr("Kept with the safeguarding lead."))
        show = kit.button(tr("Read the name"), icon="eye")

        def read() -> None:
            shown.setText(self._alerts.name_at_risk(self._rid))
            shown.show()
            if self._first is not None:
                self._first.setFocus()
            show.hide()

        shown = kit.label("", "strong", wrap=True, selectable=True)
        shown.hide()
        show.clicked.connect(read)
        caption = kit.label(tr("Name"), "small", tone="muted")
        return kit.box(kit.row((caption, 1), (kit.box(kit.row(show, (shown, 1), STRETCH)), 3), gap=3))

    def _outcome(self, signed: SignedOutcome) -> Card:
        kit, outcome = self.kit, signed.outcome
        closed = outcome.result is Result.CLOSED
        meta = f"{self._staff(signed.author)} · {stamp(signed.recorded_at)}"
        lines = [kit.label(meta, "small", tone="muted"), kit.label(isolate(outcome.words), wrap=True, selectable=True)]
        if outcome.next_review is not None:
            said = tr("Next review {time}").format(time=stamp(outcome.next_review))
            lines.append(kit.label(said, "small", tone="muted"))
        return kit.card(
            tr("Closed, with outcome") if closed else tr("Reviewed, stays live"), *lines, kind="flat", gap=1
        )

    # what comes of it

    def _ask_review(self) -> None:
        kit = self.kit
        words = kit.text_area(limit=1_000, lines=3)
        latest = local(self._alerts.latest_review())
        day, clock = kit.date_field(latest.date()), kit.time_field(latest.time())
        said = kit.field(tr("What was &found"), words, required=True)
        said.setObjectName("words")
        when = kit.field(
            tr("&Next review, at most 72 hours"),
            kit.box(kit.row((day, 2), (clock, 1), (kit.box(kit.column()), 2), gap=3)),
            required=True,
        )
        when.setObjectName("review")
        when.caption.setBuddy(day.line)
        when.control.setFocusProxy(day)
        day.line.setAccessibleName(tr("Day of the next review"))
        clock.line.setAccessibleName(tr("Time of the next review"))

        def keep() -> None:
            moment = datetime.combine(day.required(), clock.required()).astimezone()
            self._alerts.review(self._rid, words.words(), moment)
            self.said.emit(tr("Reviewed. It stays live until {time}.").format(time=stamp(moment)))

        self._act = self.show_form(tr("Review"), [said, when], tr("Keep it live"), keep, first=words)

    def _ask_close(self) -> None:
        words = self.kit.text_area(limit=1_000, lines=3)
        said = self.kit.field(tr("&Outcome"), words, required=True)
        said.setObjectName("words")

        def close() -> None:
            self._alerts.close(self._rid, words.words())
            self.said.emit(tr("Closed. It is in nobody's way any more, and stays on record."))

        self._act = self.show_form(tr("Close with an outcome"), [said], tr("Close the alert"), close, first=words)


def pair(kit: Kit, caption: str, words: str) -> QWidget:
    """A caption with its words, side by side."""
    name = kit.label(caption, "small", tone="muted", wrap=True)
    return kit.box(
        kit.row(
            (kit.box(kit.column(name, STRETCH)), 1), (kit.label(isolate(words), wrap=True, selectable=True), 3), gap=3
        )
    )


def answer_words(answer: bool | None) -> str:
    return {True: tr("Yes"), False: tr("No"), None: tr("Not recorded")}[answer]
