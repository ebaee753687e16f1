"""What signing keys and cards ask of this login: the own key that ends, members who wait, what wants renewing."""

from rehabdesk.access.model import ADMIN_ROLES
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.trust_model import KeyState
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.overview.day_service import Task

KEYS, CARDS = "signing_keys", "sites_teams"


def key_tasks(desk: Desk, trust: Trust, own: OwnTeam) -> list[Task]:
    """Lines of My day. A site without a root has none."""
    if trust.own_site.newest() is None:
        return []
    found = _own(desk, trust)
    if desk.role in ADMIN_ROLES:
        found += _site(trust, own)
    return found


def _own(desk: Desk, trust: Trust) -> list[Task]:
    line = trust.keys.own_line()
    if line is None or trust.keys.waits() or line.state not in (KeyState.ENDS_SOON, KeyState.ENDED):
        return []
    days = (line.until - local_day(desk.clock)).days
    detail = ntr("It ends in {count} day.", "It ends in {count} days.", days).format(count=max(days, 0))
    ended = line.state is KeyState.ENDED
    if ended:
        detail = tr("It ended on {day}: you can sign no packet.").format(day=isolate(day_text(line.until)))
    return [
        _task(
            tr("Your signing key"),
            detail,
            (tr_as("Ended", "a key"), "red") if ended else (tr("Ends soon"), "amber"),
            tr("Ask to renew it"),
            KEYS,
            order=0 if ended else 2,
        )
    ]


def _site(trust: Trust, own: OwnTeam) -> list[Task]:
    waiting = len(trust.requests())
    found = []
    if waiting:
        words = ntr("{count} member waits for a signing key", "{count} members wait for a signing key", waiting)
        found.append(_task(words.format(count=waiting), "", (tr("Waiting"), "blue"), tr("Open signing keys"), KEYS))
    if _wants(trust):
        found.append(
            _task(
                tr("The root of the site"),
                tr("Something on the page of the signing keys wants renewing."),
                (tr("Look at it"), "amber"),
                tr("Open signing keys"),
                KEYS,
            )
        )
    joined = len(own.joined())
    if joined and own.may_read():
        words = ntr(
            "{count} member has no key for what arrives", "{count} members have no key for what arrives", joined
        )
        found.append(_task(words.format(count=joined), "", (tr("Waiting"), "blue"), tr("Open sites and teams"), CARDS))
    return found


def _wants(trust: Trust) -> bool:
    """Whether root, list, card key or the keys of members ask for a deed of two people."""
    try:
        health = trust.own_site.health()
    except RehabDeskError:
        return True
    ends = health.root_ends_soon or health.list_is_old or health.card_key_ends_soon
    left = any(line.state is KeyState.TO_WITHDRAW for line in trust.keys.lines())
    return bool(ends or health.joined or health.left or left)


def _task(words: str, detail: str, tag: tuple[str, str], act: str, page: str, *, order: int = 2) -> Task:
    return Task(order=order, words=words, detail=detail, icon="key-round", tag=tag, act=act, page=page)
