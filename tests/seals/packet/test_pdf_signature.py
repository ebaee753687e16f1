"""Packets made with real keys come out as they should, and nothing else leaves the signing code."""

from datetime import timedelta

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.seals.container import P256_ORDER, open_container
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings, Outcome, Reason, Shape, Trust
from rehabdesk.seals.pdf_preparation import prepare
from rehabdesk.seals.pdf_signature import AUTHOR_REASON, SUPERVISOR_REASON, certify, countersign
from tests.seals.packet.workshop import (
    AT,
    AUTHOR_BOX,
    DESCRIPTION,
    JSON,
    STAMP,
    Site,
    prepared,
    ranges_of,
    tiny_pdf,
)


def test_a_packet_signed_by_two_is_intact_and_trusted(site: Site) -> None:
    findings = site.examine(site.packet)

    assert (findings.outcome, findings.reasons, findings.detail) == (Outcome.INTACT, (), "")
    assert (findings.shape, findings.trust) == (Shape.FULL, Trust.TRUSTED)
    assert findings.title == DESCRIPTION.title
    assert findings.pages == 3
    assert findings.attachment_name == "handover.json"
    assert findings.attachment_bytes() == JSON
    author, supervisor = findings.signatures
    assert (author.staff_role, author.name, author.reason) == ("CO", "Amal Officer", AUTHOR_REASON)
    assert (supervisor.staff_role, supervisor.name, supervisor.reason) == ("SUP", "Sam Supervisor", SUPERVISOR_REASON)
    assert author.stated_at == supervisor.stated_at == AT
    assert author.trust is supervisor.trust is Trust.TRUSTED


def test_findings_survive_the_way_from_the_child(site: Site) -> None:
    findings = site.examine(site.packet)

    assert from_payload(Findings, to_payload(findings)) == findings


def test_the_countersigned_file_begins_with_the_very_bytes_of_the_author(site: Site) -> None:
    assert site.packet.startswith(site.certified)


def test_the_author_alone_is_incomplete_and_says_only_that(site: Site) -> None:
    findings = site.examine(site.certified)

    assert findings.reasons == (Reason.SECOND_SIGNATURE_MISSING,)
    assert (findings.outcome, findings.shape) == (Outcome.INCOMPLETE, Shape.AUTHOR_ONLY)
    assert findings.attachment_bytes() == JSON


def test_an_annex_bears_one_signature_by_design(site: Site) -> None:
    psychologist = site.member("PSY", "Pat Psychologist")
    base = prepare(
        tiny_pdf(),
        attachment=JSON,
        attachment_name="annex.json",
        attachment_note="annex",
        description=DESCRIPTION,
        author_box=AUTHOR_BOX,
        supervisor_box=None,
    )

    annex = certify(base, key=psychologist, stamp=STAMP, at=AT, allows_countersignature=False)

    assert site.examine(annex).shape is Shape.ANNEX
    assert site.examine(annex).outcome is Outcome.INTACT


def test_a_site_that_is_not_pinned_is_unknown_but_intact(site: Site) -> None:
    findings = examine(site.packet, roots=(), crls=(site.crl,), moment=AT)

    assert (findings.outcome, findings.trust) == (Outcome.INTACT, Trust.UNKNOWN_ROOT)


def test_own_packet_cannot_be_approved(site: Site) -> None:
    with pytest.raises(UserError, match="cannot also approve"):
        countersign(site.certified, key=site.author, stamp=STAMP, at=AT)


def test_one_person_with_two_roles_cannot_sign_twice(site: Site) -> None:
    same_person = site.member("SUP", "Amal Officer")

    with pytest.raises(UserError, match="cannot also approve"):
        countersign(site.certified, key=same_person, stamp=STAMP, at=AT)


def test_a_case_officer_cannot_countersign_and_a_supervisor_cannot_author(site: Site) -> None:
    with pytest.raises(UserError, match="another role"):
        countersign(site.certified, key=site.member("CO", "Chris Officer"), stamp=STAMP, at=AT)
    with pytest.raises(UserError, match="another role"):
        certify(site.prepared, key=site.supervisor, stamp=STAMP, at=AT)


def test_every_signature_has_a_low_s(site: Site) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    for _ in range(40):
        signed = certify(site.prepared, key=site.author, stamp=STAMP, at=AT)
        (only,) = ranges_of(signed)
        container = open_container(signed[only.gap_start + 1 : only.gap_end - 1], (site.root.certificate,))
        assert decode_dss_signature(container.signature)[1] <= P256_ORDER // 2


def test_the_stated_time_is_the_given_clock(site: Site) -> None:
    later = AT + timedelta(days=3)

    signed = countersign(site.certified, key=site.supervisor, stamp=STAMP, at=later)

    assert site.examine(signed, moment=later).signatures[1].stated_at == later


def test_prepared_pages_hold_no_unreachable_object() -> None:
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    from rehabdesk.seals.object_walk import walk

    reader = PdfFileReader(BytesIO(prepared()), strict=True)
    listed = {reference.idnum for reference in reader.xrefs.explicit_refs_in_revision(0)}

    assert walk(reader).objects == listed


def test_names_of_any_script_fit_info_and_xmp(site: Site) -> None:
    from dataclasses import replace

    base = prepare(
        tiny_pdf(),
        attachment=JSON,
        attachment_name="handover.json",
        attachment_note="x",
        description=replace(DESCRIPTION, author='سجن <الشمال> & "Nord"', language="ar"),
        author_box=AUTHOR_BOX,
        supervisor_box=replace(AUTHOR_BOX, left=310, right=540),
    )

    packet = site.sign_twice(base)

    assert site.examine(packet).outcome is Outcome.INTACT
