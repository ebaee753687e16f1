"""The second person beside the one who is signed in: chosen by name, who types the own passphrase."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.trust.cards_service import ready_to_sign
from rehabdesk.handover.trust.trust_authority_service import OtherKeys, SecondPeople
from rehabdesk.handover.trust.trust_words_model import second_words
from rehabdesk.ui.page import STAY, Page


class SecondPerson:
    """Two fields at the end of a form, and the act that begins once the passphrase was right."""

    def __init__(self, page: Page, second: SecondPeople) -> None:
        self._page, self._prove = page, second.prove
        self._busy = False
        kit = page.kit
        only = second.people[0][0] if len(second.people) == 1 else None
        self._who = kit.combo(list(second.people), chosen=only, empty=tr("Choose a name"))
        self._phrase = kit.secret()
        who = kit.field(tr("The second person"), self._who, hint=second_words(second.first), required=True)
        phrase = kit.field(tr("Passphrase of the second person"), self._phrase, required=True)
        who.setObjectName("second")
        phrase.setObjectName("phrase")
        self.fields: tuple[QWidget, ...] = (who, phrase)
        self.first: QWidget = self._who

    def do(self, deed: Callable[[OtherKeys], object], done: str) -> object:
        """For the `do` of a form: proves, does the deed, says `done`. UserError where something is not filled in."""
        page, uid, phrase = self._page, self._who.code(), self._phrase.text()
        if not uid:
            raise UserError(tr("Choose the second person. Both of you sit here."), field="second")
        if not phrase:
            raise UserError(tr("The second person types the own passphrase. Nobody else knows it."), field="phrase")
        if self._busy:
            return STAY

        def prove() -> OtherKeys:
            ready_to_sign()
            return self._prove(uid, phrase)

        def proven(keys: OtherKeys) -> None:
            self._rest()
            try:
                deed(keys)
            except RehabDeskError as problem:
                page.problems([(problem.sentence, self.first)])
                return
            page.said.emit(done)
            page.show_again()

        page.problems([])
        self._busy = True
        page.saving.emit("saving", tr("Opening the root with two people…"))
        page.kit.jobs.run(page, prove, proven, self._failed)
        return STAY

    def _failed(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, RehabDeskError):
            raise error
        self._page.problems([(error.sentence, self._phrase)])

    def _rest(self) -> None:
        self._busy = False
        self._phrase.clear()
        self._page.saving.emit("saved", tr("All work saved"))
