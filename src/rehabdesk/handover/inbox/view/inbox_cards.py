"""Parts of the page of a packet that came: its head, the verdict in brief, what a newer program added."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate_ltr, join_words
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_words_model import LANGUAGES, sentence
from rehabdesk.handover.checking.view.check_result import Acts, CheckResult
from rehabdesk.handover.inbox.inbox_model import ReceivedRow
from rehabdesk.handover.inbox.inbox_words_model import handled_words, profile_words, row_title
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.dates import local, short, stamp
from rehabdesk.ui.kit import Kit


def head_of(kit: Kit, row: ReceivedRow) -> QHBoxLayout:
    """Number and sender, when it was issued and first seen, how it is judged and what was done with it."""
    words, _icon, colour = verdict_look(row.state)
    facts = [
        tr("issued {day}").format(day=short(local(row.packet.issued).date())),
        tr("first seen {time}").format(time=stamp(row.first_seen)),
        profile_words(row.packet.profile),
    ]
    title = kit.column(
        kit.label(row_title(row), "h1", wrap=True),
        kit.label(" · ".join(fact for fact in facts if fact), "small", tone="muted", wrap=True),
        gap=0,
    )
    return kit.row((kit.box(title), 1), kit.tag(words, colour), kit.tag(*handled_words(row.handled)), gap=2)


class VerdictCard(QWidget):
    """The verdict in brief, with the code to compare; all that was checked unfolds below it."""

    def __init__(self, kit: Kit, checked: Checked, row: ReceivedRow, acts: Sequence[QPushButton]) -> None:
        super().__init__()
        _words, icon, colour = verdict_look(row.state)
        ink = "text2" if colour == "grey" else f"{colour}_fg"
        more = kit.button(tr("What was checked"), kind="quiet", icon="chevron-down")
        close = kit.button(tr("Less"))
        full = CheckResult(kit, checked, spoken_language(), Acts(main=close), vouched=False)
        full.hide()
        more.clicked.connect(lambda: full.setVisible(full.isHidden()))

        def fold() -> None:
            full.hide()
            more.setFocus()

        close.clicked.connect(fold)
        lines = [kit.label(sentence(checked.verdict, spoken_language()), "strong", wrap=True)]
        if checked.packet_code is not None:
            call = tr("To compare by phone: {code}").format(code=isolate_ltr(checked.packet_code))
            lines.append(kit.label(call, "small", wrap=True, selectable=True))
        words = kit.column(*lines, kit.flow(more, *acts), gap=1)
        kind = {"amber": "warn", "red": "alert"}.get(colour, "plain")
        card = kit.card("", kit.row(kit.picture(icon, ink, 28), (kit.box(words), 1), gap=3), kind=kind)
        kit.fill(QVBoxLayout(self), (card, full), gap=3)


def spoken_language() -> str:
    """The language of the verdict's sentence."""
    return language() if language() in LANGUAGES else "en"


def not_understood(kit: Kit, checked: Checked | None) -> QWidget | None:
    """What a newer RehabDesk added, which is in none of the sections; None where there is nothing."""
    places = checked.not_understood if checked is not None else ()
    if not places:
        return None
    words = tr("A newer RehabDesk made it. Not understood here, and in none of the sections: {places}.")
    said = join_words(isolate_ltr(each) for each in places)
    return kit.card("", kit.label(words.format(places=said), wrap=True), kind="warn")
