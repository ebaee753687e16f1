"""Judging a clinical annex: intact by itself, and released only by the packet that names it (packet.md 5.6, 8.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import FormatError
from rehabdesk.core.text import fold
from rehabdesk.handover.annex.annex_model import CODE, ClinicalAnnex
from rehabdesk.handover.annex.annex_pdf import TITLE
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.child_service import PinnedSite
from rehabdesk.handover.checking.examination_service import (
    ANNEX_ALONE,
    NOTHING_HELD,
    Checked,
    Closed,
    Looked,
    PacketCheck,
    facts_of,
    signers_of,
)
from rehabdesk.handover.checking.verdict_model import Examined, Known, Outcome, PacketFacts, Standing, State, Verdict
from rehabdesk.handover.inbox.inbox_model import HeldHere
from rehabdesk.handover.wire import decode_annex
from rehabdesk.seals import sealing
from rehabdesk.seals.findings import Findings, Reason, Shape

WITHOUT_PACKET, NOT_AN_ANNEX = ANNEX_ALONE, "not_an_annex"
READABLE = v.MAY_BE_OPENED - {State.EXPRESS_PENDING}
"""States in which the text may be shown: an annex is never released by one signature alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnnex:
    """`annex` and `pdf` are there only when the text may be shown: intact, and named by its packet."""

    verdict: Verdict
    number: str = ""
    sha256: str | None = None
    annex: ClinicalAnnex | None = None
    pdf: bytes | None = None
    sites: tuple[PinnedSite, ...] = ()

    def as_checked(self) -> Checked:
        """The verdict without the text."""
        return Checked(verdict=self.verdict, sha256=self.sha256, packet_code=self.code, sites=self.sites)

    @property
    def code(self) -> str | None:
        """The 24 digits of a genuine annex, for the phone."""
        return None if self.pdf is None else digits24(self.pdf)


class AnnexCheck:
    """Judges annexes by the sites that `looking` vouches for."""

    def __init__(self, looking: PacketCheck) -> None:
        self._looking = looking

    def check(
        self,
        raw: bytes,
        *,
        moment: datetime,
        at_given: bool = False,
        identity: str | None = None,
        name: str = "",
        packet: Checked | None = None,
        beside: Sequence[Checked] = (),
        held: HeldHere = NOTHING_HELD,
    ) -> CheckedAnnex:
        """The verdict on one file. `identity`: the reader's secret key, without which it is not judged whether the
        annex is for the reader; `name`: the reader's, outside. `packet`: the packet at hand, as judged; `beside`:
        more of them, of which one may be its own. `held`: what was seen here before; certificates are judged by that
        moment.
        """
        known = Known(judged_at=moment, at_given=at_given)
        try:
            looked = self._looking.look(raw, moment=moment, identity=identity, held=held)
        except Closed as closed:
            return CheckedAnnex(verdict=v.judge(Examined(outcome=closed.outcome, reasons=(closed.code,)), known))
        found, annex, packet = _examined(looked, [*([] if packet is None else [packet]), *beside])
        reads = None if annex is None else is_for(annex, identity, name)
        pinned = next((each for each in looked.sites if each.root_sha256 == looked.findings.root_sha256), None)
        if annex is not None:
            site = annex.number.split("-")[1]
            of_site = [each for each in looked.sites if each.site.id == site]
            known = replace(
                known,
                team="" if found.packet is None else found.packet.team,
                other_clinician=reads is False,
                site_name="" if pinned is None else pinned.site.name,
                other_root=(bool(of_site) and pinned not in of_site) or (pinned is not None and not of_site),
            )
        verdict = _with_packet(v.judge(found, known), packet)
        if reads is None and verdict.packet is not None:
            verdict = replace(verdict, notes=(*verdict.notes, v.CLINICIAN_NOT_JUDGED))
        shown = annex is not None and verdict.state in READABLE
        return CheckedAnnex(
            verdict=verdict,
            number="" if annex is None else annex.number,
            sha256=looked.findings.sha256,
            annex=annex if shown else None,
            pdf=looked.opened if shown else None,
            sites=looked.sites,
        )


