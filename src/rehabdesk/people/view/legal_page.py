"""The legal stage: what it is now, since when and by which paper; what may follow; every state that there was (6.1)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.people.legal_model import RELEASED, LegalEpisode, Stage, StageChange
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.record_words_model import sentence_words, source_words
from rehabdesk.people.view.legal_forms import LegalForms, caption_of_date
from rehabdesk.people.view.record_page import RecordOf, RecordPage, fact_rows, joined
from rehabdesk.people.words_model import route_words, stage_words
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Route

SHOWN_DATES = (
    "arrest",
    "remand",
    "conviction",
    "sentence",
    "conditional_release_eligible",
    "planned_release",
    "actual_release",
    "supervision_end",
)


class LegalPage(RecordPage):
    """`still_open`: what the release checklist has open, told after a release and never before it."""

    def __init__(
        self,
        kit: Kit,
        legal: LegalStages,
        record: RecordOf,
        *,
        staff: Callable[[str], str],
        still_open: Callable[[], Sequence[str]],
        may_prepare: bool,
    ) -> None:
        super().__init__(kit, record, title=tr("Legal stage"), here="legal")
        self._legal, self._staff, self._still_open, self._may_prepare = legal, staff, still_open, may_prepare
        self._forms = LegalForms(self, legal, record)
        self.refresh()

    def refresh(self) -> None:
        self.begin()
        kit, now = self.kit, self._legal.now(self.record.person)
        cards: list[QWidget] = [self._now(now)]
        if now.stage in RELEASED and (open_items := self._still_open()):
            cards.append(self._open(open_items))
        cards.append(self._history())
        self.set_body(kit.box(kit.column(*cards, STRETCH, gap=4)))

    def main_act(self) -> None:
        if self._act is None and self._legal.may_write and self._legal.offered(self.record.person):
            self._forms.ask_change()
            return
        super().main_act()

    def _now(self, now: LegalEpisode) -> QWidget:
        kit = self.kit
        acts: list[QWidget] = []
        if self._legal.may_write:
            if self._legal.offered(self.record.person):
                acts.append(self.act_button(tr("Change the stage"), self._forms.ask_change, kind="primary"))
            if self._legal.ways_out(self.record.person) and now.stage not in (*RELEASED, Stage.DECEASED, Stage.CLOSED):
                acts.append(self.act_button(tr("Record the release"), self._forms.ask_release))
            acts.append(self.act_button(tr("Dates and papers"), self._forms.ask_facts))
            acts.append(self.act_button(tr("Correct a mistake"), self._forms.ask_correction, kind="quiet"))
        stage = kit.label(stage_words(now.stage), "h2", wrap=True)
        since = tr("Since {day}, by: {source}").format(day=short(now.since), source=source_words(now.source))
        route = now.release_route_words or (route_words(now.release_route) if now.release_route else "")
        facts = [
            (tr("Appeal"), tr("Under appeal") if now.under_appeal else ""),
            (tr("Contested"), tr("The person contests it") if now.is_contested else ""),
            (tr("Authority"), isolate(now.authority) if now.authority else ""),
            (tr("File number"), isolate(now.file_no) if now.file_no else ""),
            (tr("Short label"), isolate(now.offence_label_short) if now.convicted and now.offence_label_short else ""),
            (tr("Sentence"), sentence_words(now.sentence_type) if now.convicted else ""),
            (tr("Way of release"), isolate(route) if route else ""),
            (tr("Notice"), tr("Short notice") if now.short_notice else ""),
            *((caption_of_date(name), _day(now, name)) for name in SHOWN_DATES),
        ]
        return kit.card(
            tr("Now"),
            kit.box(kit.column(stage, kit.label(since, "small", tone="muted", wrap=True), gap=0)),
            kit.flow(*acts) if acts else None,
            fact_rows(kit, facts),
        )

    def _open(self, items: Sequence[str]) -> QWidget:
        """What a release leaves open; it stopped nobody."""
        kit = self.kit
        lines = [kit.label(f"· {isolate(item)}", wrap=True) for item in items]
        said = kit.label(tr("The release is recorded. This is still open; somebody follows it up."), wrap=True)
        prepare = None
        if self._may_prepare:
            prepare = self.act_button(
                tr("Prepare packet"), lambda: self.go.emit(Route(name="packet", person=self.record.person))
            )
        return kit.card(tr("Still open"), said, *lines, kit.start(prepare) if prepare else None, gap=1)

    def _history(self) -> QWidget:
        kit = self.kit
        rows: list[QWidget] = []
        for change in self._legal.history(self.record.person):
            rows += [self._change(change), kit.rule()]
        return kit.card(tr("History, newest first"), *rows[:-1], gap=2)

    def _change(self, change: StageChange) -> QWidget:
        kit, episode = self.kit, change.episode
        since = tr("Since {day}, by: {source}").format(day=short(episode.since), source=source_words(episode.source))
        who = tr("Recorded {when} by {name}").format(
            when=stamp(change.recorded_at), name=isolate(self._staff(change.recorded_by))
        )
        reason = None
        if episode.correction:
            words = tr("Corrected: {reason}").format(reason=isolate(episode.correction))
            reason = kit.label(words, "small", wrap=True)
        return kit.box(
            kit.column(
                kit.label(stage_words(episode.stage), "strong", wrap=True),
                kit.label(joined([since, who]), "small", tone="muted", wrap=True),
                reason,
                gap=0,
            )
        )


def _day(episode: LegalEpisode, name: str) -> str:
    day = getattr(episode.dates, name)
    return "" if day is None else short(day)
