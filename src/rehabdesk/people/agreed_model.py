"""Somebody around a person who agreed to be contacted, and since when."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.people.model import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedContact:
    """`since`: the day on which it was recorded that the contact agreed."""

    contact: Contact
    since: date
