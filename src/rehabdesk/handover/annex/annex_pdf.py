"""The pages of a clinical annex and the appearance of its one signature (packet.md 5.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core import resources
from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, speaking, tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.annex.annex_model import ClinicalAnnex
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.pages.cover_pdf import in_order
from rehabdesk.handover.pages.words_pdf import code, day, joined, moment, name, own_words
from rehabdesk.paper.blocks import (
    SOFT_INK,
    Align,
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
"""In the description of the file, in every language: no name and no word of the text stand there."""
AREA = "AuthorSignature"
_WIDTH, _HEIGHT = 230.0, 92.0
_Three = Mapping[str, str]
_NAMES: _Three = {"en": "Clinical annex", "fr": "Annexe clinique", "ar": "ملحق إكلينيكي"}
ONE_SIGNATURE: _Three = {
    "en": "Clinical annex. One signature by design; released by packet {number}.",
    "fr": "Annexe clinique. Une seule signature, c’est voulu ; remise par le dossier {number}.",
    "ar": "ملحق إكلينيكي. توقيع واحد عن قصد؛ يُسلَّم بموجب الملف {number}.",
}
_SIGNATURE: _Three = {"en": "Signature", "fr": "Signature", "ar": "التوقيع"}
_ROLE: _Three = {"en": "Psychologist", "fr": "Psychologue", "ar": "الأخصائي النفسي"}
_MEANING: _Three = {
    "en": "“I wrote this annex.”",
    "fr": "« J’ai rédigé cette annexe. »",
    "ar": "«أعددتُ هذا الملحق.»",
}
_STATED: _Three = {"en": "Stated", "fr": "déclaré", "ar": "صُرّح به"}
_KEY: _Three = {"en": "Key", "fr": "clé", "ar": "المفتاح"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What the pages say of the site, which stands in no field of the annex; `language` is that of the labels."""

    site: str
    country: str
    phone: str
    person_ref: str
    language: str
    issued: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidAnnex:
    """Finished pages, and where the one signature goes."""

    pdf: bytes
    author: Area


def build_annex(annex: ClinicalAnnex, json: bytes, sender: Sender, *, version: str) -> LaidAnnex:
    """The pages. UserError with the characters, and where they stand, if a font lacks one."""
    spoken = in_order(sender.language)
    with speaking(f"{spoken[0]}-{sender.country}", resources.path("i18n")):
        groups = list(_groups(annex, sender, spoken))
        frame = _frame(annex, json, sender, version)
    missing = missing_characters([(where, text) for where, blocks in groups for text in texts_of(blocks)])
    if missing:
        listed = " · ".join(isolate_ltr(f"{each}: {', '.join(each.fields)}") for each in missing)
        sentence = tr("The annex holds characters that cannot be printed. Change these places: {places}")
        raise UserError(sentence.format(places=listed))
    paper = build(frame, [block for _, blocks in groups for block in blocks])
    return LaidAnnex(pdf=paper.pdf, author=paper.areas[AREA])


def annex_stamp(*, signer: str, at: datetime, certificate: bytes, issued: datetime, spoken: str) -> bytes:
    """The appearance of the psychologist's signature; `certificate` is DER, `spoken` the language of the annex."""
    languages = in_order(spoken)
    with speaking(languages[0], resources.path("i18n")):
        when = moment(at)
    lines = (
        _side_by_side(_ROLE, languages),
        f"{name(signer)} ({code('PSY')})",
        _MEANING[languages[0]],
        f"{_side_by_side(_STATED, languages)}: {when}",
        f"{_side_by_side(_KEY, languages)}: {code(digits24(certificate)[:14])}",
    )
    return signature_stamp(lines, width=_WIDTH, height=_HEIGHT, issued=issued, language=languages[0])


def annex_language() -> str:
    """The language of the window, as far as paper speaks it."""
    return in_order(language())[0]


def _frame(annex: ClinicalAnnex, json: bytes, sender: Sender, version: str) -> PageFrame:
    first_eight = digits24(json)[:9].replace("-", " ")
    return PageFrame(
        title=TITLE.format(number=annex.number),
        author=sender.site,
        creator=f"RehabDesk {version}",
        language=annex_language(),
        issued=sender.issued,
        heading=_NAMES[annex_language()],
        watermark=f"{name(annex.for_)} · {day(sender.issued.date())}",
        foot=f"{code(annex.number)} · {code(first_eight)}",
        page_words=tr("page {page} of {pages}"),
        banner=TRAINING if annex.number.split("-")[1] == DEMO_SITE else "",
    )


def _groups(annex: ClinicalAnnex, sender: Sender, languages: Sequence[str]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under the words of the field that they print."""
    yield "", list(_head(annex, sender, languages))
    for title, text in (
        (tr("Treatment summary"), annex.treatment_summary),
        (tr("Formulation"), annex.formulation),
        (tr("Onward plan"), annex.onward_plan),
    ):
        if text is not None:
            yield title, [Heading(text=title, level=1), *_words(text)]
    yield "", [_signature(annex, languages)]


def _head(annex: ClinicalAnnex, sender: Sender, languages: Sequence[str]) -> Iterator[Block]:
    own, *others = languages
    yield Paragraph(words=_NAMES[own], size=21, leading=30, bold=True, space_after=3)
    yield Columns(
        cells=tuple(
            (Paragraph(words=_NAMES[each], size=11.5, colour=SOFT_INK, align=Align.PAGE, space_after=2),)
            for each in others
        ),
        shares=(1, 1),
    )
    yield Rule()
    yield Gap(height=5)
    number = code(annex.number)
    yield KeyValues(
        rows=(
            (tr("Number"), (bold(number),)),
            (tr("Case reference"), code(sender.person_ref)),
            (tr("For"), (bold(name(annex.for_)),)),
            (tr("From"), joined([name(annex.author.name), name(sender.site), code(sender.phone)])),
            (tr("Issued"), moment(sender.issued)),
        ),
        label_share=0.25,
    )
    yield Note(
        blocks=tuple(
            Paragraph(words=(bold(ONE_SIGNATURE[each].format(number=number)),), size=9.5, space_after=3)
            for each in languages
        )
    )
    only = tr("Only {name} may read it. If you are not {name}, close it and tell {site}.")
    words = only.format(name=name(annex.for_), site=name(sender.site))
    yield Paragraph(words=(bold(words),), size=9, space_before=3, space_after=2)
    yield Paragraph(words=tr("It must not be used to decide release, parole, transfer or privileges."), size=9)


def _words(text: Text) -> list[Block]:
    """Paragraph by paragraph; the last one says in which language they are, where that is not the annex's."""
    *lines, last = [line for line in text.text.split("\n") if line.strip()] or [""]
    words = [own_words(Text(text=line, lang="und"), language()) for line in lines]
    return [Paragraph(words=each) for each in (*words, own_words(Text(text=last, lang=text.lang), language()))]


def _signature(annex: ClinicalAnnex, languages: Sequence[str]) -> Block:
    return Together(
        blocks=(
            Gap(height=10),
            Rule(),
            Paragraph(words=_side_by_side(_SIGNATURE, languages), size=11, bold=True, align=Align.PAGE, space_after=4),
            Paragraph(words=name(annex.author.name), size=9, align=Align.PAGE),
            SignatureArea(name=AREA, width=_WIDTH, height=_HEIGHT),
            Gap(height=4),
            *[Paragraph(words=_MEANING[each], size=9, align=Align.PAGE, space_after=2) for each in languages],
        )
    )


def _side_by_side(words: _Three, languages: Sequence[str]) -> str:
    return joined([name(each) for each in dict.fromkeys(words[language] for language in languages)])
