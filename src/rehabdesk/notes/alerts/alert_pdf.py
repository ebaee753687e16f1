"""The hand-off of a disclosure on paper: exact words, and the outline of a body to draw on. It is never mailed."""

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr, tr_as
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.alerts.alert_model import Disclosure, HandOff
from rehabdesk.paper.blocks import (
    Block,
    BodyOutline,
    Gap,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SignatureArea,
    Together,
    Voice,
    texts_of,
)
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import PageFrame, build

_PRINTED = ("en", "fr", "ar")


def hand_off_pages(hand_off: HandOff) -> bytes:
    """Two A4 pages or more as PDF bytes. The title tells nobody who sees it lie there what it is about (G24)."""
    blocks = [*_first_page(hand_off), PageBreak(), *_outline()]
    day = day_text(hand_off.made_at.astimezone().date())
    frame = PageFrame(
        title=tr("Confidential record"),
        author=hand_off.site,
        creator="RehabDesk",
        language=language() if language() in _PRINTED else "en",
        issued=hand_off.made_at,
        heading=tr("Confidential · for {recipient} only").format(recipient=isolate(hand_off.recipient)),
        watermark=f"{isolate(hand_off.recipient)} · {isolate(day)}",
        foot=tr("Printed {day}. Hand it over in person; do not post or mail it.").format(day=isolate(day)),
        page_words=tr("Page {page} of {pages}"),
    )
    if missing := missing_characters([("words", text) for text in (*texts_of(blocks), *frame.texts())]):
        signs = join_words(str(each) for each in missing[:5])
        raise UserError(tr("The pages cannot show: {signs}. Write the hand-off by hand.").format(signs=signs))
    return build(frame, blocks).pdf


def _first_page(hand_off: HandOff) -> list[Block]:
    said = hand_off.disclosure
    facts = [
        (tr("About"), isolate(hand_off.about)),
        (tr("Said on"), _moment(said)),
        (tr("Written down by"), isolate(hand_off.author)),
        (tr("For"), isolate(hand_off.recipient)),
        (tr("Told that it was handed on"), _told(said)),
    ]
    blocks: list[Block] = [
        Heading(text=tr("Confidential record")),
        KeyValues(rows=tuple(facts)),
        Gap(height=4),
        Voice(label=tr("The person's exact words"), words=said.exact_words),
    ]
    for caption, words in (
        (tr("Places on the body, as the person said"), said.places),
        (tr("What was done"), said.action_taken),
        (tr("Who was told"), said.told_who),
    ):
        if words:
            blocks += [Heading(text=caption, level=3, bookmark=False), Paragraph(words=words)]
    received = tr("Received by, day and hour")
    blocks += [
        Gap(height=10),
        Together(blocks=(Paragraph(words=received, size=8.5), SignatureArea(name="Received", height=52))),
    ]
    return blocks


def _outline() -> list[Block]:
    words = tr(
        "Mark only what was seen or what the person showed. Number each place and describe it below: kind, size, "
        "colour. Ask first, and stop when asked to."
    )
    lines = "\n".join(f"{number}  {'_' * 104}" for number in range(1, 7))
    return [
        Heading(text=tr("Places on the body")),
        Paragraph(words=words),
        BodyOutline(front=tr_as("Front", "body"), back=tr_as("Back", "body"), right=tr("right"), left=tr("left")),
        Gap(height=14),
        Paragraph(words=lines, leading=20),
        Note(blocks=(Paragraph(words=tr("This is no medical examination. Ask for one as soon as possible.")),)),
    ]


def _moment(said: Disclosure) -> str:
    at = said.said_at.astimezone()
    return isolate(tr("{day}, {time}").format(day=day_text(at.date()), time=f"{at:%H:%M}"))


def _told(said: Disclosure) -> str:
    return {True: tr("Yes"), False: tr("No"), None: tr("Not recorded")}[said.person_told]
