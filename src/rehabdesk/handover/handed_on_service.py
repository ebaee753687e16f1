"""What came from another house, was accepted here and stands: learning and conferences go on under its name (E11).

Own records come first. Nothing else of another house goes into a packet by itself: what the person said there, words of
progress, alerts and open items are asked, judged and written anew here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import inbox_store as store
from rehabdesk.handover import onward_sections_model as onward
from rehabdesk.handover.inbox_service import Inbox
from rehabdesk.handover.inbox_trust_service import trusted_here
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.trust_service import Trust
from rehabdesk.handover.verdict_model import MAY_BE_OPENED, State


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

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._inbox = Inbox(desk, lambda: trusted_here(desk, Trust(desk)))

    def learning(self, person_id: str, own: onward.S10 | None) -> onward.S10 | None:
        """Certificates of other houses behind the own ones; where nothing is own, all that the newest of them gave."""
        others = [one for one in self._accepted(person_id) if one.packet.sections.S10 is not None]
        certificates = tuple(dict.fromkeys(each for one in others for each in _certificates(one)))
        if own is not None:
            return replace(own, certificates=(*own.certificates, *certificates))
        if not others:
            return None
        newest = others[0]
        section = _learning(newest)
        made = replace(section, certificates=certificates, owner_agency=newest.owner(section.owner_agency))
        return made if made.certificates or made.skills or made.next_step else None

    def conference(self, person_id: str) -> onward.S14 | None:
        """The summary of the latest conference elsewhere."""
        found = [
            replace(section, owner_agency=one.owner(section.owner_agency))
            for one in self._accepted(person_id)
            if (section := one.packet.sections.S14) is not None and "S14.summary" in one.items
        ]
        return max(found, key=lambda section: section.held_on, default=None)

    def _accepted(self, person_id: str) -> Iterator[AcceptedOf]:
        """By packet, the newest first; nothing of one that a list withdrew or replaced since."""
        for received, items in store.standing(self._desk.index(TEAM), person_id).items():
            row = self._inbox.row(received)
            try:
                self._inbox.require_unlisted(row)
            except UserError:
                continue
            if row.state in MAY_BE_OPENED - {State.REPLACED}:
                yield AcceptedOf(packet=self._inbox.content(row), items=items)


def _certificates(one: AcceptedOf) -> Iterator[onward.TrainingRecord]:
    """Those that were accepted, each with its owner."""
    section = one.packet.sections.S10
    for place, each in enumerate(() if section is None else section.certificates):
        if f"S10.t{place}" in one.items:
            yield replace(each, owner_agency=one.owner(each.owner_agency))


def _learning(one: AcceptedOf) -> onward.S10:
    """What was accepted besides certificates."""
    section = one.packet.sections.S10
    if section is None:
        return onward.S10(skills=(), certificates=())
    skills = section.skills if "S10.skills" in one.items else ()
    step = section.next_step if "S10.next" in one.items else None
    return replace(section, skills=skills, certificates=(), next_step=step)
