"""The frame of what a person keeps: large print, a neutral title, for whom and when on each page (G24)."""

from collections.abc import Sequence

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, language, tr
from rehabdesk.core.own_copy import Form, OwnCopy
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.paper.blocks import Align, Block, Gap, Heading, Note, PageBreak, Paragraph, Sign, WritingLines, texts_of
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import A4, A5, LARGE_PRINT, TRAINING, PageFrame, build

_TO_WRITE = 5


def own_copy(blocks: Sequence[Block], copy: OwnCopy, *, title: str, cards: bool = False, form: Form = Form.A4) -> bytes:
    """The pages as PDF bytes, in large print; `cards` are as large as declared. Slow.

    UserError for signs that our fonts do not hold: never a box on paper.
    """
    day, recipient = copy_day(copy), isolate(copy.recipient)
    blocks = blocks if form is Form.A4 else [*_cover(recipient), *blocks]
    frame = PageFrame(
        title=title,
        author=copy.site,
        creator="RehabDesk",
        language=language() if language() in LANGUAGES else "en",
        issued=copy.at,
        heading=tr("Belongs to {recipient}").format(recipient=recipient),
        watermark=f"{recipient} · {day}",
        foot=tr("{site}, printed {day}").format(site=isolate(copy.site), day=day),
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if copy.training else "",
        wide=cards,
        scale=1.0 if cards else LARGE_PRINT,
        size=A4 if form is Form.A4 else A5,
        folded=form is Form.BOOKLET,
        cover=form is not Form.A4,
    )
    if missing := missing_characters([("words", text) for text in (*texts_of(blocks), *frame.texts())]):
        signs = join_words(str(each) for each in missing[:5])
        raise UserError(
            tr("Paper cannot show: {signs}. Write it in other signs, then print again.").format(signs=signs)
        )
    return build(frame, blocks).pdf


def _cover(recipient: str) -> list[Block]:
    """Whose papers they are, and nothing that tells a stranger from where (domain.md 10.1)."""
    return [
        Gap(height=95),
        Paragraph(words=tr("My papers"), size=20, bold=True, align=Align.CENTRE, space_after=10),
        Paragraph(words=recipient, size=13, align=Align.CENTRE),
        PageBreak(),
    ]


def copy_day(copy: OwnCopy) -> str:
    """The day on which it is made, where the desk stands."""
    return isolate(day_text(copy.at.astimezone().date()))


def part_title(words: str, sign: Sign | None = None) -> Heading:
    """What stands above a part of the paper."""
    return Heading(text=words, level=2, sign=sign)


def sentence(words: str, *, bold: bool = False) -> Paragraph:
    """Words of the program, which stand where the page starts, also while they are not translated."""
    return Paragraph(words=words, bold=bold, align=Align.PAGE)


def whom_to_ask(copy: OwnCopy) -> str:
    """Who answers questions about the paper, and where."""
    phone = isolate_ltr(copy.phone)
    if copy.officer:
        return tr("I ask my case officer, {officer}. Telephone {phone}.").format(
            officer=isolate(copy.officer), phone=phone
        )
    return tr("I ask the case officer on duty. Telephone {phone}.").format(phone=phone)


def own_statement() -> list[Block]:
    """How the person adds words, with room to write them (G39)."""
    return [
        part_title(tr("I can add my words")),
        sentence(
            tr(
                "At any time I can say or write what I think, or ask somebody to write it for me. My words are kept as"
                " I said them, and nobody can change them. I give this page to the case officer, or I say it."
            )
        ),
        WritingLines(count=_TO_WRITE),
    ]


def decides_nothing(words: str) -> Note:
    """That nobody is scored here and nothing is decided (G41)."""
    return Note(blocks=(Paragraph(words=words, align=Align.PAGE, space_after=0),))
