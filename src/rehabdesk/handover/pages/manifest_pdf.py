"""Page 2 and on, S0: what the file holds, what was withheld, who signs, how to check it, and the receipt slip."""

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.packet_model import Annex, Handover, ManifestEntry, Signer
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.file_index.file_index_model import CODE as INDEX
from rehabdesk.handover.pages.labels_pdf import label, section_form, staff_role
from rehabdesk.handover.pages.words_pdf import code, joined, name, whom
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


def how_to_check() -> tuple[str, ...]:
    """With and without RehabDesk (packet.md 13)."""
    return (
        tr("With RehabDesk: “Packet check”, or {command}.").format(command=code("rehabdesk verify")),
        tr(
            "With Adobe Reader: install the site root once. It must show “certified”, two signatures, no change after "
            "signing."
        ),
        tr("{tool}: two good signatures of two people, the last {words}; read the text, not the exit status.").format(
            tool=code("pdfsig"), words=code("“Total document signed”")
        ),
        tr(
            "Any computer: compare the {hash} of the PDF, or its packet code of 24 digits, with the sender by "
            "telephone."
        ).format(hash=code("SHA-256")),
        tr("On paper: read number and paper code to the sender’s switchboard on a number that you already know."),
    )


def manifest(packet: Handover) -> list[Block]:
    """S0. Sections with the first digits of their hashes; kinds of withheld matter, never the matter."""
    entries = packet.manifest.sections
    return [
        PageBreak(),
        Heading(text=heading("S0", tr("Manifest and receipt")), level=1),
        Table(
            columns=(
                Column(title=tr("Section"), share=5.4),
                Column(title=tr("State"), share=2.2),
                Column(title=tr("Source"), share=2.4),
                Column(title=tr("Section fingerprint"), share=2.4),
            ),
            rows=tuple(
                (
                    _section(entry),
                    state_of(entry),
                    label(entry.level),
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


def heading(section: str, title: str) -> str:
    """The title of a section behind its code."""
    return f"{code(section)}  {title}"


def state_of(entry: ManifestEntry) -> str:
    """Whether a section is there, and why not where it is not."""
    if entry.reason is None:
        return label(entry.state)
    return tr("{state}: {reason}").format(state=label(entry.state), reason=name(entry.reason))


def _section(entry: ManifestEntry) -> str:
    title, form = heading(entry.code, section_titles()[entry.code]), section_form(entry.form)
    return tr("{section} ({form})").format(section=title, form=form) if form else title


def _withheld(packet: Handover) -> list[Block]:
    blocks: list[Block] = [Heading(text=tr("What was withheld"), level=2, bookmark=False)]
    if not packet.manifest.withheld:
        return [*blocks, Paragraph(words=tr("Nothing was withheld."))]
    return [
        *blocks,
        Table(
            columns=(
                Column(title=tr("Kind"), share=3),
                Column(title=tr("Decided by"), share=3),
                Column(title=tr("Reason"), share=3),
            ),
            rows=tuple(
                (name(each.kind), name(each.decided_by), label(each.reason)) for each in packet.manifest.withheld
            ),
        ),
    ]


def _annexes(packet: Handover) -> list[tuple[Words, Words]]:
    """Files of their own that this packet releases."""
    titles = {"CX": tr("Clinical annex"), INDEX: tr("Certified file index")}
    return [(titles[each.code], _annex(each)) for each in packet.manifest.annexes]


def _annex(annex: Annex) -> str:
    """The first digits of the hash of a file that has a signature; all of the file index, which this line certifies."""
    whom_for, sha256 = name(annex.for_), annex.pdf_sha256
    if annex.code != INDEX:
        words = tr("a file of its own for {name}, fingerprint {code}")
        return words.format(name=whom_for, code=code(sha256[:12]))
    whole = code(f"{sha256[:32]} {sha256[32:]}")  # two lines of the same length
    return tr("a file of its own for {name}, {kind} {sum}").format(name=whom_for, kind=code("SHA-256"), sum=whole)


def _people(packet: Handover) -> list[Block]:
    signers = packet.signers
    supervisors = joined([_signer(each) for each in signers.countersigners])
    head = packet.packet
    numbers = joined([code(each.number) for each in head.supersedes])
    replaced: tuple[tuple[Words, Words], ...] = ((tr("Replaces"), numbers),) if numbers else ()
    recipients = joined([whom(each) for each in packet.to.recipients])
    return [
        KeyValues(
            rows=(
                (tr("Author"), _signer(signers.author)),
                (tr("Supervisor, one of"), supervisors),
                *replaced,
                *_annexes(packet),
                (tr("Copy for the person"), label(head.person_copy)),
                (tr("For"), recipients),
            ),
            label_share=0.34,
        )
    ]


def _checking() -> list[Block]:
    return [Heading(text=tr("How to check this file"), level=2, bookmark=False), Bullets(items=how_to_check())]


def _signer(signer: Signer) -> str:
    return tr("{name} ({role})").format(name=name(signer.name), role=staff_role(signer.staff_role))


def _slip(packet: Handover) -> Block:
    """To be said on the telephone, or cut off and sent: it names no person."""
    receipt = packet.packet.receipt_code
    return Together(
        blocks=(
            Note(
                blocks=(
                    Paragraph(words=(bold(tr("Receipt slip")),), size=11, space_after=3),
                    KeyValues(
                        rows=(
                            (tr("Number"), code(packet.packet.number)),
                            (tr("Receipt code"), (bold(code(f"{receipt[:4]} {receipt[4:]}")),)),
                            (tr("Received on, by"), "______________________________________"),
                        )
                    ),
                    Paragraph(
                        words=tr(
                            "Say number and receipt code to {site}, telephone {phone}, or send this slip back."
                        ).format(site=name(packet.site.name), phone=code(packet.site.phone)),
                        size=9,
                        space_after=0,
                    ),
                )
            ),
        )
    )
