"""Help with writing on an unlocked desk: what is checked, whose names are known, and the page of its settings."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from rehabdesk.access.writing_service import Writing
from rehabdesk.access.writing_view import WritingPage
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import tr
from rehabdesk.people.model import Sex
from rehabdesk.people.naming_service import Naming
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.named import NamedThere
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.writing import WritingHelp

NAMES_AFTER_MS, NAMES_EVERY_MS = 1_000, 20
"""Names are read in slices once the first page stands."""


class WritingPages(QObject):
    """Made for one unlocked desk; `stop` at its lock."""

    def __init__(self, kit: Kit, writing: Writing, naming: Naming) -> None:
        super().__init__()
        self._kit, self._writing, self._naming = kit, writing, naming
        self.help = WritingHelp(
            kit.theme,
            languages=writing.habits.languages,
            is_name=naming.is_name,
            own_words=writing.habits.words,
            keep_word=self._keep_word,
            snippets=writing.snippets,
            named_in=self.named_in,
            parent=self,
        )
        kit.writing = self.help
        self._reading = QTimer(self)
        self._reading.setInterval(NAMES_EVERY_MS)
        self._reading.timeout.connect(self._read_names)
        QTimer.singleShot(NAMES_AFTER_MS, self, self._reading.start)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"writing": self._page}

    def stop(self) -> None:
        """Nothing looks, reads or answers any more."""
        self._reading.stop()
        self.help.stop()
        self._kit.writing = None

    def named_in(self, person_id: str) -> Callable[[str], Sequence[NamedThere] | None]:
        """Who else is named in a text about a person, with what can stand there instead; None while it is not known."""

        self._reading.start()  # who was registered since

        def find(text: str) -> Sequence[NamedThere] | None:
            if not self._naming.ready:
                return None
            return [
                NamedThere(start=each.start, end=each.end, instead=role_instead(each.sex))
                for each in self._naming.others_in(text, person_id)
            ]

        return find

    def _page(self, _route: Route) -> Page:
        page = WritingPage(self._kit, self._writing)
        page.changed.connect(self._use)
        return page

    def _use(self) -> None:
        habits = self._writing.habits
        self.help.use(habits.languages, habits.words)

    def _keep_word(self, word: str) -> None:
        self._writing.keep_word(word)

    def _read_names(self) -> None:
        try:
            more = self._naming.read_some()
        except RehabDeskError:
            more = False  # the desk was locked under it, or its index cannot be read: nobody waits for names
        if not more:
            self._reading.stop()
            self.help.speller.judged.emit()


def role_instead(sex: Sex | None) -> str:
    """Words for a role in the place of a name."""
    if sex is Sex.MALE:
        return tr("another man in the group")
    if sex is Sex.FEMALE:
        return tr("another woman in the group")
    return tr("another person in the group")
