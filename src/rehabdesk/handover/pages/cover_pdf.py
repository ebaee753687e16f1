"""Page 1: what the file is, for whom, from whom, and its sentences in three languages (packet.md 3.2)."""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.handover.content.packet_model import TITLES, Handover, Ready
from rehabdesk.handover.content.sections_model import Agreement
from rehabdesk.handover.pages.labels_pdf import label, profile_title
from rehabdesk.handover.pages.words_pdf import code, day, joined, moment, name, own_words, whom
from rehabdesk.paper.blocks import (
    SOFT_INK,
    Align,
    Block,
    Columns,
    Gap,
    KeyValues,
    Note,
    Paragraph,
    QrCode,
    Rule,
    Tone,
    Voice,
    Words,
    bold,
)

TWO_SIGNATURES = {
    "en": "This packet is complete only with TWO digital signatures: author and supervisor. If your reader shows one "
    "signature, or changes after signing, do not rely on it.",
    "fr": "Ce dossier n’est complet qu’avec DEUX signatures numériques : auteur et superviseur. Si votre lecteur "
    "n’en montre qu’une, ou signale des changements après signature, ne vous y fiez pas.",
    "ar": "لا يكتمل هذا الملف إلا بتوقيعين رقميين: المُعِدّ والمشرف. إذا أظهر القارئ توقيعًا واحدًا أو تغييرات بعد التوقيع "
    "فلا تعتمدوا عليه.",
}
VIEWERS = {
    "en": "A PDF viewer or browser shows the pages but may not check signatures. Check with RehabDesk, with Adobe "
    "Reader (site root installed) or with pdfsig.",
    "fr": "Un lecteur PDF ou un navigateur affiche les pages mais ne vérifie pas toujours les signatures. Vérifiez "
    "avec RehabDesk, Adobe Reader (racine du site installée) ou pdfsig.",
    "ar": "قارئ PDF أو المتصفح يعرض الصفحات وقد لا يتحقق من التوقيعات. تحققوا بواسطة RehabDesk أو Adobe Reader (بعد "
    "تثبيت شهادة الجهة) أو pdfsig.",
}
STILL_CURRENT = {
    "en": "To ask whether it is still current, call a number that you already know and give this number: {number}.",
    "fr": "Pour savoir s’il est toujours valable, appelez un numéro que vous connaissez déjà et donnez ce numéro : "
    "{number}.",
    "ar": "للتأكد من أنه ما زال ساريًا، اتصلوا على رقم تعرفونه من قبل واذكروا هذا الرقم: {number}.",
}
_MOST_NAMED = 3
_SENTENCE_SIZES = {"en": 7.2, "fr": 7.2, "ar": 7.8}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCode:
    """What the pages print about their own data: 24 digits of SHA-256(handover.json), and the text of the QR code."""

    digits: str
    qr: str

    @property
    def first_eight(self) -> str:
        return self.digits[:9].replace("-", " ")


def cover(packet: Handover, paper_code: PaperCode) -> list[Block]:
    """The blocks of page 1. The person's name is not among them: it stands in S1."""
    own, *others = in_order(packet.packet.languages[0])
    return [
        Paragraph(words=TITLES[own], size=21, leading=28, bold=True, space_after=2),
        Columns(
            cells=tuple(
                (Paragraph(words=TITLES[other], size=11.5, colour=SOFT_INK, align=Align.PAGE, space_after=2),)
                for other in others
            ),
            shares=(1, 1),
        ),
        Rule(),
        Columns(
            cells=((KeyValues(rows=_facts(packet), label_share=0.34),), _code(packet, paper_code)),
            shares=(2.55, 1),
        ),
        *_sentences(packet),
        *_voice(packet),
    ]


def in_order(language: str) -> tuple[str, ...]:
    """The three languages of paper, the packet's own first; English for a packet in any other."""
    own = language.split("-")[0]
    own = own if own in TITLES else "en"
    return (own, *(each for each in TITLES if each != own))


def express_line(due: datetime) -> str:
    """What every page of an express packet says until it has its second signature."""
    return tr(
        "EXPRESS – countersign pending. One person has signed. A second signature is due by {date}. When both fields "
        "on the signature page are signed, the packet is complete."
    ).format(date=moment(due))


