"""What stays here of every discipline, by kind only: who decided it and why (A8, domain.md 10.2 S0)."""

from rehabdesk.access.service import Desk
from rehabdesk.core.i18n import tr
from rehabdesk.handover.collecting.basis_service import Answer
from rehabdesk.handover.collecting.staff_service import working_as
from rehabdesk.handover.content.packet_model import Withheld, WithheldBecause
from rehabdesk.handover.content.profile_model import Profile, SectionCode
from rehabdesk.notes.given_model import HowMade
from rehabdesk.notes.given_service import GivenWords
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People


class Ledger:
    """Lines that are written by the desk itself; the case officer adds others."""

    def __init__(self, desk: Desk, people: People, given: GivenWords) -> None:
        self._desk, self._people, self._given = desk, people, given

    def lines(self, person_id: str, profile: Profile, answer: Answer) -> tuple[Withheld, ...]:
        """What this login is told to exist. That a person sees a chaplain it is not told, so that line says nothing of
        it and stands in every packet; whoever reads it learns of no confession and of no count (domain.md 4.2).
        """
        found = [
            Withheld(
                kind=tr("Pastoral notes and sealed matters, if there are any"),
                decided_by=tr("chaplaincy"),
                reason=WithheldBecause.FAITH_CONFIDENCE,
            )
        ]
        if self._given.has_clinical(person_id):
            found.insert(
                0,
                Withheld(
                    kind=tr("Notes of psychological sessions"),
                    decided_by=self._name(person_id, Capacity.PSYCHOLOGIST) or tr("psychologist"),
                    reason=WithheldBecause.PROFESSIONAL_SECRECY,
                ),
            )
        if any(contact.details.protected_note for contact in self._people.contacts(person_id)):
            found.append(
                Withheld(
                    kind=tr("Notes that protect other people"),
                    decided_by=self._name(person_id, Capacity.SAFEGUARDING_LEAD) or tr("safeguarding lead"),
                    reason=WithheldBecause.THIRD_PARTY,
                )
            )
        if answer.withheld:
            found.append(_asked(tr("What the person asked to keep from this team")))
        page = self._given.own_page(person_id) if SectionCode.S3 in profile.sections else None
        if page is not None and page.made is not HowMade.DECLINED and not page.may_be_shared:
            found.append(_asked(tr("The person's own page")))
        return tuple(found)

    def _name(self, person_id: str, capacity: Capacity) -> str:
        return working_as(self._desk, self._people, person_id, capacity)


def _asked(kind: str) -> Withheld:
    return Withheld(kind=kind, decided_by=tr("the person"), reason=WithheldBecause.PERSON_ASKED)
