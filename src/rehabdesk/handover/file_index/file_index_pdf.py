"""The pages of the certified file index: what the file holds, what is not listed, and how it is certified."""

from collections.abc import Mapping, Sequence

from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, ntr, speaking, tr
from rehabdesk.core.text import join_words
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.packet_model import TITLES, Handover
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry, index_name
from rehabdesk.handover.pages.cover_pdf import in_order
from rehabdesk.handover.pages.words_pdf import code, day, joined, moment, name
from rehabdesk.paper.blocks import (
    Block,
    Bullets,
    Column,
    Gap,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    Table,
    Together,
    Words,
    bold,
    texts_of,
)
from rehabdesk.paper.fonts import FontBook, missing_characters
from rehabdesk.paper.pages import TRAINING, PageFrame, build, count

_K = EntryKind


def index_pages(packet: Handover, entries: Sequence[FileEntry], *, version: str) -> bytes:
    """The pages, in the packet's language; the same packet and entries give the same bytes.

    `version` is the program's. UserError with the characters if a font lacks one.
    """
    spoken = in_order(packet.packet.languages[0])[0]
    with speaking(f"{spoken}-{packet.site.country}", resources.path("i18n")):
        frame, book = _frame(packet, version), FontBook()
        pages = count(frame, index_blocks(packet, entries, pages=1), book)
        blocks = index_blocks(packet, entries, pages=pages)
    missing = missing_characters([("", text) for text in (*frame.texts(), *texts_of(blocks))])
    if missing:
        sentence = tr("The file index holds characters that cannot be printed: {characters}")
        raise UserError(sentence.format(characters=join_words(map(str, missing))))
    return build(frame, blocks, expected=pages, book=book).pdf


def _frame(packet: Handover, version: str) -> PageFrame:
    head = packet.packet
    return PageFrame(
        title=tr("File index {number}").format(number=head.number),
        author=packet.site.name,
        creator=f"RehabDesk {version}",
        language=head.languages[0],
        issued=head.issued,
        heading=TITLES[language()],
        watermark=f"{name(packet.to.name)} · {day(head.issued.date())}",
        foot=joined([code(head.number), code("INDEX")]),
        page_words=tr("page {page} of {pages}"),
        banner=TRAINING if packet.site.id == DEMO_SITE else "",
    )


def index_blocks(packet: Handover, entries: Sequence[FileEntry], *, pages: int) -> list[Block]:
    """What stands on the pages, in the language that is spoken."""
    return [
        Heading(text=tr("Certified file index")),
        _facts(packet, entries, pages),
        Gap(height=4),
        Paragraph(
            words=tr(
                "Each line is one record of this person’s file: the day of what it tells of, or else of its writing; "
                "what kind of record it is; and in which role somebody signed it. No word of any record stands here."
            )
        ),
        Heading(text=tr("What the file holds"), level=2),
        _table(entries),
        Gap(height=8),
        *_not_listed(packet),
        _certified(packet),
    ]


def _facts(packet: Handover, entries: Sequence[FileEntry], pages: int) -> Block:
    head, site = packet.packet, packet.site
    size = joined(
        [
            ntr("{count} entry", "{count} entries", len(entries)),
            ntr("{count} page", "{count} pages", pages),
        ]
    )
    rows: list[tuple[Words, Words]] = [
        (tr("Made for packet"), (bold(code(head.number)),)),
        (tr("Case reference"), code(head.case_ref)),
        (tr("For"), (bold(name(packet.to.name)),)),
        (tr("From"), joined([name(site.name), tr("switchboard {phone}").format(phone=code(site.phone))])),
        (tr("Made on"), moment(head.issued)),
    ]
    if entries:
        period = tr("{first} to {last}").format(first=day(entries[0].on), last=day(entries[-1].on))
        rows.append((tr("Period"), period))
    return KeyValues(rows=(*rows, (tr("This index"), size)), label_share=0.25)


def _table(entries: Sequence[FileEntry]) -> Block:
    roles, kinds = _roles(), _kinds()
    return Table(
        columns=(
            Column(title=tr("Line"), share=0.9),
            Column(title=tr("Day"), share=2),
            Column(title=tr("Kind of record"), share=4.8),
            Column(title=tr("Signed as"), share=2.2),
            Column(title=tr("Attachments"), share=2),
        ),
        rows=tuple(
            (
                code(str(line)),
                day(one.on),
                _what(one, kinds),
                roles.get(one.role, "–") if one.role else tr("From outside"),
                code(str(one.attachments)) if one.attachments else "–",
            )
            for line, one in enumerate(entries, start=1)
        ),
    )


