"""Signing keys: the own one; and for administrators and supervisors those of all members, the list and the root."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.trust.trust_authority_service import OtherKeys, SecondPeople
from rehabdesk.handover.trust.trust_model import KeyLine, KeyRequest, KeyState
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.trust_words_model import because_words, key_words, staff_role_words
from rehabdesk.handover.trust.view.key_forms import KeyForms
from rehabdesk.handover.trust.view.root_card import RootCard
from rehabdesk.ui.dates import long, short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

WITHDRAWABLE = frozenset({KeyState.GOOD, KeyState.ENDS_SOON, KeyState.OLDER, KeyState.TO_WITHDRAW})


class SigningKeysPage(Page):
    """`signs`: this role signs packets. `second`: with whom the root is opened; None where this role may not."""

    def __init__(
        self, kit: Kit, trust: Trust, *, signs: bool, second: SecondPeople | None, staff: Callable[[str], str]
    ) -> None:
        super().__init__(kit)
        self._trust, self._signs, self._second, self._staff = trust, signs, second, staff
        self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        self._mark_nothing()
        said = tr("Who signs packets in the name of this site. A key counts for two years and is made by two people.")
        self.set_head(
            kit.column(kit.label(tr("Signing keys"), "h1"), kit.label(said, "small", tone="muted", wrap=True), gap=0)
        )
        parts: list[QWidget] = []
        if self._trust.clock.has_jumped():
            parts.append(self._clock())
        try:
            if self._second is not None:
                parts.append(self._requests())
            if self._signs:
                parts.append(self._own())
            if self._second is not None:
                parts += [self._all(), self._root()]
        except RehabDeskError as problem:
            parts.append(kit.card("", kit.label(problem.sentence, wrap=True), kind="warn"))
        self.set_body(kit.box(kit.column(*parts, STRETCH, gap=4)))
        back = self._button(tr("Back"), lambda: self.go.emit(Route(name="settings")), icon="arrow-left")
        self._first = self._first or back
        self.set_foot(kit.row(back, STRETCH))

    def _button(
        self, words: str, do: Callable[[], object], *, kind: str = "", icon: str = "", name: str = ""
    ) -> QPushButton:
        button = self.kit.button(words, kind=kind, icon=icon, name=name)
        button.clicked.connect(lambda _on=False: do())
        return button

    def _mark_nothing(self) -> None:
        self._act = self._first = None

    def _mark_first(self, button: QPushButton, do: Callable[[], None]) -> None:
        if self._act is None:
            self._act, self._first = do, button

    # the clock

    def _clock(self) -> QWidget:
        kit, known = self.kit, self._trust.clock.last_known()
        said = tr("This computer says that today is {today}. The last entry of this desk is of {then}.").format(
            today=long(kit.today()), then="" if known is None else stamp(known)
        )
        right = self._button(tr("The date is right"), self._confirm_clock, kind="primary", icon="check")
        self._mark_first(right, self._confirm_clock)
        words = tr("Nothing is signed until somebody says that the date is right. If it is wrong, set the clock first.")
        return kit.card(
            tr("Is the date right?"),
            kit.label(said, wrap=True),
            kit.label(words, wrap=True),
            kit.start(right),
            kind="warn",
        )

    def _confirm_clock(self) -> None:
        self._trust.clock.confirm()
        self.said.emit(tr("Noted. Packets can be signed again."))
        self.show_again()

    # the own key

    def _own(self) -> QWidget:
        kit, line, waits = self.kit, self._trust.keys.own_line(), self._trust.keys.waits()
        tag = None if line is None else kit.tag(*key_words(line.state))
        if line is None and waits:
            said = tr("You have none yet.")
        elif line is None:
            said = tr("You have no signing key yet. Ask for one; an administrator and a supervisor make it together.")
        elif line.withdrawal is not None:
            said = tr("It was withdrawn on {day}: {reason}.").format(
                day=short(line.withdrawal.at.date()), reason=because_words(line.withdrawal.because)
            )
        else:
            said = tr("It counts until {day}. Packets end on that day at the latest.").format(day=long(line.until))
        acts: list[QPushButton] = []
        if line is None or line.state in (KeyState.WITHDRAWN, KeyState.TO_WITHDRAW):
            words = tr("Ask once more") if waits else tr("Ask for a signing key")
            acts.append(self._ask(words, new_key=line is not None, main=not waits))
        else:
            soon = line.state in (KeyState.ENDS_SOON, KeyState.ENDED)
            acts.append(self._ask(tr("Ask to renew it"), new_key=False, main=soon and not waits))
            acts.append(self._ask(tr("Ask with a new key"), new_key=True, main=False))
        told = None
        if waits:
            told = kit.label(tr("You have asked. It is made when an administrator has seen you in person."), wrap=True)
        return kit.card(tr("My signing key"), kit.label(said, wrap=True), told, kit.flow(*acts), action=tag)

    def _ask(self, words: str, *, new_key: bool, main: bool) -> QPushButton:
        def ask() -> None:
            try:
                self._trust.keys.request(new_key=new_key)
            except UserError as problem:
                self.problems([(problem.sentence, button)])
                return
            self.said.emit(tr("Asked. Go to an administrator in person."))
            self.show_again()

        button = self._button(words, ask, kind="primary" if main else "", icon="key-round")
        if main:
            self._mark_first(button, ask)
        return button

    # all members

    def _requests(self) -> QWidget:
        kit, found = self.kit, self._trust.requests()
        rows = [self._request(request) for request in found]
        nobody = kit.label(tr("Nobody waits for a signing key."), tone="muted", wrap=True)
        return kit.card(tr("Waiting for a key"), *(rows or [nobody]), gap=2)

    def _request(self, request: KeyRequest) -> QWidget:
        kit = self.kit
        words = tr("{name}, {role}").format(name=isolate(request.name), role=staff_role_words(request.staff_role))
        do = partial(self._ask_issue, request)
        act = self._button(
            tr("Make the key"), do, kind="primary", name=tr("Make the key of {name}").format(name=isolate(request.name))
        )
        self._mark_first(act, do)
        return kit.box(kit.row((kit.label(words, wrap=True), 1), act, gap=3))

    def _all(self) -> QWidget:
        kit = self.kit
        rows = [self._line(line) for line in self._trust.keys.lines()]
        nothing = kit.label(tr("No member has a signing key yet."), tone="muted", wrap=True)
        return kit.card(tr("Keys of this site"), *(rows or [nothing]), gap=2)

    def _line(self, line: KeyLine) -> QWidget:
        kit, name = self.kit, isolate(line.name)
        words = tr("{name}, {role}").format(name=name, role=staff_role_words(line.staff_role))
        until = tr("until {day}").format(day=short(line.until))
        if line.withdrawal is not None:
            until = tr("withdrawn {day}: {reason}").format(
                day=short(line.withdrawal.at.date()), reason=because_words(line.withdrawal.because)
            )
        act = None
        if line.state in WITHDRAWABLE:
            act = self._button(
                tr("Withdraw"),
                partial(self._ask_withdraw, line),
                kind="quiet",
                name=tr("Withdraw the key of {name}, {day}").format(name=name, day=short(line.until)),
            )
        said = kit.column(kit.label(words, wrap=True), kit.label(until, "small", tone="muted", wrap=True), gap=0)
        return kit.box(kit.row((kit.box(said), 1), kit.tag(*key_words(line.state)), act, gap=3))

    # forms of two people

    def _root(self) -> QWidget:
        made = RootCard(self.kit, self._trust, ask=self._ask_root, staff=self._staff)
        card = made.card()
        if made.first is not None and made.act is not None:
            self._mark_first(made.first, made.act)
        return card

    def _forms(self) -> KeyForms:
        if self._second is None:
            raise UserError(tr("Only an administrator and a supervisor open the root."))
        return KeyForms(self, self._trust, self._second)

    def _ask_issue(self, request: KeyRequest) -> None:
        self._act = self._forms().issue(request)

    def _ask_withdraw(self, line: KeyLine) -> None:
        self._act = self._forms().withdraw(line)

    def _ask_root(self, words: str, deed: Callable[[OtherKeys], object], follows: str) -> None:
        self._act = self._forms().root(words, deed, follows)
