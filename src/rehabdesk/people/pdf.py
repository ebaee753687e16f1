"""The notice that a consent was withdrawn, for the organisation that it named: one page with a neutral title (G24)."""

from datetime import datetime

from rehabdesk.core.dates import day_text
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr, tr_as
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.paper.blocks import Block, Bullets, Gap, Heading, KeyValues, Paragraph, Table, texts_of
from rehabdesk.paper.blocks import Column as PaperColumn
from rehabdesk.paper.fonts import missing_characters
from rehabdesk.paper.pages import PageFrame, build
from rehabdesk.people.consent_model import ConsentDetails, ConsentStatus


def withdrawal_notice(details: ConsentDetails, *, about: str, site: str, phone: str, issued: datetime) -> bytes:
    """One A4 page as PDF bytes. UserError for a consent that stands, and for signs that our fonts do not hold."""
    if details.status is not ConsentStatus.WITHDRAWN or details.withdrawn_on is None:
        raise UserError(tr("There is a notice only of a consent that was withdrawn."))
    blocks = _blocks(details, about, site, phone)
    if missing := missing_characters([("", text) for text in texts_of(blocks)]):
        raise UserError(
            tr("Paper has no sign for: {signs}.").format(signs=" ".join(each.character for each in missing))
        )
    day = isolate(day_text(issued.date()))
    frame = PageFrame(
        title=tr_as("Notice", "paper"),
        author=site,
        creator="RehabDesk",
        language=language() if language() in ("en", "fr", "ar") else "en",
        issued=issued,
        heading=site,
        watermark=tr("{recipient}, {day}").format(recipient=isolate(details.recipient or site), day=day),
        foot=tr("Notice of {day}").format(day=day),
        page_words=tr("Page {page} of {pages}"),
    )
    return build(frame, blocks).pdf


def _blocks(details: ConsentDetails, about: str, site: str, phone: str) -> list[Block]:
    withdrawn = isolate(day_text(details.withdrawn_on)) if details.withdrawn_on else ""
    given = isolate(day_text(details.given_on)) if details.given_on else ""
    return [
        Heading(text=tr_as("Notice", "paper")),
        KeyValues(
            rows=(
                (tr_as("To", "recipient"), isolate(details.recipient or tr("Everybody who works under this consent"))),
                (tr("About"), about),
                (tr("What was agreed to"), isolate(details.scope)),
                (tr("Agreed on"), given),
                (tr("Withdrawn on"), withdrawn),
            )
        ),
        Gap(),
        Paragraph(words=tr("The person has withdrawn this agreement. From that day on nothing new is given under it.")),
        Bullets(
            items=(
                tr("Use what you were given no further for this purpose, and do not pass it on."),
                tr("What the law obliges you to keep, you keep for as long as the law says, and for nothing else."),
                tr("The withdrawal has no bad consequence for the person. Please let it have none with you."),
            )
        ),
        Paragraph(words=tr("Questions: {site}, {phone}").format(site=isolate(site), phone=isolate_ltr(phone))),
        Gap(height=16),
        Table(
            columns=(
                PaperColumn(title=tr("Received by")),
                PaperColumn(title=tr("Day")),
                PaperColumn(title=tr_as("Sign", "column")),
            ),
            rows=((" \n \n ", " ", " "),),
        ),
    ]