def _what(one: FileEntry, kinds: Mapping[EntryKind, str]) -> str:
    """The kind, which of them it is, and what became of it."""
    words = kinds[one.kind]
    if one.kind is _K.PACKET:
        words = words.format(number=code(one.title))
    elif one.title:
        words = one.title
    if one.version:
        words = tr("{record}, version {version}").format(record=words, version=code(str(one.version)))
    if one.added:
        words = tr("{record}, with additions").format(record=words)
    return tr("{record}: entered in error").format(record=words) if one.struck else words


def _not_listed(packet: Handover) -> list[Block]:
    site, phone = name(packet.site.name), code(packet.site.phone)
    return [
        Heading(text=tr("What is not listed"), level=2),
        Paragraph(
            words=tr(
                "Psychology and chaplaincy keep files of their own. Nothing of them is listed or counted here, and "
                "this says nothing about whether there is anything in them about this person."
            )
        ),
        Paragraph(
            words=tr(
                "The person has a right to see what is kept about them, there too. They ask the psychologist or the "
                "chaplain, or write to {site}, telephone {phone}; a lawyer can ask for them. Asking has no consequence "
                "for the person."
            ).format(site=site, phone=phone)
        ),
        Paragraph(
            words=tr(
                "Not listed either, whether there is any or not: what protects another person, drafts that nobody has "
                "signed, and what belongs to the file of somebody else."
            )
        ),
    ]


def _certified(packet: Handover) -> Block:
    """Plain words for who holds the paper or the file; the sum itself cannot stand on the pages that it is made of."""
    number, file = code(packet.packet.number), code(index_name(packet.packet.number))
    return Together(
        blocks=(
            Heading(text=tr("How this index is certified"), level=2),
            Paragraph(
                words=tr(
                    "It has no signature of its own. Its sum, {sum}, is listed in the manifest of packet {number}, "
                    "which an author and a supervisor sign: what they sign covers this index too."
                ).format(sum=code("SHA-256"), number=number)
            ),
            Bullets(
                items=(
                    tr(
                        "With the file: make its sum, for example with {command}, and compare it with the manifest."
                    ).format(command=code(f"sha256sum {index_name(packet.packet.number)}")),
                    tr("With RehabDesk: check the packet and {file} together.").format(file=file),
                    tr(
                        "On paper: read the number of the packet, the number of entries and the number of pages to "
                        "{site} on a telephone number that you already know."
                    ).format(site=name(packet.site.name)),
                )
            ),
            Note(
                blocks=(
                    Paragraph(
                        words=tr("It must not be used to decide release, parole, transfer or privileges."),
                        size=9,
                        space_after=0,
                    ),
                )
            ),
        )
    )


def _roles() -> Mapping[str, str]:
    return {
        "PSY": tr("Psychologist"),
        "CSUP": tr("Clinical supervisor"),
        "CO": tr("Case officer"),
        "SUP": tr("Supervisor"),
        "FAC": tr("Facilitator"),
        "AUD": tr("Inspector"),
        "ADM": tr("Administrator"),
    }


def _kinds() -> Mapping[EntryKind, str]:
    """What a record is called; a note has the title of its form."""
    return {
        _K.DETAILS: tr("Personal details"),
        _K.LEGAL: tr("Legal stage and dates"),
        _K.PLACEMENT: tr("Placement"),
        _K.CONTACT: tr("Contact of the person"),
        _K.CONSENT: tr("Answer about consent"),
        _K.CONSENT_WITHDRAWN: tr("Withdrawal of consent"),
        _K.ASSIGNMENT: tr("Member of staff assigned"),
        _K.NOTE: tr("Note"),
        _K.SUMMARY: tr("Shared summary"),
        _K.GROUP: tr("Group meeting"),
        _K.ALERT: tr("Safety alert"),
        _K.OUTSIDE: tr("Received from outside"),
        _K.ASSESSMENT: tr("Sign that an assessment is kept elsewhere"),
        _K.PLAN: tr("Plan"),
        _K.STAFF_WORD: tr("Progress in words, by staff"),
        _K.OWN_WORD: tr("Progress in words, the person’s own"),
        _K.REVIEW: tr("Review of the plan"),
        _K.REVIEW_PUT_OFF: tr("Review of the plan, put off"),
        _K.REVIEW_MOVED: tr("Event that brings a review forward"),
        _K.CONFERENCE: tr("Case conference"),
        _K.PROGRAMME: tr("Programme"),
        _K.SESSION: tr("Session of a programme"),
        _K.CHECKLIST: tr("Release checklist"),
        _K.CONDITION: tr("Condition of the release"),
        _K.PACKET: tr("Packet {number}"),
    }
