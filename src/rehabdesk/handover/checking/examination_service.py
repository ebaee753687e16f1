"""From the bytes of a file to a verdict: child A opens the seal, child B examines, the parent judges (packet.md 8.1).

Nothing here needs a vault, a display or a network. Only the two children look at foreign bytes before they are judged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from rehabdesk.core import canon
from rehabdesk.core.canon import sha256_hex, unb64
from rehabdesk.core.errors import FormatError, NoKey, RehabDeskError, SealBroken, UserError
from rehabdesk.core.process import ChildLimits, Ended, ReadyChild, own_command
from rehabdesk.handover.after.status_list_model import StatusList
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.brought_model import Brought
from rehabdesk.handover.checking.brought_service import (
    KnownSite,
    KnownTeam,
    as_fresh_as,
    judge_brought,
    newest_lists,
    with_lists,
)
from rehabdesk.handover.checking.child_service import (
    EXAMINER_COMMAND,
    Answer,
    PinnedSite,
    ReadTeamCard,
    examination_request,
    pinned_site,
    read_answer,
)
from rehabdesk.handover.checking.former_model import FormerCard
from rehabdesk.handover.checking.found_model import Found, FoundSigner
from rehabdesk.handover.checking.verdict_model import (
    Examined,
    Known,
    Outcome,
    PacketFacts,
    SignerFacts,
    Standing,
    Verdict,
)
from rehabdesk.handover.content.packet_model import Handover, document_title
from rehabdesk.handover.file_index.file_index_model import IndexFound
from rehabdesk.handover.inbox.inbox_model import HeldHere
from rehabdesk.handover.wire import Decoded, decode_handover, decode_team_card
from rehabdesk.seals import children, sealing
from rehabdesk.seals.findings import Findings, Reason, Shape

NOTHING_HELD = HeldHere()
ANNEX_ALONE = "annex_without_packet"
_ROLES = {"AuthorSignature": "author", "SupervisorSignature": "supervisor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file, judged. `pdf`, `json` and `packet` are there only in states in which content may be shown.

    `sites` are the sites of the cards that were vouched for. `site_card`, `team_card` or `brought` is set when the file
    is one: a card, or a list, receipt or feedback; `sentence` says why such a file is refused.
    `not_understood`: places in the content that a newer RehabDesk added. `found`: of a packet whose
    signatures are intact, what later lists are held against. `index_of`: number of the packet of which the file is the
    file index; it has the verdict of that packet. `index`: of a packet, the file index that was given beside it; of any
    other file, that it may be one.
    """

    verdict: Verdict
    sha256: str | None = None
    packet_code: str | None = None
    pdf: bytes | None = None
    json: bytes | None = None
    packet: Handover | None = None
    sites: tuple[PinnedSite, ...] = ()
    site_card: PinnedSite | None = None
    team_card: ReadTeamCard | None = None
    not_understood: tuple[str, ...] = ()
    brought: Brought | None = None
    sentence: str = ""
    found: Found | None = None
    index_of: str = ""
    index: IndexFound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the two children found in a file; `opened` is what lay under the seal."""

    opened: bytes
    findings: Findings
    answer: Answer
    sites: tuple[PinnedSite, ...]


def ready_examiner() -> ReadyChild:
    """Child B to be started before it is needed. Whoever has this ends it."""
    return ReadyChild(own_command(EXAMINER_COMMAND))


class PacketCheck:
    """Judges packets with the cards (content of `.rdsite` files, for receipts `.rdteam`) that somebody vouches for.

    `status_lists`: content of the `.rdstatus` files that are held; each must be of one of these sites. `former`: cards
    of roots that these sites had before, with their lists.
    """

    def __init__(
        self,
        site_cards: Sequence[bytes] = (),
        status_lists: Sequence[bytes] = (),
        former: Sequence[FormerCard] = (),
    ) -> None:
        self._cards, self._lists, self._former = tuple(site_cards), tuple(status_lists), tuple(former)

    @property
    def vouched_for(self) -> tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[FormerCard, ...]]:
        """The cards, the lists and the former cards."""
        return self._cards, self._lists, self._former

    def _at(self, seen: datetime) -> Self:
        """With the former cards that count for what was first seen at `seen`; their lists after the others."""
        counted = [each for each in self._former if seen < each.until]
        lists = [each for one in counted for each in one.lists]
        return type(self)([*self._cards, *(each.card for each in counted)], [*self._lists, *lists])

    def check(
        self,
        raw: bytes,
        *,
        moment: datetime,
        at_given: bool = False,
        identity: str | None = None,
        team: str | None = None,
        held: HeldHere = NOTHING_HELD,
        waiting: Callable[[], None] | None = None,
        ready: ReadyChild | None = None,
    ) -> Checked:
        """The verdict on the whole content `raw` of one file. `identity` is the team's secret age key.

        `held`: what was known here before, so that certificates are judged when the packet was first seen, and a newer
        packet replaces an older one. `waiting`: as `run_limited` calls it, to cancel. `ready`: of `ready_examiner`.

        UserError when one of the site cards cannot be relied on.
        """
        known = Known(judged_at=moment, at_given=at_given, team=team)
        try:
            opened = unsealed(raw, identity)
        except Closed as closed:
            return Checked(verdict=v.judge(Examined(outcome=closed.outcome, reasons=(closed.code,)), known))
        if sealing.is_sealed(raw) and identity is not None:
            known = replace(known, own_key=sealing.recipient_of(identity))
        seen = held.seen(sha256_hex(opened), moment)
        findings, answer = self._at(seen)._examined(opened, seen, waiting, ready)
        if answer.bad_site_card is not None:
            raise UserError(answer.sentence)
        sites = tuple(pinned_site(unb64(content)) for content in answer.sites)
        if answer.site_card or answer.team_card:
            return _card(answer, sites, known)
        if answer.brought is not None:
            verdict, brought = judge_brought(answer.brought, _known_sites(sites), _known_teams(answer), known)
            return Checked(verdict=verdict, sites=sites, brought=brought, sentence=answer.brought.sentence)
        lists = newest_lists(answer.lists[: len(self._lists)], answer.lists[len(self._lists) :])
        return _judged(opened, findings, answer, lists, known, held)

    def look(
        self, raw: bytes, *, moment: datetime, identity: str | None = None, held: HeldHere = NOTHING_HELD
    ) -> Looked:
        """What is found in one file that is no packet by itself (an annex), before it is judged. `held`: as in `check`.

        Closed where it cannot be opened; UserError when one of the site cards cannot be relied on.
        """
        opened = unsealed(raw, identity)
        seen = held.seen(sha256_hex(opened), moment)
        findings, answer = self._at(seen)._examined(opened, seen)
        if answer.bad_site_card is not None:
            raise UserError(answer.sentence)
        sites = tuple(pinned_site(unb64(content)) for content in answer.sites)
        return Looked(opened=opened, findings=findings, answer=answer, sites=sites)

    def _examined(
        self,
        body: bytes,
        moment: datetime,
        waiting: Callable[[], None] | None = None,
        ready: ReadyChild | None = None,
    ) -> tuple[Findings, Answer]:
        """What child B says; a child that was stopped, crashed or answered nonsense has met a limit."""
        request = examination_request(body, self._cards, moment, self._lists)
        result = (ready or ready_examiner()).run(request, ChildLimits(), waiting)
        try:
            if result.ended is Ended.FINISHED:
                return read_answer(result.output, sha256_hex(body))
        except RehabDeskError:
            pass
        return children.over_the_limit(body), Answer()


class Closed(Exception):
    """The file could not be opened as far as a PDF; how that counts, and why."""

    def __init__(self, outcome: Outcome, code: str) -> None:
        super().__init__(code)
        self.outcome, self.code = outcome, str(code)


def unsealed(raw: bytes, identity: str | None) -> bytes:
    """The PDF or card in `raw`, by child A where it is sealed. Closed where it cannot be opened."""
    if len(raw) > sealing.MOST_SEALED_BYTES:
        raise Closed(Outcome.REFUSED, Reason.TOO_LARGE)
    if not sealing.is_sealed(raw):
        return raw
    if identity is None:
        raise Closed(Outcome.CANNOT_OPEN, v.NO_IDENTITY)
    try:
        return children.open_in_child(raw, identity)
    except NoKey:
        raise Closed(Outcome.CANNOT_OPEN, v.NO_MATCHING_KEY) from None
    except SealBroken:
        raise Closed(Outcome.REFUSED, v.SEAL_DAMAGED) from None
    except FormatError:
        raise Closed(Outcome.REFUSED, v.SEAL_FORM) from None


def _card(answer: Answer, sites: tuple[PinnedSite, ...], known: Known) -> Checked:
    """A card is trusted only when its site's root is already vouched for; a team's key never by itself."""
    site = pinned_site(unb64(answer.site_card)) if answer.site_card else None
    team = None
    if answer.team_card:
        card = decode_team_card(unb64(answer.team_card)).value
        team = ReadTeamCard(card=card, digits=answer.team_digits)
    pinned = site is not None and site.root in {each.root for each in sites}
    same_site = [each for each in sites if site is not None and each.site.id == site.site.id]
    known = replace(
        known,
        site_name=site.site.name if site is not None and pinned else "",
        other_root=bool(same_site) and not pinned,
    )
    standing = Standing.TRUSTED if pinned else Standing.UNKNOWN_ROOT
    verdict = v.judge(Examined(outcome=Outcome.INTACT, reasons=(), standing=standing), known)
    return Checked(verdict=verdict, sites=sites, site_card=site, team_card=team)


def _judged(
    pdf: bytes, findings: Findings, answer: Answer, lists: Sequence[StatusList], known: Known, held: HeldHere
) -> Checked:
    sites = tuple(pinned_site(unb64(content)) for content in answer.sites)
    try:
        decoded = _decoded(findings, answer)
    except FormatError as problem:
        answer, decoded = replace(answer, problems=(problem.code,)), None
    found = examined(findings, answer, decoded)
    found = as_fresh_as(found, lists)
    known = with_lists(with_site(known, found, findings.root_sha256, sites), found, sha256_hex(pdf), lists)
    if known.listing is None and found.packet is not None:
        known = replace(known, listing=held.replaced(found.packet, sha256_hex(findings.attachment_bytes())))
    verdict = v.judge(found, known)
    shown = decoded is not None and verdict.state in v.MAY_BE_OPENED
    return Checked(
        verdict=verdict,
        sha256=sha256_hex(pdf),
        packet_code=canon.digits24(pdf),
        pdf=pdf if shown else None,
        json=findings.attachment_bytes() if shown else None,
        packet=decoded.value if decoded is not None and shown else None,
        sites=sites,
        not_understood=decoded.not_understood if decoded is not None and shown else (),
        found=_found(findings),
    )


def _found(findings: Findings) -> Found | None:
    if not findings.signatures:
        return None
    signers = tuple(
        FoundSigner(
            role=_ROLES[each.field],
            staff_role=each.staff_role,
            name=each.name,
            cert_sha256=each.cert_sha256,
            serial=each.serial,
            stated_at=each.stated_at,
            not_before=each.not_before,
            not_after=each.not_after,
        )
        for each in findings.signatures
    )
    return Found(
        root_sha256=findings.root_sha256, reasons=tuple(str(each) for each in findings.reasons), signers=signers
    )


def with_site(known: Known, found: Examined, root_sha256: str, sites: Sequence[PinnedSite]) -> Known:
    """`known` with the pinned name, and whether packet, root and pinned sites contradict each other."""
    site = next((each for each in sites if each.root_sha256 == root_sha256), None)
    known = replace(known, site_name=site.site.name if site is not None else "")
    if found.packet is None:
        return known
    same_id = [each for each in sites if each.site.id == found.packet.site]
    other = bool(same_id) and all(each.root_sha256 != root_sha256 for each in same_id)
    return replace(known, other_root=other or (site is not None and site.site.id != found.packet.site))


def _known_sites(sites: Sequence[PinnedSite]) -> tuple[KnownSite, ...]:
    return tuple(KnownSite(id=each.site.id, name=each.site.name, root_sha256=each.root_sha256) for each in sites)


def _known_teams(answer: Answer) -> tuple[KnownTeam, ...]:
    cards = [decode_team_card(unb64(content)).value for content in answer.teams]
    return tuple(
        KnownTeam(id=card.team.id, name=card.team.name, cert_sha256=sha256_hex(unb64(card.certificate)))
        for card in cards
        if card.certificate is not None
    )


def examined(findings: Findings, answer: Answer, decoded: Decoded[Handover] | None) -> Examined:
    """Findings and content, put together as the verdict wants them."""
    reasons = tuple(str(reason) for reason in findings.reasons)
    outcome = Outcome(str(findings.outcome))
    if findings.shape is Shape.ANNEX and not reasons:
        return Examined(outcome=Outcome.INCOMPLETE, reasons=(ANNEX_ALONE,))
    if v.NEEDS_NEWER in answer.problems:
        return Examined(outcome=Outcome.CANNOT_OPEN, reasons=(v.NEEDS_NEWER,))
    problems = answer.problems
    if decoded is not None:
        problems = (*problems, *binding_problems(findings, decoded.value))
    elif not problems and outcome in (Outcome.INTACT, Outcome.INCOMPLETE):
        problems = (str(Reason.ATTACHMENT),)  # never genuine without content that was read
    if problems and outcome is not Outcome.CHANGED:
        return Examined(outcome=Outcome.REFUSED, reasons=(*reasons, *problems))
    return Examined(
        outcome=outcome,
        reasons=reasons,
        standing=None if findings.trust is None else Standing(str(findings.trust)),
        packet=None if decoded is None else facts_of(decoded.value),
        signers=signers_of(findings),
        list_issued=findings.list_issued,
        list_due=findings.list_due,
        not_understood=() if decoded is None else decoded.not_understood,
    )


def binding_problems(findings: Findings, packet: Handover) -> tuple[str, ...]:
    """Codes of what the signed JSON says otherwise than certificates, pages and titles do (packet.md 4.3, 8.3)."""
    problems = []
    if findings.title != document_title(packet.packet):
        problems.append("title")
    if findings.pages != packet.packet.pages:
        problems.append("page_count")
    if findings.root_sha256 != packet.site.root_sha256:
        problems.append("root_not_named")
    named = {"author": [packet.signers.author], "supervisor": list(packet.signers.countersigners)}
    for signature in findings.signatures:
        claims = [(each.cert_sha256, each.name, each.staff_role) for each in named[_ROLES[signature.field]]]
        if (signature.cert_sha256, signature.name, signature.staff_role) not in claims:
            problems.append("signer_not_named")
        if packet.packet.expires > signature.not_after.date():
            problems.append("outlives_certificate")
    return tuple(dict.fromkeys(problems))


def _decoded(findings: Findings, answer: Answer) -> Decoded[Handover] | None:
    """In the parent: the same function over the same bytes, once the child has shown that it ends."""
    if not findings.attachment or answer.problems or findings.shape is Shape.ANNEX:
        return None
    return decode_handover(findings.attachment_bytes())


def facts_of(packet: Handover) -> PacketFacts:
    """What a verdict needs of the signed content."""
    return PacketFacts(
        number=packet.packet.number,
        site=packet.site.id,
        site_name=packet.site.name,
        team=packet.to.team,
        team_name=packet.to.name,
        team_keys=tuple(each.age for each in packet.to.recipients if each.age is not None),
        issued=packet.packet.issued,
        expires=packet.packet.expires,
        countersign_due=packet.packet.countersign_due,
    )


def signers_of(findings: Findings) -> tuple[SignerFacts, ...]:
    """The intact signatures."""
    return tuple(
        SignerFacts(
            role=_ROLES[each.field],
            staff_role=each.staff_role,
            name=each.name,
            cert_sha256=each.cert_sha256,
            stated_at=each.stated_at,
            revoked_at=each.revoked_at,
        )
        for each in findings.signatures
    )
