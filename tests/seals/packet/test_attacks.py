"""Our own packet, attacked by everything that public tools do not notice (packet.md 12.2, 14.1): never accepted."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from rehabdesk.seals import certificates, pdf_signature
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings, Outcome, Reason, Shape, Trust
from rehabdesk.seals.pdf_preparation import AUTHOR_FIELD, SUPERVISOR_FIELD
from tests.seals.packet.spoilers import (
    certificate_with,
    hostile_page_entries,
    later_changes,
    other_title,
    script_on_opening,
    second_attachment,
)
from tests.seals.packet.workshop import (
    AT,
    Site,
    flipped,
    prepared,
    ranges_of,
    rewritten,
    sign_blindly,
    tiny_pdf,
    updated,
)


def never_accepted(findings: Findings) -> None:
    assert findings.outcome is not Outcome.INTACT
    assert findings.signatures == () or findings.outcome is Outcome.INCOMPLETE


def test_each_class_of_byte_flipped(site: Site) -> None:
    packet = site.packet
    first, second = ranges_of(packet)
    json_at = packet.index(b"stream\n", packet.index(b"/Type /EmbeddedFile\n")) + 20
    changed, refused = {Outcome.CHANGED}, {Outcome.REFUSED}
    places = {
        "page": (packet.index(b"0 0 10 20 re"), changed),
        "attachment": (json_at, changed),
        "cross-references": (packet.rindex(b"\nxref\n") + 20, changed),
        "trailer": (packet.rindex(b"/Root"), changed),
        "container 1": (first.gap_start + 900, changed | refused),
        "container 2": (second.gap_start + 900, refused),
        "padding 1": (first.gap_end - 5, refused),
        "padding 2": (second.gap_end - 5, refused),
    }
    for name, (at, expected) in places.items():
        findings = site.examine(flipped(packet, at))
        assert findings.outcome in expected, name
        never_accepted(findings)


def test_random_flips(site: Site) -> None:
    chance = random.Random(20261124)
    for _ in range(300):
        spoiled = flipped(site.packet, chance.randrange(len(site.packet)), chance.randrange(8))
        never_accepted(site.examine(spoiled))


def test_random_substitutions_in_the_last_container(site: Site) -> None:
    chance = random.Random(7)
    last = ranges_of(site.packet)[1]
    for _ in range(150):
        at = chance.randrange(last.gap_start + 1, last.gap_end - 1)
        digit = chance.choice([each for each in b"0123456789ABCDEFabcdef" if each != site.packet[at]])
        never_accepted(site.examine(site.packet[:at] + bytes([digit]) + site.packet[at + 1 :]))


def test_cut_off_anywhere(site: Site) -> None:
    chance = random.Random(3)
    lengths = [0, 1, 8, 9, len(site.packet) - 1, *(chance.randrange(len(site.packet)) for _ in range(40))]
    for length in lengths:
        never_accepted(site.examine(site.packet[:length]))


def test_the_supervisors_revision_cut_off_exactly(site: Site) -> None:
    assert site.examine(site.packet[: len(site.certified)]).reasons == (Reason.SECOND_SIGNATURE_MISSING,)


@pytest.mark.parametrize("extra", [b"\n", b"\0", b" ", b"%%EOF\n", b"anything\n%%EOF\n", bytes(5000)])
def test_bytes_appended_or_put_in_front(site: Site, extra: bytes) -> None:
    assert site.examine(site.packet + extra).reasons == (Reason.EXTRA_BYTES,)
    assert site.examine(extra + site.packet).outcome is Outcome.REFUSED


def test_incremental_updates(site: Site) -> None:
    for change in later_changes():
        after_both = updated(site.packet, change)
        assert after_both.startswith(site.packet)
        assert len(after_both) > len(site.packet)
        assert site.examine(after_both).outcome is Outcome.CHANGED, change.__name__

        between = sign_blindly(updated(site.certified, change), site.supervisor, SUPERVISOR_FIELD)
        never_accepted(site.examine(between))


def test_changes_inside_the_supervisors_own_revision(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three revisions, two good signatures: only the comparison with what the author signed tells."""
    plain_writer = pdf_signature._unchanged_metadata
    for change in later_changes():

        def spoiling_writer(pdf: bytes, change: Callable[[Any], None] = change) -> Any:
            writer = plain_writer(pdf)
            change(writer)
            return writer

        monkeypatch.setattr(pdf_signature, "_unchanged_metadata", spoiling_writer)
        spoiled = sign_blindly(site.certified, site.supervisor, SUPERVISOR_FIELD)

        findings = site.examine(spoiled)
        assert findings.outcome in (Outcome.CHANGED, Outcome.REFUSED), change.__name__


