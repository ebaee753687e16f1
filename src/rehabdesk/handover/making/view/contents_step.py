"""Step 2 of a packet: who reads what, what goes in, what stays here and why, and what the case officer adds."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import quoted
from rehabdesk.handover.content.profile_model import OFF_BY_DEFAULT, Form, SectionCode
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.making.contents_service import PacketContents, who_reads
from rehabdesk.handover.making.preparing_service import withheld_line
from rehabdesk.handover.making.typed_model import KEPT_BACK, TypedPacket, kept_back_words
from rehabdesk.handover.making.view.next_step_line import NextStepLine
from rehabdesk.handover.making.view.recorded_first import own_page_button, recorded_first
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import TextArea
from rehabdesk.ui.kit import STRETCH, Kit

LONG = ("V1", "V2", "V3", "V4", "V5", "first_night", "journey", "return_channel")
NAMES = ("link_name", "link_phone", "link_hours", "meeting_with", "meeting_place")
"""What stands in a packet as a name, not as a text: shorter."""


class ContentsStep(QWidget):
    """Texts by the names of `typed_model.as_supplement`; only what this kind of packet asks for is shown."""

    changed = Signal()
    page_wanted = Signal(object)
    """The `Route`, without the person, of a page on which something is recorded first."""

    def __init__(self, kit: Kit, typed: TypedPacket, name: str, contents: PacketContents) -> None:
        super().__init__()
        self.kit, self._contents, self._name = kit, contents, name
        self._texts: dict[str, QLineEdit | TextArea] = {}
        self._switches: dict[SectionCode, QCheckBox] = {}
        self.fields: dict[str, Field] = {}
        options = [(code, kept_back_words(code)) for code in KEPT_BACK]
        self._kept = kit.several(options, chosen=typed.kept_back, column=True)
        self._alert = kit.check(self._alert_words(), typed.no_alert)
        self._readers = kit.label("", wrap=True)
        self._step = NextStepLine(kit, contents.next_steps, typed.texts.get("next_step", ""))
        self._day, self._time = kit.date_field(typed.meeting_day), kit.time_field()
        self._time.line.setText(typed.meeting_time)
        cards = (
            recorded_first(kit, contents.missing, self.page_wanted.emit),
            self._who(),
            self._voice(typed) if typed.holds(SectionCode.S3) else None,
            self._reached(typed) if typed.kind.s1_form is not Form.NAME_ONLY and typed.holds(SectionCode.S1) else None,
            self._first_weeks(typed.texts) if typed.holds(SectionCode.S4) else None,
            self._link(typed) if typed.holds(SectionCode.S13) or typed.holds(SectionCode.S6) else None,
            self._besides(),
            self._stays(typed),
        )
        kit.fill(QVBoxLayout(self), (*(card for card in cards if card is not None), STRETCH), gap=4)
        self._kept.changed.connect(self.changed)
        self._step.changed.connect(self.changed)
        self._alert.toggled.connect(lambda _on: self.changed.emit())
        for box in self._switches.values():
            box.toggled.connect(self._switched)
        self._readers.setText(who_reads(contents, self._on()))
        self._day.changed.connect(self.changed)
        self._time.changed.connect(self.changed)

    def take_into(self, typed: TypedPacket) -> TypedPacket:
        """What is typed here, put into the packet; what another kind of packet asks for stays as it was typed."""
        said = {**typed.texts, "next_step": self._step.code()}
        for name, control in self._texts.items():
            said[name] = control.words() if isinstance(control, TextArea) else control.text()
        on = self._on()
        return replace(
            typed,
            texts={name: words for name, words in said.items() if words},
            kept_back=self._kept.codes(),
            no_alert=self._alert.isChecked(),
            put_in=tuple(code.value for code in self._switches if code in on and self._usually_off(code)),
            left_out=tuple(code.value for code in self._switches if code not in on and not self._usually_off(code)),
            meeting_day=self._day.day(),
            meeting_time=self._time.text(),
        )

    def first_focus(self) -> QWidget:
        return next(iter((*self._texts.values(), *self._switches.values(), self._kept)))

    def rail(self) -> QWidget:
        """What goes in from the records, and what never does."""
        kit = self.kit
        lines = [kit.label(title, "small", wrap=True) for _, title in self._contents.fixed]
        never = (
            tr("Notes: never in a packet"),
            tr("Clinical annex: a file of its own, sealed to one clinician"),
            tr("Health: sent by prison health, health to health"),
        )
        out = [kit.label(line, "small", wrap=True) for line in never]
        return kit.box(
            kit.column(
                kit.card(tr("Always goes in"), *lines, kind="flat", gap=1),
                kit.card(tr("What does not"), *out, kind="flat", gap=1),
                STRETCH,
                gap=3,
            )
        )

    def _on(self) -> frozenset[SectionCode]:
        return frozenset(code for code, box in self._switches.items() if box.isChecked())

    def _switched(self, _on: bool) -> None:
        self._readers.setText(who_reads(self._contents, self._on()))
        self.changed.emit()

    # cards

    def _who(self) -> QWidget:
        kit = self.kit
        return kit.card(
            tr("Who will see what"),
            self._readers,
            kit.label(self._contents.basis, "strong", wrap=True),
            self._asked(),
            gap=2,
        )

    def _asked(self) -> QWidget | None:
        """What the person asked to keep from this team: it stands where is chosen what goes in."""
        kit, asked = self.kit, self._contents.asked
        if not asked:
            return None
        title = tr("{name} asked to keep from this team:").format(name=self._name)
        after = tr("The packet says that something was kept back at the person's wish, and not what.")
        words = [kit.label(title, "strong", wrap=True), *(kit.label(quoted(each), wrap=True) for each in asked)]
        said = kit.box(kit.column(*words, kit.label(after, "small", tone="muted", wrap=True), gap=0))
        return kit.box(kit.row(kit.picture("hand-heart", "amber_fg", 20), (said, 1), gap=2))

    def _voice(self, typed: TypedPacket) -> QWidget:
        """The own page as the desk holds it; typed here only where there is none."""
        title = tr("{name}'s own words").format(name=self._name)
        if self._contents.own_page:
            return self.kit.card(title, self.kit.label(self._contents.own_page, wrap=True))
        texts = typed.texts
        return self.kit.card(
            title,
            self.kit.label(
                tr("There is no own page of the person yet. It is better to write one than to type here."), wrap=True
            ),
            own_page_button(self.kit, self.page_wanted.emit),
            self._text("V1", tr("What has changed for me"), texts),
            self._text("V2", tr("What I am proud of"), texts),
            self._text("V3", tr("What helps me"), texts),
            self._text("V4", tr("What makes it harder"), texts),
            self._text("V5", tr("What I want outside"), texts),
            self._text("no_voice", tr("Or: why there are no words"), texts),
        )

    def _reached(self, typed: TypedPacket) -> QWidget:
        caption = tr("How {name} wants to be reached").format(name=self._name)
        return self.kit.card(
            tr("How to call"),
            self.kit.row(
                (self._text("contact_preference", caption, typed.texts, required=True), 3),
                (self._text("safe_times", tr("Safe times to call"), typed.texts), 2),
                gap=3,
            ),
        )

    def _first_weeks(self, said: Mapping[str, str]) -> QWidget:
        kit = self.kit
        return kit.card(
            section_titles()[SectionCode.S4],
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

    def _link(self, typed: TypedPacket) -> QWidget:
        kit, said, needed = self.kit, typed.texts, typed.holds(SectionCode.S13)
        row = kit.row(
            (self._text("link_name", tr("Name"), said, required=needed), 2),
            (self._text("link_phone", tr("Phone"), said, required=needed), 1),
            (self._text("link_hours", tr("Hours"), said), 1),
            gap=3,
        )
        answer = None
        if needed:
            answer = self._text("return_channel", tr("How the team can answer"), said, required=True)
        return kit.card(tr("Who answers questions"), row, answer)

    def _besides(self) -> QWidget | None:
        """Optional sections, each with the reason for which it would be empty."""
        kit = self.kit
        rows: list[QWidget] = []
        for switch in self._contents.switches:
            box = kit.check(switch.title, switch.on)
            self._switches[switch.code] = box
            rows.append(box)
            if switch.empty_because:
                said = tr("Empty: {reason}").format(reason=switch.empty_because)
                box.setAccessibleDescription(said)
                rows.append(kit.label(said, "small", tone="muted", wrap=True))
            if switch.code is SectionCode.S10:
                rows.append(self._step)
                if self._step.field is not None:
                    self.fields["next_step"] = self._step.field
        return kit.card(tr("What can go in besides"), *rows, gap=1) if rows else None

    def _stays(self, typed: TypedPacket) -> QWidget:
        kit = self.kit
        lines = [kit.label(withheld_line(each), wrap=True) for each in self._contents.stays]
        self.fields["kept_back"] = kit.field(tr("Kept back besides"), self._kept)
        safety = None
        if typed.holds(SectionCode.S8):
            safety = self.fields["no_alert"] = kit.field(tr("Safety"), self._alert, required=True)
        return kit.card(
            tr("What stays here"),
            kit.label(
                tr("Notes are never in a packet. The kinds of matter that stay are named, not the matter."),
                "small",
                tone="muted",
                wrap=True,
            ),
            *lines,
            self.fields["kept_back"],
            safety,
            gap=2,
        )

    def _alert_words(self) -> str:
        live = self._contents.live_alerts
        said = tr("No safety alert is open for {name}")
        if live:
            said = ntr(
                "{count} open safety alert about {name} goes into the packet",
                "{count} open safety alerts about {name} go into the packet",
                live,
            )
        return said.format(name=self._name, count=live)

    def _usually_off(self, code: SectionCode) -> bool:
        return code in OFF_BY_DEFAULT or code in self._contents.off_for_children

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
            control = self.kit.line(words, limit=200 if name in NAMES else 400)
            control.textChanged.connect(lambda _text: self.changed.emit())
        self._texts[name] = control
        self.fields[name] = self.kit.field(caption, control, required=required)
        return self.fields[name]
