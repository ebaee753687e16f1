"""All pages of a packet from its one frozen object: cover, manifest, the profile's sections, signature page."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabdesk.core import resources
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, speaking, tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.content.number_model import DEMO_SITE
from rehabdesk.handover.content.onward_sections_model import S9, S10, S11, S12, S13, S14
from rehabdesk.handover.content.packet_model import TITLES, Handover, ManifestEntry, document_title
from rehabdesk.handover.content.profile_model import PROFILES, SectionCode
from rehabdesk.handover.content.section_words_model import section_titles
from rehabdesk.handover.content.sections_model import S1, S2, S3, S4, S5, S6, S7, S8
from rehabdesk.handover.pages import follow_up_pdf, identity_pdf, network_pdf, person_pdf, plan_pdf, rights_pdf
from rehabdesk.handover.pages.cover_pdf import PaperCode, cover, express_line, in_order
from rehabdesk.handover.pages.manifest_pdf import heading, manifest, state_of
from rehabdesk.handover.pages.signature_page_pdf import AUTHOR_AREA, SUPERVISOR_AREA, signature_page
from rehabdesk.handover.pages.words_pdf import code, day, name
from rehabdesk.paper.blocks import Block, Heading, Paragraph, texts_of
from rehabdesk.paper.fonts import FontBook, missing_characters
from rehabdesk.paper.pages import TRAINING, Area, PageFrame, build, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Finished pages, and where the two signature fields go on the last one."""

    pdf: bytes
    count: int
    author: Area
    supervisor: Area


class Layout:
    """The pages of one packet, counted first and then laid out as they will be signed; words are measured once.

    `version` is the program's, `item_titles` the words of checklist codes.
    """

    def __init__(self, *, version: str, item_titles: Mapping[str, str]) -> None:
        self._version, self._item_titles = version, item_titles
        self._book = FontBook()

    def count(self, packet: Handover, paper_code: PaperCode) -> int:
        """How many pages it will have. UserError as `pages`."""
        return count(*self._printable(packet, paper_code), self._book)

    def pages(self, packet: Handover, paper_code: PaperCode) -> Pages:
        """The pages, laid out in one go where the packet says how many they are.

        UserError with the characters and the fields where they stand if a font lacks one: never a box on paper.
        """
        frame, blocks = self._printable(packet, paper_code)
        paper = build(frame, blocks, expected=packet.packet.pages, book=self._book)
        return Pages(
            pdf=paper.pdf,
            count=paper.page_count,
            author=paper.areas[AUTHOR_AREA],
            supervisor=paper.areas[SUPERVISOR_AREA],
        )

    def _printable(self, packet: Handover, paper_code: PaperCode) -> tuple[PageFrame, list[Block]]:
        frame, groups = in_words(packet, paper_code, version=self._version, item_titles=self._item_titles)
        texts = [(where, text) for where, blocks in groups for text in texts_of(blocks)]
        missing = missing_characters([*texts, *(("S0", text) for text in frame.texts())])
        if missing:
            listed = " · ".join(isolate_ltr(f"{each}: {', '.join(each.fields)}") for each in missing)
            sentence = tr("The packet holds characters that cannot be printed. Change these places: {places}")
            raise UserError(sentence.format(places=listed))
        return frame, [block for _, blocks in groups for block in blocks]


def in_words(
    packet: Handover, paper_code: PaperCode, *, version: str, item_titles: Mapping[str, str]
) -> tuple[PageFrame, list[tuple[str, list[Block]]]]:
    """What the pages say in the packet's own language: on each of them, and part by part with the name of the part."""
    spoken = in_order(packet.packet.languages[0])[0]
    with speaking(f"{spoken}-{packet.site.country}", resources.path("i18n")):
        return _frame(packet, paper_code, version), _groups(packet, paper_code, item_titles)


def _frame(packet: Handover, paper_code: PaperCode, version: str) -> PageFrame:
    head = packet.packet
    due = head.countersign_due
    return PageFrame(
        title=document_title(head),
        author=packet.site.name,
        creator=f"RehabDesk {version}",
        language=head.languages[0],
        issued=head.issued,
        heading=TITLES[language()],
        watermark=f"{name(packet.to.name)} · {day(head.issued.date())}",
        foot=f"{code(head.number)} · {code(paper_code.first_eight)}",
        page_words=tr("page {page} of {pages}"),
        banner=TRAINING if packet.site.id == DEMO_SITE else "",
        line=express_line(due) if due is not None else "",
    )


def _groups(packet: Handover, paper_code: PaperCode, item_titles: Mapping[str, str]) -> list[tuple[str, list[Block]]]:
    """The blocks under the name of the part that they print."""
    groups = [("S0", [*cover(packet, paper_code), *manifest(packet)])]
    for entry in packet.manifest.sections:
        title = Heading(text=heading(entry.code, section_titles()[entry.code]), level=1)
        groups.append((entry.code, [title, *section_blocks(packet, entry, item_titles)]))
    if SectionCode.S13 in packet.sections.present():
        # the form of S13 stands alone after the last section, so that it can be taken out
        groups.append(("S13", follow_up_pdf.feedback_page(packet.packet.number)))
    if PROFILES[packet.packet.profile].with_rights:
        title = Heading(text=tr("What I can ask for"), level=1)
        groups.append(("rights", [title, *rights_pdf.rights(packet.site.name, packet.site.phone)]))
    groups.append(("signatures", signature_page(packet)))
    return groups


def section_blocks(packet: Handover, entry: ManifestEntry, item_titles: Mapping[str, str]) -> list[Block]:
    """What the page of one section holds below its title; one that is left out says why. ValueError as `_section`."""
    if entry.code not in packet.sections.present():
        return [Paragraph(words=state_of(entry))]
    return _section(packet, SectionCode(entry.code), language(), item_titles)


def _section(packet: Handover, section_code: SectionCode, spoken: str, item_titles: Mapping[str, str]) -> list[Block]:
    """The pages of one section that is present; free text in another language than `spoken` is marked.

    ValueError for a section of another program's packet.
    """
    match getattr(packet.sections, section_code):
        case S1() as section:
            return identity_pdf.who_it_is_about(section, spoken)
        case S2() as section:
            return identity_pdf.dates_and_conditions(section, spoken)
        case S3() as section:
            return person_pdf.own_voice(section, spoken)
        case S4() as section:
            return plan_pdf.first_fortnight(section, spoken)
        case S5() as section:
            return plan_pdf.community_plan(section, spoken)
        case S6() as section:
            return person_pdf.what_helps(section, spoken)
        case S7() as section:
            return person_pdf.progress_in_words(section, spoken)
        case S8() as section:
            return plan_pdf.live_safety(section, spoken)
        case S9() as section:
            return network_pdf.family(section, spoken)
        case S10() as section:
            return network_pdf.learning(section, spoken)
        case S11() as section:
            return network_pdf.pastoral(section, spoken)
        case S12() as section:
            return follow_up_pdf.open_items(section, spoken, item_titles)
        case S13() as section:
            return follow_up_pdf.contacts(section, spoken)
        case S14() as section:
            return follow_up_pdf.conference(section, spoken)
    raise ValueError(f"no page is made for {section_code} yet")
