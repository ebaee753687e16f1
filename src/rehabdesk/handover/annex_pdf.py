"""The pages of a clinical annex and the appearance of its one signature (packet.md 5.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.canon import digits24
from rehabdesk.core.dates import day_text, time_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex_model import ClinicalAnnex
from rehabdesk.handover.number_model import DEMO_SITE
from rehabdesk.handover.sections_model import Text
from rehabdesk.paper.blocks import (
    SOFT_INK,
    Block,
    Columns,
    Gap,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Rule,
    SignatureArea,
    Together,
    bold,
    texts_of,
)
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import TRAINING, Area, PageFrame, build
from rehabdesk.paper.stamp import signature_stamp

TITLE = "Clinical annex {number}"
"""In the description of the file: no name and no word of the text stand there."""
AREA = "AuthorSignature"
_WIDTH, _HEIGHT = 230.0, 92.0
_NAMES = ("Clinical annex", "Annexe clinique", "ملحق سريري")
ONE_SIGNATURE = {
    "en": "Clinical annex. One signature by design; released by packet {number}.",
    "fr": "Annexe clinique. Une seule signature, c’est voulu ; remise par le dossier {number}.",
    "ar": "ملحق سريري. توقيع واحد عن قصد؛ يُسلَّم بموجب الملف {number}.",
}
_MEANING = ("“I wrote this annex.”", "« J’ai rédigé cette annexe. »", "«أعددتُ هذا الملحق.»")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What the pages say of the site; it stands in no field of the annex itself."""

    site: str
    phone: str
    person_ref: str
    issued: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexPages:
    """Finished pages, and where the one signature goes."""

    pdf: bytes
    author: Area


def build_annex(annex: ClinicalAnnex, json: bytes, sender: Sender, *, version: str) -> AnnexPages:
    """The pages. UserError with the characters, and where they stand, if a font lacks one."""
    groups = list(_groups(annex, sender))
    missing = missing_characters([(where, text) for where, blocks in groups for text in texts_of(blocks)])
    if missing:
        listed = "; ".join(f"{each}: {', '.join(each.fields)}" for each in missing)
        sentence = tr("The annex holds characters that cannot be printed. Change these places: {places}")
        raise UserError(sentence.format(places=listed))
    paper = build(_frame(annex, json, sender, version), [block for _, blocks in groups for block in blocks])
    return AnnexPages(pdf=paper.pdf, author=paper.areas[AREA])


def annex_stamp(*, signer: str, at: datetime, certificate: bytes, issued: datetime) -> bytes:
    """The appearance of the psychologist's signature; `certificate` is DER."""
    lines = (
        "Psychologist · Psychologue · الأخصائي النفسي",
        f"{isolate(signer)} (PSY)",
        _MEANING[0],
        f"Stated · déclaré · صُرّح به: {isolate_ltr(time_text(at))}",
        f"Key · clé · المفتاح: {isolate_ltr(digits24(certificate)[:14])}",
    )
    return signature_stamp(lines, width=_WIDTH, height=_HEIGHT, issued=issued)


def _frame(annex: ClinicalAnnex, json: bytes, sender: Sender, version: str) -> PageFrame:
    code = digits24(json)[:9].replace("-", " ")
    return PageFrame(
        title=TITLE.format(number=annex.number),
        author=sender.site,
        creator=f"RehabDesk {version}",
        language=annex_language(),
        issued=sender.issued,
        heading=tr("Clinical annex"),
        watermark=f"{isolate(annex.for_)} · {isolate_ltr(day_text(sender.issued.date()))}",
        foot=f"{isolate_ltr(annex.number)} · {isolate_ltr(code)}",
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if annex.number.split("-")[1] == DEMO_SITE else "",
    )


def annex_language() -> str:
    """The language of the labels; free text stays as it was written."""
    return language() if language() in ("en", "fr", "ar") else "en"


def _groups(annex: ClinicalAnnex, sender: Sender) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under the words of the field that they print."""
    yield "", list(_head(annex, sender))
    for title, text in (
        (tr("Treatment summary"), annex.treatment_summary),
        (tr("Formulation"), annex.formulation),
        (tr("Onward plan"), annex.onward_plan),
    ):
        if text is not None:
            yield title, [Heading(text=title, level=1), *_words(text)]
    yield "", [_signature(annex)]


def _head(annex: ClinicalAnnex, sender: Sender) -> Iterator[Block]:
    english, french, arabic = _NAMES
    yield Paragraph(words=english, size=21, bold=True, space_after=3)
    yield Columns(
        cells=(
            (Paragraph(words=french, size=11, colour=SOFT_INK, space_after=2),),
            (Paragraph(words=arabic, size=12, colour=SOFT_INK, space_after=2),),
        ),
        shares=(1, 1),
    )
    yield Rule()
    yield Gap(height=5)
    number = isolate_ltr(annex.number)
    yield KeyValues(
        rows=(
            (tr("Number"), (bold(number),)),
            (tr("Case reference"), isolate_ltr(sender.person_ref)),
            (tr("For"), (bold(isolate(annex.for_)),)),
            (tr("From"), f"{isolate(annex.author.name)}, {isolate(sender.site)}, {isolate_ltr(sender.phone)}"),
            (tr("Issued"), isolate_ltr(time_text(sender.issued))),
        ),
        label_share=0.25,
    )
    sentences = [Paragraph(words=(bold(each.format(number=number)),), size=9.5) for each in ONE_SIGNATURE.values()]
    yield Note(blocks=tuple(sentences))
    only = tr("Only {name} may read it. If you are not {name}, close it and tell {site}.")
    words = only.format(name=isolate(annex.for_), site=isolate(sender.site))
    yield Paragraph(words=(bold(words),), size=9, space_before=3, space_after=2)
    yield Paragraph(words=tr("It must not be used to decide release, parole, transfer or privileges."), size=9)


def _words(text: Text) -> list[Block]:
    return [Paragraph(words=line) for line in text.text.split("\n") if line.strip()]


def _signature(annex: ClinicalAnnex) -> Block:
    return Together(
        blocks=(
            Gap(height=10),
            Rule(),
            Paragraph(words=(bold("Signature · Signature · التوقيع"),), size=11, space_after=4),
            Paragraph(words=isolate(annex.author.name), size=9),
            SignatureArea(name=AREA, width=_WIDTH, height=_HEIGHT),
            Gap(height=4),
            *[Paragraph(words=words, size=9, space_after=2) for words in _MEANING],
        )
    )