def test_a_third_signature_by_a_rogue(site: Site) -> None:
    from pyhanko.sign import fields

    rogue = Site.new().member("SUP", "Sam Supervisor")

    def new_field(writer: Any) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("Third", on_page=0, box=(0, 0, 600, 800)))

    third = sign_blindly(updated(site.packet, new_field), rogue, "Third")

    assert site.examine(third).reasons == (Reason.REVISION_COUNT,)


def test_the_same_key_in_both_fields(site: Site) -> None:
    findings = site.examine(site.sign_twice(site.prepared, second=site.author))

    assert (findings.outcome, findings.reasons) == (Outcome.INCOMPLETE, (Reason.SAME_KEY,))


def test_the_same_key_under_another_certificate(site: Site) -> None:
    twin = site.key(
        site.author.pair.private,
        certificates.issue(
            site.root,
            public=certificates.public_key(site.author.pair.private),
            staff_role="SUP",
            name="Sam Supervisor",
            at=AT,
        ),
    )

    assert site.examine(site.sign_twice(site.prepared, second=twin)).reasons == (Reason.SAME_KEY,)


def test_the_same_person_with_two_roles(site: Site) -> None:
    two_hats = site.member("SUP", "Amal Officer")

    assert site.examine(site.sign_twice(site.prepared, second=two_hats)).reasons == (Reason.SAME_PERSON,)


def test_roles_swapped_or_other(site: Site) -> None:
    psychologist = site.member("PSY", "Pat Psychologist")
    for first, second in (
        (site.supervisor, site.author),
        (psychologist, site.supervisor),
        (site.author, psychologist),
        (site.author, site.member("CARD", "Card key")),
    ):
        assert site.examine(site.sign_twice(site.prepared, first, second)).reasons == (Reason.WRONG_ROLE,)


def test_a_rogue_root_with_the_same_names_is_not_the_pinned_one(site: Site) -> None:
    rogue = Site.new()

    findings = examine(rogue.packet, roots=(site.root.certificate,), crls=(site.crl, rogue.crl), moment=AT)

    # whether that makes it an unknown site or another root for a known one is said by the JSON's site.id
    assert findings.trust is Trust.UNKNOWN_ROOT
    assert findings.root_sha256 == certificates.facts(rogue.root.certificate).sha256
    assert all(each.trust is Trust.UNKNOWN_ROOT for each in findings.signatures)


def test_signers_of_two_roots(site: Site) -> None:
    stranger = Site.new().supervisor

    assert site.examine(site.sign_twice(site.prepared, second=stranger)).reasons == (Reason.TWO_ROOTS,)


def test_a_certificate_that_the_named_root_never_issued(site: Site) -> None:
    forged_root = Site.new()
    forged = forged_root.supervisor
    passed_off = type(forged)(pair=forged.pair, root=site.root.certificate)

    findings = site.examine(site.sign_twice(site.prepared, second=passed_off))

    assert findings.reasons == (Reason.CERTIFICATE_FORM,)


def test_a_certificate_for_document_signing_only(site: Site) -> None:
    limited = site.key(site.supervisor.pair.private, certificate_with(site, ["1.3.6.1.5.5.7.3.36"]))

    assert site.examine(site.sign_twice(site.prepared, second=limited)).reasons == (Reason.CERTIFICATE_FORM,)


