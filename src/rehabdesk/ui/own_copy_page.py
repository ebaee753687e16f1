"""What a person keeps, before it leaves on paper: in which language, then the real pages."""

from collections.abc import Callable
from dataclasses import dataclass

from rehabdesk.core.i18n import language, tr
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route
from rehabdesk.ui.paper_page import LANGUAGE_NAMES, PaperPage, PaperTools


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopyPaper:
    """A paper as its feature gives it. `said`: for whom it is and what is not on it; `file_name`: nobody's name in it.

    `make`: by language what makes the pages. `leaves`: called by PRINT or SAVE, to log it. `warning`: what has to be
    looked at before it leaves, asked whenever the pages are made.
    """

    title: str
    said: str
    file_name: str
    make: Callable[[str], Callable[[], bytes]]
    leaves: Callable[[str], None]
    warning: Callable[[], str] = lambda: ""


class OwnCopyPage(PaperPage):
    """`spoken`: the language that the person reads best; the sheet is in it where the program prints it."""

    def __init__(self, kit: Kit, tools: PaperTools, paper: OwnCopyPaper, *, spoken: str, back: Route) -> None:
        super().__init__(kit, tools, back=back)
        self._paper = paper
        printed = dict(LANGUAGE_NAMES)
        chosen = next(each for each in (spoken, language(), "en") if each in printed)
        self._language = kit.choice(LANGUAGE_NAMES, chosen=chosen)
        self._warning = kit.label("", "small", tone="warn", wrap=True)
        self._language.changed.connect(lambda _code: self.remake())
        field = kit.field(tr("Language of the sheet"), self._language)
        field.setObjectName("language")
        typed = tr("What somebody typed stays in the language in which it was typed.")
        warning = tr("Paper has no key: whoever holds it can read it. That it left is logged.")
        fields = (self._warning, field, kit.label(typed, "small", wrap=True), kit.label(warning, "small", wrap=True))
        self.build(paper.title, paper.said, fields, first=self._language.focusProxy() or self._language)
        self.remake()

    def make(self) -> Callable[[], bytes]:
        words = self._paper.warning()
        self._warning.setText(words)
        self._warning.setVisible(bool(words))
        return self._paper.make(self._language.code() or "en")

    def file_name(self) -> str:
        return self._paper.file_name

    def leaves(self, how: str) -> None:
        self._paper.leaves(how)
