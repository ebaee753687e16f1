"""What is never in a packet, whatever the records hold and whatever is chosen, and that the rest is there: a caseload
that is another one in each run (domain.md 10.4, 14; tests/handover/caseload).

REHABDESK_SEED makes the caseload of another run; `dev.py torture` makes many.
"""

import os
import random
from pathlib import Path

import pytest

from rehabdesk.core.i18n import LANGUAGES
from rehabdesk.handover.making import making_service as making
from rehabdesk.paper.blocks import Block, Column, Heading, Paragraph, SignatureArea, Table
from rehabdesk.paper.pages import build
from rehabdesk.seals.pdf_preparation import Description, prepare
from tests.handover.caseload import never
from tests.handover.caseload.hand import CO, AllStaff
from tests.handover.caseload.handed import faults_outside
from tests.handover.caseload.marks import Mark, wrong
from tests.handover.caseload.reading import everything_in
from tests.handover.caseload.whole import Caseload, choice, random_caseload
from tests.handover.made import AUTHOR_BOX
from tests.paper.samples import ISSUED, frame

SEED = int(os.environ.get("REHABDESK_SEED") or random.SystemRandom().randrange(1_000_000))
CONTENTS = 10
"""Packets of which the content alone is looked at; the pages come from the same object (tests/handover/test_pdf.py)."""


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Caseload:
    return random_caseload(AllStaff(tmp_path_factory.mktemp("never")), SEED)


def test_content_of_anything_that_can_be_chosen(caseload: Caseload) -> None:
    faults: list[str] = []
    with caseload.hand.as_login(CO) as me:
        for _ in range(CONTENTS):
            chosen = choice(caseload)
            to_lay, hits = me.preparing.assemble(chosen.person.id, chosen.typed, "a draft")
            faults += never.faults_of_content(to_lay.made, hits, caseload, chosen)
    assert faults == [], f"REHABDESK_SEED={SEED}"


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "ar"])
def test_pages_and_all_that_lies_in_the_file(caseload: Caseload, language: str) -> None:
    chosen = choice(caseload, language=language, most=True)
    with caseload.hand.as_login(CO) as me:
        to_lay, _ = me.preparing.assemble(chosen.person.id, chosen.typed, "a draft")
    pages = making.lay(to_lay)
    assert list(never.faults_of_pages(pages.prepared, pages.packet, caseload, chosen)) == [], f"REHABDESK_SEED={SEED}"


def test_everything_that_leaves_with_one_packet(caseload: Caseload, tmp_path: Path) -> None:
    """Signed twice and sealed, with clinical annex, own copy, slip and the names of files; in Arabic."""
    chosen = choice(caseload, language="ar", most=True)
    assert list(faults_outside(caseload, chosen, tmp_path)) == [], f"REHABDESK_SEED={SEED}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_found_wherever_it_lies(language: str) -> None:
    """The reading itself, with a word in each place of a file: what is not found here would not be found above."""
    places = ("title", "heading", "line", "cell", "attachment")
    words = {place: (f"zu{place}xa", "".join(random.Random(place).sample("بجدرسصطعفقكمنه", 6))) for place in places}
    marks = [Mark(word=word, person="", kind=place) for place, pair in words.items() for word in pair]
    said = {place: " — ".join(pair) for place, pair in words.items()}
    cells = tuple((said["cell"] if row == 40 else "Ask the office", "x") for row in range(60))
    blocks: list[Block] = [
        Heading(text=said["heading"]),
        Paragraph(words=f"{said['line']} (12)."),
        Table(columns=(Column(title="Step", share=1), Column(title="Who", share=6)), rows=cells),
        SignatureArea(name="AuthorSignature"),
    ]
    made = prepare(
        build(frame(language), blocks).pdf,
        attachment=said["attachment"].encode(),
        attachment_name="handover.json",
        attachment_note="x",
        description=Description(
            title=said["title"], author="Cedar House", creator="x", language=language, issued=ISSUED
        ),
        author_box=AUTHOR_BOX,
        supervisor_box=None,
    )
    texts = everything_in(made)
    found = sorted(wrong(marks, texts, "nobody", ()))
    for place, seen in (
        ("title", ("description", "inside")),
        ("heading", ("pages", "bookmarks", "inside")),
        ("line", ("pages",)),
        ("cell", ("pages",)),
        ("attachment", ("attachment handover.json", "inside")),
    ):
        for word in words[place]:
            for where in seen:
                assert f"{place} ({word}) is in {where}" in found
    nowhere = Mark(word="zuqoxavebi", person="", kind="typed nowhere")
    assert list(wrong([nowhere], texts, "nobody", ())) == []
