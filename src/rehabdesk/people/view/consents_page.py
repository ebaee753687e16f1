"""What the person allowed, refused or withdrew: each for one purpose and one recipient, with its history (G6)."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import language_words
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.people.consent_model import Consent, ConsentDetails, ConsentPurpose, ConsentStatus
from rehabdesk.people.consent_service import NOTICE_FILE, Consents
from rehabdesk.people.record_words_model import method_words, purpose_words, status_words
from rehabdesk.people.view.consent_form import ConsentForm
from rehabdesk.people.view.record_page import RecordOf, RecordPage, fact_rows, joined
from rehabdesk.ui.dates import short, stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page


class ConsentsPage(RecordPage):
    """`save`: asks where a file goes and writes it. `printer`: prints the pages of a PDF."""

    def __init__(
        self,
        kit: Kit,
        consents: Consents,
        record: RecordOf,
        *,
        staff: Callable[[str], str],
        save: Callable[[QWidget, str, bytes], object],
        printer: Callable[[QWidget, bytes], bool],
        outside: Callable[[Page], QWidget | None] | None = None,
    ) -> None:
        super().__init__(kit, record, title=tr("Consents"), here="consents")
        self._consents, self._staff, self._save, self._printer = consents, staff, save, printer
        self._outside = outside
        self.refresh()

    @property
    def _writes(self) -> bool:
        return self._consents.may_write and not self.record.read_only

    def refresh(self) -> None:
        self.begin()
        kit = self.kit
        ask = self.act_button(tr("Record an answer"), self._ask, kind="primary", icon="plus") if self._writes else None
        found = self._consents.of_person(self.record.person)
        cards: list[QWidget] = []
        for purpose in ConsentPurpose:
            rows: list[QWidget] = []
            for consent in reversed([one for one in found if one.details.purpose is purpose]):
                rows += [self._row(consent), kit.rule()]
            if rows:
                cards.append(kit.card(purpose_words(purpose), *rows[:-1], gap=2))
        if not cards:
            sentence = tr("Not asked about anything yet. Ask {name} in a language that he or she speaks well.")
            cards = [kit.card("", kit.empty(sentence.format(name=isolate(self.record.name))))]
        said = kit.label(
            tr("A refusal has no consequence anywhere. What is withdrawn stops whatever would still go out."),
            "small",
            tone="muted",
            wrap=True,
        )
        top = kit.row((said, 1), ask, gap=3)
        outside = None if self._outside is None else self._outside(self)
        self.set_body(kit.box(kit.column(top, outside, *cards, STRETCH, gap=4)))

    def main_act(self) -> None:
        if self._act is None and self._writes:
            self._ask()
            return
        super().main_act()

    # one consent

    def _row(self, consent: Consent) -> QWidget:
        kit, details = self.kit, consent.details
        about = isolate(details.recipient or details.scope)
        said = kit.column(
            kit.label(about, "h3", wrap=True),
            kit.label(isolate(details.scope), wrap=True) if details.recipient else None,
            kit.label(joined(self._facts(consent)), "small", tone="muted", wrap=True),
            self._withheld(details),
            gap=0,
        )
        acts: list[QWidget] = []
        if details.status is ConsentStatus.WITHDRAWN:
            acts.append(self._named(tr("Print the notice"), about, lambda: self._notice(consent), icon="printer"))
            acts.append(self._named(tr("Save the notice"), about, lambda: self._save_notice(consent)))
        if self._writes and details.status is ConsentStatus.GIVEN:
            acts.append(self._named(tr("Withdraw"), about, lambda: self._ask_withdrawal(consent)))
        if self._writes and details.status is not ConsentStatus.GIVEN:
            acts.append(self._named(tr("Ask again"), about, lambda: self._ask(details)))
        acts.append(self._named(tr("History"), about, lambda: self._history(consent)))
        tag = kit.tag(*status_words(details.status))
        return kit.box(kit.column(kit.row((said, 1), tag, gap=3), kit.flow(*acts), gap=2))

    def _named(self, words: str, about: str, do: Callable[[], None], *, icon: str = "") -> QWidget:
        button = self.act_button(words, do, kind="quiet", icon=icon)
        button.setAccessibleName(tr("{act}: {what}").format(act=words, what=about))
        return button

    def _facts(self, consent: Consent) -> list[str]:
        details, facts = consent.details, []
        if details.given_on is not None:
            facts.append(tr("answered {day}").format(day=short(details.given_on)))
        if details.explained_in:
            explained = tr("explained in {language} by {name}").format(
                language=isolate(language_words(details.explained_in)), name=isolate(self._staff(consent.explained_by))
            )
            facts.append(explained)
        if details.interpreter_alias:
            facts.append(tr("interpreter {alias}").format(alias=isolate(details.interpreter_alias)))
        if details.method is not None:
            facts.append(method_words(details.method))
        if details.legal_basis:
            facts.append(tr("ground: {law}").format(law=isolate(details.legal_basis)))
        if details.review_due is not None and details.status is ConsentStatus.GIVEN:
            over = details.review_due < self.kit.today()
            until = tr("ended {day}, ask again") if over else tr("until {day}")
            facts.append(until.format(day=short(details.review_due)))
        if details.withdrawn_on is not None:
            facts.append(tr("withdrawn {day}").format(day=short(details.withdrawn_on)))
        if details.status in (ConsentStatus.GIVEN, ConsentStatus.REFUSED):
            facts.append(tr("has a copy") if details.copy_given else tr("has no copy"))
        return facts

    def _withheld(self, details: ConsentDetails) -> QWidget | None:
        if not details.withheld:
            return None
        return self.kit.label(tr("Withhold: {what}").format(what=isolate(details.withheld)), "small", wrap=True)

    # acts

    def _ask(self, start: ConsentDetails | None = None) -> None:
        form = ConsentForm(self.kit, start)

        def keep() -> None:
            recorded = self._consents.record(self.record.person, form.details())
            words, _colour = status_words(recorded.details.status)
            self.done(tr("Recorded: {answer}.").format(answer=words))

        self.ask_in_form(tr("What was answered"), form.fields, tr("Record the answer"), keep, first=form.first)

    def _ask_withdrawal(self, consent: Consent) -> None:
        kit, details = self.kit, consent.details
        day = kit.date_field(kit.today())
        field = kit.field(tr("On which day did {name} withdraw it?").format(name=isolate(self.record.name)), day)
        what = kit.label(isolate(details.recipient or details.scope), "h3", wrap=True)
        said = kit.label(
            tr("Packets to come leave it out. What was handed over cannot be called back: send the notice."),
            wrap=True,
        )

        def withdraw() -> None:
            self._consents.withdraw(consent.id, on=day.day() or kit.today())
            self.done(tr("Withdrawn. Packets to come leave it out. Print the notice."))

        fields = {"what": what, "said": said, "withdrawn_on": field}
        self.ask_in_form(tr("Withdraw a consent"), fields, tr("Withdraw it"), withdraw, first=day.line)

    def _pdf(self, consent: Consent) -> bytes:
        record = self.record
        about = isolate(record.name)
        if record.case_ref:
            about = tr("{name}, case {number}").format(name=about, number=isolate_ltr(record.case_ref))
        return self._consents.notice(consent.id, about=about)

    def _notice(self, consent: Consent) -> None:
        self._printer(self, self._pdf(consent))

    def _save_notice(self, consent: Consent) -> None:
        if self._save(self, NOTICE_FILE, self._pdf(consent)) is not None:
            self.said.emit(tr("The notice is saved outside the desk."))

    def _history(self, consent: Consent) -> None:
        kit = self.kit
        versions = self._consents.history(consent.id)
        self.begin()
        back = self.act_button(tr("Close"), self.show_again)
        rows: list[QWidget] = []
        for version in versions:
            words, _colour = status_words(version.details.status)
            until = short(version.details.review_due) if version.details.review_due else ""
            who = tr("{when}, {name}").format(
                when=stamp(version.recorded_at), name=isolate(self._staff(version.author))
            )
            facts = [
                (tr("Answer"), words),
                (tr("What it covers"), isolate(version.details.scope)),
                (tr("Until"), until),
            ]
            rows += [kit.label(who, "strong", wrap=True), fact_rows(kit, facts), kit.rule()]
        title = tr("History: {what}").format(what=isolate(consent.details.recipient or consent.details.scope))
        self.set_body(kit.box(kit.column(kit.card(title, *rows[:-1], action=back, gap=2), STRETCH)))
        back.setFocus()
