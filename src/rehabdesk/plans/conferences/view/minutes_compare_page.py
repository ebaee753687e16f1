"""A draft of minutes beside the newer ones that somebody else wrote: nothing that was typed is lost, or joined."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_model import ConferenceState
from rehabdesk.plans.conferences.conference_stored_model import ComparedMinutes, MinutesDraft
from rehabdesk.plans.conferences.conference_writing_service import MinutesWriting
from rehabdesk.plans.conferences.minutes_words_model import MinutesWords
from rehabdesk.plans.conferences.view.conference_cards import own_direction
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT, Page, Route
from rehabdesk.ui.plain_kit import Card


def compare_route(draft: MinutesDraft) -> Route:
    """Where a draft lies beside the newer minutes."""
    return Route(name="minutes", person=draft.person, id=f"{draft.typed.conference}:{draft.id}")


def overtaken_card(kit: Kit, draft: MinutesDraft, go: Callable[[Route], object]) -> Card:
    """That there is a draft besides the minutes that are shown, and the way to it."""
    words = tr("You have another draft of these minutes, of {time}. It is kept as you left it.")
    said = kit.label(words.format(time=isolate(stamp(draft.changed))), wrap=True)
    look = kit.button(tr("Compare"), name=tr("Compare with the draft of {time}").format(time=stamp(draft.changed)))
    look.clicked.connect(lambda: go(compare_route(draft)))
    return kit.card("", kit.row((said, 1), look, gap=3), kind="warn")


class MinutesComparePage(Page):
    """What differs stands side by side, what is the same is named alone. `words`: how minutes are said."""

    def __init__(self, kit: Kit, writing: MinutesWriting, draft_id: str, words: MinutesWords, *, name: str) -> None:
        super().__init__(kit)
        self._writing, self._draft_id, self._words, self._name = writing, draft_id, words, name
        self._compared = writing.compared(draft_id)
        self.refresh()

    def refresh(self) -> None:
        kit, compared = self.kit, self._compared
        title = kit.column(
            kit.label(tr("Your draft and the newer minutes"), "h1"),
            kit.label(
                f"{isolate(self._name)} · {isolate(stamp(compared.stored.conference.at))}", "small", tone="muted"
            ),
            gap=0,
        )
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        self.set_head(kit.row(kit.box(title), level, STRETCH, gap=3))
        said = kit.card("", kit.label(_what_happened(compared), wrap=True), kind="warn")
        self.set_body(kit.box(kit.column(said, *self._sections(), STRETCH, gap=3)))
        self._set_foot()

    # what it shows

    def _sections(self) -> Sequence[QWidget]:
        kit, compared = self.kit, self._compared
        mine, newer = self._words.parts(compared.draft.typed), self._words.parts(compared.newer)
        cards, same = list[QWidget](), list[str]()
        for caption in dict.fromkeys((*mine, *newer)):
            one, other = mine.get(caption, ""), newer.get(caption, "")
            if one == other:
                same += [caption] if one else []
            else:
                cards.append(kit.card(caption, self._beside(one, other), gap=2))
        if same:
            words = tr("The same in both: {parts}").format(parts=" · ".join(isolate(each) for each in same))
            cards.append(kit.label(words, "small", tone="muted", wrap=True))
        if not cards:
            cards.append(kit.label(tr("Both say the same."), tone="muted", wrap=True))
        return cards

    def _beside(self, mine: str, newer: str) -> QWidget:
        """Both in columns of one width; in large text one below the other."""
        kit, draft = self.kit, self._compared.draft
        typed = tr("Your draft of {time}").format(time=isolate(stamp(draft.changed)))
        parts = [self._part(typed, mine), self._part(tr("The newer minutes"), newer)]
        if kit.theme.look.zoom > LARGE_TEXT:
            return kit.box(kit.column(*parts, gap=3))
        return kit.box(kit.row(*((part, 1) for part in parts), gap=4))

    def _part(self, caption: str, words: str) -> QWidget:
        kit = self.kit
        said = kit.label(own_direction(words), wrap=True, selectable=True)
        if not words:
            said = kit.label(tr("Nothing"), tone="muted")
        said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        return kit.box(kit.column(kit.label(caption, "small", tone="muted", wrap=True), said, STRETCH, gap=1))

    def _set_foot(self) -> None:
        kit = self.kit
        drop = kit.button(tr("Delete draft"), kind="quiet", icon="trash-2")
        drop.clicked.connect(self._ask_drop)
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(self._go_back)
        self._first, self._act, newer, go_on = back, None, None, None
        if self._compared.may_go_on:
            tip = f"{tr('Go on with mine')} (Ctrl+Enter)"
            go_on = kit.button(tr("Go on with mine"), kind="primary", icon="file-pen-line", tip=tip)
            go_on.clicked.connect(self._go_on)
            newer = kit.button(tr("Go on with the newer ones"))
            newer.clicked.connect(lambda: self._go("minutes"))
            self._first, self._act = go_on, self._go_on
        self.set_foot(kit.row(back, drop, STRETCH, newer, go_on))

    # what can follow

    def _go_on(self) -> None:
        try:
            self._writing.go_on_with(self._draft_id)
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self.said.emit(tr("This is your draft. The newer minutes stay beside it until yours lie before the chair."))
        self._go("minutes")

    def _ask_drop(self) -> None:
        def drop() -> None:
            self._writing.drop(self._draft_id)
            self.said.emit(tr("Draft deleted."))
            self._go_back()

        sentence = tr("Deleting the draft of minutes about {name}: it cannot be brought back.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Delete draft"), drop, danger=True)

    def _go_back(self) -> None:
        self._go("conference")

    def _go(self, name: str) -> None:
        stored = self._compared.stored
        self.go.emit(Route(name=name, person=stored.person, id=stored.rid))


def _what_happened(compared: ComparedMinutes) -> str:
    """Where the newer minutes are, and what can become of the draft."""
    if compared.may_go_on:
        return tr("After you began this draft, other minutes were written. Go on with either; the other one is kept.")
    if compared.stored.conference.state is ConferenceState.MINUTES_DRAFT:
        return tr("Newer minutes lie before the chair. Your draft is kept, for if the chair gives them back.")
    return tr("Newer minutes are agreed. Your draft is kept: what they lack can be added to them.")
