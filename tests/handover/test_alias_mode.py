"""Where a site uses aliases outside, no name of its staff leaves with a packet (packet.md 5.2, 14.1)."""

import subprocess
from dataclasses import replace
from pathlib import Path

from rehabdesk.access.members_service import settings_record
from rehabdesk.handover.making.preparing_service import Preparing
from rehabdesk.seals.raw_scan import find_ranges
from tests.handover.collecting import collection
from tests.handover.workplace import Workplace

SIGNERS = ("green-ferry", "silver-reed")


def test_no_real_name_stands_in_a_packet(founded: Workplace, tmp_path: Path) -> None:
    with founded.open("amber-kite") as adm:
        adm.desk.commit("site_settings", [settings_record(replace(adm.desk.settings(), staff_alias_mode=True))])
    for sign_in in SIGNERS:
        with founded.open(sign_in) as member:
            member.trust.request_certificate()
    with founded.open("amber-kite") as adm:
        for request in adm.trust.requests():
            adm.trust.issue(request.uid, founded.site.keys("silver-reed"), seen_in_person=True)
    person = founded.register()
    packet = founded.signed(person)
    founded.countersigned(packet)
    with founded.open("green-ferry") as at:
        pdf, record = at.packets.shelf.newest_pdf(packet), at.packets.shelf.packet(packet).record
        begun = Preparing(at.desk, at.people, at.packets, collection(at.desk, at.people), at.trust).express(person)[1]
    file = tmp_path / "packet.pdf"
    file.write_bytes(pdf)
    printed = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    containers = [bytes.fromhex(pdf[one.gap_start + 1 : one.gap_end - 1].decode()) for one in find_ranges(pdf)[0]]
    for sign_in in SIGNERS:
        assert f"Alias of {sign_in}" in record.content
        assert f"Alias of {sign_in}" in " ".join(printed.split())
        for held in (record.content.encode(), printed.encode(), pdf, *containers):
            assert f"Name of {sign_in}".encode() not in held
    assert begun.texts["link_name"] == "Alias of green-ferry"
