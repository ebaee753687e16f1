"""What came from another house, was accepted here and stands: learning and conferences go on under its name (E11).

Own records come first. Nothing else of another house goes into a packet by itself: what the person said there, words of
progress, alerts and open items are asked, judged and written anew here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rehabdesk.access.service import Desk
from rehabdesk.db.projection import TEAM
from rehabdesk.handover.checking.verdict_model import MAY_BE_OPENED, State
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.inbox import inbox_store as store
from rehabdesk.handover.inbox.inbox_service import Inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedOf:
    """One packet, and those of its items that stand in the record."""

    packet: Handover
    items: frozenset[str]

    def owner(self, named: str | None) -> str:
        """Whose an item is: who is named with it, else the house that sent it."""
        return named or self.packet.site.name


class HandedOn:
    """Of one unlocked desk."""

    def __init__(self, desk: Desk, inbox: Inbox) -> None:
        self._desk, self._inbox = desk, inbox

    def learning(self, person_id: str, own: onward.S10 | None) -> onward.S10 | None:
        """Certificates of other houses behind the own ones; where none and no skill is own, the skills of the newest.

        The next step is one of this house.
        """
        others = [one for one in self._accepted(person_id) if one.packet.sections.S10 is not None]
        certificates = tuple(dict.fromkeys(each for one in others for each in _certificates(one)))
        if own is not None and (own.certificates or own.skills):
            return replace(own, certificates=(*own.certificates, *certificates))
        skills, owner = next(filter(None, map(_skills, others)), ((), None))
        step = None if own is None else own.next_step
        if not (certificates or skills or step):
            return None
        return onward.S10(skills=skills, certificates=certificates, next_step=step, owner_agency=owner)

    def conference(self, person_id: str) -> onward.S14 | None:
        """The summary of the latest conference elsewhere."""
        found = [
            replace(section, owner_agency=one.owner(section.owner_agency))
            for one in self._accepted(person_id)
            if (section := one.packet.sections.S14) is not None and "S14.summary" in one.items
        ]
        return max(found, key=lambda section: section.held_on, default=None)

    def _accepted(self, person_id: str) -> Iterator[AcceptedOf]:
        """By packet, the newest first; nothing of one that is withdrawn or replaced by now."""
        for received, items in store.standing(self._desk.index(TEAM), person_id).items():
            row = self._inbox.row(received)
            if row.state in MAY_BE_OPENED - {State.REPLACED}:
                yield AcceptedOf(packet=self._inbox.content(row), items=items)


def _certificates(one: AcceptedOf) -> Iterator[onward.TrainingRecord]:
    """Those that were accepted, each with its owner."""
    section = one.packet.sections.S10
    for place, each in enumerate(() if section is None else section.certificates):
        if f"S10.t{place}" in one.items:
            yield replace(each, owner_agency=one.owner(each.owner_agency))


def _skills(one: AcceptedOf) -> tuple[tuple[Text, ...], str] | None:
    """Those that were accepted, and whose they are."""
    section = one.packet.sections.S10
    if section is None or "S10.skills" not in one.items:
        return None
    return section.skills, one.owner(section.owner_agency)
