"""The words of packets as they stand on screens, with the colours that tasks have (interface.md 8.2)."""

from datetime import datetime

from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import LegalBasis, NotInformedBecause, PersonCopy, WithheldBecause
from rehabdesk.handover.making.express_model import is_overdue
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.records_model import PacketRow

Tagged = tuple[str, str]


def state_words(state: PacketState) -> Tagged:
    return {
        PacketState.DRAFT: (tr("Taken up again"), "grey"),
        PacketState.IN_REVIEW: (tr("In review"), "blue"),
        PacketState.RETURNED: (tr("Returned"), "amber"),
        PacketState.SIGNED: (tr("Signed"), "blue"),
        PacketState.COUNTERSIGNED: (tr("Countersigned"), "green"),
        PacketState.SEALED: (tr("Sealed"), "green"),
        PacketState.DELIVERED: (tr("Delivered"), "green"),
        PacketState.ACKNOWLEDGED: (tr("Acknowledged"), "green"),
        PacketState.CLOSED: (tr("Closed"), "grey"),
        PacketState.SUPERSEDED: (tr("Replaced"), "grey"),
        PacketState.WITHDRAWN: (tr("Withdrawn"), "amber"),
        PacketState.EXPIRED: (tr("Expired"), "grey"),
    }[state]


def row_words(row: PacketRow, now: datetime) -> Tagged:
    """As `state_words`; an Express packet that is out with one signature says so, and when that lasts too long."""
    if row.second_due is None or row.state not in WITH_ONE:
        return state_words(row.state)
    return one_signature_words(row.second_due, now)


def one_signature_words(due: datetime, now: datetime) -> Tagged:
    if is_overdue(due, now):
        return tr("Overdue"), "red"
    return tr("One signature"), "amber"


def basis_words(basis: LegalBasis) -> str:
    return {
        LegalBasis.CONSENT: tr("Consent of the person"),
        LegalBasis.SUPERVISION_LAW: tr("Law on supervision"),
        LegalBasis.COURT_ORDER: tr("Court order"),
        LegalBasis.LIFE_IN_DANGER: tr("A life is in danger"),
        LegalBasis.CHILD_PROTECTION: tr("Protection of a child"),
        LegalBasis.HEALTH_CONTINUITY: tr("Continuity of health care"),
        LegalBasis.CUSTODY_DUTY: tr("Duty of custody"),
        LegalBasis.OTHER: tr("Other (say)"),
    }[basis]


def copy_words(copy: PersonCopy) -> str:
    return {
        PersonCopy.GIVEN: tr("Given"),
        PersonCopy.OFFERED_DECLINED: tr("Declined"),
        PersonCopy.NOT_SAFE: tr("Not safe"),
        PersonCopy.NOT_POSSIBLE: tr("Not possible"),
    }[copy]


def not_told_words(reason: NotInformedBecause) -> str:
    return {
        NotInformedBecause.DANGER: tr("Danger"),
        NotInformedBecause.LEGAL_ORDER: tr("Legal order"),
        NotInformedBecause.NOT_FOUND: tr("Not found"),
        NotInformedBecause.INCAPACITY: tr("Cannot understand now"),
        NotInformedBecause.EMERGENCY: tr("Emergency"),
    }[reason]


def withheld_words(reason: WithheldBecause) -> str:
    return {
        WithheldBecause.PROFESSIONAL_SECRECY: tr("professional secrecy"),
        WithheldBecause.FAITH_CONFIDENCE: tr("seal or faith confidence"),
        WithheldBecause.THIRD_PARTY: tr("concerns another person"),
        WithheldBecause.CHILD: tr("concerns a child"),
        WithheldBecause.VICTIM: tr("concerns a victim"),
        WithheldBecause.ONGOING_CASE: tr("ongoing case"),
        WithheldBecause.SOURCE_AGENCY: tr("another agency owns it"),
        WithheldBecause.NOT_NEEDED: tr("not needed by this recipient"),
        WithheldBecause.PERSON_ASKED: tr("the person asked for it"),
        WithheldBecause.SAFETY_OF_PERSON: tr("safety of the person"),
        WithheldBecause.SAFETY_OF_STAFF: tr("safety of staff"),
    }[reason]


def verdict_look(state: State) -> tuple[str, str, str]:
    """Title, icon and colour of a result. Only genuine gets green and a tick (interface.md 8.3)."""
    return {
        State.GENUINE: (tr("Genuine"), "shield-check", "green"),
        State.EXPRESS_PENDING: (tr("Express, one signature"), "clock", "amber"),
        State.UNKNOWN_SITE: (tr("Site not known here"), "circle-help", "amber"),
        State.OUT_OF_DATE: (tr("Out of date"), "clock", "amber"),
        State.NOT_FOR_THIS_TEAM: (tr("Not for this team"), "circle-alert", "amber"),
        State.REPLACED: (tr("Replaced"), "circle-alert", "amber"),
        State.WITHDRAWN: (tr("Withdrawn"), "shield-x", "red"),
        State.INCOMPLETE: (tr("Incomplete"), "shield-x", "red"),
        State.CHANGED: (tr("Changed"), "shield-x", "red"),
        State.CANNOT_OPEN: (tr("Cannot open"), "key", "grey"),
        State.REFUSED: (tr_as("Refused", "a file"), "shield-x", "red"),
    }[state]
