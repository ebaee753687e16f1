"""An Arabic window, French notes, an English packet (domain.md 14, scenario 16), but for pages side by side."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import use_language
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.wire import decode_handover
from rehabdesk.notes.forms.answers_model import Answer
from tests.desks import START
from tests.handover.packet_window import TEXTS, PacketDesk
from tests.notes.sessions import services

FRENCH = "Je compte jusqu'à dix avant de répondre à ma mère, le 12 mars à 9 h 30."
OWN_PAGE: dict[str, Answer] = {"voi.V8": "wrote", "voi.V1": FRENCH, "voi.V8.share": True}


@pytest.fixture
def arabic() -> Iterator[None]:
    use_language("ar", resources.path("i18n"))
    yield
    use_language("en", resources.path("i18n"))


@pytest.mark.usefixtures("arabic")
def test_three_languages(tmp_path: Path) -> None:
    desk = PacketDesk(tmp_path)
    with desk.open("green-ferry") as officer:
        notes = services(officer.desk).notes
        at = START - timedelta(hours=3)
        notes.sign(notes.start("voice_statement", desk.person, occurred_at=at, answers=OWN_PAGE))
        typed = replace(
            desk.typed(language="en", texts={**TEXTS, "journey": "Le bus de 09:30, sa mère est à la gare."}),
            meeting_day=date(2027, 1, 11),
            meeting_time="09:30",
        )
        typed = replace(typed, texts={**typed.texts, "meeting_with": "Marième Sow", "meeting_place": "River office"})
        pages = making.lay(desk.preparing(officer).assemble(desk.person, typed.for_audience("ngo"), "a draft")[0])
    made = decode_handover(pages.json).value
    assert made.packet.languages == ("en",)
    assert made.sections.S3 is not None
    assert [line.text.lang for line in made.sections.S3.voice] == ["fr"]
    assert made.sections.S5 is not None
    assert made.sections.S5.goals[0].wording.lang == "ar", "the goal, as the person said it"
    file = tmp_path / "pages.pdf"
    file.write_bytes(pages.prepared)
    printed = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    said = " ".join(without_isolates(printed).split())
    for english in (
        "Personal resettlement file",
        "First fortnight",
        "Pastoral notes and sealed matters",
        "case officer",
    ):
        assert english in said, "what the desk writes is in the packet's language"
    assert "Je compte jusqu'à dix" in said
    assert "(French)" in said
    assert "Arabic" in said
    for kept in ("24 May 2027", "11 Jan 2027, 0", "+000 20 555 012", "9 h 30"):
        assert kept in said, "days and numbers in their order"
