"""What a decoded packet must be true to besides its shape: profile, manifest, hashes, number (packet.md 3.1, 4)."""

from collections.abc import Iterator, Mapping

from rehabdesk.core import canon
from rehabdesk.handover.annex.annex_model import CODE, WITH_ANNEX
from rehabdesk.handover.content.number_model import is_number
from rehabdesk.handover.content.packet_model import Handover, Presence
from rehabdesk.handover.content.profile_model import PROFILES, Form, ProfileCode, SectionCode
from rehabdesk.handover.content.sections_model import S1, S5, S7
from rehabdesk.handover.file_index.file_index_model import CODE as INDEX_CODE
from rehabdesk.handover.file_index.file_index_model import WITH_INDEX
from rehabdesk.handover.making.express_model import LONGEST_EXPRESS
from rehabdesk.handover.wire import section_hashes, section_sha256

MOST_EXTENSION_BYTES = 64 << 10


def content_problems(packet: Handover, written: bytes | None = None) -> tuple[str, ...]:
    """Stable codes of everything in `packet` that contradicts the rest of it; empty for every packet of ours.

    `written`: the bytes from which it was read. The manifest's hashes are over them, also where a newer minor version
    has keys that were set aside.
    """
    hashes = {} if written is None else section_hashes(written)
    return tuple(
        dict.fromkeys(
            (
                *_head_problems(packet),
                *_section_problems(packet, hashes),
                *_express_problems(packet),
                *_annex_problems(packet),
            )
        )
    )


def _head_problems(packet: Handover) -> Iterator[str]:
    head = packet.packet
    if not is_number(head.number) or head.number.split("-")[1] != packet.site.id:
        yield "number"
    if head.number.split("-")[2] != str(head.issued.year) or head.expires < head.issued.date():
        yield "dates"
    if head.number in {each.number for each in head.supersedes}:
        yield "supersedes_itself"
    if not packet.signers.countersigners or not packet.to.recipients or not head.languages:
        yield "signers_or_recipients"
    roles = [packet.signers.author.staff_role, *(each.staff_role for each in packet.signers.countersigners)]
    if roles[0] != "CO" or any(role != "SUP" for role in roles[1:]):
        yield "signers_or_recipients"
    if head.person_informed.value == "no" and head.person_informed.reason is None:
        yield "person_informed"
    if len(canon.dump(dict(packet.x))) > MOST_EXTENSION_BYTES:
        yield "extension_too_large"


def _section_problems(packet: Handover, hashes: Mapping[str, str]) -> Iterator[str]:
    profile = PROFILES[packet.packet.profile]
    present = packet.sections.present()
    entries = packet.manifest.sections
    if tuple(entry.code for entry in entries) != profile.sections:
        yield "profile_sections"
    for entry in entries:
        section = present.pop(entry.code, None)
        if entry.form is not profile.form_of(entry.code):
            yield "profile_sections"
        if (section is not None) != (entry.state is Presence.PRESENT):
            yield "manifest"
        elif section is None:
            if entry.reason is None or entry.sha256 is not None:
                yield "manifest"
        elif entry.sha256 != (hashes.get(entry.code) or section_sha256(section)):
            yield "section_hash"
    if present:
        yield "profile_sections"
    yield from _inner_problems(packet)


def _inner_problems(packet: Handover) -> Iterator[str]:
    sections = packet.sections
    if sections.S1 is not None and not _fits_form(sections.S1, PROFILES[packet.packet.profile].form_of(SectionCode.S1)):
        yield "identity_form"
    if sections.S5 is not None and not _has_own_ids(sections.S5):
        yield "local_ids"
    if sections.S7 is not None and _has_two_of_one_voice(sections.S7):
        yield "ratings"


def _fits_form(section: S1, form: Form) -> bool:
    service = (section.languages, section.literacy, section.interpreter_needed, section.contact_preference)
    if form is Form.NAME_ONLY:
        others = (*service, section.date_of_birth, section.birth_precision, section.access_needs, section.safe_times)
        return bool(section.names) and all(each is None for each in others)
    if not section.names or any(each is None for each in service):
        return False
    return (section.birth_precision is None and section.date_of_birth is None) == (form is Form.SHORT)


def _has_own_ids(section: S5) -> bool:
    ids = [goal.id for goal in section.goals] + [step.id for goal in section.goals for step in goal.steps]
    return len(ids) == len(set(ids))


def _has_two_of_one_voice(section: S7) -> bool:
    pairs = [(rating.domain, rating.voice) for rating in section.ratings]
    return len(pairs) != len(set(pairs))


def _express_problems(packet: Handover) -> Iterator[str]:
    head = packet.packet
    if head.countersign_due is not None:
        late = head.countersign_due > head.issued + LONGEST_EXPRESS or head.countersign_due < head.issued
        if late or head.profile is not ProfileCode.EXPRESS:
            yield "express_rule"
    if head.profile is ProfileCode.EXPRESS and packet.site.country != packet.to.country:
        yield "express_rule"


def _annex_problems(packet: Handover) -> Iterator[str]:
    """A clinical annex or a file index is named once, and only where the profile has one."""
    for code, profiles in ((CODE, WITH_ANNEX), (INDEX_CODE, WITH_INDEX)):
        named = [each for each in packet.manifest.annexes if each.code == code]
        if len(named) > 1 or (named and packet.packet.profile not in profiles):
            yield "annex_rule"