def _examined(looked: Looked, packets: Sequence[Checked]) -> tuple[Examined, ClinicalAnnex | None, Checked | None]:
    """What was found, the annex, and the packet that releases it."""
    findings = looked.findings
    reasons = tuple(str(reason) for reason in findings.reasons)
    if reasons or looked.answer.problems or findings.shape is not Shape.ANNEX:
        outcome = Outcome(str(findings.outcome))
        if outcome is not Outcome.CHANGED:
            outcome = Outcome.REFUSED
        return Examined(outcome=outcome, reasons=(*reasons, *looked.answer.problems) or (NOT_AN_ANNEX,)), None, None
    try:
        annex = decode_annex(findings.attachment_bytes()).value
    except FormatError as problem:
        return Examined(outcome=Outcome.REFUSED, reasons=(problem.code or str(Reason.ATTACHMENT),)), None, None
    if problems := _binding_problems(findings, annex):
        return Examined(outcome=Outcome.REFUSED, reasons=problems), None, None
    packet = next((each for each in packets if not not_released(findings, annex, each)), None)
    missing = not_released(findings, annex, packet)
    return (
        Examined(
            outcome=Outcome.INCOMPLETE if missing else Outcome.INTACT,
            reasons=missing,
            standing=None if findings.trust is None else Standing(str(findings.trust)),
            packet=None if missing else _facts(annex, packet),
            signers=(*signers_of(findings), *_approved_by(packet, missing)),
            list_issued=findings.list_issued,
            list_due=findings.list_due,
        ),
        annex,
        packet,
    )


def is_for(annex: ClinicalAnnex, identity: str | None, name: str) -> bool | None:
    """Whether the one who reads is the clinician whom the annex names; None where nobody can say who reads.

    The key tells, not the name: sites spell one name in several ways. Only an annex that names no key goes by its name.
    """
    if identity is None:
        return None
    if annex.age is not None:
        return annex.age == sealing.recipient_of(identity)
    return _plain(annex.for_) == _plain(name) if name else None


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def _facts(annex: ClinicalAnnex, packet: Checked | None) -> PacketFacts | None:
    """Those of its packet; but an annex is addressed to one person."""
    if packet is None:
        return None
    facts = facts_of(packet.packet) if packet.packet is not None else packet.verdict.packet
    return None if facts is None else replace(facts, team_name=annex.for_)


def _binding_problems(findings: Findings, annex: ClinicalAnnex) -> tuple[str, ...]:
    """What the signed JSON says otherwise than certificate and title do."""
    (signature,) = findings.signatures
    found = []
    if findings.title != TITLE.format(number=annex.number):
        found.append("title")
    if (signature.cert_sha256, signature.name) != (annex.author.cert_sha256, annex.author.name):
        found.append("signer_not_named")
    return tuple(found)


def not_released(findings: Findings, annex: ClinicalAnnex, packet: Checked | None) -> tuple[str, ...]:
    """Why no packet at hand releases this annex; empty if one does."""
    if packet is None:
        return (WITHOUT_PACKET,)
    content = packet.packet
    if content is None:  # withdrawn, say: it is not shown, and what it is counts for its annex too
        told = packet.verdict.packet
        return () if told is not None and told.number == annex.number else (WITHOUT_PACKET,)
    named = [each for each in content.manifest.annexes if each.code == CODE]
    entries = [(each.pdf_sha256, each.for_) for each in named]
    same_site = content.site.root_sha256 == findings.root_sha256
    if not same_site or content.packet.number != annex.number or entries != [(findings.sha256, annex.for_)]:
        return (WITHOUT_PACKET,)
    return ()


def _with_packet(verdict: Verdict, packet: Checked | None) -> Verdict:
    """An annex is at best what its packet is: withdrawn with it, replaced with it."""
    place = list(State).index
    if packet is None or verdict.state is State.INCOMPLETE or place(verdict.state) <= place(packet.verdict.state):
        return verdict
    return replace(
        verdict,
        state=packet.verdict.state,
        reasons=packet.verdict.reasons,
        packet=packet.verdict.packet,
        listing=packet.verdict.listing,
    )


def _approved_by(packet: Checked | None, missing: tuple[str, ...]) -> tuple[v.SignerFacts, ...]:
    """The supervisor approved the packet that names the annex, never its text."""
    if packet is None or missing:
        return ()
    return tuple(each for each in packet.verdict.signers if each.role == "supervisor")
