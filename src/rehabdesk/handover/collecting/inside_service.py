"""Texts about a person that this login may read and that are of no packet's level: looked for, never shown."""

from rehabdesk.access.service import Desk
from rehabdesk.handover.collecting.plan_sections_service import kept_inside
from rehabdesk.notes.given_service import GivenWords
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.service import Plans

MOST = 120
"""Texts of the team's notes that are compared with a packet's; older ones are not copied from."""


class Inside:
    """Of one unlocked desk: notes of the team, what was discussed in conferences, goals that are not to be shared."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._given = GivenWords(desk, people)
        self._plans, self._conferences = Plans(desk, people, load_domains()), ConferenceReading(desk, people)

    def texts(self, person_id: str) -> tuple[str, ...]:
        """Everything that stays, in no order."""
        stored = self._plans.current(person_id)
        found = () if stored is None else kept_inside(stored.plan)
        for held in self._conferences.of_person(person_id):
            minutes = held.conference.minutes
            if minutes is not None:
                found += (minutes.summary, *(each.contribution for each in held.conference.attendees))
        return tuple(words for words in (*found, *self._given.team_texts(person_id, MOST)) if words.strip())
