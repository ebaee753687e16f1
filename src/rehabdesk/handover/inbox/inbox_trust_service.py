"""What this desk brings to a check of what came: pinned sites, confirmed teams, lists, and the own team's keys."""

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import unb64
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.inbox.inbox_service import Trusted
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_service import Trust


def trusted_here(desk: Desk, trust: Trust) -> Trusted:
    """As it is now: plain values for a job. Without an own team nothing that is sealed opens, and nothing is judged
    by its addressee.
    """
    sites, own = Sites(desk), OwnTeam(desk)
    teams = [unb64(team.card) for team in trust.teams.all() if team.card and team.confirmation is not None]
    lists = StatusLists(desk, trust, sites.pinned)
    newest = own.newest()
    return Trusted(
        check=PacketCheck([*sites.pinned(), *teams], lists.held(), lists.beside(sites.former())),
        identities=own.identities(),
        team=None if newest is None else newest.id,
    )
