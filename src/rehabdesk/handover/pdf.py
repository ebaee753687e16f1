"""All pages of a packet from its one frozen object: cover, manifest, the profile's sections, signature page."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover import follow_up_pdf, identity_pdf, network_pdf, person_pdf, plan_pdf, rights_pdf
from rehabdesk.handover.cover_pdf import EXPRESS, TITLE, PaperCode, cover
from rehabdesk.handover.manifest_pdf import manifest
from rehabdesk.handover.number_model import DEMO_SITE
from rehabdesk.handover.onward_sections_model import S9, S10, S11, S12, S13, S14
from rehabdesk.handover.packet_model import Handover, ManifestEntry
from rehabdesk.handover.profile_model import PROFILES, SectionCode
from rehabdesk.handover.sections_model import S1, S2, S3, S4, S5, S6, S7, S8
from rehabdesk.handover.signature_page_pdf import AUTHOR_AREA, SUPERVISOR_AREA, signature_page
from rehabdesk.handover.words_pdf import SECTION_TITLES, label, moment, name
from rehabdesk.paper.blocks import Block, Heading, Paragraph, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import TRAINING, Area, PageFrame, build


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Finished pages, and where the two signature fields go on the last one."""

    pdf: bytes
    count: int
    author: Area
    supervisor: Area


def build_pages(packet: Handover, paper_code: PaperCode, *, version: str, item_titles: Mapping[str, str]) -> Pages:
    """The pages. `version` is the program's, `item_titles` the words of checklist codes.

    UserError with the characters and the fields where they stand if a font lacks one: never a box on paper.
    """
    groups = _groups(packet, paper_code, item_titles)
    frame = _frame(packet, paper_code, version)
    missing = missing_characters([(where, text) for where, blocks in groups for text in texts_of(blocks)])
    if missing:
        listed = "; ".join(f"{each}: {', '.join(each.fields)}" for each in missing)
        raise UserError(
            tr("The packet holds characters that cannot be printed. Change these places: {places}").format(
                places=listed
            )
        )
    paper = build(frame, [block for _, blocks in groups for block in blocks])
    return Pages(
        pdf=paper.pdf,
        count=paper.page_count,
        author=paper.areas[AUTHOR_AREA],
        supervisor=paper.areas[SUPERVISOR_AREA],
    )


def _frame(packet: Handover, paper_code: PaperCode, version: str) -> PageFrame:
    head = packet.packet
    due = head.countersign_due
    return PageFrame(
        title=f"{TITLE} {head.number}",
        author=packet.site.name,
        creator=f"RehabDesk {version}",
        language=head.languages[0],
        issued=head.issued,
        heading=TITLE,
        watermark=f"{isolate(packet.to.name)} · {isolate_ltr(day_text(head.issued.date()))}",
        foot=f"{isolate_ltr(head.number)} · {isolate_ltr(paper_code.first_eight)}",
        page_words="page {page} of {pages}",
        banner=TRAINING if packet.site.id == DEMO_SITE else "",
        line=EXPRESS.format(date=moment(due)) if due is not None else "",
    )


def _groups(packet: Handover, paper_code: PaperCode, item_titles: Mapping[str, str]) -> list[tuple[str, list[Block]]]:
    """The blocks under the name of the part that they print."""
    groups = [("S0", [*cover(packet, paper_code), *manifest(packet)])]
    for entry in packet.manifest.sections:
        title = Heading(text=f"{entry.code}  {SECTION_TITLES[SectionCode(entry.code)]}", level=1)
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
    code = SectionCode(entry.code)
    if code not in packet.sections.present():
        return [_absence(entry)]
    return _section(packet, code, packet.packet.languages[0], item_titles)


def _absence(entry: ManifestEntry) -> Block:
    return Paragraph(words=f"{label(entry.state)}: {name(entry.reason or '–')}")


def _section(packet: Handover, code: SectionCode, language: str, item_titles: Mapping[str, str]) -> list[Block]:
    """The pages of one section that is present."""
    match getattr(packet.sections, code):
        case S1() as section:
            return identity_pdf.who_it_is_about(section, language)
        case S2() as section:
            return identity_pdf.dates_and_conditions(section, language)
        case S3() as section:
            return person_pdf.own_voice(section, language)
        case S4() as section:
            return plan_pdf.first_fortnight(section, language)
        case S5() as section:
            return plan_pdf.community_plan(section, language)
        case S6() as section:
            return person_pdf.what_helps(section, language)
        case S7() as section:
            return person_pdf.progress_in_words(section, language)
        case S8() as section:
            return plan_pdf.live_safety(section, language)
        case S9() as section:
            return network_pdf.family(section, language)
        case S10() as section:
            return network_pdf.learning(section, language)
        case S11() as section:
            return network_pdf.pastoral(section, language)
        case S12() as section:
            return follow_up_pdf.open_items(section, language, item_titles)
        case S13() as section:
            return follow_up_pdf.contacts(section, language)
        case S14() as section:
            return follow_up_pdf.conference(section, language)
    raise ValueError(f"no page is made for {code} yet")
