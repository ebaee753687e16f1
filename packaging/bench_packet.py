"""A packet of about thirteen pages: laid out, signed twice and checked (performance.md 3, acts 18 and 19).

The invented packet is that of the tests, with more goals. The limits are the bare libraries on the same words and
bytes: reportlab in one font from left to right, pyHanko with the same key, and pyHanko's own command line.
"""

import os
import subprocess
import sys
import tempfile
import time
from base64 import encodebytes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from bench_rounds import LONG_ROUNDS, Act, Figure, against, alone, processor_of
from pyhanko.sign.fields import MDPPerm

from rehabdesk.core import resources
from rehabdesk.core.process import ReadyChild
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking.examination_service import PacketCheck, ready_examiner
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.making.layout_service import LaidOut, lay_out
from rehabdesk.handover.pages.cover_pdf import PaperCode
from rehabdesk.handover.pdf import Layout, in_words
from rehabdesk.paper.blocks import Block, Bullets, Columns, Heading, KeyValues, Note, Paragraph, Table, Together, Voice
from rehabdesk.paper.blocks import plain as said
from rehabdesk.seals.container import HEX_DIGITS
from rehabdesk.seals.pdf_preparation import AUTHOR_FIELD
from rehabdesk.seals.pdf_signature import AUTHOR_REASON, SigningKey, _sign, certify, countersign

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the invented packet and its site stand with the tests

from tests.handover import sample  # noqa: E402
from tests.handover.made import MadeSite  # noqa: E402
from tests.seals.packet.workshop import STAMP  # noqa: E402

AS_AUTHOR: dict[str, Any] = {"reason": AUTHOR_REASON, "certifies": MDPPerm.FILL_FORMS}
CODE = PaperCode(digits="0000-0000-0000-0000-0000-0000", qr="RDP1/" + "0" * 66)
PEM = b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n"
STANDS = 2.0
"""Seconds that a page has stood before somebody chooses a file."""
STEPS = {
    "en": "A step that the person and the team agreed on, as the case officer typed it into the plan (before release).",
    "ar": "خطوة اتفق عليها الشخص والفريق، كما كتبها المسؤول عن الملف في الخطة (قبل الإفراج) كلمة بكلمة.",
}


def packet_of_thirteen(site: MadeSite, language: str) -> Handover:
    """The invented packet with eight goals of four steps."""
    made = sample.with_head(site.content(), languages=(language,))
    plan = made.sections.S5
    if plan is None:
        raise ValueError("the invented packet has a plan")
    goal, words = plan.goals[0], sample.text(STEPS[language], language)
    step = goal.steps[0]
    goals = tuple(
        replace(
            goal,
            id=f"g{number}",
            steps=tuple(replace(step, id=f"s{4 * number + place}", text=words) for place in range(4)),
        )
        for number in range(1, 9)
    )
    sections = replace(made.sections, S5=replace(plan, goals=goals))
    return replace(made, sections=sections, manifest=sample.manifest_of(sections, made.packet.profile))


def packet_acts(environment: Mapping[str, str]) -> Iterator[Figure]:
    """All of it; the desk of the bench has no part in it. `environment`: that of an installed program."""
    os.environ.clear()
    os.environ.update(environment)
    site = MadeSite.new()
    laid = {language: lay_out(packet_of_thirteen(site, language), version="0") for language in STEPS}
    blocks = [
        block for _, group in in_words(laid["en"].packet, CODE, version="0", item_titles={})[1] for block in group
    ]
    floor = "the same words in one pass of bare reportlab, its own tables and fonts, without bidi, shaping or fallback"
    name = f"pages of a packet ({laid['en'].pages.count})"
    latin, bare = partial(pages_of, laid["en"]), partial(bare_pages, blocks)
    yield computing(name, latin, bare, goal=1.3, floor=floor)
    yield computing("  Arabic : Latin", partial(pages_of, laid["ar"]), latin, goal=3.0, floor="")
    packet = laid["en"].packet
    yield alone("packet ready to be signed", lambda: lay_out(packet, version="0"), goal=None)
    yield from signing_acts(site, laid["en"].prepared)


def computing(name: str, ours: Act, limit: Act, *, goal: float, floor: str) -> Figure:
    """Layout waits for nothing, so the processor's time counts; 24 rounds, as 7 left an interval from 0.7 to 2."""
    sides = [partial(processor_of, act) for act in (ours, limit)]
    return against(name, *sides, goal=goal, long_rounds=24, floor=floor and f"{floor}; the processor's time")


def pages_of(laid: LaidOut) -> object:
    """One pass from declared words to PDF, nothing measured before."""
    return Layout(version="0", item_titles={}).pages(laid.packet, CODE)


