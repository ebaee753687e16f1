"""Step 2 of a packet: what is in it, what stays here and why, and what the case officer adds for the first weeks."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.handover.preparing_service import sections_to_come
from rehabdesk.handover.profile_model import PROFILES, ProfileCode, SectionCode
from rehabdesk.handover.typed_model import KEPT_BACK, TypedPacket, kept_back_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit

LONG = ("V1", "V2", "V3", "V4", "V5", "first_night", "journey", "return_channel")


class ContentsStep(QWidget):
    """Texts by the names of `typed_model.as_supplement`."""

    changed = Signal()

    def __init__(self, kit: Kit, typed: TypedPacket, name: str, live_alerts: int) -> None:
        super().__init__()
        self.kit = kit
        self._texts: dict[str, QLineEdit | TextArea] = {}
        self.fields: dict[str, Field] = {}
        self._kept = kit.several([(code, kept_back_words(code)) for code in KEPT_BACK], chosen=typed.kept_back)
        said = tr("No safety alert is open for {name}")
        if live_alerts:
            said = ntr(
                "{count} open safety alert about {name} goes into the packet",
                "{count} open safety alerts about {name} go into the packet",
                live_alerts,
            )
        self._alert = kit.check(said.format(name=name, count=live_alerts), typed.no_alert)
        self._conference = kit.check(tr("The summary of the latest conference"), typed.with_conference)
        self._day, self._time = kit.date_field(typed.meeting_day), kit.time_field()
        self._time.line.setText(typed.meeting_time)
        texts = typed.texts
        self._profile = ProfileCode(typed.profile)
        voice = kit.card(
            tr("{name}'s own words").format(name=name),
            self._text("V1", tr("What has changed for me"), texts),
            self._text("V2", tr("What I am proud of"), texts),
            self._text("V3", tr("What helps me"), texts),
            self._text("V4", tr("What makes it harder"), texts),
            self._text("V5", tr("What I want outside"), texts),
            self._text("no_voice", tr("Or: why there are no words"), texts),
        )
        first, link = self._outside(texts, name)
        self.fields["no_alert"] = kit.field(tr("Safety"), self._alert, required=True)
        kept = kit.card(
            tr("What stays here"),
            kit.label(
                tr("Notes are never in a packet. The kinds of matter that stay are named, not the matter."), wrap=True
            ),
            kit.field(tr("Kept back"), self._kept),
            self.fields["no_alert"],
        )
        besides = kit.card(
            tr("What can go in besides"),
            kit.field(tr("Conference"), self._conference, hint=tr("Decisions and actions, never the discussion")),
        )
        for card in (card for card, part in ((voice, "S3"), (besides, "S14")) if not typed.holds(SectionCode(part))):
            card.hide()
        kit.fill(QVBoxLayout(self), (voice, first, link, besides, kept, STRETCH), gap=4)
        self._kept.changed.connect(self.changed)
        self._alert.toggled.connect(lambda _on: self.changed.emit())
        self._conference.toggled.connect(lambda _on: self.changed.emit())
        self._day.changed.connect(self.changed)
        self._time.changed.connect(self.changed)

    def _outside(self, said: Mapping[str, str], name: str) -> tuple[QWidget, QWidget]:
        """The first weeks, and who answers questions."""
        kit = self.kit
        first = kit.card(
            tr("The first two weeks"),
            self._text(
                "contact_preference", tr("How {name} wants to be reached").format(name=name), said, required=True
            ),
            self._text("first_night", tr("First night: where"), said, required=True),
            self._text("journey", tr("Journey from the gate"), said),
            kit.row(
                (self._text("medicines", tr("Medicines"), said), 1),
                (self._text("money", tr("Money"), said), 1),
                (self._text("phone_access", tr("Phone"), said), 1),
                gap=3,
            ),
            self._meeting(said),
        )
        link = kit.card(
            tr("Who answers questions"),
            kit.row(
                (self._text("link_name", tr("Name"), said, required=True), 2),
                (self._text("link_phone", tr("Phone"), said, required=True), 1),
                (self._text("link_hours", tr("Hours"), said), 1),
                gap=3,
            ),
            self._text("return_channel", tr("How the team can answer"), said, required=True),
        )
        return first, link

    def take_into(self, typed: TypedPacket) -> TypedPacket:
        """What is typed here, put into the packet."""
        said = {
            name: words
            for name, control in self._texts.items()
            if (words := control.words() if isinstance(control, TextArea) else control.text())
        }
        return replace(
            typed,
            texts=said,
            kept_back=self._kept.codes(),
            no_alert=self._alert.isChecked(),
            with_conference=self._conference.isChecked(),
            meeting_day=self._day.day(),
            meeting_time=self._time.text(),
        )

    def first_focus(self) -> QWidget:
        return self._texts["V1" if SectionCode.S3 in PROFILES[self._profile].sections else "contact_preference"]

    def rail(self) -> QWidget:
        """What goes in from the records, and what never does."""
        kit = self.kit
        lines = [kit.label(line, "small", wrap=True) for line in sections_to_come(self._profile)]
        never = (
            tr("Notes: never in a packet"),
            tr("Clinical annex: not for this recipient"),
            tr("Pastoral contribution: not for this recipient"),
            tr("Health: sent by prison health, health to health"),
        )
        out = [kit.label(line, "small", wrap=True) for line in never]
        return kit.box(
            kit.column(
                kit.card(tr("What goes in"), *lines, kind="flat", gap=1),
                kit.card(tr("What does not"), *out, kind="flat", gap=1),
                STRETCH,
                gap=3,
            )
        )

    def _meeting(self, said: Mapping[str, str]) -> QWidget:
        kit = self.kit
        self.fields["meeting_day"] = kit.field(tr("First appointment"), self._day)
        self.fields["meeting_time"] = kit.field(tr("at"), self._time)
        return kit.box(
            kit.row(
                (self.fields["meeting_day"], 2),
                (self.fields["meeting_time"], 1),
                (self._text("meeting_with", tr("with"), said), 2),
                (self._text("meeting_place", tr("where"), said), 2),
                gap=3,
            )
        )

    def _text(self, name: str, caption: str, said: Mapping[str, str], *, required: bool = False) -> Field:
        words = said.get(name, "")
        control: QLineEdit | TextArea
        if name in LONG:
            control = self.kit.text_area(words, limit=2_000, lines=2)
            control.textChanged.connect(self.changed)
        else:
            control = self.kit.line(words, limit=400)
            control.textChanged.connect(lambda _text: self.changed.emit())
        self._texts[name] = control
        self.fields[name] = self.kit.field(caption, control, required=required)
        return self.fields[name]
