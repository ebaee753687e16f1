"""The last page with its two signature fields, and the appearance that each signature gets (packet.md 3.3, 5.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rehabdesk.core import resources
from rehabdesk.core.canon import digits24
from rehabdesk.core.i18n import speaking, tr
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.pages.cover_pdf import TWO_SIGNATURES, in_order
from rehabdesk.handover.pages.words_pdf import code, joined, moment, name
from rehabdesk.paper.blocks import (
    Align,
    Block,
    Columns,
    Gap,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Rule,
    SignatureArea,
    bold,
)
from rehabdesk.paper.stamp import signature_stamp

AUTHOR_AREA, SUPERVISOR_AREA = "AuthorSignature", "SupervisorSignature"
_STAMP_WIDTH, _STAMP_HEIGHT = 230.0, 92.0
_ROLES = {
    "author": {"en": "Author", "fr": "Auteur", "ar": "المُعِدّ"},
    "supervisor": {"en": "Supervisor", "fr": "Superviseur", "ar": "المشرف"},
}
_MEANING = {
    "author": {
        "en": "“I prepared this packet.”",
        "fr": "« J’ai préparé ce dossier. »",
        "ar": "«أعددتُ هذا الملف.»",
    },
    "supervisor": {
        "en": "“I checked it and approve its release.”",
        "fr": "« Je l’ai vérifié et j’approuve sa remise. »",
        "ar": "«راجعتُه وأوافق على تسليمه.»",
    },
}
_STATED = {"en": "Stated", "fr": "déclaré", "ar": "صُرّح به"}
_KEY = {"en": "Key", "fr": "clé", "ar": "المفتاح"}
_TWO_PEOPLE = {
    "en": "Two different people, two different keys. They show that the site lets these two people release this text, "
    "and that nothing was changed since. They do not show that the text is true. The time is stated by the signer.",
    "fr": "Deux personnes différentes, deux clés différentes. Elles montrent que le site autorise ces deux personnes à "
    "remettre ce texte et que rien n’a été modifié depuis ; non que le texte est exact. L’heure est déclarée par le "
    "signataire.",
    "ar": "شخصان مختلفان ومفتاحان مختلفان. يدلان على أن الجهة تسمح لهما بتسليم هذا النص وأن شيئًا لم يتغير بعد ذلك، "
    "ولا يدلان على أن النص صحيح. الوقت يصرّح به الموقّع.",
}


def signature_page(packet: Handover) -> list[Block]:
    """Both fields side by side, each with what it means; below, how to read them."""
    languages = in_order(packet.packet.languages[0])
    supervisors = joined([name(each.name) for each in packet.signers.countersigners], " / ")
    return [
        PageBreak(),
        Heading(text=tr("Signatures"), level=1),
        Paragraph(words=tr("File {number}").format(number=code(packet.packet.number))),
        Columns(
            cells=(
                (*_field("author", AUTHOR_AREA, languages), Paragraph(words=name(packet.signers.author.name), size=9)),
                (*_field("supervisor", SUPERVISOR_AREA, languages), Paragraph(words=supervisors, size=9)),
            ),
            shares=(1, 1),
        ),
        Gap(height=10),
        Rule(),
        Gap(height=6),
        *[Paragraph(words=_TWO_PEOPLE[language], size=9.5) for language in languages],
        Gap(height=4),
        Note(
            blocks=tuple(
                Paragraph(words=(bold(TWO_SIGNATURES[language]),), size=9.5, space_after=4) for language in languages
            )
        ),
        Paragraph(
            words=tr(
                "How to check: see {section}. If one of the two frames is empty, this file is not complete."
            ).format(section=code("S0"))
        ),
    ]


def stamp(
    *, role: str, signer: str, staff_role: str, at: datetime, certificate: bytes, issued: datetime, language: str
) -> bytes:
    """The appearance of a signature, a small page of its own: who, in which role, the stated time, digits of the key.

    `role` is `author` or `supervisor`; `certificate` is DER; `language` is the packet's.
    """
    languages = in_order(language)
    with speaking(languages[0], resources.path("i18n")):
        when = moment(at)
    lines = (
        _side_by_side(_ROLES[role], languages),
        f"{name(signer)} ({code(staff_role)})",
        _MEANING[role][languages[0]],
        f"{_side_by_side(_STATED, languages)}: {when}",
        f"{_side_by_side(_KEY, languages)}: {code(digits24(certificate)[:14])}",
    )
    return signature_stamp(lines, width=_STAMP_WIDTH, height=_STAMP_HEIGHT, issued=issued, language=languages[0])


def _side_by_side(words: Mapping[str, str], languages: Sequence[str]) -> str:
    return joined([name(words[language]) for language in languages])


def _field(role: str, area: str, languages: Sequence[str]) -> tuple[Block, ...]:
    own, *others = languages
    return (
        Paragraph(words=(bold(_ROLES[role][own]),), size=11, space_after=0),
        Paragraph(words=_side_by_side(_ROLES[role], others), size=9, align=Align.PAGE, space_after=4),
        SignatureArea(name=area, width=_STAMP_WIDTH, height=_STAMP_HEIGHT),
        Gap(height=4),
        *[Paragraph(words=_MEANING[role][each], size=9, align=Align.PAGE, space_after=2) for each in languages],
    )
