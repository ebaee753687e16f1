"""Page 1: what the file is, for whom, from whom, and its sentences in three languages (packet.md 3.2)."""

from dataclasses import dataclass

from rehabdesk.handover.packet_model import Handover, Ready
from rehabdesk.handover.profile_model import PROFILES
from rehabdesk.handover.sections_model import Agreement
from rehabdesk.handover.words_pdf import code, day, joined, label, moment, name, own_words
from rehabdesk.paper.blocks import (
    SOFT_INK,
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

TITLE = "Personal resettlement file"
TITLE_FR = "Dossier personnel de réinsertion"
TITLE_AR = "ملف شخصي لإعادة الإدماج"
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
ONLY_TEAM = "Only {team} may read it. If you are not that team, close it and tell {site}."
NOT_TO_DECIDE = "It must not be used to decide release, parole, transfer or privileges."
EXPRESS = (
    "EXPRESS – countersign pending. One person has signed. A second signature is due by {date}. When both fields on "
    "the signature page are signed, the packet is complete."
)
_MOST_NAMED = 3


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
    return [
        Paragraph(words=TITLE, size=21, bold=True, space_after=3),
        Columns(
            cells=(
                (Paragraph(words=TITLE_FR, size=11, colour=SOFT_INK, space_after=2),),
                (Paragraph(words=TITLE_AR, size=12, colour=SOFT_INK, space_after=2),),
            ),
            shares=(1, 1),
        ),
        Rule(),
        Gap(height=5),
        Columns(
            cells=((KeyValues(rows=_facts(packet), label_share=0.34),), _code(packet, paper_code)),
            shares=(2.55, 1),
        ),
        *_sentences(packet),
        *_voice(packet),
    ]


def _facts(packet: Handover) -> tuple[tuple[Words, Words], ...]:
    head, to = packet.packet, packet.to
    named = [f"{name(each.name)}, {name(each.role)}" for each in to.recipients]
    recipients = joined(named if len(named) <= _MOST_NAMED else [*named[:_MOST_NAMED], "others: see S0"], "; ")
    informed = "Yes"
    if head.person_informed.reason is not None:
        informed = f"No: {label(head.person_informed.reason)}"
    basis = joined([label(head.legal_basis.code), name(head.legal_basis.cite) if head.legal_basis.cite else None])
    voice = packet.sections.S3
    agreement: tuple[tuple[Words, Words], ...] = ()
    if voice is not None:
        agreement = (("Person’s agreement", (bold(label(voice.agreement)),)),)
    return (
        ("Number", (bold(code(head.number)),)),
        ("Case reference", code(head.case_ref)),
        ("For", (bold(name(to.name)),)),
        ("", joined([name(to.org), recipients])),
        ("From", joined([name(packet.site.name), f"switchboard {code(packet.site.phone)}"])),
        ("Issued, expires", f"{moment(head.issued)}; {day(head.expires)}"),
        ("Profile", PROFILES[head.profile].title),
        ("Purpose", name(head.purpose)),
        ("Legal basis", basis),
        ("Person told", informed),
        ("Contents", f"{head.pages} pages, one attachment {code('handover.json')}"),
        *agreement,
    )


def _code(packet: Handover, paper_code: PaperCode) -> tuple[Block, ...]:
    digits = paper_code.digits
    blocks: list[Block] = [QrCode(text=paper_code.qr, size=116), Gap(height=2)]
    blocks.append(Paragraph(words="Paper code", size=8, colour=SOFT_INK, space_after=1))
    blocks.extend(
        Paragraph(words=code(part), size=10.5, bold=True, space_after=0) for part in (digits[:14], digits[15:])
    )
    if packet.packet.ready in (Ready.READY, Ready.READY_WITH_WAIVERS):
        words = "READY" if packet.packet.ready is Ready.READY else "READY, with waivers (see S12)"
        blocks.append(Gap(height=5))
        blocks.append(Note(blocks=(Paragraph(words=(bold(words),), space_after=0),)))
    return tuple(blocks)


def _voice(packet: Handover) -> list[Block]:
    """The person's own words in full where they do not simply agree; last, so that nothing else leaves page 1."""
    voice = packet.sections.S3
    if voice is None or voice.agreement is Agreement.AGREED or voice.agreement_words is None:
        return []
    words = own_words(voice.agreement_words, packet.packet.languages[0])
    return [Gap(height=4), Voice(label="What the person says about the plan, in their own words", words=words)]


def _sentences(packet: Handover) -> list[Block]:
    number = code(packet.packet.number)
    blocks: list[Block] = []
    if packet.packet.countersign_due is not None:
        express = EXPRESS.format(date=moment(packet.packet.countersign_due))
        blocks.append(Note(blocks=(Paragraph(words=(bold(express),), size=9, space_after=0),), tone=Tone.WARNING))
    lines: list[Block] = []
    for language, size in (("en", 8.6), ("fr", 7.8), ("ar", 8.8)):
        for sentence in (TWO_SIGNATURES, VIEWERS, STILL_CURRENT):
            words = sentence[language].format(number=number)
            first = sentence is TWO_SIGNATURES
            lines.append(Paragraph(words=words, size=size, bold=first and language == "en", space_after=2.2))
        lines.append(Gap(height=2.5))
    blocks.append(Note(blocks=tuple(lines[:-1])))
    only = ONLY_TEAM.format(team=name(packet.to.name), site=name(packet.site.name))
    blocks.append(Paragraph(words=(bold(only),), size=9, space_before=3, space_after=2))
    blocks.append(Paragraph(words=NOT_TO_DECIDE, size=9, space_after=0))
    return blocks
