"""The last page with its two signature fields, and the appearance that each signature gets (packet.md 3.3, 5.3)."""

from datetime import datetime

from rehabdesk.core.canon import digits24
from rehabdesk.handover.cover_pdf import TWO_SIGNATURES
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.words_pdf import code, moment, name
from rehabdesk.paper.blocks import Block, Columns, Gap, Heading, Note, PageBreak, Paragraph, Rule, SignatureArea, bold
from rehabdesk.paper.stamp import signature_stamp

AUTHOR_AREA, SUPERVISOR_AREA = "AuthorSignature", "SupervisorSignature"
_STAMP_WIDTH, _STAMP_HEIGHT = 230.0, 92.0
_ROLES = {
    "author": ("Author", "Auteur", "المُعِدّ"),
    "supervisor": ("Supervisor", "Superviseur", "المشرف"),
}
_MEANING = {
    "author": (
        "“I prepared this packet.”",
        "« J’ai préparé ce dossier. »",
        "«أعددتُ هذا الملف.»",
    ),
    "supervisor": (
        "“I checked it and approve its release.”",
        "« Je l’ai vérifié et j’approuve sa remise. »",
        "«راجعتُه وأوافق على تسليمه.»",
    ),
}
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
    supervisors = " / ".join(name(each.name) for each in packet.signers.countersigners)
    return [
        PageBreak(),
        Heading(text="Signatures · Signatures · التوقيعات", level=1),
        Paragraph(words=f"File {code(packet.packet.number)}"),
        Columns(
            cells=(
                (*_field("author", AUTHOR_AREA), Paragraph(words=name(packet.signers.author.name), size=9)),
                (*_field("supervisor", SUPERVISOR_AREA), Paragraph(words=supervisors, size=9)),
            ),
            shares=(1, 1),
        ),
        Gap(height=10),
        Rule(),
        Gap(height=6),
        *[Paragraph(words=words, size=9.5) for words in _TWO_PEOPLE.values()],
        Gap(height=4),
        Note(
            blocks=tuple(
                Paragraph(words=(bold(TWO_SIGNATURES[language]),), size=9.5, space_after=4)
                for language in ("en", "fr", "ar")
            )
        ),
        Paragraph(words="How to check: page 2. If one of the two frames is empty, this file is not complete."),
    ]


def stamp(*, role: str, signer: str, staff_role: str, at: datetime, certificate: bytes, issued: datetime) -> bytes:
    """The appearance of a signature, a small page of its own: who, in which role, the stated time, digits of the key.

    `role` is `author` or `supervisor`; `certificate` is DER.
    """
    english, french, arabic = _ROLES[role]
    lines = (
        f"{english} · {french} · {arabic}",
        f"{name(signer)} ({staff_role})",
        _MEANING[role][0],
        f"Stated · déclaré · صُرّح به: {moment(at)}",
        f"Key · clé · المفتاح: {code(digits24(certificate)[:14])}",
    )
    return signature_stamp(lines, width=_STAMP_WIDTH, height=_STAMP_HEIGHT, issued=issued)


def _field(role: str, area: str) -> tuple[Block, ...]:
    english, french, arabic = _ROLES[role]
    return (
        Paragraph(words=(bold(english),), size=11, space_after=0),
        Paragraph(words=f"{french} · {arabic}", size=9, space_after=4),
        SignatureArea(name=area, width=_STAMP_WIDTH, height=_STAMP_HEIGHT),
        Gap(height=4),
        *[Paragraph(words=words, size=9, space_after=2) for words in _MEANING[role]],
    )
