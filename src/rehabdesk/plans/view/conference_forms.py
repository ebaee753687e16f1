"""The small forms of one conference: who came, why it fell out, another chair, additions, refusals, the summary."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.conference_model import AdditionKind, Conference
from rehabdesk.plans.conference_parts_model import KeptBack, PersonAttended
from rehabdesk.plans.conference_service import Conferences
from rehabdesk.plans.conference_words_model import addition_words, attended_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.page import STAY, Page

Printer = Callable[[QWidget, bytes], bool]
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
            self._work.refuse(self._rid, kept)
            self._page.said.emit(tr("The refusal is kept with the conference."))

        fields = [
            self._named("asked_by", kit.field(tr("Who asked"), asked, required=True)),
            self._named("what", kit.field(tr("What kind of matter"), what, required=True)),
            self._named("agency", kit.field(tr("Which agency keeps it back"), agency, required=True)),
            self._named("reason", kit.field(tr("Why"), why, required=True)),
        ]
        return self._page.show_form(tr("Record a refusal"), fields, tr("Record"), keep, first=asked)

    def ask_summary(self) -> Act:
        """For whom: it is kept who got it, then the pages are printed."""
        kit = self._kit
        recipient = kit.line(limit=120)
        rule = tr("Decisions and actions, never the discussion. It is kept here who got it; every page names them.")

        def keep() -> object:
            paper = self._work.give_summary(self._rid, recipient.text().strip())
            kit.jobs.run(self._page, paper, self._printed, _bug)
            return STAY

        field = self._named(
            "recipient", kit.field(tr("Who gets it"), recipient, hint=tr("Name or office, and where"), required=True)
        )
        words = kit.label(rule, "small", tone="muted", wrap=True)
        return self._page.show_form(tr("Give the summary"), [words, field], tr("Print"), keep, first=recipient)

    def _printed(self, pdf: bytes) -> None:
        done = self._printer(self._page, pdf)
        asked = tr("It is kept here who gets it. Choose the printer below.")
        not_printed = tr("Not printed. That it was to be given is kept.")
        self._page.said.emit(asked if done else not_printed)
        self._page.show_again()

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
