"""The executive summary on paper: neutral, for one recipient, decisions and actions and nothing else (G24, E11)."""

from dataclasses import replace

import pypdfium2

from rehabdesk.plans.conferences.conference_model import executive_summary
from rehabdesk.plans.conferences.conference_pdf import SummaryFrame, summary_paper
from tests.people.cases import NOON, TODAY
from tests.plans.conferences import DISCUSSED, minutes
from tests.plans.test_conference_model import CHAIR, agreed

FRAME = SummaryFrame(
    case_ref="24-017",
    site="Residence of the Three Wells",
    phone="+000 20 555 010",
    recipient="Probation office, مكتب الاختبار",
    at=NOON,
)

TRAINED = replace(FRAME, training=True)


def read(pdf: bytes) -> tuple[str, str, int]:
    """The title of the file, all its words, and how many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = "\n".join(page.get_textpage().get_text_range() for page in document)
        return document.get_metadata_dict()["Title"], words, len(document)
    finally:
        document.close()


def test_the_paper_holds_decisions_and_actions_for_its_recipient() -> None:
    pdf = summary_paper(executive_summary(agreed(), {CHAIR: "Case officer"}, TODAY), FRAME)()
    title, words, pages = read(pdf)
    assert title == "Summary of a meeting"
    assert f"Page 1 of {pages}" in words
    assert words.count("Probation office") == 2, "in the head and as the watermark"
    for said in (*minutes().decisions, "Meet him at the bus", "River House", "24-017", "24 Nov 2026"):
        assert said in words
    assert "TRAINING" not in words
    assert "TRAINING" in read(summary_paper(executive_summary(agreed(), {CHAIR: "Case officer"}, TODAY), TRAINED)())[1]
    for kept in (DISCUSSED, "turnips", "Idrissa", "Clinical", "Dates of release", "Ama Bello"):
        assert kept not in words


def test_the_same_summary_gives_the_same_bytes_and_long_ones_go_on() -> None:
    summary = executive_summary(agreed(), {CHAIR: "Case officer"}, TODAY)
    assert summary_paper(summary, FRAME)() == summary_paper(summary, FRAME)()
    many = minutes(CHAIR, decisions=tuple(f"Decision {number}" for number in range(60)))
    long = executive_summary(replace(agreed(), minutes=many), {CHAIR: "Case officer"}, TODAY)
    _, words, pages = read(summary_paper(long, FRAME)())
    assert pages > 1
    assert f"Page {pages} of {pages}" in words
