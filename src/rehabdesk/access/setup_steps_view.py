"""The steps of the set-up wizard. Each one gives what was typed, or says what is missing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from rehabdesk.access.card_service import card_paper, groups_of
from rehabdesk.access.model import ADMIN_ROLES, Newcomer, Role
from rehabdesk.access.passphrase_service import draw_sign_in, drawn_passphrase
from rehabdesk.access.role_words_model import member_words, role_words
from rehabdesk.access.setup_service import Card
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.settings import SiteSettings
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.table import Column


class Step(QWidget):
    """One page of the wizard. `take` raises UserError with the field that is not right."""

    refused = Signal(object)
    """The UserError of an act inside the step; None once it went well."""
    title = ""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.controls: dict[str, QWidget] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def take(self) -> None:
        """Checks what was typed."""

    def first_focus(self) -> QWidget | None:
        return next(iter(self.controls.values()), None)

    def control_of(self, field: str | None) -> QWidget:
        """The control of a field; the first one where none is named."""
        return self.controls.get(field or "") or self.first_focus() or self


class LanguageStep(Step):
    """Language of the screen, and what this computer is for."""

    reading_only = Signal()
    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.title = tr("Welcome")
        code = language() if language() in ("en", "fr", "ar") else "en"
        languages = kit.combo([("en", "English"), ("fr", "Français"), ("ar", "العربية")], chosen=code)
        languages.changed.connect(self.chosen)
        self._purpose = kit.choice([("new", tr("Make a new desk")), ("read", tr("Only read packets"))], chosen="new")
        self.controls = {"purpose": self._purpose, "language": languages}
        card = kit.card(
            "",
            kit.label(
                tr("What psychologists, chaplains and case officers write stays on this computer, kept apart by keys."),
                wrap=True,
            ),
            kit.field(tr("&Language"), languages),
            kit.field(tr("What is this computer for?"), self._purpose),
            kit.label(
                tr("Bring together an administrator and a supervisor at least. Everybody types an own passphrase."),
                tone="muted",
                wrap=True,
            ),
        )
        self.setLayout(kit.column(card, STRETCH))

    def take(self) -> None:
        if self._purpose.code() == "read":
            self.reading_only.emit()


class SiteStep(Step):
    """The site's settings and the folder of the desk."""

    def __init__(self, kit: Kit, folder: Path) -> None:
        super().__init__(kit)
        self.title = tr("Your site")
        self._name, self._code = kit.line(limit=120), kit.line()
        self._country, self._phone = kit.line(), kit.line()
        self._minutes = kit.choice([(str(each), str(each)) for each in range(1, 6)], chosen="5")
        self._folder = kit.line(str(folder))
        choose = kit.button(tr("Choose…"), icon="folder-open", name=tr("Choose the folder"))
        choose.clicked.connect(self._choose)
        self.controls = {
            "name": self._name,
            "site": self._code,
            "country": self._country,
            "phone": self._phone,
            "idle_lock_minutes": self._minutes,
            "folder": self._folder,
        }
        folder_row = kit.row((kit.field(tr("&Folder of the desk"), self._folder), 1), choose)
        folder_row.setAlignment(choose, _bottom())
        card = kit.card(
            "",
            kit.field(tr("&Name of the site"), self._name, required=True),
            kit.row(
                (kit.field(tr("&Code"), self._code, hint=tr("Three to six capital letters"), required=True), 1),
                (kit.field(tr("Coun&try"), self._country, hint=tr("Two letters, for example GB"), required=True), 1),
                gap=3,
            ),
            kit.field(tr("&Phone for people who check a packet"), self._phone, required=True),
            kit.field(tr("Lock after how many minutes without a key?"), self._minutes),
            folder_row,
        )
        self.setLayout(kit.column(card, STRETCH))

    def folder(self) -> Path:
        return Path(self._folder.text().strip()).expanduser()

    def settings(self) -> SiteSettings:
        """UserError names the field that is not right."""
        for field, label in (("name", tr("name")), ("phone", tr("phone number"))):
            control = self._name if field == "name" else self._phone
            if not control.text().strip():
                raise UserError(tr("Enter the {what} of the site.").format(what=label), field=field)
        country = self._country.text().strip().upper()
        if len(country) != 2 or not country.isalpha() or not country.isascii():
            raise UserError(tr("The country is two letters, for example GB."), field="country")
        return SiteSettings(
            site=self._code.text().strip().upper(),
            name=self._name.text().strip(),
            country=country,
            phone=self._phone.text().strip(),
            idle_lock_minutes=int(self._minutes.code() or 5),
        )

    def take(self) -> None:
        self.settings()
        if not self._folder.text().strip():
            raise UserError(tr("Choose a folder for the desk."), field="folder")
        folder = self.folder()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError(tr("That folder is not empty. Choose an empty or a new one."), field="folder")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Folder of the desk"), self._folder.text(), QFileDialog.Option.DontUseNativeDialog
        )
        if chosen:
            self._folder.setText(chosen)


