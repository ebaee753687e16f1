"""Child B: what it reads and answers, and the examination itself (packet.md 8.1). It has no secret and no file.

The site cards that somebody vouches for travel with the request, so that one process looks at everything foreign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.core import canon
from rehabdesk.core.canon import Json, b64, digits24, sha256_hex, unb64
from rehabdesk.core.clock import parse_stamp, stamp
from rehabdesk.core.errors import FormatError, SealBroken
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.handover.after.feedback_form_model import looks_like_form
from rehabdesk.handover.checking.brought_child_service import DER, PinnedRoot, ReadFile, read_file
from rehabdesk.handover.checking.brought_model import BroughtKind
from rehabdesk.handover.content.binding_wire import content_problems
from rehabdesk.handover.trust.cards_model import CardSite, TeamCard
from rehabdesk.handover.wire import (
    decode_annex,
    decode_handover,
    decode_site_card,
    decode_status_list,
    decode_team_card,
)
from rehabdesk.seals import certificates, children
from rehabdesk.seals.cards import CardFindings, examine_card
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings, Reason, Shape, Trust, stopped

EXAMINER_COMMAND = "_examine"
_HEAD_LIMITS = canon.Limits(max_bytes=32 << 20, max_depth=4)
_ANSWER_LIMITS = canon.Limits(max_bytes=16 << 20, max_depth=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedSite:
    """A site whose root somebody here vouches for. `root` and `crl` are DER, `digits` the 24 digits of the root."""

    site: CardSite
    seq: int
    issued: datetime
    root: bytes
    crl: bytes

    @property
    def digits(self) -> str:
        return digits24(self.root)

    @property
    def root_sha256(self) -> str:
        return sha256_hex(self.root)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTeamCard:
    """A team card that is intact. Only the ceremony can say that it is the team's; `digits` are what is read aloud."""

    card: TeamCard
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What child B says beside the findings. Contents of cards in base64; `problems` are codes about JSON or card.

    `sites`, `teams` and `lists` are those that were given. `bad_site_card`: place, from 0, of a given site or team card
    that cannot be relied on, and the sentence about it; lists are counted after the cards. `brought`: a file that is
    neither packet nor card.
    """

    problems: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    brought: ReadFile | None = None
    bad_site_card: int | None = None
    sentence: str = ""
    site_card: str = ""
    team_card: str = ""
    team_digits: str = ""


def examination_request(body: bytes, cards: Sequence[bytes], moment: datetime, lists: Sequence[bytes] = ()) -> bytes:
    """What child B reads: one line of JSON, then the file as it is."""
    listed: list[Json] = [b64(card) for card in cards]
    status: list[Json] = [b64(each) for each in lists]
    return canon.dump({"cards": listed, "lists": status, "moment": stamp(moment)}) + b"\n" + body


def examiner_child(request: bytes) -> bytes:
    """Child B: the findings on one line, what was found in JSON and cards on the next."""
    if not request:  # whoever started this child ahead is gone, or needs it no more
        return b""
    head, _, body = request.partition(b"\n")
    asked = canon.parse_object(head, _HEAD_LIMITS)
    cards, lists, moment = asked.get("cards"), asked.get("lists", []), parse_stamp(str(asked.get("moment")))
    if not isinstance(cards, list) or not isinstance(lists, list):
        raise FormatError(tr("The request is not of the form that RehabDesk writes."))
    if looks_like_form(body):  # nobody's signature is asked about
        return _answered(stopped(sha256_hex(body), Reason.NOT_A_PDF), Answer(brought=read_file(body, (), moment)))
    try:
        answer, pinned = _vouched(cards, lists, moment)
    except _Unreliable as bad:
        answer = Answer(bad_site_card=bad.place, sentence=bad.sentence)
        return _answered(stopped(sha256_hex(body), Reason.UNREADABLE), answer)
    read = read_file(body, pinned, moment)
    if read is not None or body.startswith(DER):
        found = replace(answer, brought=read) if read is not None else _with_card(answer, body, moment)
        return _answered(stopped(sha256_hex(body), Reason.NOT_A_PDF), found)
    roots, crls = tuple(each.root for each in pinned), tuple(each.crl for each in pinned)
    findings = examine(body, roots=roots, crls=crls, moment=moment)
    return _answered(findings, replace(answer, problems=_json_problems(findings)))


class _Unreliable(Exception):
    """A card or list that was given cannot be relied on."""

    def __init__(self, place: int, sentence: str) -> None:
        super().__init__(sentence)
        self.place, self.sentence = place, sentence


def _vouched(cards: Sequence[Json], lists: Sequence[Json], moment: datetime) -> tuple[Answer, list[PinnedRoot]]:
    """The contents of the cards and lists that somebody vouches for; every list must be of one of the sites."""
    sites: list[str] = []
    teams: list[str] = []
    held: list[str] = []
    pinned: list[PinnedRoot] = []
    for place, card in enumerate(cards):
        try:
            signed = unb64(card)
            found = examine_card(signed, roots=(), crls=(), moment=moment)
            content = found.content_bytes()
            if is_team(content):
                _team_in(found)
                teams.append(b64(content))
                continue
            site = _site_in(signed, content, moment)
        except (FormatError, SealBroken) as problem:
            raise _Unreliable(place, problem.sentence) from None
        sites.append(b64(content))
        pinned.append(PinnedRoot(root=site.root, crl=site.crl))
    for place, listed in enumerate(lists, start=len(cards)):
        read = read_file(unb64(listed), pinned, moment)
        if read is None or read.kind != BroughtKind.STATUS_LIST or read.standing == Trust.UNKNOWN_ROOT:
            sentence = tr("A status list cannot be used: it was changed, or the card of its site was not given.")
            raise _Unreliable(place, sentence)
        if read.standing == Trust.REVOKED:
            raise _Unreliable(place, tr("The key of a status list was withdrawn. Ask the site for a new list."))
        held.append(read.content)
        root = next(each.root for each in pinned if sha256_hex(each.root) == read.root_sha256)
        pinned.append(PinnedRoot(root=root, crl=unb64(decode_status_list(unb64(read.content)).value.crl)))
    return Answer(sites=tuple(sites), teams=tuple(teams), lists=tuple(held)), pinned


def read_answer(output: bytes, sha256: str) -> tuple[Findings, Answer]:
    """What child B answered about the file with this hash. FormatError for anything else."""
    first, line_end, second = output.partition(b"\n")
    findings = children.read_findings(first)
    if not line_end or findings.sha256 != sha256:
        raise FormatError(tr("The examination did not end."))
    return findings, from_payload(Answer, canon.parse_object(second.removesuffix(b"\n"), _ANSWER_LIMITS))


def pinned_site(content: bytes) -> PinnedSite:
    """The site in the signed content of a site card; the signature has been checked."""
    card = decode_site_card(content).value
    return PinnedSite(site=card.site, seq=card.seq, issued=card.issued, root=unb64(card.root), crl=unb64(card.crl))


def read_site_card(raw: bytes, moment: datetime) -> PinnedSite:
    """What a `.rdsite` says, its signature checked against the root that it brings.

    FormatError for another file; SealBroken when it was changed, or signed by anything but the site's card key.
    """
    return _site_in(raw, examine_card(raw, roots=(), crls=(), moment=moment).content_bytes(), moment)


def _site_in(raw: bytes, content: bytes, moment: datetime) -> PinnedSite:
    """As `read_site_card`; `content` is what the card holds, and nothing of it is believed before the root is asked."""
    site = pinned_site(content)
    findings = examine_card(raw, roots=(site.root,), crls=(site.crl,), moment=moment)
    certificates.list_facts(site.crl, site.root)
    by_card_key = findings.signer_role == certificates.CARD_ROLE and not findings.self_signed
    if not by_card_key or findings.root_sha256 != site.root_sha256 or findings.trust is Trust.UNKNOWN_ROOT:
        raise SealBroken(tr("The site card is not signed by the site that it names. Ask the site for a new one."))
    if findings.trust is Trust.REVOKED:
        raise SealBroken(tr("The key of this site card was withdrawn. Ask the site for a new one."))
    return site


def read_team_card(raw: bytes, moment: datetime) -> ReadTeamCard:
    """What a `.rdteam` says. FormatError for another file; SealBroken when it was changed or signed by another key."""
    return _team_in(examine_card(raw, roots=(), crls=(), moment=moment))


def _team_in(findings: CardFindings) -> ReadTeamCard:
    card = decode_team_card(findings.content_bytes()).value
    certificate = unb64(card.certificate) if card.certificate is not None else b""
    if not findings.self_signed or sha256_hex(certificate) != findings.signer_sha256:
        raise SealBroken(tr("The team card is not signed by the key that it names. Ask the team for a new one."))
    return ReadTeamCard(card=card, digits=digits24(certificate))


def is_team(content: bytes) -> bool:
    """Whether the content of a card is that of a team's."""
    return b'"format":"rehabdesk-team"' in content


def _answered(findings: Findings, answer: Answer) -> bytes:
    return children.findings_line(findings) + canon.dump(to_payload(answer)) + b"\n"


def _with_card(answer: Answer, body: bytes, moment: datetime) -> Answer:
    """The answer about a card that is checked itself: its content if it is intact, else what is wrong."""
    try:
        found = examine_card(body, roots=(), crls=(), moment=moment)
        content = found.content_bytes()
        if is_team(content):
            return replace(answer, team_card=b64(content), team_digits=_team_in(found).digits)
        _site_in(body, content, moment)
    except SealBroken:
        return replace(answer, problems=("card_broken",))
    except FormatError as problem:
        return replace(answer, problems=(problem.code,))
    return replace(answer, site_card=b64(content))


def _json_problems(findings: Findings) -> tuple[str, ...]:
    """Whether the JSON decodes and agrees with itself."""
    if not findings.attachment:
        return ()
    try:
        if findings.shape is Shape.ANNEX:
            decode_annex(findings.attachment_bytes())
            return ()
        decoded = decode_handover(findings.attachment_bytes())
    except FormatError as problem:
        return (problem.code,)
    return content_problems(decoded.value, findings.attachment_bytes())
