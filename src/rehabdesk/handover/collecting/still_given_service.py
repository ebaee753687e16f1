"""Whether everything in a packet that somebody agreed to give is still agreed on the day on which it leaves (G6)."""

from collections.abc import Sequence

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.collecting.text_service import without_tabs
from rehabdesk.handover.content.onward_sections_model import S9, S11
from rehabdesk.handover.content.packet_model import Sections
from rehabdesk.handover.content.sections_model import S3
from rehabdesk.notes.given_model import HowMade
from rehabdesk.notes.given_service import GivenWords
from rehabdesk.people.consent_model import ConsentPurpose
from rehabdesk.people.service import People


class StillGiven:
    """Of one unlocked desk. The consent to share at all is `Bases`'."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._people, self._given = people, GivenWords(desk, people)

    def require(self, person_id: str, sections: Sections) -> None:
        """UserError where a contribution, a contact or the own page was taken back since the packet was made."""
        if sections.S3 is not None:
            self._require_own_page(person_id, sections.S3)
        if sections.S9 is not None:
            self._require_contacts(person_id, sections.S9)
        if sections.S11 is not None:
            self._require_contribution(person_id, sections.S11)

    def _require_own_page(self, person_id: str, section: S3) -> None:
        page = self._given.own_page(person_id) if section.voice else None
        if page is not None and page.made is not HowMade.DECLINED and not page.may_be_shared:
            raise UserError(tr("The person keeps the own page inside now. Prepare the packet again: it is left out."))

    def _require_contacts(self, person_id: str, section: S9) -> None:
        self._require_agreed(person_id, [each.name for each in section.contacts])

    def _require_contribution(self, person_id: str, section: S11) -> None:
        asked = self._people.consents.of_person(person_id, ConsentPurpose.PASTORAL_CONTRIBUTION)
        given = {without_tabs(each.words) for each in self._given.contributions(person_id)}
        if asked and section.text.text not in given:
            raise UserError(
                tr(
                    "The consent to the pastoral contribution in this packet does not stand any more. Prepare the "
                    "packet again: it is left out."
                )
            )
        if section.faith_contact is not None:
            self._require_agreed(person_id, [section.faith_contact.name])

    def _require_agreed(self, person_id: str, names: Sequence[str]) -> None:
        """Of those around the person who are named, none may have said no since."""
        agreed = {without_tabs(each.contact.details.name) for each in self._people.circle.agreed(person_id)}
        known = {without_tabs(each.details.name) for each in self._people.contacts(person_id)}
        for name in names:
            if name in known - agreed:
                raise UserError(_of_contact(name))


def _of_contact(name: str) -> str:
    return tr("{name} does not agree to stand in the packet any more. Prepare the packet again.").format(
        name=isolate(name)
    )
