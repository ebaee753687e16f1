"""The ceremony on one page: our digits in sight, theirs typed as they are heard, with whom, when and how."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypedDict

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError, UserErrors
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, require_text
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.view.digits_line import digits_line, our_digits
from rehabdesk.ui.kit import Kit


class Typed(TypedDict):
    """As the services take it."""

    digits: str
    their_name: str
    channel: Channel
    on: date


class Ceremony:
    """`ours`: the digits of the own site, empty without a root. `compare`: UserError for other digits than those held.
    `warning`: another root than the confirmed one. `bare_key`: the team has no card and may read its whole key.
    """

    def __init__(
        self,
        kit: Kit,
        name: str,
        *,
        ours: str,
        compare: Callable[[str], None],
        warning: bool = False,
        bare_key: bool = False,
    ) -> None:
        self._kit, self._compare = kit, compare
        self.title = tr("Compare the digits of {name}").format(name=isolate(name))
        self._digits, self._name = digits_line(kit), kit.line(limit=120)
        options = [
            (Channel.CALL_BACK.value, tr("On a number that we already knew")),
            (Channel.FACE_TO_FACE.value, tr("Face to face")),
        ]
        self._channel, self._on = kit.choice(options), kit.date_field(kit.today())
        caption = tr("The 24 digits, as they read them aloud")
        hint = tr("Type what you hear, not what you see. A group that differs is named.")
        if bare_key:
            caption = tr("The whole key in groups of four, or its 24 digits, as they read them aloud")
        self.fields: list[QWidget] = [
            *([our_digits(kit, ours)] if ours else []),  # on top: they are read aloud while theirs are typed
            kit.label(self._words(), wrap=True),
            self._field("digits", caption, self._digits, hint),
            kit.box(
                kit.row(
                    (self._field("their_name", tr("Who read them there"), self._name, ""), 3),
                    (self._field("on", tr("When"), self._on, ""), 2),
                    gap=3,
                )
            ),
            self._field("channel", tr("How"), self._channel, ""),
        ]
        self.first: QWidget = self._digits
        self.beside: list[QWidget] = [self._warning()] if warning else []

    def typed(self) -> Typed:
        """UserErrors, each naming its field, for all that is missing or not the same."""
        digits, name, channel, on = self._digits.text(), self._name.text(), self._channel.code(), self._on.day()
        wrong: list[UserError] = []
        for check in (
            partial(self._compare, digits),
            partial(require_text, name, field="their_name", label=tr("Who read them there"), longest=120),
        ):
            try:
                check()
            except UserError as problem:
                wrong.append(problem)
        if on is None or on > self._kit.today():
            wrong.append(UserError(tr("Date must be today or in the past."), field="on"))
        if channel is None:
            said = tr("Say how you compared: face to face, or on a number that you knew.")
            wrong.append(UserError(said, field="channel"))
        if wrong or channel is None or on is None:
            raise UserErrors(*wrong)
        return Typed(digits=digits, their_name=name, channel=Channel(channel), on=on)

    def _words(self) -> str:
        return tr(
            "Meet them, or call a number that you already know: never the one on the card, and never by e-mail or in "
            "the letter that the card came with."
        )

    def _field(self, name: str, caption: str, control: QWidget, hint: str) -> QWidget:
        field = self._kit.field(caption, control, hint=hint, required=True)
        field.setObjectName(name)
        return field

    def _warning(self) -> QWidget:
        kit = self._kit
        said = tr("This is another root than the one that was confirmed here.")
        more = tr(
            "That happens when a site makes a new root, seldom and announced. It also happens when somebody pretends "
            "to be the site. Ask them first why it is new, and who decided it."
        )
        picture = kit.picture("shield-alert", "red_fg", 24)
        words = kit.column(kit.label(said, "strong", wrap=True), kit.label(more, wrap=True), gap=1)
        return kit.card("", kit.row(picture, (words, 1), gap=3), kind="alert")
