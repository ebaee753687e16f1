"""The 24 digits that two people read to each other, group by group: how they are typed, and which group is wrong.

A team that has a bare key and no card reads all of the key instead, in groups of four.
"""

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr

GROUPS, GROUP = 6, 4
ALL = GROUPS * GROUP


def only_digits(typed: str) -> str:
    """The digits in what was typed, in whichever script; spaces and dashes are nothing."""
    return "".join(str(int(char)) for char in typed if char.isdecimal())


def in_groups(typed: str) -> str:
    """`dddd-dddd-…` of what was typed so far."""
    digits = only_digits(typed)
    return "-".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def groups_of(digits: str) -> tuple[str, ...]:
    """The six groups, in the order in which they are read."""
    return tuple(in_groups(digits).split("-"))


def wrong_groups(held: str, typed: str) -> tuple[int, ...]:
    """Places, from 1, of the groups in which what was typed is not what is held."""
    ours, theirs = groups_of(held), groups_of(typed)
    return tuple(place for place in range(1, GROUPS + 1) if ours[place - 1 : place] != theirs[place - 1 : place])


def in_fours(key: str) -> str:
    """A bare `age1…` key in groups of four, as it is read aloud."""
    plain = "".join(key.split()).casefold()
    return " ".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def require_same_key(held: str, typed: str) -> None:
    """As `require_same`, for a team that has no card and reads its whole key aloud."""
    ours, theirs = in_fours(held).split(), in_fours(typed.replace("-", "")).split()
    wrong = next(
        (place for place in range(max(len(ours), len(theirs))) if ours[place : place + 1] != theirs[place : place + 1]),
        None,
    )
    if wrong is not None:
        raise UserError(
            tr(
                "Group {place} of the key is not the same as in the key held here. Have it read once more. If it stays "
                "so, do not use the key; ask for it again."
            ).format(place=wrong + 1),
            field="digits",
        )


def require_same(held: str, typed: str) -> None:
    """UserError, naming the first group that is not the same: the key must not be used."""
    if any(not (char.isdecimal() or char in " -\u2010\u2011\u2013") for char in typed.strip()):
        raise UserError(tr("These are digits only, in six groups of four. Type them as they are read."), field="digits")
    count = len(only_digits(typed))
    if count != ALL:
        raise UserError(
            tr("These are {count} digits. Type all {all}, six groups of four.").format(count=count, all=ALL),
            field="digits",
        )
    wrong = wrong_groups(held, typed)
    if wrong:
        raise UserError(
            tr(
                "Group {place} is not the same, so these are not the digits of the key held here. Have it read once "
                "more. If it stays so, do not use the key; ask for the card again."
            ).format(place=wrong[0]),
            field="digits",
        )
