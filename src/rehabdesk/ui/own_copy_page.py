"""What a person keeps, before it leaves on paper: in which language, then the real pages."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import language, tr
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import LANGUAGE_NAMES, PaperPage, PaperTools
from rehabdesk.ui.printing import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopyPaper:
    """A paper as its feature gives it. `said`: for whom it is and what is not on it; `file_name`: nobody's name in it.

    `make`: by language what makes the pages. `leaves`: called by PRINT or SAVE, to log it. `warning`: what has to be
    looked at before it leaves, asked whenever the pages are made. `booklet`: as `make`, two of its pages on one sheet,
    to be folded; where there is one, the pages of `make` are A5. `also`: words and route of a paper that goes with it.
    """

    title: str
    said: str
    file_name: str
    make: Callable[[str], Callable[[], bytes]]
    leaves: Callable[[str], None]
    warning: Callable[[], str] = lambda: ""
    booklet: Callable[[str], Callable[[], bytes]] | None = None
    also: tuple[str, Route] | None = None


class OwnCopyPage(PaperPage):
    """`spoken`: the language that the person reads best; the sheet is in it where the program prints it."""

    def __init__(self, kit: Kit, tools: PaperTools, paper: OwnCopyPaper, *, spoken: str, back: Route) -> None:
        super().__init__(kit, tools, back=back)
        self._paper = paper
        printed = dict(LANGUAGE_NAMES)
        chosen = next(each for each in (spoken, language(), "en") if each in printed)
        self._language = kit.choice(LANGUAGE_NAMES, chosen=chosen)
        shapes = ((Sheet.FOLDED, tr("As a booklet on A4")), (Sheet.A5, tr("A5 pages")))
        self._shape = kit.choice(shapes, chosen=Sheet.FOLDED)
        self._fold = kit.label(
            tr("Print on both sides, turned at the short edge. Then fold all sheets together once."), "small", wrap=True
        )
        self._warning = kit.label("", "small", tone="warn", wrap=True)
        self._language.changed.connect(lambda _code: self.remake())
        field = kit.field(tr("Language of the sheet"), self._language)
        field.setObjectName("language")
        typed = tr("What somebody typed stays in the language in which it was typed.")
        warning = tr("Paper has no key: whoever holds it can read it. That it left is logged.")
        shape: tuple[QWidget, ...] = ()
        if paper.booklet is not None:
            self._shape.changed.connect(lambda _code: self.remake())
            shape = (kit.field(tr("Pages"), self._shape), self._fold)
        fields = (
            self._warning,
            field,
            *shape,
            kit.label(typed, "small", wrap=True),
            kit.label(warning, "small", wrap=True),
            *self._beside(),
        )
        self.build(paper.title, paper.said, fields, first=self._language.focusProxy() or self._language)
        self.remake()

    def _beside(self) -> tuple[QWidget, ...]:
        """The way to the paper that goes with this one."""
        if self._paper.also is None:
            return ()
        words, route = self._paper.also
        button = self.kit.button(words, icon="file-text")
        button.clicked.connect(lambda: self.go.emit(route))
        return (self.kit.box(self.kit.start(button)),)

    def make(self) -> Callable[[], bytes]:
        words = self._paper.warning()
        self._warning.setText(words)
        self._warning.setVisible(bool(words))
        spoken, booklet = self._language.code() or "en", self._paper.booklet
        if booklet is None:
            return self._paper.make(spoken)
        self._form.sheet = Sheet(self._shape.code() or Sheet.FOLDED)
        folded = self._form.sheet is Sheet.FOLDED
        self._fold.setVisible(folded)
        return booklet(spoken) if folded else self._paper.make(spoken)

    def file_name(self) -> str:
        return self._paper.file_name

    def leaves(self, how: str) -> None:
        self._paper.leaves(how)
