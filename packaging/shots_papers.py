"""Papers in each language as pictures: letters, order, brackets, columns, edges.

The pages of the demo's packet, and those of an invented one for every other reader; the clinical annex, the file index,
the person's own copy, the guide for teams and the notice of a withdrawal.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rehabdesk import __version__
from rehabdesk.core import resources
from rehabdesk.core.canon import digits24
from rehabdesk.core.i18n import LANGUAGES, speaking
from rehabdesk.core.own_copy import Form, OwnCopy
from rehabdesk.handover.after.status_list_model import WithdrawnBecause
from rehabdesk.handover.after.withdrawal_notice_model import Notice
from rehabdesk.handover.after.withdrawal_notice_pdf import notice_page
from rehabdesk.handover.annex.annex_model import AnnexAuthor, ClinicalAnnex
from rehabdesk.handover.annex.annex_pdf import Sender, build_annex
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.guide_pdf import Guide, guide_page
from rehabdesk.handover.collecting.collect_service import item_titles
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.file_index.file_index_model import EntryKind, FileEntry
from rehabdesk.handover.file_index.file_index_pdf import index_pages
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.handover.pages.own_copy_pdf import own_packet_pages
from rehabdesk.handover.pages.preview_pdf import page_count, page_png
from rehabdesk.readiness.template_service import load_templates

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the invented packet stands with the tests

from tests.handover import sample  # noqa: E402

DPI = 100


def packet_pages(demo: Mapping[str, Any], folder: Path) -> int:
    """Writes them into `folder`, one folder a language and paper; gives how many pictures they are."""
    check = PacketCheck([Path(demo["site_card"]).read_bytes()])
    identity = Path(demo["team_identity"]).read_text("ascii").strip()
    sealed = Path(demo["packet"]["file"]).read_bytes()
    packet = check.check(sealed, moment=datetime.now(UTC), identity=identity).packet
    if packet is None:
        raise ValueError("the demo's packet cannot be shown")
    count = 0
    for language in LANGUAGES:
        for name, pages in papers(packet, language):
            target = folder / f"packet-{language}" / name
            target.mkdir(parents=True, exist_ok=True)
            for page in range(page_count(pages)):
                (target / f"{page + 1:02}.png").write_bytes(page_png(pages, page, dpi=DPI))
                count += 1
    return count


def papers(packet: Handover, language: str) -> Iterator[tuple[str, bytes]]:
    """Name and PDF of each paper in one language; `packet` is the demo's."""
    titles = item_titles(load_templates())
    for name, made in {"demo": packet, **{code.value: invented(code) for code in ProfileCode}}.items():
        spoken = sample.with_head(made, languages=(language,))
        yield name, lay_out(spoken, version=__version__, item_titles=titles).prepared
    yield "annex", annex(packet, language)
    lawyers = sample.with_head(invented(ProfileCode.LAWYER_PERSON), languages=(language,))
    yield "file-index", index_pages(lawyers, entries_of_every_kind(packet.packet.issued.date()), version=__version__)
    site, at = packet.site, packet.packet.issued
    with speaking(language, resources.path("i18n")):
        copy = OwnCopy(
            recipient="Idrissa K.", site=site.name, phone=site.phone, at=at, officer="Claire Dumont", training=True
        )
        for form in Form:
            yield f"own-copy-{form.value}", own_packet_pages(packet, copy, form)
        digits = digits24(site.name.encode())
        yield (
            "guide",
            guide_page(
                Guide(site=site.name, phone=site.phone, digits=digits, at=at, version=__version__, training=True)
            ),
        )
    notice = Notice(
        number=packet.packet.number,
        team=packet.to.name,
        site=site.name,
        phone=site.phone,
        on=at.date(),
        country=site.country,
        because=WithdrawnBecause.CONSENT,
    )
    yield "withdrawal", notice_page(notice, at=at, version=__version__, training=True)


def invented(code: ProfileCode) -> Handover:
    """Everything that a packet for that reader may hold."""
    every = sample.every_section().present()
    held = Sections(**{each.value: every[each] for each in PROFILES[code].sections if each in every})  # type: ignore[arg-type]  # each section stands under its own code
    made = sample.whole_packet(sections=held)
    due = made.packet.issued + timedelta(hours=72) if code is ProfileCode.EXPRESS else None
    head = replace(made.packet, profile=code, countersign_due=due)
    return replace(made, packet=head, manifest=sample.manifest_of(held, code))


def entries_of_every_kind(last: date) -> list[FileEntry]:
    """A file in which each kind of record stands once, the last one struck."""
    days = [last - timedelta(days=9 * place) for place in range(len(EntryKind), 0, -1)]
    found = [FileEntry(on=day, kind=kind, role="CO", version=1) for day, kind in zip(days, EntryKind, strict=True)]
    return [*found[:-1], replace(found[-1], title=sample.NUMBER, attachments=2, added=True, struck=True)]


def annex(packet: Handover, language: str) -> bytes:
    """Of a psychologist to a colleague outside, on that packet."""
    made = ClinicalAnnex(
        format="rehabdesk-annex",
        version="1.0",
        number=packet.packet.number,
        for_="Hélène Brandt",
        author=AnnexAuthor(name="Nadia Benkirane", cert_sha256="a" * 64),
        treatment_summary=sample.text("Twelve meetings on sleep and anger. He kept a diary, and brought it each time."),
        formulation=sample.text("La peur d'être seul la nuit revient avec chaque date de sortie.", "fr"),
        onward_plan=sample.text("يواصل الجلسات مرة كل أسبوعين.", "ar"),
    )
    sender = Sender(
        site=packet.site.name,
        country=packet.site.country,
        phone=packet.site.phone,
        person_ref=packet.packet.case_ref,
        language=language,
        issued=packet.packet.issued,
    )
    return build_annex(made, b"{}", sender, version=__version__).pdf
