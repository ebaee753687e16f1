"""Making a desk from what the wizard gathered: keys, recovery cards, certificates, the site's root and its card."""

from rehabdesk.access.door_service import Door, print_recovery_card
from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import ADMIN_ROLES, Newcomer, Role
from rehabdesk.access.setup_service import Card, Made, Making, Wish
from rehabdesk.access.unlock_service import Means
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.seals.kdf import KdfCost, calibrate

SIGNERS = (Role.CO, Role.SUP)
"""Who gets a certificate at once: packets are signed by one and countersigned by the other."""


def make_desk(wish: Wish, means: Means, report: Making, *, cost: KdfCost | None = None) -> Made:
    """Everything between "Make the desk" and the recovery cards. Runs in a job: it holds no window and no open desk.

    UserError and StorageError say what stands in the way; a folder without its key file is no desk.
    """
    steps = 2 + len(wish.newcomers) + 1
    report(0, steps)
    measured = cost or calibrate()
    report(1, steps)
    founders = [
        Founder(newcomer=newcomer, passphrase=phrase)
        for newcomer, phrase in zip(wish.newcomers, wish.passphrases, strict=True)
    ]
    create_desk(wish.folder, wish.settings, founders, means, measured)
    report(2, steps)
    door = Door(wish.folder, means, cost=measured)
    cards, uids = [], {}
    for number, founder in enumerate(founders, 3):
        desk = door.unlock(founder.newcomer.sign_in, founder.passphrase)
        try:
            characters = print_recovery_card(desk)
            if founder.newcomer.role in SIGNERS:
                Trust(desk).request_certificate()
            uids[founder.newcomer.sign_in] = desk.uid
        finally:
            desk.lock()
        cards.append(Card(sign_in=founder.newcomer.sign_in, name=founder.newcomer.name, characters=characters))
        report(number, steps)
    card, digits = _found_site(door, founders, uids)
    report(steps, steps)
    return Made(cards=tuple(cards), site_card=card, site_card_name=f"{wish.settings.site}.rdsite", digits=digits)


def _found_site(door: Door, founders: list[Founder], uids: dict[str, str]) -> tuple[bytes, str]:
    """Administrator and supervisor make the root together, and certify everybody who signs packets."""
    first, second = (next(one for one in founders if one.newcomer.role is role) for role in ADMIN_ROLES)
    desk = door.unlock(first.newcomer.sign_in, first.passphrase)
    try:
        other = door.keys(second.newcomer.sign_in, second.passphrase)
        trust = Trust(desk)
        trust.found_site(other, contact=_contact(second.newcomer))
        for founder in founders:
            if founder.newcomer.role in SIGNERS:
                trust.issue(uids[founder.newcomer.sign_in], other, seen_in_person=True)
        return trust.site_card(), trust.site_digits()
    finally:
        desk.lock()


def _contact(supervisor: Newcomer) -> str:
    return supervisor.alias
