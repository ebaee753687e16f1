"""What a form offers from the person's record: contacts, consents, goals and steps of the plan. Ids and words only."""

from dataclasses import dataclass
from datetime import date

from rehabdesk.core.i18n import tr

BANDS = ((0, 5), (6, 11), (12, 17))
"""In which the ages of children are told (domain.md 7.5, F2; G28)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One thing that can be picked. `barred` says why it cannot be, "" where it can; `now` is its present status."""

    id: str
    words: str
    barred: str = ""
    now: str = ""


def child_words(born: int | None, on: date) -> str:
    """A child by age band only: never a name."""
    if born is None:
        return tr("A child")
    age = max(on.year - born, 0)
    for youngest, oldest in BANDS:
        if age <= oldest:
            return tr("A child of {youngest} to {oldest}").format(youngest=youngest, oldest=oldest)
    return tr("A child who is grown up now")
