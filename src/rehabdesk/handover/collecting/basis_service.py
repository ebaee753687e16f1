"""On which basis a team may read about a person: a law, an order, or a consent that stands on the day (G6, A7)."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.core.clock import Clock, local_day
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.content.packet_model import LegalBasis
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.people.consent_model import Consent, ConsentPurpose, ConsentStatus
from rehabdesk.people.service import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person last said about a team. `stands`: today it may be shared with them. `until` None: no end."""

    consents: tuple[Consent, ...]
    stands: bool
    until: date | None
    withheld: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.consents)


class Bases:
    """What the register says about consents to share, for packets of one unlocked desk."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people, self._clock = people, clock

    def answer(self, person_id: str, team: Team) -> Answer:
        """The person's answers about the team's organisation or the team itself: none of them may speak against it."""
        found = self._people.consents.about_sharing(person_id, f"{team.name} · {team.org}")
        today = local_day(self._clock)
        purpose = ConsentPurpose.SHARE_WITH_NAMED_ORG
        stands = bool(found) and all(
            one.details.allows(purpose, recipient=one.details.recipient, on=today) for one in found
        )
        ends = [one.details.review_due for one in found if one.details.review_due is not None]
        return Answer(
            consents=found,
            stands=stands,
            until=min(ends) if stands and ends else None,
            withheld=tuple(one.details.withheld for one in found if one.details.withheld.strip()),
        )

    def require(self, person_id: str, team: Team, basis: LegalBasis, cite: str) -> None:
        """UserError, saying what can be done, where the basis does not hold."""
        if basis is LegalBasis.OTHER and not cite.strip():
            raise UserError(tr("Say which law or order it is."), field="cite")
        if basis is not LegalBasis.CONSENT:
            return
        answer = self.answer(person_id, team)
        if not answer.stands:
            raise UserError(_refusal(answer, team, local_day(self._clock)), field="basis")


def _refusal(answer: Answer, team: Team, today: date) -> str:
    """Why consent does not count, and what to do instead. It never says that the person did wrong (G6)."""
    name = isolate(team.name)
    if not answer.consents:
        return tr(
            "The person has not been asked about {team}. Record the answer on the page of consents, or choose another "
            "basis."
        ).format(team=name)
    statuses = {one.details.status: one.details for one in answer.consents}
    if ConsentStatus.WITHDRAWN in statuses:
        day = statuses[ConsentStatus.WITHDRAWN].withdrawn_on or today
        return tr(
            "The consent for {team} was withdrawn on {day}. Ask again, choose another basis, or make no packet for "
            "them."
        ).format(team=name, day=isolate(day_text(day)))
    if ConsentStatus.REFUSED in statuses:
        return tr(
            "The person did not agree to share with {team}. Choose another basis, or make no packet for them."
        ).format(team=name)
    ends = [one.details.review_due for one in answer.consents if one.details.review_due is not None]
    if ends and min(ends) < today:
        return tr("The consent for {team} ended on {day}. Ask the person again, or choose another basis.").format(
            team=name, day=isolate(day_text(min(ends)))
        )
    return tr("No consent for {team} stands. Ask the person, or choose another basis.").format(team=name)
