"""The result of a check: one large sentence, what comes next, what was checked, and the code for the phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.report_service import card_lines, detail_lines, remark_lines
from rehabdesk.handover.checking.verdict_model import MAY_BE_OPENED, State
from rehabdesk.handover.checking.verdict_words_model import sentence
from rehabdesk.handover.checking.view.check_words import TOLD_NOTHING, CheckedLine, checked_lines
from rehabdesk.handover.file_index.file_index_check_service import found_words, naming_lines
from rehabdesk.handover.file_index.file_index_model import IndexIs
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.kit import Kit

CARD_LOOKS = {State.GENUINE: ("badge-check", "green"), State.REFUSED: ("shield-x", "red")}
KINDS = {"amber": "warn", "red": "alert"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What can be done next."""

    main: QPushButton
    others: tuple[QPushButton, ...] = ()


class CheckResult(QWidget):
    """`spoken`: the language of the sentence. `vouched`: a site card was chosen by hand for this check, so that nothing
    it says is known from elsewhere. `hint`: what the person may have left out.
    """

    def __init__(self, kit: Kit, checked: Checked, spoken: str, acts: Acts, *, vouched: bool, hint: str = "") -> None:
        super().__init__()
        self._kit, self._checked = kit, checked
        parts: list[QWidget] = [self._result(spoken, acts)]
        lines = checked_lines(checked.verdict, vouched=vouched)
        remarks = [*self._vouching(vouched), *naming_lines(checked.packet), *remark_lines(checked.verdict)]
        remarks += [hint] if hint else []
        if lines or remarks:
            parts.append(self._lines(lines, remarks))
        if (code := self._code(vouched)) is not None:
            parts.append(code)
        parts.append(self._details())
        kit.fill(QVBoxLayout(self), parts, gap=3)

    def _result(self, spoken: str, acts: Acts) -> QWidget:
        kit, verdict = self._kit, self._checked.verdict
        title, icon, colour = verdict_look(verdict.state)
        index = self._checked.index
        if self._checked.site_card is not None or self._checked.team_card is not None:
            icon, colour = CARD_LOOKS.get(verdict.state, ("circle-help", "amber"))
            said, *more = card_lines(self._checked)
            title = ""
        elif index is not None and index.is_ is IndexIs.ALONE:  # neither right nor wrong by itself
            title, icon, colour = "", "circle-help", "grey"
            said, more = found_words(index), []
        else:
            said, more = sentence(verdict, spoken), [] if index is None else [found_words(index)]
        if said.startswith(title):
            title = ""  # the sentence says it itself
        ink = "text2" if colour == "grey" else f"{colour}_fg"
        words = kit.column(
            kit.start(kit.tag(title, "grey" if colour in KINDS else colour)) if title else None,  # seen on its ground
            kit.label(said, "h1", wrap=True),
            *(kit.label(line, wrap=True, selectable=True) for line in more),
            kit.flow(acts.main, *acts.others),
            gap=3,
        )
        card = kit.card("", kit.row(kit.picture(icon, ink, 44), (words, 1), gap=4), kind=KINDS.get(colour, "plain"))
        card.setAccessibleName(said)
        acts.main.setAccessibleDescription(said)  # a screen reader hears the result with the focus
        return card

    def _vouching(self, vouched: bool) -> list[str]:
        """Digits that must be compared, because the card came by the same way as the packet."""
        if not vouched:
            return []
        words = tr("You vouch for {site}: compare its 24 digits {digits} on a number that you already know.")
        return [
            words.format(site=isolate(site.site.name), digits=isolate_ltr(site.digits)) for site in self._checked.sites
        ]

    def _lines(self, lines: Sequence[CheckedLine], remarks: Sequence[str]) -> QWidget:
        kit = self._kit
        looks = {True: ("check", "green_fg"), False: ("triangle-alert", "amber_fg"), None: ("info", "text2")}
        rows = [kit.row(kit.picture(*looks[line.good]), (kit.label(line.words, wrap=True), 1)) for line in lines]
        told = [kit.row(kit.picture("info"), (kit.label(words, wrap=True, selectable=True), 1)) for words in remarks]
        return kit.card(tr("What was checked"), *rows, *told, gap=2)

    def _code(self, vouched: bool) -> QWidget | None:
        """The code that both sides read to each other; a number to call only from a card whose digits were compared."""
        kit, checked = self._kit, self._checked
        verdict = checked.verdict
        sites = () if vouched else checked.sites
        site = next((each.site for each in sites if each.site.name == verdict.known_site), None)
        if checked.packet_code is None or verdict.state in TOLD_NOTHING:
            if site is None or verdict.state is not State.CHANGED:
                return None
            words = tr("Call {site}, {phone}, and say that the file was changed on its way.")
            call = words.format(site=isolate(site.name), phone=isolate_ltr(site.phone))
            return kit.card("", kit.label(call, wrap=True), kind="quiet")
        call = tr("Compare by phone, on a number that you already know:")
        if site is not None:
            words = tr("Compare by phone with {site}, {phone}:")
            if verdict.state not in MAY_BE_OPENED:
                words = tr("Do not act on it before you have called {site}, {phone}. The code of this packet:")
            call = words.format(site=isolate(site.name), phone=isolate_ltr(site.phone))
        code = kit.label(isolate_ltr(checked.packet_code), "h1", selectable=True)
        caption = kit.label(tr("Packet code"), "small", tone="muted")
        return kit.card("", kit.label(call, wrap=True), caption, code, kind="quiet", gap=1)

    def _details(self) -> QWidget:
        kit = self._kit
        words = [
            kit.label(line, "small", tone="muted", wrap=True, selectable=True) for line in detail_lines(self._checked)
        ]
        box = kit.box(kit.column(*words, gap=1, margins=(12, 0, 12, 0)))
        box.hide()
        button = kit.button(tr("Details for IT"), kind="quiet", icon="chevron-down")
        button.clicked.connect(lambda: box.setVisible(box.isHidden()))
        return kit.box(kit.column(kit.start(button), box, gap=1))
