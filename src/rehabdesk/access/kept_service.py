"""Small things that a login keeps for itself: named filters, persons seen last. Sealed own rows, never a file."""

import json
from collections.abc import Mapping

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text

MOST_FILTERS = 30
MOST_RECENT = 8
RECENT = "recent"


class KeptFilters:
    """The named filters of this login on one page (`people`, `search`)."""

    def __init__(self, desk: Desk, page: str) -> None:
        self._desk, self._name = desk, f"filters:{page}"

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._all(), key=str.casefold))

    def filter(self, name: str) -> Mapping[str, Json]:
        """UserError where there is none of that name."""
        found = self._all().get(name)
        if not isinstance(found, dict):
            raise UserError(tr("That filter is not there any more."))
        return found

    def keep(self, name: str, values: Mapping[str, Json]) -> None:
        """A second one of the same name replaces the first. UserError for a name that cannot be kept."""
        clean = require_text(" ".join(name.split()), field="name", label=tr("Name of this filter"), longest=40)
        kept = self._all() | {clean: dict(values)}
        if len(kept) > MOST_FILTERS:
            raise UserError(tr("There are {count} filters already. Delete one first.").format(count=MOST_FILTERS))
        self._write(kept)

    def drop(self, name: str) -> None:
        self._write({each: values for each, values in self._all().items() if each != name})

    def _all(self) -> dict[str, Json]:
        return _object(self._desk.secret(self._name))

    def _write(self, kept: Mapping[str, Json]) -> None:
        self._desk.keep_secret(self._name, json.dumps(dict(kept)).encode("utf-8"))


class Recent:
    """The persons whose pages this login opened last, the last one first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        found = _object(desk.secret(RECENT)).get("persons")
        self._persons = [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def persons(self) -> tuple[str, ...]:
        return tuple(self._persons)

    def seen(self, person: str) -> None:
        if person:
            self._persons = [person, *(one for one in self._persons if one != person)][:MOST_RECENT]

    def keep(self) -> None:
        """Writes them, at a lock: opening a person costs no writing."""
        self._desk.keep_secret(RECENT, json.dumps({"persons": self._persons}).encode("utf-8"))


def _object(kept: bytes | None) -> dict[str, Json]:
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
