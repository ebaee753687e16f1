"""An entry that came from outside and was accepted: what it says, and which packet of whom brought it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.notes.received_model import OutsideLine
from rehabdesk.notes.received_service import OpenOutside, heard
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

CAPTION = 190


class OutsidePage(Page):
    """`open_entry` reads it; `take_back` strikes it with a reason, None for who did not accept it.

    `source`: the page of the packet, where this login has one.
    """

    def __init__(
        self,
        kit: Kit,
        open_entry: Callable[[], OpenOutside],
        *,
        name: str,
        staff: Callable[[str], str],
        take_back: Callable[[str], object] | None,
        source: Route | None,
    ) -> None:
        super().__init__(kit)
        self._open, self._name, self._staff = open_entry, name, staff
        self._take_back, self._source = take_back, source
        self.refresh()

    def refresh(self) -> None:
        kit, entry = self.kit, self._open()
        outside = entry.outside
        tag = kit.tag(tr("Entered in error"), "grey") if entry.strike else kit.tag(tr("Outside source"), "grey")
        who = tr("{name} · accepted by {staff}, {time}").format(
            name=isolate(self._name), staff=isolate(self._staff(entry.author)), time=stamp(entry.recorded_at)
        )
        title = kit.column(
            kit.row((kit.label(outside.title, "h1", wrap=True), 1), tag, gap=3),
            kit.label(who, "small", tone="muted", wrap=True),
            gap=0,
        )
        self.set_head(title)
        origin = tr("Came in packet {number} of {day} from {site}. Nobody here signed what it says.").format(
            number=isolate_ltr(outside.number), day=short(outside.issued), site=isolate(outside.site)
        )
        parts: list[QWidget] = [kit.card("", kit.label(origin, wrap=True), kind="quiet")]
        if entry.strike is not None:
            words = tr("Taken back: {reason}").format(reason=isolate(entry.strike.words))
            parts.append(kit.card("", kit.label(words, wrap=True), kind="warn"))
        parts.append(kit.card("", *(self._line(line) for line in outside.lines), gap=2))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=entry.person_id, id="timeline")))
        self._first, source, strike = back, None, None
        if self._source is not None:
            route = self._source
            source = kit.button(tr("Open the packet"), icon="package")
            source.clicked.connect(lambda: self.go.emit(route))
        if self._take_back is not None and entry.strike is None:
            strike = kit.button(tr("Take back"))
            strike.clicked.connect(self._ask)
        self.set_foot(kit.row(back, STRETCH, strike, source))

    def _ask(self) -> None:
        kit, take_back = self.kit, self._take_back
        if take_back is None:
            return
        reason = kit.text_area(limit=600, lines=3)
        field = kit.field(tr("Why it was accepted in error"), reason, required=True)
        field.setObjectName("reason")

        def act() -> None:
            take_back(reason.words())
            self.said.emit(tr("Taken back. The entry is struck."))

        self.show_form(tr("Take back"), [field], tr("Take back"), act, first=reason, name="take-back")

    def _line(self, line: OutsideLine) -> QWidget:
        kit = self.kit
        text = kit.label(heard(line), wrap=True, selectable=True)
        if not line.caption:
            return text
        caption = kit.label(line.caption, tone="muted", wrap=True)
        caption.setFixedWidth(kit.theme.px(CAPTION))
        return kit.box(kit.row(caption, (text, 1), gap=3))
