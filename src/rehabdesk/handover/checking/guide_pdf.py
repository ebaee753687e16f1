"""The guide for teams without RehabDesk: one page on how a packet is opened, checked and answered (packet.md 1, 13)."""

from dataclasses import dataclass
from datetime import datetime

from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.paper.blocks import (
    SOFT_INK,
    Block,
    Column,
    Direction,
    Gap,
    Heading,
    Note,
    Paragraph,
    Run,
    Table,
    Tone,
    bold,
)
from rehabdesk.paper.pages import TRAINING, PageFrame, build

_SIZE, _SMALL = 9.6, 8.6
_OPEN = "age -d -i team.agekey -o RD.pdf RD-….pdf.age"
_CODE = "sha256sum RD.pdf"
_CODE_WINDOWS = "certutil -hashfile RD.pdf SHA256"
_SIGNED = "pdfsig -nssdir sql:nss RD.pdf"
_KEEPER = (
    "openssl cms -verify -binary -inform DER -in SITE.rdsite -noverify -out card.json",
    "jq -r .root card.json | base64 -d > root.der; jq -r .crl card.json | base64 -d > site.crl",
    "openssl x509 -inform DER -in root.der -out site-root.pem",
    "mkdir nss && certutil -N -d sql:nss --empty-password",
    'certutil -A -d sql:nss -n site -t ",C," -i site-root.pem',
    "crlutil -I -t 1 -i site.crl -d sql:nss",
)
"""The site's root and list of withdrawn keys, for pdfsig (packet.md 13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Whose packets it is about. `phone`: the switchboard. `digits`: the 24 of the site, compared once by voice."""

    site: str
    phone: str
    digits: str
    at: datetime
    version: str
    training: bool


def guide_page(guide: Guide) -> bytes:
    """One A4 page as PDF, in the language in use. It holds nothing about any person."""
    frame = PageFrame(
        title=tr("How a packet is opened, checked and answered"),
        author=guide.site,
        creator=f"RehabDesk {guide.version}",
        language=language() if language() in ("en", "fr", "ar") else "en",
        issued=guide.at,
        heading=tr("For teams that receive packets from {site}").format(site=isolate(guide.site)),
        watermark="",
        foot=tr("Keep this page where packets are opened. It is no secret."),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if guide.training else "",
    )
    return build(frame, _blocks(guide)).pdf


def _blocks(guide: Guide) -> list[Block]:
    return [
        Heading(text=tr("How a packet is opened, checked and answered")),
        *_before(guide),
        *_each_time(),
        _readers(),
        *_answer(guide),
        *_for_the_keeper(),
        Note(
            tone=Tone.WARNING,
            blocks=(
                _said(tr("If anything differs, do not act on the packet, do not answer it, and call the site.")),
                _said(
                    tr("Pages on paper cannot show that a sheet was not exchanged: have the words read back by phone.")
                ),
            ),
        ),
    ]


def _before(guide: Guide) -> list[Block]:
    return [
        Heading(text=tr("Once, before the first packet"), level=2),
        _said(
            tr(
                "Meet somebody of the site, or call the switchboard, {phone}. Take the number from a letter or list"
                " that you had before, never from a packet. Have these 24 digits read to you and compare each group:"
            ).format(phone=isolate_ltr(guide.phone))
        ),
        Paragraph(words=(bold(isolate_ltr(guide.digits)),), size=13, space_after=4),
        _said(
            tr(
                "Give the site the key that your team opens files with, or say that you have none. Without a key the"
                " packet comes in an envelope."
            )
        ),
    ]


def _each_time() -> list[Block]:
    steps = (
        (tr("Open the file with the key of your team:"), _OPEN),
        (
            tr(
                "Call the site and compare the packet code: 24 digits that both of you make from the file itself. Its"
                " sum, to be compared with the slip, on Linux and on Windows:"
            ),
            f"{_CODE}     {_CODE_WINDOWS}",
        ),
        (
            tr(
                "See that two people signed and that nothing was changed after the second one: in a PDF reader that"
                " checks signatures, with the root of the site installed, or with this command. The first signature"
                " covers a part only. The last one must say that the whole document is signed."
            ),
            _SIGNED,
        ),
        (
            tr("Ask whether the packet is still current: give its number on the phone, or use the newest status list."),
            "",
        ),
    )
    found: list[Block] = [Heading(text=tr("Each time"), level=2)]
    for number, (words, command) in enumerate(steps, start=1):
        found.append(Paragraph(words=(bold(f"{number}  "), Run(text=words)), size=_SIZE, space_after=2))
        if command:
            found.append(Paragraph(words=command, size=_SMALL, colour=SOFT_INK, direction=Direction.LTR, space_after=4))
    found.append(
        _said(
            tr(
                "Read the words of these programs. Some of them end as if all were well when a file was changed, and a"
                " browser shows the pages of any file."
            )
        )
    )
    return found


def _readers() -> Block:
    """Who can see what (packet.md 1)."""
    return Table(
        columns=(
            Column(title=tr("You have"), share=2),
            Column(title=tr("You can see"), share=3),
            Column(title=tr("You cannot see"), share=3),
        ),
        rows=(
            (
                tr("Paper and a telephone"),
                tr("That the number is current: the site says it"),
                tr("That no sheet was exchanged"),
            ),
            (
                tr("A PDF viewer or a browser"),
                tr("That the file is the one which the site sent: the packet code"),
                tr("Whether it was signed"),
            ),
            (
                tr("A reader that checks signatures"),
                tr("Two signatures, nothing changed since"),
                tr("Whether it was replaced or withdrawn: ask"),
            ),
            (
                tr("RehabDesk"),
                tr("All of this at once, and who may read it"),
                tr("Whether what is written is true"),
            ),
        ),
        size=_SMALL,
    )


def _answer(guide: Guide) -> list[Block]:
    return [
        Heading(text=tr("Answer"), level=2),
        _said(
            tr(
                "Say the 8 digits of the receipt slip on the telephone: so {site} knows that it came. Later send back"
                " the page with the ten questions, or the text file that was made for it. Only your team may read the"
                " packet: pass nothing on, and use nothing of it to decide on release, parole, transfer or privileges."
            ).format(site=isolate(guide.site))
        ),
    ]


def _for_the_keeper() -> list[Block]:
    lines: list[Block] = [
        Paragraph(words=each, size=_SMALL - 0.8, colour=SOFT_INK, direction=Direction.LTR, space_after=0)
        for each in _KEEPER
    ]
    return [
        Heading(text=tr("Once, by whoever keeps the computer: root and list from the card of the site"), level=2),
        *lines,
        Gap(height=6),
    ]


def _said(words: str) -> Paragraph:
    return Paragraph(words=words, size=_SIZE, space_after=4)