class PeopleStep(Step):
    """Who joins the desk, with role and a drawn sign-in name."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.title = tr("People of this desk")
        self._joined: list[Newcomer] = []
        self._name = kit.line(limit=120)
        self._role = kit.combo([(role.value, role_words(role)) for role in Role], empty=tr("Choose a role"))
        self._trainee = kit.check(tr("In training: a clinical supervisor signs this person's notes too"))
        self._trainee.hide()
        self._role.changed.connect(lambda code: self._trainee.setVisible(code == Role.PSY.value))
        add = kit.button(tr("Add"), icon="plus")
        add.clicked.connect(self._add_or_say)
        self._name.returnPressed.connect(self._add_or_say)
        self.controls = {"name": self._name, "role": self._role}
        self._table = kit.table(
            [
                Column(tr("Name"), lambda one: one.name, share=2),
                Column(tr("Role"), member_words, share=2),
                Column(tr("Sign-in name"), lambda one: one.sign_in, share=2),
            ],
            tr("People of this desk"),
        )
        self._table.hide()
        self._remove = kit.button(tr("Remove"), kind="quiet", icon="x")
        self._remove.clicked.connect(self._take_away)
        self._remove.hide()
        row = kit.row(
            (kit.field(tr("&Name and first name"), self._name), 3), (kit.field(tr("&Role"), self._role), 2), add, gap=3
        )
        row.setAlignment(add, _bottom())
        hint = tr("Sign-in names are drawn by lot, so that no disk shows who works here. Write yours down.")
        card = kit.card(
            "", row, self._trainee, kit.label(hint, tone="muted", wrap=True), self._table, kit.start(self._remove)
        )
        self.setLayout(kit.column(card, STRETCH))

    def newcomers(self) -> tuple[Newcomer, ...]:
        return tuple(self._joined)

    def take(self) -> None:
        if self._name.text().strip():
            self._add()
        roles = {one.role for one in self._joined}
        missing = next((role for role in ADMIN_ROLES if role not in roles), None)
        if missing is not None:
            raise UserError(
                tr("A desk needs an administrator and a supervisor. Add: {role}.").format(role=role_words(missing)),
                field="role",
            )

    def _add_or_say(self) -> None:
        try:
            self._add()
        except UserError as problem:
            self.refused.emit(problem)
        else:
            self.refused.emit(None)

    def _add(self) -> None:
        name, role = self._name.text().strip(), self._role.code()
        if not name:
            raise UserError(tr("Write the name of the person who joins."), field="name")
        if role is None:
            raise UserError(tr("Choose the role of {name}.").format(name=isolate(name)), field="role")
        sign_in = draw_sign_in([one.sign_in for one in self._joined])
        trainee = Role(role) is Role.PSY and self._trainee.isChecked()
        self._joined.append(Newcomer(sign_in=sign_in, name=name, alias=name, role=Role(role), trainee=trainee))
        self._trainee.setChecked(False)
        self._name.clear()
        self._role.choose(None)
        self._show()
        self._name.setFocus()

    def _take_away(self) -> None:
        chosen = self._table.current()
        self._joined = [one for one in self._joined if one is not chosen]
        self._show()

    def _show(self) -> None:
        self._table.show_all(self._joined)
        self._table.setVisible(bool(self._joined))
        self._remove.setVisible(bool(self._joined))


class PhraseStep(Step):
    """One person alone at the keyboard: six drawn words, or an own passphrase, typed again."""

    def __init__(self, kit: Kit, newcomer: Newcomer, everybody: Sequence[Newcomer], typed: str) -> None:
        super().__init__(kit)
        self.title = tr("Passphrase of {name}").format(name=newcomer.name)
        self._everybody = everybody  # no name of anybody may stand in a passphrase, so none is offered
        self._drawn = drawn_passphrase(everybody)
        self._words = kit.label(isolate_ltr(self._drawn), "h2", wrap=True, selectable=False)
        self._words.setAccessibleName(self._drawn)
        again = kit.button(tr("Draw other words"), kind="quiet", icon="refresh-cw")
        again.clicked.connect(self._draw)
        self._phrase, self._repeat = kit.secret(), kit.secret()
        self._phrase.setText(typed)
        self._repeat.setText(typed)
        show = kit.check(tr("Show what I type"))
        show.toggled.connect(self._reveal)
        self.controls = {"passphrase": self._phrase, "again": self._repeat}
        card = kit.card(
            "",
            kit.label(
                tr("{name} sits here alone now. Sign-in name: {sign_in}").format(
                    name=newcomer.name, sign_in=isolate_ltr(newcomer.sign_in)
                ),
                "strong",
                wrap=True,
            ),
            kit.label(
                tr("Write these six words down, or think of an own passphrase of 15 characters or more:"), wrap=True
            ),
            self._words,
            kit.start(again),
            kit.field(tr("&Passphrase"), self._phrase, required=True),
            kit.field(tr("Passphrase a&gain"), self._repeat, required=True),
            show,
        )
        self.setLayout(kit.column(card, STRETCH))

    def phrase(self) -> str:
        return self._phrase.text()

    def take(self) -> None:
        if not self._phrase.text():
            raise UserError(tr("Type the passphrase."), field="passphrase")
        if self._phrase.text() != self._repeat.text():
            raise UserError(tr("The two passphrases differ. Type them again."), field="again")

    def _draw(self) -> None:
        self._drawn = drawn_passphrase(self._everybody)
        self._words.setText(isolate_ltr(self._drawn))
        self._words.setAccessibleName(self._drawn)

    def _reveal(self, on: bool) -> None:
        for line in (self._phrase, self._repeat):
            line.setEchoMode(line.EchoMode.Normal if on else line.EchoMode.Password)


class CardStep(Step):
    """A recovery card: shown once, printed, and three of its groups typed back."""

    def __init__(
        self,
        kit: Kit,
        card: Card,
        asked: Sequence[int],
        site: str,
        at: datetime,
        printer: Callable[[QWidget, bytes], bool],
    ) -> None:
        super().__init__(kit)
        self.title = tr("Recovery card")
        groups = groups_of(card.characters)
        self._wanted = {f"group{number}": groups[number] for number in asked}
        fields = []
        for number in asked:
            line = kit.line()
            line.setInputMethodHints(line.inputMethodHints())
            self.controls[f"group{number}"] = line
            fields.append((kit.field(tr("Group {number}").format(number=number + 1), line), 1))
        shown = kit.label(isolate_ltr("   ".join(groups)), "h2", wrap=True)
        shown.setAccessibleName(" ".join(groups))
        paper = kit.button(tr("Print the card"), icon="printer")
        paper.clicked.connect(lambda: printer(self, card_paper(card, site=site, at=at)))
        self.setLayout(
            kit.column(
                kit.card(
                    "",
                    kit.label(
                        tr("It opens your records if you forget the passphrase. It is shown only now."), wrap=True
                    ),
                    shown,
                    kit.start(paper),
                    kit.label(tr("Type these groups back from the paper:"), wrap=True),
                    kit.row(*fields, gap=3),
                ),
                STRETCH,
            )
        )

    def take(self) -> None:
        for field, group in self._wanted.items():
            line = self.controls[field]
            typed = line.property("text")
            if str(typed).strip().upper() != group:
                raise UserError(tr("That group is not the one on the card. Look again."), field=field)


def _bottom() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignBottom
