"""What of a conference goes outside afterwards, and what was refused: each kept with its recipient and its reason."""

from collections.abc import Callable

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.choices import OTHER, ChoiceList
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people.service import People
from rehabdesk.plans.conferences import conference_store as store
from rehabdesk.plans.conferences.conference_model import Exchange
from rehabdesk.plans.conferences.conference_parts_model import Act, Item, KeptBack
from rehabdesk.plans.conferences.conference_pdf import SummaryFrame, summary_paper
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading

EXCHANGE_VERSION = 2
CONSENT = "consent"
"""The basis of A7 that stands only as long as the person's own record of it does (G6)."""
MAY_ADD = frozenset({Role.CO, Role.SUP})


class Giving:
    """`reasons`: the list A8. `bases`: the list A7."""

    def __init__(
        self, desk: Desk, people: People, reading: ConferenceReading, *, reasons: ChoiceList, bases: ChoiceList
    ) -> None:
        self._desk, self._people, self._reading = desk, people, reading
        self.reasons, self.bases = reasons, bases

    def refuse(self, rid: str, kept: KeptBack) -> None:
        """Records that something was not disclosed to somebody who asked (E11)."""
        if self._desk.role not in MAY_ADD:
            raise UserError(tr("Case officers and supervisors record refusals."))
        self.reasons.require(kept.reason, field="reason")
        if not kept.asked_by.strip():
            raise UserError(tr("Say who asked."), field="asked_by")
        self._commit("refuse_disclosure", Exchange(conference=rid, refused=kept))

    def summary_for(self, rid: str, recipient: str, basis: str, cite: str = "") -> tuple[Exchange, Callable[[], bytes]]:
        """What is to be recorded once the executive summary leaves, and what makes its paper: slow, for a job.

        `basis`: a code of A7, `cite` its words. Nothing is recorded yet. UserError where something is missing, and for
        a character that cannot be printed.
        """
        self._require_giver()
        stored, settings, now = self._reading.agreed(rid), self._desk.settings(), self._desk.clock.now()
        given = Item(
            what=tr("Summary of decisions and actions"), owner_agency=settings.name, act=Act.DISCLOSED, to=recipient
        )
        exchange = Exchange(conference=rid, given=given, basis=basis, cite=cite)
        self._require_basis(exchange)
        frame = SummaryFrame(
            case_ref=self._people.row(stored.person).case_ref,
            site=settings.name,
            phone=settings.phone,
            recipient=recipient,
            at=now,
            training=settings.training,
        )
        return exchange, summary_paper(self._reading.summary(rid), frame)

    def give_summary(self, exchange: Exchange) -> None:
        """Records that the executive summary goes to somebody outside: called when its pages leave, before they do."""
        self._require_giver()
        if exchange.given is None:
            raise UserError(tr("Say what was given or what was refused, one at a time."), field="what")
        self._require_basis(exchange)
        self._commit("give_summary", exchange)

    # inside

    def _require_giver(self) -> None:
        if self._desk.role not in MAY_ADD:
            raise UserError(tr("Case officers and supervisors give the summary."))

    def _require_basis(self, exchange: Exchange) -> None:
        if not exchange.basis:
            raise UserError(tr("Choose the legal basis."), field="basis")
        self.bases.require(exchange.basis, field="basis")
        if exchange.basis == OTHER and not exchange.cite.strip():
            raise UserError(tr("Say which legal basis it is."), field="cite")
        if exchange.basis == CONSENT and not self._consents(exchange):
            sentence = tr("No consent to share with this recipient stands. Record it first, or choose another basis.")
            raise UserError(sentence, field="basis")

    def _consents(self, exchange: Exchange) -> bool:
        person, given = self._reading.agreed(exchange.conference).person, exchange.given
        return given is not None and self._people.consents.allows_sharing(person, given.to)

    def _commit(self, deed: str, exchange: Exchange) -> None:
        stored = self._reading.agreed(exchange.conference)
        item = NewRecord(
            comp=TEAM, kind=store.EXCHANGE, pv=EXCHANGE_VERSION, person=stored.person, payload=to_payload(exchange)
        )
        self._desk.commit(deed, [item])
