"""Who a person is: for the case officer as a form, for others to read; and every version that there was."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.people.identity_model import birth_text
from rehabdesk.people.identity_service import Identities, IdentityVersion
from rehabdesk.people.model import PersonDetails
from rehabdesk.people.record_words_model import (
    age_words,
    field_words,
    level_words,
    literacy_words,
    removal_words,
    script_words,
    sex_words,
)
from rehabdesk.people.view.identity_form import IdentityForm
from rehabdesk.people.view.record_page import ActPage, RecordOf, RecordPage, fact_rows
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit

Part = Callable[[ActPage], QWidget | None]
"""A card of another compartment, made for this page; None where this role has none."""


IDENTITY = "identity"


class IdentityPage(RecordPage):
    """`parts`: cards below: clinical needs, what is protected. `staff`: the name behind a login."""

    def __init__(
        self,
        kit: Kit,
        identities: Identities,
        record: RecordOf,
        *,
        show: Callable[[], PersonDetails],
        staff: Callable[[str], str],
        parts: Sequence[Part] = (),
    ) -> None:
        super().__init__(kit, record, title=tr("Who this is"), here="person_edit")
        self._identities, self._show, self._staff, self._parts = identities, show, staff, parts
        self.form: IdentityForm | None = None
        self.refresh()

    def refresh(self) -> None:
        self.begin()
        kit, details = self.kit, self._show()
        self.form = None
        typed_in: Sequence[QWidget] = ()
        if self._identities.may_write and not self.record.read_only:
            self.form = IdentityForm(kit, details, saved=details, holds_faith=self._identities.holds_faith)
            typed_in = self.form.cards()
            top: list[QWidget] = list(typed_in)
            self._first, self._act = self.form.first, self._save
            save = kit.button(tr("Save changes"), kind="primary")
            save.clicked.connect(self._save)
            back = kit.button(tr("Cancel"))
            back.clicked.connect(self._cancel)
            self.set_foot(kit.row(STRETCH, back, save))
        else:
            top = [kit.card(tr("Identity"), self.facts(details))]
        cards = [card for part in self._parts if (card := part(self)) is not None]
        self.set_body(kit.box(kit.column(*top, *cards, self._history(), STRETCH, gap=4)))
        if self.form is not None:
            self.forms.show(IDENTITY, typed_in)

    def facts(self, details: PersonDetails) -> QWidget:
        """One version to read."""
        spoken = [
            tr("{language} ({level})").format(language=language_words(each.code), level=level_words(each.level))
            for each in details.languages
        ]
        names = [
            tr("{name} ({script})").format(
                name=isolate(" ".join(piece for piece in (each.full, each.kunya) if piece)),
                script=script_words(each.script),
            )
            for each in details.names
        ]
        spellings = [isolate(each) for name in details.names for each in name.variants]
        protected = tr("Protected: it stands on nothing that leaves the desk") if details.address_protected else ""
        faith = details.faith_self_described if self._identities.holds_faith else ""
        return fact_rows(
            self.kit,
            [
                (tr("Display name"), isolate(details.display_alias)),
                (tr("Case number"), isolate_ltr(details.case_ref)),
                (tr("Names"), "\n".join(names)),
                (tr("Other spellings on papers"), join_words(spellings)),
                (tr("Born"), isolate(birth_text(details))),
                (tr("Sex"), sex_words(details.sex)),
                (tr("Age group"), age_words(details.age_regime)),
                (tr("Nationality"), join_words(details.nationality)),
                (tr("Languages"), join_words(spoken)),
                (tr("Reading"), literacy_words(details.literacy)),
                (tr("Interpreter"), tr("Needed") if details.interpreter_needed else tr("Not needed")),
                (tr("Practical access need"), isolate(details.practical_access_need)),
                (tr("Address"), protected),
                (tr("Removal or deportation"), removal_words(details.removal_or_deportation)),
                (tr("Faith, as the person calls it"), isolate(faith) if faith else ""),
            ],
        )

    def _cancel(self) -> None:
        """What is typed and not saved is thought better of."""
        self.forms.finish(IDENTITY)
        self.show_again()

    def _save(self) -> None:
        if self.form is None:
            return
        self.form.calm()
        try:
            changed = self._identities.change(self.record.person, self.form.details())
        except UserError as problem:
            control = self.form.complain(problem)
            self.problems([(problem.sentence, control)])
            return
        self.problems([])
        self.forms.finish(IDENTITY)
        words = join_words(field_words(each) for each in changed if each != "birth_precision" or len(changed) == 1)
        before = self._identities.versions(self.record.person)[1].details
        self.done(
            tr("Changed: {fields}.").format(fields=words),
            lambda: self._put_back(before),
        )
        self.show_again()

    def _put_back(self, before: PersonDetails) -> None:
        self._identities.change(self.record.person, before)

    # versions

    def _history(self) -> QWidget:
        kit = self.kit
        rows: list[QWidget] = []
        for version in self._identities.versions(self.record.person):
            rows += [self._version(version), kit.rule()]
        return kit.card(tr("Versions"), *rows[:-1], gap=2)

    def _version(self, version: IdentityVersion) -> QWidget:
        kit = self.kit
        words = join_words(field_words(each) for each in version.changed)
        what = tr("Changed: {fields}.").format(fields=words) if words else tr("As registered.")
        who = tr("{when}, {name}").format(when=stamp(version.recorded_at), name=isolate(self._staff(version.author)))
        look = kit.button(tr("Look at it"), kind="quiet")
        look.setAccessibleName(tr("Look at version {number}").format(number=version.number))
        look.clicked.connect(lambda: self._look(version))
        text = kit.column(kit.label(what, wrap=True), kit.label(who, "small", tone="muted", wrap=True), gap=0)
        return kit.box(kit.row((text, 1), look, gap=3))

    def _look(self, version: IdentityVersion) -> None:
        """One older version in place of the form. What was typed and not saved stays in nobody's way: it asks first."""
        if self.form is not None and self.form.is_changed():
            self.ask(
                tr("What you typed about {name} is not saved yet.").format(name=isolate(self.record.name)),
                tr("Look without saving"),
                lambda: self._show_version(version),
            )
            return
        self._show_version(version)

    def _show_version(self, version: IdentityVersion) -> None:
        self.begin()
        kit = self.kit
        back = self.act_button(tr("Back to the present"), self.show_again)
        who = tr("{when}, {name}").format(when=stamp(version.recorded_at), name=isolate(self._staff(version.author)))
        card = kit.card(
            tr("Version {number}").format(number=version.number),
            kit.label(who, "small", tone="muted", wrap=True),
            self.facts(version.details),
            action=back,
        )
        self.set_body(kit.box(kit.column(card, STRETCH)))
        back.setFocus()
