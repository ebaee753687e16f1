"""Signing keys, cards and their confirmation in plain words with the colour of the tag (interface.md 8)."""

from datetime import date

from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.trust_model import Channel, KeyState, WithdrawnBecause

LIST_AGE_SHOWN, LIST_AGE_STRONG = 30, 90
"""Days from which the age of a site's list of withdrawn keys is shown, and shown strongly (packet.md 7.4)."""


def key_words(state: KeyState) -> tuple[str, str]:
    """Words and colour of the tag."""
    return {
        KeyState.GOOD: (tr("In use"), "green"),
        KeyState.ENDS_SOON: (tr("Ends soon"), "amber"),
        KeyState.ENDED: (tr_as("Ended", "a key"), "grey"),
        KeyState.OLDER: (tr("Older key, still counts"), "grey"),
        KeyState.TO_WITHDRAW: (tr("To be withdrawn"), "red"),
        KeyState.WITHDRAWN: (tr("Withdrawn"), "grey"),
    }[state]


def because_words(because: WithdrawnBecause) -> str:
    return {
        WithdrawnBecause.LEFT: tr("Left this site"),
        WithdrawnBecause.KEY_LOST: tr("Key lost, or in other hands"),
        WithdrawnBecause.ROLE_CHANGED: tr("Another role or name by now"),
    }[because]


def staff_role_words(code: str) -> str:
    """The role that stands in a key."""
    words = {"CO": tr("Case officer"), "SUP": tr("Supervisor"), "PSY": tr("Psychologist")}
    return words.get(code, code)


def second_words(first: str) -> str:
    """Who the second person has to be; `first`: role code of the one who is signed in."""
    return tr("A supervisor approves.") if first == "ADM" else tr("An administrator approves.")


def channel_words(channel: Channel) -> str:
    return {
        Channel.FACE_TO_FACE: tr("face to face"),
        Channel.CALL_BACK: tr("on a number that we already knew"),
    }[channel]


def opens_words(opens: OpensWith) -> str:
    return {
        OpensWith.AGE: tr("Opens sealed files"),
        OpensWith.DIGITS: tr("Opens files with spoken digits"),
        OpensWith.PAPER: tr("Gets paper"),
    }[opens]


def confirmed_words(their_name: str, by: str, day: str, channel: Channel) -> str:
    """When digits were compared, and by whom. `day` as the screen writes it."""
    return tr("Digits compared with {them} by {us}, {day}, {how}.").format(
        them=isolate(their_name), us=isolate(by), day=day, how=channel_words(channel)
    )


def list_age_tag(made: date, today: date) -> tuple[str, str] | None:
    """The tag that says how old a list is; none for a fresh one."""
    days = (today - made).days
    if days < LIST_AGE_SHOWN:
        return None
    return tr("List {days} days old").format(days=days), "red" if days >= LIST_AGE_STRONG else "amber"