def _facts(packet: Handover) -> tuple[tuple[Words, Words], ...]:
    head, to = packet.packet, packet.to
    informed = tr("Yes")
    if head.person_informed.reason is not None:
        informed = tr("No: {reason}").format(reason=label(head.person_informed.reason))
    basis = joined([label(head.legal_basis.code), name(head.legal_basis.cite) if head.legal_basis.cite else None])
    voice = packet.sections.S3
    agreement: tuple[tuple[Words, Words], ...] = ()
    if voice is not None:
        agreement = ((tr("Person’s agreement"), (bold(label(voice.agreement)),)),)
    return (
        (tr("Number"), (bold(code(head.number)),)),
        (tr("Case reference"), code(head.case_ref)),
        (tr("For"), (bold(name(to.name)),)),
        *[("", each) for each in _readers(packet)],
        (
            tr("From"),
            joined([name(packet.site.name), tr("switchboard {phone}").format(phone=code(packet.site.phone))]),
        ),
        (tr("Issued, expires"), joined([moment(head.issued), day(head.expires)])),
        (tr("Profile"), profile_title(head.profile)),
        (tr("Purpose"), name(head.purpose)),
        (tr("Legal basis"), basis),
        (tr("Person told"), informed),
        (
            tr("Contents"),
            ntr("{count} page, one attachment {file}", "{count} pages, one attachment {file}", head.pages).format(
                file=code("handover.json")
            ),
        ),
        *agreement,
    )


def _readers(packet: Handover) -> tuple[str, ...]:
    """Organisation and recipients. One recipient has a row alone, so that no name is broken; several share one."""
    to = packet.to
    named = [whom(each) for each in to.recipients]
    if len(named) == 1:
        return (name(to.org), *named)
    return (joined([name(to.org), *named[:_MOST_NAMED], tr("others: see S0") if len(named) > _MOST_NAMED else None]),)


def _code(packet: Handover, paper_code: PaperCode) -> tuple[Block, ...]:
    digits = paper_code.digits
    blocks: list[Block] = [QrCode(text=paper_code.qr, size=116), Gap(height=2)]
    blocks.append(Paragraph(words=tr("Paper code"), size=8, colour=SOFT_INK, space_after=1))
    blocks.extend(
        Paragraph(words=code(part), size=10.5, bold=True, space_after=0) for part in (digits[:14], digits[15:])
    )
    if packet.packet.ready in (Ready.READY, Ready.READY_WITH_WAIVERS):
        words = tr("READY") if packet.packet.ready is Ready.READY else tr("READY, with waivers (see S12)")
        blocks.append(Gap(height=5))
        blocks.append(Note(blocks=(Paragraph(words=(bold(words),), space_after=0),)))
    return tuple(blocks)


def _voice(packet: Handover) -> list[Block]:
    """The person's own words in full where they do not simply agree; last, so that nothing else leaves page 1."""
    voice = packet.sections.S3
    if voice is None or voice.agreement is Agreement.AGREED or voice.agreement_words is None:
        return []
    words = own_words(voice.agreement_words, packet.packet.languages[0])
    return [Gap(height=4), Voice(label=tr("What the person says about the plan, in their own words"), words=words)]


def _sentences(packet: Handover) -> list[Block]:
    number = code(packet.packet.number)
    blocks: list[Block] = []
    if packet.packet.countersign_due is not None:
        express = express_line(packet.packet.countersign_due)
        blocks.append(Note(blocks=(Paragraph(words=(bold(express),), size=9, space_after=0),), tone=Tone.WARNING))
    lines: list[Block] = []
    own, *_ = languages = in_order(packet.packet.languages[0])
    for language in languages:
        size = _SENTENCE_SIZES[language] + (1 if language == own else 0)
        for sentence in (TWO_SIGNATURES, VIEWERS, STILL_CURRENT):
            words = sentence[language].format(number=number)
            first = sentence is TWO_SIGNATURES
            bold_ = first and language == own
            lines.append(Paragraph(words=words, size=size, leading=size * 1.34, bold=bold_, space_after=1.8))
        lines.append(Gap(height=2))
    blocks.append(Note(blocks=tuple(lines[:-1])))
    only = tr("Only {team} may read it. If you are not that team, close it and tell {site}.").format(
        team=name(packet.to.name), site=name(packet.site.name)
    )
    blocks.append(Paragraph(words=(bold(only),), size=9, space_before=3, space_after=2))
    not_to_decide = tr("It must not be used to decide release, parole, transfer or privileges.")
    blocks.append(Paragraph(words=not_to_decide, size=9, space_after=0))
    return blocks
