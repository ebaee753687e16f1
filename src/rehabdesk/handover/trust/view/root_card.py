"""The root of the site, its list of withdrawn keys and its card key: until when each counts, and who renews it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.handover.trust.trust_authority_service import OtherKeys
from rehabdesk.handover.trust.trust_model import SiteHealth
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import Kit

Ask = Callable[[str, Callable[[OtherKeys], object], str], None]


class RootCard:
    """`ask`: opens the form of two people for a deed, with what follows from it. `first`, `act`: what wants doing, once
    the card was made.
    """

    def __init__(self, kit: Kit, trust: Trust, *, ask: Ask, staff: Callable[[str], str]) -> None:
        self._kit, self._trust, self._ask, self._staff = kit, trust, ask, staff
        self.first: QPushButton | None = None
        self.act: Callable[[], None] | None = None

    def card(self) -> QWidget:
        """Until when each counts, and what renews it."""
        kit, keys, health = self._kit, self._trust.authority, self._trust.own_site.health()
        rows = [
            self._end(
                tr("The list of withdrawn keys, number {number}, is of {day}.").format(
                    number=health.list_number, day=short(health.list_made)
                ),
                wants=health.list_is_old,
                act=(tr("Renew the list"), keys.renew_list),
            ),
            self._end(
                tr("The key that signs the card of the site counts until {day}.").format(
                    day=short(health.card_key_until)
                ),
                wants=health.card_key_ends_soon,
                act=(tr("Renew the card key"), keys.renew_card_key),
            ),
            self._root(health),
        ]
        if health.joined or health.left:
            rows.append(self._end(self._holders(health), wants=True, act=(tr("Hand the root over"), keys.hand_over)))
        return kit.card(tr("Root of the site"), *rows, gap=2)

    def _root(self, health: SiteHealth) -> QWidget:
        """What a new root asks of everybody is said before it is made."""
        day = short(health.root_until)
        if not health.root_ends_soon:
            return self._end(tr("The root of the site counts until {day}.").format(day=day), wants=False, act=None)
        words = tr(
            "The root of the site counts until {day}. After a new one is made, every partner compares its 24 digits "
            "anew, members ask for new signing keys, and packets that are not sealed yet are signed again."
        ).format(day=day)
        act = (tr("Make a new root"), self._trust.authority.renew_root)
        return self._end(words, wants=True, act=act, follows=words)

    def _holders(self, health: SiteHealth) -> str:
        joined = join_words(isolate(self._staff(uid)) for uid in health.joined)
        left = join_words(isolate(self._staff(uid)) for uid in health.left)
        if joined and left:
            return tr("{joined} cannot open the root yet; {left} still can.").format(joined=joined, left=left)
        if joined:
            return tr("{joined} cannot open the root yet.").format(joined=joined)
        return tr("{left} can still open the root.").format(left=left)

    def _end(
        self, words: str, *, wants: bool, act: tuple[str, Callable[[OtherKeys], object]] | None, follows: str = ""
    ) -> QWidget:
        """`follows`: what stands in the form too, where the deed is done."""
        kit = self._kit
        tag = kit.tag(tr("Look at it"), "amber") if wants else None
        button = None
        if act is not None:
            button = kit.button(act[0], kind="primary" if wants else "quiet")
            do = partial(self._ask, *act, follows)
            button.clicked.connect(lambda _on=False: do())
            if wants and self.first is None:
                self.first, self.act = button, do
        return kit.box(kit.row((kit.label(words, wrap=True), 1), tag, button, gap=3))
