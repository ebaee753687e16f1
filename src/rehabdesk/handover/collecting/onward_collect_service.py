"""Sections about what goes on: first weeks (S4), learning (S10), contribution (S11), open items (S12), S13 and S14."""

from collections.abc import Callable, Sequence

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.names import alike
from rehabdesk.core.text import fold
from rehabdesk.handover.collecting.text_service import optional_text, text
from rehabdesk.handover.content import onward_sections_model as onward
from rehabdesk.handover.content import sections_model as s
from rehabdesk.handover.content.packet_model import Ready
from rehabdesk.handover.content.supplement_model import Supplement
from rehabdesk.notes.chaplaincy.contribution_model import Audience
from rehabdesk.notes.given_model import GivenContribution
from rehabdesk.plans.conferences.conference_model import ExecutiveSummary
from rehabdesk.plans.programmes.intervention_model import Intervention, InterventionState, Kind, Outcome
from rehabdesk.readiness.model import Item, ItemStatus, ListState
from rehabdesk.readiness.service import Readiness

_LEARNING = frozenset({Kind.EDUCATION, Kind.WORK, Kind.PRACTICAL})
"""What stands under work and learning. Programmes of health, faith, family or talk are nobody's skills."""
_WITH_CERTIFICATE = frozenset({Kind.EDUCATION, Kind.WORK})
_READY = {ListState.READY: Ready.READY, ListState.READY_WITH_WAIVERS: Ready.READY_WITH_WAIVERS}


def fortnight(added: Supplement) -> s.S4:
    """S4, as the case officer typed it: no record holds it."""
    if added.first_night is None:
        raise UserError(tr("Write where the person sleeps in the first night."), field="first_night")
    return s.S4(
        first_night=added.first_night,
        journey=added.journey,
        appointments=added.appointments,
        medicines_due=added.medicines_due,
        money=added.money,
        phone_access=added.phone_access,
        papers_missing=added.papers_missing,
    )


def learning(
    programmes: Sequence[Intervention],
    title: Callable[[Intervention], str],
    site: str,
    next_step: onward.NextStep | None = None,
) -> onward.S10 | None:
    """S10: what was finished as planned, with the day and a neutral issuer; the rest in words. None where nothing."""
    certificates, skills = [], []
    for one in programmes:
        if one.kind not in _LEARNING or one.state is InterventionState.PLANNED or one.outcome is Outcome.DID_NOT_START:
            continue
        if one.outcome is Outcome.COMPLETED and one.kind in _WITH_CERTIFICATE and one.end is not None:
            issuer = tr("Training centre") if _names(one.provider, site) else one.provider
            certificates.append(onward.TrainingRecord(title=title(one), date_=one.end, issuer=issuer))
        else:
            skills.append(text(_how_far(one).format(programme=title(one)), "und"))
    if not certificates and not skills and next_step is None:
        return None
    return onward.S10(skills=tuple(skills), certificates=tuple(certificates), next_step=next_step)


def _how_far(one: Intervention) -> str:
    """How a programme stands, by nobody's fault (G33)."""
    if one.state is InterventionState.RUNNING:
        return tr("{programme}: goes on")
    if one.outcome is Outcome.COMPLETED:
        return tr("{programme}: completed as planned")
    return tr("{programme}: completed in part") if one.outcome is Outcome.IN_PART else tr("{programme}: took part")


def _names(words: str, site: str) -> bool:
    """Whether a provider is the site itself, which no certificate names."""
    return fold(site).casefold() in fold(words).casefold()


def contribution(
    given: Sequence[GivenContribution], contact: onward.FaithContact | None, recipients: Sequence[str]
) -> onward.S11 | None:
    """S11: the newest that the recipient may have. One for a named faith leader goes to nobody else (cha.C9)."""
    for one in given:
        named = one.audience is Audience.NAMED_FAITH_LEADER
        if not named or any(alike(one.leader, recipient) for recipient in recipients):
            return onward.S11(text=text(one.words, "und"), read_back=True, faith_contact=contact)
    return None


def follow_up(readiness: Readiness | None, added: Supplement) -> onward.S12:
    items: Sequence[Item] = readiness.items if readiness is not None else ()
    return onward.S12(
        items=tuple(
            onward.OpenItem(
                code=item.template.code,
                due=item.due,
                status=str(item.status),
                side=s.Side(str(item.side)),
                comment=optional_text(item.comment, "und"),
            )
            for item in items
            if item.open
        ),
        waivers=tuple(
            onward.Waiver(code=item.template.code, reason=text(item.reason, "und"))
            for item in items
            if item.status is ItemStatus.WAIVED
        ),
        health_summary_sent_on=added.health_summary_sent_on,
    )


def way_back(added: Supplement) -> onward.S13:
    """S13: whom the team asks, and how it answers."""
    if added.link_worker is None or added.return_channel is None:
        raise UserError(tr("Write who answers questions after the release."), field="link_name")
    return onward.S13(link_worker=added.link_worker, return_channel=added.return_channel, contacts=added.contacts)


def conference(summary: ExecutiveSummary, language: str) -> onward.S14:
    """S14: decisions and actions as they were typed, never the discussion (E11)."""
    return onward.S14(
        held_on=summary.held_on,
        kind=str(summary.kind),
        decisions=tuple(text(each, language) for each in summary.decisions),
        actions=tuple(
            onward.AgreedAction(text=text(each.text, language), owner=each.owner, due=each.due)
            for each in summary.actions
        ),
    )


def ready_as(readiness: Readiness | None) -> Ready:
    """The state of the checklist, for the stamp on page 1."""
    if readiness is None:
        return Ready.NO_CHECKLIST
    return _READY.get(readiness.state, Ready.NOT_READY)
