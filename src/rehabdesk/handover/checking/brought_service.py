"""The parent's part in lists, receipts and feedback: from what child B read to a verdict, and the words about it.

Read again here by the same functions, once the child has shown that it ends (packet.md 8.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.core.canon import Json, digits24_of_sha256, unb64
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.after.feedback_form_model import read_form
from rehabdesk.handover.after.feedback_model import Feedback, kind_words
from rehabdesk.handover.after.receipt_model import Receipt
from rehabdesk.handover.after.status_list_model import StatusList, has_second_signature, listing_of
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.brought_child_service import ReadFile
from rehabdesk.handover.checking.brought_model import Brought, BroughtKind, SignedBy
from rehabdesk.handover.checking.verdict_model import Examined, Known, Outcome, Standing, State, Verdict
from rehabdesk.handover.wire import decode_feedback, decode_receipt, decode_status_list


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSite:
    """A site that somebody vouches for."""

    id: str
    name: str
    root_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTeam:
    """A team that somebody vouches for: its card's certificate signs its receipts."""

    id: str
    name: str
    cert_sha256: str


def judge_brought(
    read: ReadFile, sites: Sequence[KnownSite], teams: Sequence[KnownTeam], known: Known
) -> tuple[Verdict, Brought | None]:
    """A list is trusted under a pinned root, a receipt by the certificate of a team's card; a plain form never.

    For whom it is, is no question here.
    """
    known = replace(known, team=known.team or "")
    if read.problem:
        return v.judge(Examined(outcome=Outcome.REFUSED, reasons=(read.problem,)), known), None
    try:
        brought = _brought(read)
    except FormatError as problem:
        return v.judge(Examined(outcome=Outcome.REFUSED, reasons=(problem.code,)), known), None
    if isinstance(brought.content, StatusList):
        return _judge_list(brought.content, read, sites, known), brought
    if brought.signed is None:
        return _unsigned(known), brought
    team = next((each for each in teams if each.cert_sha256 == read.cert_sha256), None)
    standing = Standing.UNKNOWN_ROOT if team is None else Standing.TRUSTED
    if team is not None:
        brought = replace(brought, signed=replace(brought.signed, team=team.id, team_name=team.name))
    return _said_instead(v.judge(_by(standing, _dated(brought)), known), v.TEAM_NOT_KNOWN), brought


def newest_lists(contents: Sequence[str], former: Sequence[str] = ()) -> tuple[StatusList, ...]:
    """The newest list of each site among these (base64), then those of `former` roots, under which numbers were others.

    UserError where two of one number say different things.
    """
    newest: dict[str, tuple[StatusList, str]] = {}
    for content in contents:
        made = decode_status_list(unb64(content)).value
        held = newest.get(made.site)
        if held is not None and held[0].seq == made.seq and held[1] != content:
            sentence = tr("Two status lists of {site} bear one number and say different things. Call {site}.")
            raise UserError(sentence.format(site=made.site))
        if held is None or made.seq > held[0].seq:
            newest[made.site] = (made, content)
    return (*(made for made, _ in newest.values()), *(decode_status_list(unb64(content)).value for content in former))


def as_fresh_as(found: Examined, lists: Sequence[StatusList]) -> Examined:
    """A list vouches on its day that its own list of withdrawn keys is the newest."""
    issued = [made.issued for made in lists if found.packet is not None and made.site == found.packet.site]
    if found.list_issued is None or not issued:
        return found
    return replace(found, list_issued=max(found.list_issued, *issued))


def with_lists(known: Known, found: Examined, pdf_sha256: str, lists: Sequence[StatusList]) -> Known:
    """`known` with what the lists of the packet's own site, which is pinned here, say about it."""
    packet = found.packet
    if packet is None or not known.site_name:
        return known
    return replace(
        known,
        listing=listing_of(packet.number, packet.site, lists),
        countersigned_since=has_second_signature(packet.number, pdf_sha256, packet.site, lists),
    )


def brought_lines(verdict: Verdict, brought: Brought) -> list[str]:
    """What is said about such a file on a terminal."""
    lines = [_what(brought)]
    if brought.number:
        lines.append(tr("Number: {number}").format(number=isolate_ltr(brought.number)))
    if isinstance(brought.content, StatusList):
        lines += _list_lines(brought.content)
    elif brought.signed is None:
        lines.append(
            tr("It is not signed. It counts only with the right receipt code, at the site that sent the packet.")
        )
    elif verdict.state is State.GENUINE:
        lines.append(tr("Signed by the team of a card that you vouch for."))
    else:
        digits = isolate_ltr(brought.signed.digits)
        lines.append(tr("24 digits of its key: {digits}").format(digits=digits))
    return lines


