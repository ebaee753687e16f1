"""The own cards: that of the site, and that of the team that receives; saved to a stick, printed, renewed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.trust.cards_service import ready_to_sign, site_sheet, team_digits, team_sheet
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.trust_model import ENDS_SOON
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.view.digits_line import shown_digits
from rehabdesk.ui.dates import local, long, short
from rehabdesk.ui.page import STAY, Page, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsOut:
    """How a card leaves: `save` asks where the file goes, `print` for a printer, on the page of its owner."""

    save: Callable[[QWidget, str, bytes], Path | None]
    print: Callable[[QWidget, bytes], bool]
    now: Callable[[], datetime]


class OwnCards:
    """`keeps`: this role takes cards out; `leads`: administrator or supervisor, who make and renew them."""

    def __init__(self, page: Page, trust: Trust, own: OwnTeam, out: CardsOut, *, keeps: bool, leads: bool) -> None:
        self._page, self._kit, self._trust, self._own, self._out = page, page.kit, trust, own, out
        self._keeps, self._leads = keeps, leads
        self._busy = False
        self.first: QPushButton | None = None

    def cards(self) -> list[QWidget]:
        """The card of the site, then that of the team."""
        return [self._site(), self._team()]

    def _site(self) -> QWidget:
        kit = self._kit
        try:
            standing, card, digits = self._trust.site(), self._trust.own_site.card(), self._trust.site_digits()
        except RehabDeskError as problem:
            return kit.card(tr("Our site"), kit.label(problem.sentence, wrap=True))
        about = tr("{site}, {code}. Card number {seq} of {day}; contact: {contact}.").format(
            site=isolate(card.site.name),
            code=isolate_ltr(card.site.id),
            seq=standing.seq,
            day=short(standing.issued.date()),
            contact=isolate(card.site.contact),
        )
        acts = []
        if self._keeps:
            acts = [
                self._button(
                    tr("Save the site's card"),
                    lambda: self._save(f"{card.site.id}.rdsite", self._trust.site_card()),
                    "usb",
                ),
                self._button(
                    tr("Print the site's card"),
                    lambda: self._print(site_sheet(self._trust, self._out.now())),
                    "printer",
                ),
            ]
            acts.append(self._button(tr("Guide for teams"), lambda: self._page.go.emit(Route(name="guide")), "printer"))
        if self._leads:
            acts.append(self._button(tr("Renew the site's card"), self._ask_card, "refresh-cw"))
        return kit.card(tr("Our site"), kit.label(about, wrap=True), shown_digits(kit, digits), self._flow(acts))

    def _team(self) -> QWidget:
        kit, held = self._kit, self._own.newest()
        title = tr("We as a team that receives packets")
        if held is None:
            said = tr(
                "Other sites seal packets to a key of ours. There is none yet, so nothing sealed can be opened here."
            )
            make = [self._button(tr("Make the key"), self._make, "key-round")] if self._leads else []
            return kit.card(title, kit.label(said, wrap=True), self._flow(make))
        about = tr("{team}, {code}. Card number {seq} of {day}.").format(
            team=isolate(held.name), code=isolate_ltr(held.id), seq=held.seq, day=short(held.made.date())
        )
        acts = []
        if self._keeps:
            acts = [
                self._button(
                    tr("Save the team's card"), lambda: self._save(f"{held.id}.rdteam", self._own.card()), "usb"
                ),
                self._button(
                    tr("Print the team's card"), lambda: self._print(team_sheet(self._own, self._out.now())), "printer"
                ),
            ]
        if self._leads:
            acts.append(self._button(tr("Renew the key"), self._ask_rotate, "refresh-cw"))
        digits = shown_digits(kit, team_digits(self._own))
        return kit.card(title, kit.label(about, wrap=True), *self._ends(), digits, *self._holders(), self._flow(acts))

    def _ends(self) -> list[QWidget]:
        """That receipts can soon not be signed any more, or cannot by now."""
        until = self._own.receipts_until()
        if until - self._out.now() > ENDS_SOON:
            return []
        words = tr("The key for receipts ends on {day}. Renew it, and give the new card to those who send here.")
        return [self._kit.label(words.format(day=long(local(until).date())), "strong", wrap=True)]

    def _holders(self) -> list[QWidget]:
        """Who waits for the key, and whether somebody who left could open what comes."""
        kit, found = self._kit, []
        joined, left = len(self._own.joined()), len(self._own.left())
        if joined and self._own.may_read():
            words = ntr(
                "{count} member may open what arrives and has no key for it yet.",
                "{count} members may open what arrives and have no key for it yet.",
                joined,
            ).format(count=joined)
            give = self._button(tr("Give the key"), self._hand_over, "key-round", kind="primary")
            found.append(kit.box(kit.row((kit.label(words, wrap=True), 1), give, gap=3)))
        elif not self._own.may_read() and self._keeps:
            said = tr("You have no key for what arrives yet. Somebody who has it gives it to you here.")
            found.append(kit.label(said, tone="muted", wrap=True))
        if left:
            words = ntr(
                "{count} person who left still holds this key. Renew it.",
                "{count} people who left still hold this key. Renew it.",
                left,
            ).format(count=left)
            found.append(kit.box(kit.row((kit.label(words, wrap=True), 1), kit.tag(tr("Look at it"), "amber"))))
        return found

    def _flow(self, acts: Sequence[QPushButton]) -> QWidget | None:
        if acts and self.first is None:
            self.first = acts[0]
        return self._kit.flow(*acts) if acts else None

    def _button(self, words: str, do: Callable[[], object], icon: str, *, kind: str = "") -> QPushButton:
        button = self._kit.button(words, kind=kind, icon=icon)
        button.clicked.connect(lambda _on=False: self._try(do, button))
        return button

    def _try(self, do: Callable[[], object], button: QPushButton) -> None:
        try:
            do()
        except RehabDeskError as problem:
            self._page.problems([(problem.sentence, button)])

    # deeds

    def _save(self, name: str, content: bytes) -> None:
        if self._out.save(self._page, name, content) is not None:
            words = tr("Saved: {file}. It is no secret; it counts once its digits were compared.")
            self._page.said.emit(words.format(file=isolate_ltr(name)))

    def _print(self, make: Callable[[], bytes]) -> None:
        def done(pdf: bytes) -> None:
            self._out.print(self._page, pdf)

        self._kit.jobs.run(self._page, make, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, RehabDeskError):
            raise error
        self._page.problems([(error.sentence, self.first or self._page)])

    def _rest(self) -> None:
        self._busy = False
        self._page.saving.emit("saved", tr("All work saved"))

    def _signed(self, deed: Callable[[], object], done: str) -> None:
        """A deed that signs a card; what signing needs is read in a job, because it takes a moment the first time."""
        page = self._page
        if self._busy:
            return

        def do(_ready: None) -> None:
            self._rest()
            try:
                deed()
            except RehabDeskError as problem:
                page.problems([(problem.sentence, self.first or page)])
                return
            page.said.emit(done)
            page.show_again()

        self._busy = True
        page.saving.emit("saving", tr("Signing the card…"))
        self._kit.jobs.run(page, ready_to_sign, do, self._failed)

    def _make(self) -> None:
        done = tr("Made. Give the card of the team to those who send, and compare its digits with them.")
        self._signed(self._own.found, done)

    def _hand_over(self) -> None:
        self._own.hand_over()
        self._page.said.emit(tr("Given. They can open what arrives from their next unlock on."))
        self._page.show_again()

    def _ask_rotate(self) -> None:
        sentence = tr(
            "A new key for {name}: every site that sends here needs the new card and compares its digits. What was "
            "sealed before can still be read."
        ).format(name=isolate(self._own.standing().name))
        self._page.ask(sentence, tr("Renew the key"), self._rotate)

    def _rotate(self) -> None:
        self._signed(self._own.rotate, tr("Renewed. Give the new card of the team to those who send."))

    def _ask_card(self) -> None:
        kit = self._kit
        contact = kit.line(self._trust.own_site.card().site.contact, limit=200)
        field = kit.field(
            tr("Whom others ask for"),
            contact,
            hint=tr("A desk or a function rather than a person's name."),
            required=True,
        )
        field.setObjectName("contact")
        told = tr("Name and phone come from the settings of the site. The digits stay the same; nobody compares again.")

        def renew() -> object:
            named = contact.text()
            done = tr("Renewed. Send the new card to everybody who has the old one.")
            self._signed(lambda: self._trust.authority.renew_card(contact=named), done)
            return STAY

        self._page.show_form(
            tr("Renew the site's card"),
            [kit.label(told, wrap=True), field],
            tr("Renew the card"),
            renew,
            first=contact,
            name="renew-site-card",
        )