def signing_acts(site: MadeSite, prepared: bytes) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "stamp.pdf").write_bytes(STAMP)
        bare = partial(bare_signature, prepared, site.author, folder / "stamp.pdf")
        ours = partial(_sign, prepared, site.author, AUTHOR_FIELD, stamp=STAMP, at=site.at, **AS_AUTHOR)
        yield against("a signature", ours, bare, goal=1.2, floor="pyHanko with the same key, appearance and container")
        sign = partial(certify, prepared, key=site.author, stamp=STAMP, at=site.at)
        yield against("  with its examination", sign, bare, goal=None)
        packet = countersign(sign(), key=site.supervisor, stamp=STAMP, at=site.at)
        program = Path(sys.executable).with_name("pyhanko")
        if not program.exists():
            return
        (folder / "RD.pdf").write_bytes(packet)
        (folder / "root.pem").write_bytes(PEM % encodebytes(site.root.certificate))
        command = [
            str(program),
            "sign",
            "validate",
            "--trust-replace",
            "--trust",
            f"{folder}/root.pem",
            f"{folder}/RD.pdf",
        ]
        yield from checking_acts(site, packet, command)


def checking_acts(site: MadeSite, packet: bytes, command: list[str]) -> Iterator[Figure]:
    """As a command has it, whose child starts with the question, and as the window has it, whose child waits."""
    check, ready = PacketCheck([site.site_card()]), ready_examiner()

    def examined(child: ReadyChild | None = None) -> None:
        if check.check(packet, moment=site.at, ready=child).verdict.state is not State.GENUINE:
            raise ValueError("a check that fails is quick: its time counts for nothing")

    def in_window() -> float:
        ready.prepare()
        time.sleep(STANDS)  # it has started long before somebody has found the file
        begin = time.perf_counter()
        examined(ready)
        return (time.perf_counter() - begin) * 1000

    def theirs() -> object:
        return subprocess.run(command, capture_output=True, check=False)

    floor = "pyHanko's own command line on the same file and root, without its list of revoked keys"
    yield against("packet checked in the window", in_window, theirs, goal=0.5, rounds=LONG_ROUNDS, floor=floor)
    yield against("packet checked by command", examined, theirs, goal=0.5, rounds=LONG_ROUNDS, floor=floor)
    ours = partial(processor_of, examined)
    floor = "as above, counting the time of the processor in all processes, which a busy machine lengthens less"
    yield against("  its time of the processor", ours, partial(processor_of, theirs), goal=None, floor=floor)


def bare_signature(pdf: bytes, key: SigningKey, stamp: Path) -> bytes:
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(key.root))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(key.pair.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.pair.private),
        cert_registry=store,
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=AUTHOR_FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    style = StaticStampStyle(border_width=0, background=ImportedPdfPage(str(stamp)))
    out = BytesIO()
    signers.PdfSigner(metadata, signer, stamp_style=style).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), existing_fields_only=True, bytes_reserved=HEX_DIGITS, output=out
    )
    return out.getvalue()


def bare_pages(blocks: Sequence[Block]) -> bytes:
    """What reportlab makes of the same words by itself."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import SimpleDocTemplate

    for name, weight in (("Bare", "Regular"), ("Bare-Bold", "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/NotoSans-{weight}.ttf"))))
    out = BytesIO()
    SimpleDocTemplate(out, leftMargin=56, rightMargin=56).build(bare_story(blocks))
    return out.getvalue()


def bare_story(blocks: Sequence[Block]) -> list[Any]:
    from reportlab.platypus import KeepTogether

    found: list[Any] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(bare(said(block.words), bold=block.bold, size=block.size))
            case Heading():
                found.append(bare(block.text, bold=True, size=14))
            case KeyValues():
                found.append(
                    bare_grid([(bare(said(label)), bare(said(words))) for label, words in block.rows], (150, 330))
                )
            case Table():
                rows = [tuple(bare(said(column.title), bold=True) for column in block.columns)]
                rows += [tuple(bare(said(words)) for words in row) for row in block.rows]
                found.append(bare_grid(rows, [480 / len(block.columns)] * len(block.columns)))
            case Bullets():
                found.append(bare_grid([(bare("•"), bare(said(words))) for words in block.items], (18, 462)))
            case Voice():
                found.append(bare_grid([([bare(said(block.label), bold=True), bare(said(block.words))],)], (480,)))
            case Note():
                found.append(bare_grid([(bare_story(block.blocks),)], (480,)))
            case Together():
                found.append(KeepTogether(bare_story(block.blocks)))
            case Columns():
                width = 480 / len(block.cells)
                found.append(bare_grid([tuple(bare_story(cell) for cell in block.cells)], [width] * len(block.cells)))
            case _:
                pass  # rules, gaps, frames and codes
    return found


def bare(words: str, *, bold: bool = False, size: float = 10) -> Any:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Bare

    style = ParagraphStyle("bare", fontName="Bare-Bold" if bold else "Bare", fontSize=size, leading=size * 1.38)
    return Bare(escape(without_isolates(words)), style)


def bare_grid(rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Any:
    from reportlab.platypus import Spacer
    from reportlab.platypus import Table as Grid

    return Grid([list(row) for row in rows], colWidths=list(widths), splitInRow=1) if rows else Spacer(1, 1)