def brought_object(brought: Brought) -> dict[str, Json]:
    """What `--json` says besides, about such a file. Keys may be added in later versions, never changed."""
    found: dict[str, Json] = {"kind": brought.kind.value, "about": brought.number or None}
    if brought.signed is not None:
        found |= {"signed_by": brought.signed.name, "card_digits": brought.signed.digits}
    match brought.content:
        case StatusList() as made:
            return found | {"list": made.seq, "list_of": made.site, "entries": len(made.entries)}
        case Receipt() as receipt:
            return found | {"decision": receipt.decision.value, "their_state": receipt.state.value}
    return found | {"feedback": brought.content.kind.value}


def _what(brought: Brought) -> str:
    match brought.content:
        case StatusList() as made:
            return tr("Status list {number} of {site}, unchanged.").format(number=made.seq, site=isolate(made.site))
        case Receipt() as receipt:
            return tr("Receipt by {who}, unchanged: {decision}.").format(
                who=isolate(receipt.by), decision=isolate(receipt.decision.value)
            )
        case Feedback() as feedback:
            return tr("Feedback by {who}, unchanged: {kind}.").format(
                who=isolate(feedback.by), kind=isolate(kind_words(feedback.kind))
            )
    return tr("Plain feedback form: {kind}.").format(kind=isolate(kind_words(brought.content.kind)))


def _list_lines(made: StatusList) -> list[str]:
    return [
        tr("Issued: {time}").format(time=f"{made.issued:%Y-%m-%d %H:%M} UTC"),
        tr("Packets in it: {count}").format(count=len(made.entries)),
    ]


def _brought(read: ReadFile) -> Brought:
    content, kind = unb64(read.content), BroughtKind(read.kind)
    if kind is BroughtKind.FORM:
        return Brought(kind=kind, content=read_form(content))
    signed = SignedBy(
        name=read.name, cert_sha256=read.cert_sha256, digits=digits24_of_sha256(bytes.fromhex(read.cert_sha256))
    )
    if kind is BroughtKind.STATUS_LIST:
        return Brought(kind=kind, content=decode_status_list(content).value, signed=signed)
    if kind is BroughtKind.RECEIPT:
        return Brought(kind=kind, content=decode_receipt(content).value, signed=signed)
    return Brought(kind=kind, content=decode_feedback(content).value, signed=signed)


def _judge_list(made: StatusList, read: ReadFile, sites: Sequence[KnownSite], known: Known) -> Verdict:
    by_root = next((each for each in sites if each.root_sha256 == read.root_sha256), None)
    same_site = any(each.id == made.site for each in sites)
    known = replace(
        known,
        site_name=by_root.name if by_root is not None and by_root.id == made.site else "",
        other_root=(same_site and by_root is None) or (by_root is not None and by_root.id != made.site),
    )
    return v.judge(
        Examined(
            outcome=Outcome.INTACT,
            reasons=(),
            standing=Standing(read.standing),
            list_issued=made.issued,
            list_due=made.next_due,
            dated=made.issued,
        ),
        known,
    )


def _unsigned(known: Known) -> Verdict:
    """Nobody's word: it cannot be said whose it is."""
    return _said_instead(v.judge(_by(Standing.UNKNOWN_ROOT), known), v.NOT_SIGNED)


def _by(standing: Standing, dated: datetime | None = None) -> Examined:
    return Examined(outcome=Outcome.INTACT, reasons=(), standing=standing, dated=dated)


def _dated(brought: Brought) -> datetime | None:
    """When it says that it was made; a plain form says nothing of it."""
    match brought.content:
        case Receipt() as receipt:
            return receipt.received_at
        case Feedback() as feedback:
            return feedback.at
    return None


def _said_instead(verdict: Verdict, reason: str) -> Verdict:
    """No site is asked about: the reason why nobody is known to stand behind it is another one."""
    return replace(verdict, reasons=tuple(reason if each == v.NOT_PINNED else each for each in verdict.reasons))
