"""The small forms of one conference: who came, why it fell out, another chair, additions, refusals, the summary."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conferences.conference_model import AdditionKind, Conference, Exchange
from rehabdesk.plans.conferences.conference_parts_model import KeptBack, PersonAttended
from rehabdesk.plans.conferences.conference_service import Conferences
from rehabdesk.plans.conferences.conference_words_model import addition_words, attended_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.page import STAY, Page
from rehabdesk.ui.printing import Sheets

Printer = Callable[[QWidget, Sheets], bool]
"""Shows where pages can go, at the foot of a page."""
Act = Callable[[], None]


class ConferenceForms:
    """Forms on `page`; each gives what Ctrl+Enter does while it is shown."""

    def __init__(self, page: Page, work: Conferences, rid: str, *, name: str, printer: Printer) -> None:
        self._page, self._kit, self._work, self._rid = page, page.kit, work, rid
        self._name, self._printer = isolate(name), printer

    def ask_who_came(self, conference: Conference) -> Act:
        """Everybody was there until a tick is taken away; the person's part is asked."""
        kit, listed = self._kit, conference.attendees
        options = [(str(place), f"{each.name} · {each.agency}") for place, each in enumerate(listed)]
        came = kit.several(options, chosen=[code for code, _ in options], column=True)
        part = kit.choice([(each.value, attended_words(each, self._name)) for each in PersonAttended])
        why, offered = kit.line(limit=400), kit.check(tr("An interpreter or reader was offered"))
        because = self._named("not_invited_because", kit.field(tr("Why not"), why, required=True))
        help_ = self._named("help_offered", kit.field(tr("Before taking a no"), offered, required=True))

        def show(code: str) -> None:
            because.setVisible(code == PersonAttended.NOT_INVITED)
            help_.setVisible(code == PersonAttended.DECLINED)

        part.changed.connect(show)
        show("")

        def keep() -> None:
            code, codes = part.code(), came.codes()
            self._work.hold(
                self._rid,
                [replace(each, attended=str(place) in codes) for place, each in enumerate(listed)],
                None if code is None else PersonAttended(code),
                not_invited_because=why.text().strip() if code == PersonAttended.NOT_INVITED else "",
                help_offered=offered.isChecked() and code == PersonAttended.DECLINED,
            )
            self._page.said.emit(tr("Recorded who came. The minutes can be written."))

        fields: list[QWidget] = [
            self._named("attendees", kit.field(tr("Who came"), came, required=True)),
            self._named(
                "person_attended",
                kit.field(tr("How did {name} take part?").format(name=self._name), part, required=True),
            ),
            because,
            help_,
        ]
        return self._page.show_form(tr("Who came"), fields, tr("Record"), keep, first=came.focusProxy() or came)

    def ask_cancel(self) -> Act:
        return self._ask_words(
            tr("It did not take place"),
            "reason",
            tr("Why not"),
            tr("Record"),
            lambda words: self._work.cancel(self._rid, words),
            said=tr("Recorded that it did not take place."),
        )

    def ask_return(self) -> Act:
        return self._ask_words(
            tr("Give the minutes back"),
            "reason",
            tr("What is to be changed"),
            tr("Give back"),
            lambda words: self._work.give_back(self._rid, words),
            said=tr("Given back to be changed."),
        )

    def ask_chair(self, chair: str) -> Act:
        kit = self._kit
        options = [(card.uid, card.name) for card in self._work.seats.can_chair() if card.uid != chair]
        combo = kit.combo(options, empty=tr("Choose who chairs"))

        def keep() -> None:
            self._work.name_chair(self._rid, combo.code() or "")
            self._page.said.emit(tr("The chair is named."))

        field = self._named("chair", kit.field(tr("Chair"), combo, required=True))
        return self._page.show_form(tr("Another chair"), [field], tr("Save"), keep, first=combo)

    def ask_withdraw(self, conference: Conference) -> Act:
        """A chaplain's invitation is taken back; the summary is not read any more."""
        kit = self._kit
        options = [(card.uid, card.name) for card in self._work.seats.chaplains(conference)]
        combo = kit.combo(options)

        def keep() -> None:
            self._work.withdraw_invitation(self._rid, combo.code() or "")
            self._page.said.emit(tr("The invitation is taken back."))

        field = self._named("attendees", kit.field(tr("Whose invitation"), combo, required=True))
        return self._page.show_form(tr("Take an invitation back"), [field], tr("Take back"), keep, first=combo)

    def ask_add(self) -> Act:
        """An addition, a correction or the person's statement."""
        kit = self._kit
        kind = kit.choice([(each.value, addition_words(each)) for each in AdditionKind], chosen=AdditionKind.ADDITION)
        words = kit.text_area(limit=4_000, lines=4)

        def keep() -> None:
            self._work.add(self._rid, AdditionKind(kind.code() or AdditionKind.ADDITION), words.words().strip())
            self._page.said.emit(tr("Added. The minutes stay as they were agreed."))

        fields = [
            kit.field(tr("What it is"), kind),
            self._named("words", kit.field(tr("What is added"), words, required=True)),
        ]
        return self._page.show_form(tr("Add to the minutes"), fields, tr("Add"), keep, first=words)

    def ask_refusal(self) -> Act:
        """That something was not disclosed to somebody who asked."""
        kit = self._kit
        asked, what, agency = kit.line(limit=120), kit.line(limit=200), kit.line(limit=120)
        reasons = self._work.reasons
        why = kit.combo([(each.code, tr(each.text)) for each in reasons.offered], empty=tr("Choose why"))

        def keep() -> None:
            if why.code() is None:
                raise UserError(tr("Choose from the list why it was kept back."), field="reason")
            kept = KeptBack(
                what=what.text().strip(),
                agency=agency.text().strip(),
                reason=why.code() or "",
                asked_by=asked.text().strip(),
            )
            self._work.giving.refuse(self._rid, kept)
            self._page.said.emit(tr("The refusal is kept with the conference."))

        fields = [
            self._named("asked_by", kit.field(tr("Who asked"), asked, required=True)),
            self._named("what", kit.field(tr("What kind of matter"), what, required=True)),
            self._named("agency", kit.field(tr("Which agency keeps it back"), agency, required=True)),
            self._named("reason", kit.field(tr("Why"), why, required=True)),
        ]
        return self._page.show_form(tr("Record a refusal"), fields, tr("Record"), keep, first=asked)

    def ask_summary(self) -> Act:
        """For whom and on which basis; then the pages are made, and it is kept that they leave when they do."""
        kit, giving = self._kit, self._work.giving
        recipient, cite = kit.line(limit=120), kit.line(limit=200)
        bases = [(each.code, tr(each.text)) for each in giving.bases.offered]
        basis = kit.combo(bases, empty=tr("Choose the basis"))
        rule = tr("Decisions and actions, never the discussion. Once it leaves, it is kept here who got it and why.")

        def keep() -> object:
            words = (recipient.text().strip(), basis.code() or "", cite.text().strip())
            exchange, paper = giving.summary_for(self._rid, *words)
            kit.jobs.run(self._page, paper, lambda pdf: self._hand_out(pdf, exchange), _bug)
            return STAY

        hint = tr("Name or office, and where. It stands on every page.")
        law = tr("Law, order or number. Needed where the basis is another one.")
        fields: list[QWidget] = [
            kit.label(rule, "small", tone="muted", wrap=True),
            self._named("to", kit.field(tr("Who gets it"), recipient, hint=hint, required=True)),
            self._named("basis", kit.field(tr("Legal basis"), basis, required=True)),
            self._named("cite", kit.field(tr("Which one"), cite, hint=law)),
        ]
        return self._page.show_form(tr("Give the summary"), fields, tr("Make the pages"), keep, first=recipient)

    def _hand_out(self, pdf: bytes, exchange: Exchange) -> None:
        """Nothing is kept of pages that do not leave after all."""

        def left(_how: str) -> None:
            self._page.said.emit(tr("It is kept with the conference who got it."))
            self._page.refresh()

        self._page.show_again()
        sheets = Sheets(
            pdf=pdf,
            name=f"RD-summary-{self._kit.today():%Y%m%d}.pdf",
            leaving=lambda _how: self._work.giving.give_summary(exchange),
            left=left,
        )
        self._printer(self._page, sheets)

    def _ask_words(
        self, title: str, code: str, caption: str, act: str, do: Callable[[str], object], *, said: str
    ) -> Act:
        line = self._kit.line(limit=400)

        def keep() -> None:
            do(line.text().strip())
            self._page.said.emit(said)

        field = self._named(code, self._kit.field(caption, line, required=True))
        return self._page.show_form(title, [field], act, keep, first=line)

    def _named(self, code: str, field: Field) -> Field:
        """A field that an error finds by its name."""
        field.setObjectName(code)
        return field


def _bug(error: BaseException) -> None:
    raise error
