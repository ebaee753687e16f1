"""The slip says how to check, in the packet's language, and holds no personal data."""

import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import speaking
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.making.slip_model import Slip
from tests.handover import sample

SLIP = Slip(
    number=sample.NUMBER,
    issued=sample.ISSUED,
    team="T-RIVER",
    file=f"{sample.NUMBER}.pdf.age",
    sealed_size=70_000,
    sealed_sha256="a" * 64,
    pdf_size=69_000,
    pdf_sha256="b" * 64,
    packet_code="1111-2222-3333-4444-5555-6666",
    site_digits="6666-5555-4444-3333-2222-1111",
)


@pytest.mark.parametrize("spoken", ["en", "fr", "ar"])
def test_values_and_commands_stand_at_the_end_of_their_lines(spoken: str) -> None:
    with speaking(spoken, resources.path("i18n")):
        text = SLIP.text()
    lines = text.splitlines()
    assert text == without_isolates(text)  # an editor would show them as boxes
    for value in (SLIP.number, "T-RIVER", "70000", SLIP.sealed_sha256, SLIP.pdf_sha256, SLIP.packet_code):
        assert any(line.endswith(f": {value}") for line in lines)
    for command in ("age -d -i", "sha256sum", "certutil -hashfile", "rehabdesk verify", "pdfsig -nssdir"):
        assert any(line.startswith(f"   {command} ") for line in lines)
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5.", "6."]
