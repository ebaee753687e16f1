"""Changing who a person is in the register: what changed, which versions there were, who may be the same person."""

from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload
from rehabdesk.core.text import fold
from rehabdesk.db.projection import TEAM, Index
from rehabdesk.people import store, version_store
from rehabdesk.people.identity_model import Birth, differences, may_be_same
from rehabdesk.people.model import Person, PersonDetails, PersonName, PersonRow
from rehabdesk.people.service import MAY_REGISTER, People

BEGINNING = 3
"""Letters that two spellings of a name begin with, to be compared at all."""
MOST_COMPARED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVersion:
    """One version of an identity. `changed`: names of the fields that it changed; nothing for the first."""

    number: int
    author: str
    recorded_at: datetime
    details: PersonDetails
    changed: tuple[str, ...]


class Identities:
    """Identities of one unlocked desk."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_REGISTER

    @property
    def holds_faith(self) -> bool:
        """Whether the site keeps how a person calls his or her faith (domain.md 5.3); off by default."""
        return self._desk.settings().faith_self_described_in_core

    def change(self, person_id: str, details: PersonDetails) -> tuple[str, ...]:
        """A new version; gives the names of the fields that changed. UserError where nothing did.

        The practical access need stays what its psychologist lowered, and faith what it was where the site holds none.
        """
        present = self._people.person(person_id).details
        details = replace(details, practical_access_need=present.practical_access_need)
        if not self.holds_faith:
            details = replace(details, faith_self_described=present.faith_self_described)
        changed = differences(present, details)
        if not changed:
            raise UserError(tr("Nothing was changed."))
        self._people.amend(person_id, details)
        return changed

    def versions(self, person_id: str) -> tuple[IdentityVersion, ...]:
        """Every version, the newest first."""
        self._people.person(person_id)
        rid = store.person_rid(self._index, person_id) or ""
        found: list[IdentityVersion] = []
        for number, author, recorded_at in reversed(version_store.versions(self._index, rid)):
            details = from_payload(PersonDetails, self._desk.version(TEAM, rid, number).payload)
            changed = differences(found[-1].details, details) if found else ()
            found.append(
                IdentityVersion(number=number, author=author, recorded_at=recorded_at, details=details, changed=changed)
            )
        return tuple(reversed(found))

    def similar(self, name: PersonName, born: Birth) -> tuple[PersonRow, ...]:
        """Persons who may be the one who is about to be added: a name like it, and a like year or none."""
        beginnings = {fold(each)[:BEGINNING] for each in (name.given, name.family) if each.strip()}
        found: dict[str, PersonRow] = {}
        for beginning in sorted(beginnings):
            for row in self._people.find(beginning, limit=MOST_COMPARED):
                person: Person | None = store.person(self._index, row.id)
                if person is not None and may_be_same(person.details, name, born):
                    found[row.id] = row
        return tuple(sorted(found.values(), key=lambda row: row.case_ref))

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)
