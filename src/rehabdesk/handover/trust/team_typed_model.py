"""A team as it is typed by hand: what its name, code, country and phone may be."""

import re

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text
from rehabdesk.handover.trust.cards_model import CardTeam

_CODE, _COUNTRY, _PHONE = "[A-Z0-9][A-Z0-9-]{1,31}", "[A-Z]{2}", "[0-9+ ()-]{3,32}"


def team_typed(*, code: str, name: str, org: str, country: str, phone: str) -> CardTeam:
    """The team. UserError names the field: name, org, id, country or phone."""
    label = require_text(name, field="name", label=tr("Name of the team"), longest=200)
    body = require_text(org, field="org", label=tr("Organisation"), longest=200)
    short, land, number = code.strip().upper(), country.strip().upper(), phone.strip()
    if not re.fullmatch(_CODE, short):
        raise UserError(tr("The short code is 2 to 32 capital letters, digits or dashes: RIVER."), field="id")
    if not re.fullmatch(_COUNTRY, land):
        raise UserError(tr("The country is two letters, for example GB."), field="country")
    if not re.fullmatch(_PHONE, number):
        raise UserError(tr("The phone is 3 to 32 digits, spaces, dashes, brackets or +. Type it again."), field="phone")
    return CardTeam(id=short, name=" ".join(label.split()), org=" ".join(body.split()), country=land, phone=number)