def test_a_whole_packet_inside_other_shapes(site: Site) -> None:
    def third_field(writer: Any) -> None:
        from pyhanko.sign import fields

        fields.append_signature_field(writer, fields.SigFieldSpec("Third", on_page=0, box=(0, 0, 9, 9)))

    def no_lock(writer: Any) -> None:
        del writer.root["/AcroForm"]["/Fields"][1]["/Lock"]

    def renamed(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        writer.root[generic.NameObject("/PieceInfo")] = generic.DictionaryObject()

    def no_associated_file(writer: Any) -> None:
        del writer.root["/AF"]

    def lying_page_count(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        writer.root["/Pages"][generic.NameObject("/Count")] = generic.NumberObject(2)

    for change, reason in (
        (third_field, Reason.FIELD_SHAPE),
        (no_lock, Reason.FIELD_LOCK),
        (renamed, Reason.CATALOG),
        (no_associated_file, None),
        (lying_page_count, Reason.PAGES),
        (script_on_opening, Reason.ACTIVE_CONTENT),
        (other_title, Reason.METADATA),
        (second_attachment, Reason.ATTACHMENT),
    ):
        findings = site.examine(site.sign_twice(rewritten(site.prepared, change)))
        assert findings.outcome is Outcome.REFUSED, change.__name__
        assert reason is None or reason in findings.reasons, change.__name__


def test_pages_with_active_content(site: Site) -> None:
    for entries in hostile_page_entries():
        findings = site.examine(site.sign_twice(prepared(tiny_pdf(page_entries=entries))))
        assert findings.outcome is Outcome.REFUSED, entries


def test_too_many_pages(site: Site) -> None:
    findings = site.examine(site.sign_twice(prepared(tiny_pdf(201))))

    assert findings.reasons == (Reason.PAGES,)


def test_a_renamed_attachment(site: Site) -> None:
    for name in ("annex.json", "handover.js", "other.json"):
        findings = site.examine(site.sign_twice(prepared(name=name)))
        assert findings.reasons == (Reason.ATTACHMENT,), name


def test_an_attachment_over_the_limit(site: Site) -> None:
    large = b'"' + random.Random(1).randbytes((4 << 20) // 2).hex().encode() + b'"'

    assert site.examine(site.sign_twice(prepared(attachment=large))).reasons == (Reason.ATTACHMENT_TOO_LARGE,)


def test_one_signature_shown_in_two_fields(site: Site) -> None:
    """Known trick: the second field refers to the first signature."""

    def share(writer: Any) -> None:
        from pyhanko.pdf_utils import generic

        fields = writer.root["/AcroForm"]["/Fields"]
        fields[1][generic.NameObject("/V")] = fields[0].raw_get("/V")
        writer.update_container(fields[1])

    never_accepted(site.examine(updated(site.certified, share)))


def test_what_is_no_packet_at_all(site: Site) -> None:
    for raw, reason in (
        (b"", Reason.NOT_A_PDF),
        (b"%PDF-2.0\n", Reason.NO_SIGNATURE),
        (b"%PDF-1.4\n" + site.packet[9:], Reason.NOT_A_PDF),
        (tiny_pdf(), None),
        (site.prepared, Reason.NO_SIGNATURE),
        (b"PK\x03\x04" + bytes(100), Reason.NOT_A_PDF),
        (b"%PDF-2.0\n" + bytes(21 << 20), Reason.TOO_LARGE),
    ):
        findings = site.examine(raw)
        assert findings.outcome is Outcome.REFUSED
        assert reason is None or findings.reasons == (reason,)


def test_an_encrypted_packet(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def encrypt(writer: Any) -> None:
        writer.encrypt("digits", "", pdf_mac=False)

    plain_writer = pdf_signature._unchanged_metadata

    def writer_with_password(pdf: bytes) -> Any:
        writer = plain_writer(pdf)
        writer.encrypt("")
        return writer

    monkeypatch.setattr(pdf_signature, "_unchanged_metadata", writer_with_password)
    signed = sign_blindly(rewritten(site.prepared, encrypt), site.author, AUTHOR_FIELD)

    assert site.examine(signed).reasons == (Reason.ENCRYPTED,)


def test_express_completes_to_the_full_shape(site: Site) -> None:
    """The first file is incomplete here; only the reader of the JSON may call it express."""
    assert site.examine(site.certified).shape is Shape.AUTHOR_ONLY
    assert site.examine(site.packet, moment=AT + timedelta(days=2)).shape is Shape.FULL
