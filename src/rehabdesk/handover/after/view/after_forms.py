"""The small forms of what happens to a packet after its seal: handed over, receipt code, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.after.after_seal_model import Medium, Withdrawal, because_words, medium_words
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.status_list_model import WithdrawnBecause
from rehabdesk.handover.records_model import Packet
from rehabdesk.ui.fields import DateField
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import STAY, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPacket:
    """The packet, and the name of the person whom it is about."""

    packet: Packet
    name: str

    @property
    def number(self) -> str:
        return isolate_ltr(self.packet.record.number)


class AfterForms:
    """Shows its forms on `page`, in place of the body. After a good end the page shows the packet anew."""

    def __init__(
        self, page: Page, sealing: AfterSealing, about: AboutPacket, acknowledged: Callable[[str, str], None]
    ) -> None:
        self._page, self._sealing, self._about, self._acknowledged = page, sealing, about, acknowledged
        self._kit: Kit = page.kit

    def ask_delivery(self) -> None:
        """Who handed it over, how, and when."""
        kit = self._kit
        courier = kit.line(limit=120)
        medium = kit.choice([(each.value, medium_words(each)) for each in Medium])
        day = kit.date_field()

        def keep() -> None:
            self._sealing.deliver(
                self._about.packet.id,
                courier=courier.text(),
                medium=_chosen(medium.code()),
                on=_day(day),
            )
            self._page.said.emit(tr("The hand-over is written down."))

        fields = [
            _named("courier", kit.field(tr("Who handed it over"), courier, required=True)),
            _named("medium", kit.field(tr("How"), medium, required=True)),
            _named("on", kit.field(tr("On which day"), day, required=True)),
        ]
        title = tr("Packet {number} was handed over").format(number=self._about.number)
        self._page.show_form(title, fields, tr("Save"), keep, first=courier, name="delivery")

    def ask_code(self) -> None:
        """The eight digits that somebody says on the telephone."""
        kit = self._kit
        code, by = kit.line(limit=12), kit.line(limit=120)

        def keep() -> None:
            self._sealing.acknowledge(self._about.packet.id, code=code.text(), by=by.text())
            self._acknowledged(self._about.packet.person, self._about.packet.record.number)
            self._page.said.emit(tr("The receipt is recorded."))

        hint = tr("Only whoever opened the packet knows them: they stand on its receipt slip.")
        fields = [
            _named("code", kit.field(tr("The eight digits that they say"), code, hint=hint, required=True)),
            _named("by", kit.field(tr("Who says it"), by, required=True)),
        ]
        title = tr("Receipt of packet {number} by phone").format(number=self._about.number)
        self._page.show_form(title, fields, tr("Record receipt"), keep, first=code, name="receipt code")

    def ask_withdrawal(self, done: Callable[[], None]) -> None:
        """Why; then one strip that names the person, because nothing takes it back."""
        kit, packet = self._kit, self._about.packet
        because = kit.combo([(each.value, because_words(each)) for each in WithdrawnBecause], empty=tr("Choose why"))
        words = kit.text_area(limit=400)

        def withdraw(why: WithdrawnBecause, said: str) -> None:
            self._sealing.withdraw(packet.id, because=why, words=said)
            self._page.said.emit(tr("Withdrawn. Tell the team now."))
            done()

        def ask() -> object:
            if not because.code():
                raise UserError(tr("Choose from the list why."), field="because")
            why, said = WithdrawnBecause(because.code() or ""), words.words().strip()
            Withdrawal(packet=packet.id, because=why, words=said)  # a missing word is said at its field, not later
            sentence = tr(
                "Withdrawing packet {number} about {name}: it counts no more. The copy at {team} cannot be erased."
            ).format(number=self._about.number, name=isolate(self._about.name), team=isolate(packet.record.team_name))
            self._page.ask(sentence, tr("Withdraw"), lambda: withdraw(why, said), danger=True)
            return STAY

        hint = tr("Only for this desk: neither the status list nor the notice says it.")
        fields = [
            _named("because", kit.field(tr("Why"), because, required=True)),
            _named("words", kit.field(tr("In your words"), words, hint=hint)),
        ]
        title = tr("Withdraw packet {number}").format(number=self._about.number)
        self._page.show_form(title, fields, tr("Withdraw…"), ask, first=because, name="withdraw")


def _named(name: str, field: QWidget) -> QWidget:
    field.setObjectName(name)
    return field


def _chosen(code: str | None) -> Medium:
    if not code:
        raise UserError(tr("Choose how it went there."), field="medium")
    return Medium(code)


def _day(field: DateField) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field="on") from None
