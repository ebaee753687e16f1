"""A frame and pages of invented text for the tests of paper."""

from datetime import UTC, datetime
from subprocess import run

from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.paper.blocks import Block, Column, Heading, KeyValues, Paragraph, Run, SignatureArea, Table, bold
from rehabdesk.paper.pages import PageFrame

ISSUED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAME = isolate("نادر حداد")


def frame(language: str = "en", *, banner: str = "", line: str = "") -> PageFrame:
    return PageFrame(
        title="Personal resettlement file RDP-1",
        author="Cedar House",
        creator="RehabDesk test",
        language=language,
        issued=ISSUED,
        heading="ملف شخصي" if language == "ar" else "Personal resettlement file",
        watermark="Team North, 24 November 2026",
        foot="RDP-1 · 1234 5678",
        page_words="صفحة {page} من {pages}" if language == "ar" else "page {page} of {pages}",
        banner=banner,
        line=line,
    )


def english() -> list[Block]:
    return [
        Heading(text="Plan"),
        Paragraph(words=(Run(text="The plan of "), bold(NAME), Run(text=" (room 12) was agreed."))),
        KeyValues(rows=(("Case reference", isolate_ltr("4471-22")),)),
        Table(
            columns=(Column(title="Step", share=3), Column(title="Who")),
            rows=tuple((f"Ask the office, step {number}", NAME) for number in range(60)),
        ),
        SignatureArea(name="AuthorSignature"),
    ]


def arabic() -> list[Block]:
    return [
        Heading(text="ملف التسليم"),
        Paragraph(words=f"رقم الملف {isolate_ltr('4471-22')} (القاعة B2) لا إله إلا الله، المُعِدّ."),
        Table(
            columns=(Column(title="الهدف", share=3), Column(title="الموعد")),
            rows=(("السكن", isolate_ltr("01/02/2027")),),
        ),
    ]


def output_of(*command: str, given: bytes) -> str:
    """What a public tool prints when it is fed with `given`."""
    done = run(command, input=given, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8")
