"""Page 2 and on, S0: what the file holds, what was withheld, who signs, how to check it, and the receipt slip."""

from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.profile_model import SectionCode
from rehabdesk.handover.words_pdf import SECTION_TITLES, code, joined, label, name
from rehabdesk.paper.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Together,
    Words,
    bold,
)

HOW_TO_CHECK = (
    "RehabDesk: “Packet check”, or {command}.",
    "Adobe Reader: install the site root once. It must show “certified”, two signatures, no change after signing.",
    "pdfsig: two good signatures of two people, the last “Total document signed”; read the text, not the exit status.",
    "Any computer: compare the SHA-256 of the PDF, or its packet code of 24 digits, by telephone with the sender.",
    "On paper: read number and paper code to the sender’s switchboard on a number that you already know.",
)


def manifest(packet: Handover) -> list[Block]:
    """S0. Sections with the first digits of their hashes; kinds of withheld matter, never the matter."""
    entries = packet.manifest.sections
    return [
        PageBreak(),
        Heading(text="S0  Manifest and receipt", level=1),
        Table(
            columns=(
                Column(title="Section", share=5),
                Column(title="State", share=3),
                Column(title="Source", share=2),
                Column(title="Fingerprint", share=2.4),
            ),
            rows=tuple(
                (
                    f"{entry.code}  {SECTION_TITLES[SectionCode(entry.code)]}"
                    + ("" if entry.form == "full" else f" ({entry.form.replace('_', ' ')})"),
                    "Present" if entry.reason is None else f"{label(entry.state)}: {name(entry.reason)}",
                    entry.level.value,
                    code(entry.sha256[:12]) if entry.sha256 else "–",
                )
                for entry in entries
            ),
            size=8.5,
        ),
        *_withheld(packet),
        *_people(packet),
        *_checking(),
        _slip(packet),
    ]


def _withheld(packet: Handover) -> list[Block]:
    blocks: list[Block] = [Heading(text="What was withheld", level=2, bookmark=False)]
    if not packet.manifest.withheld:
        return [*blocks, Paragraph(words="Nothing was withheld.")]
    return [
        *blocks,
        Table(
            columns=(
                Column(title="Kind", share=3),
                Column(title="Decided by", share=3),
                Column(title="Reason", share=3),
            ),
            rows=tuple(
                (name(each.kind), name(each.decided_by), label(each.reason)) for each in packet.manifest.withheld
            ),
        ),
    ]


def _people(packet: Handover) -> list[Block]:
    signers = packet.signers
    supervisors = joined([f"{name(each.name)} ({each.staff_role})" for each in signers.countersigners], ", ")
    head = packet.packet
    numbers = joined([code(each.number) for each in head.supersedes], ", ")
    replaced: tuple[tuple[Words, Words], ...] = (("Replaces", numbers),) if numbers else ()
    recipients = joined([f"{name(each.name)}, {name(each.role)}" for each in packet.to.recipients], "; ")
    return [
        KeyValues(
            rows=(
                ("Author", f"{name(signers.author.name)} ({signers.author.staff_role})"),
                ("Supervisor, one of", supervisors),
                *replaced,
                ("Copy for the person", label(head.person_copy)),
                ("For", recipients),
            )
        )
    ]


def _checking() -> list[Block]:
    command = code("rehabdesk verify")
    items = tuple(line.format(command=command) for line in HOW_TO_CHECK)
    return [Heading(text="How to check this file", level=2, bookmark=False), Bullets(items=items)]


def _slip(packet: Handover) -> Block:
    """To be said on the telephone, or cut off and sent: it names no person."""
    receipt = packet.packet.receipt_code
    return Together(
        blocks=(
            Note(
                blocks=(
                    Paragraph(words=(bold("Receipt slip"),), size=11, space_after=3),
                    KeyValues(
                        rows=(
                            ("File", code(packet.packet.number)),
                            ("Receipt code", (bold(code(f"{receipt[:4]} {receipt[4:]}")),)),
                            ("Received on, by", "______________________________________"),
                        )
                    ),
                    Paragraph(
                        words=f"Say file and receipt code to {name(packet.site.name)}, {code(packet.site.phone)}, or "
                        "send this slip back.",
                        size=9,
                        space_after=0,
                    ),
                )
            ),
        )
    )
