"""A person who comes from another place with a packet: what the packet says of them, put beside what is known here."""

from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import (
    BirthPrecision,
    Language,
    Literacy,
    PersonDetails,
    PersonName,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a packet says of who somebody is. None or empty: it says nothing of that."""

    names: tuple[PersonName, ...] = ()
    birth_date: date | None = None
    birth_precision: BirthPrecision = BirthPrecision.UNKNOWN
    languages: tuple[Language, ...] = ()
    literacy: Literacy | None = None
    interpreter_needed: bool | None = None
    access_need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When and how somebody came. `came_from` is the other place, `seen_there` a day on which the person was there."""

    stage: Stage
    on: date
    source: DateSource
    came_from: str
    seen_there: date
    unit: str = ""
    planned_release: date | None = None
    release_route: ReleaseRoute | None = None

    def require_past(self, today: date) -> None:
        if self.on > today:
            raise UserError(tr("The day must be today or in the past."), field="since")


def taken_in(details: PersonDetails, told: Told) -> PersonDetails:
    """`details` with what was told: another spelling stands beside the known ones, nothing that is known is replaced.

    A birth or language is filled in only where none is known; somebody who is known to need an interpreter still does.
    """
    names = list(details.names)
    for one in told.names:
        same = next((place for place, held in enumerate(names) if held.full == one.full), None)
        if same is None:
            names.append(one)
        else:
            variants = tuple(dict.fromkeys((*names[same].variants, *one.variants)))
            names[same] = replace(names[same], variants=variants, kunya=names[same].kunya or one.kunya)
    found = replace(details, names=tuple(names))
    if found.birth_date is None and told.birth_date is not None:
        found = replace(found, birth_date=told.birth_date, birth_precision=told.birth_precision)
    spoken = {each.code for each in found.languages}
    preferred = any(each.preferred for each in found.languages)
    more = [replace(each, preferred=each.preferred and not preferred) for each in told.languages]
    found = replace(found, languages=(*found.languages, *(each for each in more if each.code not in spoken)))
    if told.literacy is not None and found.literacy is Literacy.UNKNOWN:
        found = replace(found, literacy=told.literacy)
    if told.interpreter_needed:
        found = replace(found, interpreter_needed=True)
    if told.access_need and not found.practical_access_need:
        found = replace(found, practical_access_need=told.access_need)
    return found
