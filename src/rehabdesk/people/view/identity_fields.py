"""The parts of the identity form that repeat: names in several scripts, languages; and the birth as it is told."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import languages, offered_languages
from rehabdesk.core.text import join_words, typed_words
from rehabdesk.people.identity_model import Birth, parse_birth, understood_words
from rehabdesk.people.model import Language, LanguageLevel, PersonName, Script
from rehabdesk.people.record_words_model import level_words, script_words
from rehabdesk.ui.choices import Combo
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.typed import GrowingRows

ARABIC = ("\u0600", "\u06ff")
OTHER = "other"
MOST_ROWS = 8


def script_of(text: str) -> Script:
    """The script in which a name is written, by its letters."""
    if any(ARABIC[0] <= sign <= ARABIC[1] for sign in text):
        return Script.ARABIC
    return Script.LATIN if all(ord(sign) < 0x250 for sign in text) else Script.OTHER


class BirthLine(QWidget):
    """One line for a birth as people tell it; under it, how it was understood."""

    def __init__(self, kit: Kit, text: str = "") -> None:
        super().__init__()
        self._kit = kit
        self.line = kit.line(text, limit=40)
        self._said = kit.label("", "small", tone="hint", wrap=True)
        self.line.textChanged.connect(lambda _text: self._understand())
        self.setLayout(kit.column(self.line, self._said, gap=1))
        self.setFocusProxy(self.line)
        self._understand()

    def birth(self) -> Birth:
        """UserError (`birth_date`) where it is not understood."""
        return parse_birth(self.line.text(), self._kit.today())

    def _understand(self) -> None:
        try:
            words = understood_words(self.birth()) if self.line.text().strip() else ""
        except UserError as problem:
            words = problem.sentence
        self._said.setText(words)
        self._said.setHidden(not words)


class Rows(GrowingRows):
    """Rows of fields that can be added and taken away."""

    def __init__(self, kit: Kit, add_words: str) -> None:
        super().__init__()
        self.kit = kit
        self._rows = kit.column(gap=3)
        self.add_button = kit.button(add_words, kind="quiet", icon="plus")
        self.add_button.clicked.connect(self._add_and_go)
        self.setLayout(kit.column(self._rows, kit.start(self.add_button), gap=2, margins=(0, 6, 0, 0)))
        self._held: list[QWidget] = []

    def put(self, row: QWidget) -> None:
        """Shows one row more."""
        self._held.append(row)
        self._rows.addWidget(row)
        self.add_button.setVisible(len(self._held) < MOST_ROWS)
        self.grown.emit()

    def take(self, row: QWidget) -> None:
        """Takes a row away, and puts the focus where one goes on."""
        self._held.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add_button.setVisible(True)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

    def hold(self, count: int) -> None:
        while len(self._held) < min(count, MOST_ROWS):
            row = self.new_row()
            self.put(row)
            row.show()
        while len(self._held) > count:
            self.take(self._held[-1])

    @property
    def held(self) -> Sequence[QWidget]:
        return tuple(self._held)

    def new_row(self) -> QWidget:
        """An empty row; its focus proxy gets the focus."""
        raise NotImplementedError

    def _add_and_go(self, _on: bool = False) -> None:
        row = self.new_row()
        self.put(row)
        row.show()
        if (first := row.focusProxy()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class NameRow(QWidget):
    """One name in one script."""

    def __init__(self, rows: "NameRows", number: int, name: PersonName | None) -> None:
        super().__init__()
        kit = rows.kit
        self._script = kit.combo(
            [(each.value, script_words(each)) for each in Script], chosen=name.script.value if name else None
        )
        self._follows = name is None
        self.given = kit.line(name.given if name else "", limit=80)
        self.setFocusProxy(self.given)
        self._father = kit.line(name.father if name else "", limit=120)
        self._family = kit.line(name.family if name else "", limit=120)
        self._kunya = kit.line(name.kunya if name else "", limit=120)
        self._variants = kit.line(join_words(name.variants) if name else "", limit=600)
        self.given.textChanged.connect(self._follow)
        self._script.activated.connect(lambda _place: self._keep_script())
        remove = None
        if number:
            words = tr("Remove name {number}").format(number=number + 1)
            remove = kit.button("", kind="icon", icon="trash-2", name=words)
            remove.clicked.connect(lambda: rows.take(self))
        one = kit.row(
            (kit.field(tr("Given name"), self.given, required=True), 2),
            (kit.field(tr("Father's name"), self._father), 2),
            (kit.field(tr("Family name"), self._family), 2),
            gap=3,
        )
        two = kit.row(
            (kit.field(tr("Script"), self._script), 1),
            (kit.field(tr("Kunya"), self._kunya), 1),
            (kit.field(tr("Other spellings on papers"), self._variants, hint=tr("With commas between them")), 2),
            remove,
            gap=3,
        )
        if remove is not None:
            two.setAlignment(remove, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(kit.column(kit.rule() if number else None, one, two, gap=3))

    def name(self) -> PersonName | None:
        """The name; None where nothing was typed. UserError (`names`) where it cannot be."""
        parts = [line.text().strip() for line in (self.given, self._father, self._family, self._kunya, self._variants)]
        if not any(parts):
            return None
        variants = typed_words(parts[4])
        return PersonName(
            script=Script(self._script.code() or "latin"),
            given=parts[0],
            father=parts[1],
            family=parts[2],
            kunya=parts[3],
            variants=variants,
        )

    def _follow(self, text: str) -> None:
        if self._follows and text:
            self._script.choose(script_of(text).value)

    def _keep_script(self) -> None:
        self._follows = False


class NameRows(Rows):
    """Every name, in every script."""

    def __init__(self, kit: Kit, names: Sequence[PersonName]) -> None:
        super().__init__(kit, tr("Add a name or a script"))
        for number, name in enumerate(names):
            self.put(NameRow(self, number, name))

    def new_row(self) -> QWidget:
        return NameRow(self, len(self.held), None)

    def names(self) -> tuple[PersonName, ...]:
        found = [row.name() for row in self.held if isinstance(row, NameRow)]
        return tuple(name for name in found if name is not None)

    @property
    def first(self) -> QLineEdit:
        return next(row.given for row in self.held if isinstance(row, NameRow))


class LanguageRow(QWidget):
    """One language, how well it is spoken, and whether it is the preferred one."""

    def __init__(self, rows: "LanguageRows", number: int, language: Language | None) -> None:
        super().__init__()
        kit = rows.kit
        code = language.code if language else ""
        self.which = language_combo(kit, code)
        self.setFocusProxy(self.which)
        self._code = kit.line(limit=12)
        levels = [(each.value, level_words(each)) for each in LanguageLevel]
        self._level = kit.combo(levels, chosen=language.level.value if language else None)
        self._preferred = kit.check(tr("Preferred"), language.preferred if language else number == 0)
        words = tr("Remove language {number}").format(number=number + 1)
        remove = kit.button("", kind="icon", icon="trash-2", name=words)
        remove.clicked.connect(lambda: rows.take(self))
        typed = kit.field(tr("Its code"), self._code, hint=tr("Two or three letters"))
        typed.setVisible(False)
        self.which.changed.connect(lambda chosen: typed.setVisible(chosen == OTHER))
        self.setLayout(
            line := kit.row(
                (kit.field(tr("Language"), self.which), 2),
                (typed, 1),
                (kit.field(tr("How well"), self._level), 1),
                self._preferred,
                remove,
                gap=3,
            )
        )
        for part in (self._preferred, remove):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)

    def language(self) -> Language | None:
        """UserError (`languages`) where a code was typed that is none."""
        code = self.which.code()
        if code == OTHER:
            code = self._code.text().strip()
            if not code:
                raise UserError(tr("Which other language? Type its code, for example dje."), field="languages")
        if not code:
            return None
        level = LanguageLevel(self._level.code() or "fluent")
        return Language(code=code, level=level, preferred=self._preferred.isChecked())


class LanguageRows(Rows):
    """Every language that the person speaks."""

    def __init__(self, kit: Kit, languages: Sequence[Language]) -> None:
        super().__init__(kit, tr("Add a language"))
        for number, language in enumerate(languages):
            self.put(LanguageRow(self, number, language))

    def new_row(self) -> QWidget:
        return LanguageRow(self, len(self.held), None)

    def languages(self) -> tuple[Language, ...]:
        found = [row.language() for row in self.held if isinstance(row, LanguageRow)]
        return tuple(language for language in found if language is not None)


def language_combo(kit: Kit, chosen: str = "", *, other: bool = True) -> Combo:
    """The languages by name. One that has no name here is kept, and shown by its code."""
    options = offered_languages()
    if chosen and chosen not in languages():
        options = [*options, (chosen, chosen)]
    if other:
        options = [*options, (OTHER, tr("Another language"))]
    return kit.combo(options, chosen=chosen or None, empty=tr("Choose"))
