"""Settings of this login: colours, text size, the own passphrase, a new recovery card, who holds which key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.access.card_service import card_paper
from rehabdesk.access.model import Member
from rehabdesk.access.own_key_service import OwnKey
from rehabdesk.access.role_words_model import member_words
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr, join_words
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import STAY, Page, Route
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import ZOOMS, Scheme


class SettingsPage(Page):
    """`members`: everybody may see who holds which key (vault.md 3.2). `take_back`: asks for a draft that was copied to
    a stick, and gives the sentence that says how it went. `signing_keys`: whether this role has such a page.
    """

    look_chosen = Signal(object)

    def __init__(
        self,
        kit: Kit,
        own: OwnKey,
        members: Sequence[Member],
        *,
        printer: Callable[[QWidget, bytes], bool],
        take_back: Callable[[QWidget], str],
        signing_keys: bool = False,
    ) -> None:
        super().__init__(kit)
        self._own, self._members, self._printer, self._take_back = own, members, printer, take_back
        self._signing_keys = signing_keys
        self.refresh()

    def refresh(self) -> None:
        kit, look, self._act = self.kit, self.kit.theme.look, None
        self.set_head(kit.label(tr("Settings"), "h1"))
        schemes = [
            (Scheme.LIGHT.value, tr("Light")),
            (Scheme.DARK.value, tr("Dark")),
            (Scheme.CONTRAST.value, tr("High contrast")),
        ]
        colours = kit.choice(schemes, chosen=look.scheme.value)
        sizes = kit.choice([(str(zoom), f"{round(zoom * 100)} %") for zoom in ZOOMS], chosen=str(look.zoom))
        colours.changed.connect(lambda code: self._look(Scheme(code), look.zoom))
        sizes.changed.connect(lambda code: self._look(look.scheme, float(code)))
        self._first = colours.focusProxy()
        change, card = (
            kit.button(tr("Change my passphrase"), icon="key"),
            kit.button(tr("New recovery card"), icon="printer"),
        )
        back = kit.button(tr("Take back a draft from a USB stick"), icon="usb")
        back.clicked.connect(self._ask_draft)
        change.clicked.connect(self._ask_phrase)
        card.clicked.connect(self._ask_card)
        writing = kit.button(tr("Spelling, snippets and my words"), icon="pencil")
        writing.clicked.connect(lambda: self.go.emit(Route(name="writing")))
        rows = [self._member(member) for member in self._members if member.active]
        self.set_body(
            kit.box(
                kit.column(
                    kit.card(tr("Appearance"), kit.field(tr("Colours"), colours), kit.field(tr("Text size"), sizes)),
                    kit.card(tr("Help with writing"), kit.start(writing)),
                    kit.card(tr("My key"), kit.flow(change, card, back, *self._signing())),
                    kit.card(tr("Who holds which key"), *rows, gap=2),
                    STRETCH,
                    gap=4,
                )
            )
        )
        self.set_foot(kit.row(STRETCH))

    def _signing(self) -> list[QPushButton]:
        if not self._signing_keys:
            return []
        button = self.kit.button(tr("Signing keys"), icon="signature")
        button.clicked.connect(lambda: self.go.emit(Route(name="signing_keys")))
        return [button]

    def _ask_draft(self) -> None:
        if said := self._take_back(self):
            self.said.emit(said)

    def _look(self, scheme: Scheme, zoom: float) -> None:
        self.look_chosen.emit(Look(scheme=scheme, rtl=self.kit.theme.look.rtl, zoom=zoom))

    def _member(self, member: Member) -> QWidget:
        kit = self.kit
        names = {
            "team": tr("Team"),
            "clinical": tr("Clinical"),
            "pastoral": tr("Pastoral"),
            "protected": tr("Protected"),
        }
        held = [names[comp] for comp in member.compartments if comp in names]
        keys = kit.label(join_words(held) or tr("No record text"), "small", tone="muted", wrap=True)
        name = kit.label(f"{member.card.name} · {member_words(member.card)}", wrap=True)
        return kit.box(kit.row((name, 2), (keys, 3), gap=3))

    def _ask_phrase(self) -> None:
        kit = self.kit
        old, new, again = kit.secret(), kit.secret(), kit.secret()
        warning = tr("Older copies of the key file still open with the old passphrase: destroy old backups.")
        fields: list[QWidget] = [
            kit.field(tr("Passphrase now"), old, required=True),
            kit.field(tr("New passphrase"), new, hint=tr("At least 15 characters."), required=True),
            kit.field(tr("New passphrase again"), again, required=True),
            kit.label(warning, "small", tone="muted", wrap=True),
        ]

        def change() -> object:
            if new.text() != again.text():
                raise UserError(tr("The two new passphrases differ. Type them again."))
            work = self._own.change(old.text(), new.text())
            self.saving.emit("saving", tr("Changing the passphrase…"))
            self.kit.jobs.run(self, work, lambda _done: self._changed(), self._not_changed)
            return STAY

        self._act = self.show_form(tr("Change my passphrase"), fields, tr("Change"), change, first=old)

    def _changed(self) -> None:
        self.saving.emit("saved", tr("All work saved"))
        self.said.emit(tr("Your passphrase is changed."))
        self.show_again()

    def _not_changed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        sentence = getattr(error, "sentence", None)
        if sentence is None:
            raise error
        self.problems([(sentence, self)])

    def _ask_card(self) -> None:
        sentence = tr("Making a new recovery card: the card you have now opens nothing any more.")
        self.ask(sentence, tr("New recovery card"), self._make_card)

    def _make_card(self) -> None:
        kit, card = self.kit, self._own.new_card()
        shown = kit.label(isolate_ltr("   ".join(self._own.groups(card))), "h2", wrap=True)
        paper = kit.button(tr("Print the card"), icon="printer")
        at, site = self._own.now(), self._own.site()
        paper.clicked.connect(lambda: self._printer(self, card_paper(card, site=site, at=at)))
        words = kit.label(tr("It opens your records if you forget the passphrase. It is shown only now."), wrap=True)
        done = kit.button(tr("Done"), kind="primary")
        done.clicked.connect(self.show_again)
        self.set_body(
            kit.box(kit.column(kit.card(tr("Recovery card"), words, shown, kit.row(paper, STRETCH, done)), STRETCH))
        )
