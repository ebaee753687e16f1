"""The appearance of a signature: one small page of text in our fonts, which seals puts into the signature field."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from rehabdesk.paper.blocks import INK, SOFT_INK, Align, Direction, Paragraph, Run
from rehabdesk.paper.fonts import FontBook

_PADDING = 6.0


def signature_stamp(
    lines: Sequence[str], *, width: float, height: float, issued: datetime, language: str = "en"
) -> bytes:
    """A one-page PDF of `width` × `height` points: the first line bold, the others smaller, each in its own direction.

    Lines stand at the side where `language` starts; those of isolated parts alone run as it does.
    The text is made smaller until it fits. ValueError if it does not even fit at four points.
    """
    from rehabdesk.paper.canvas import PaperCanvas
    from rehabdesk.paper.paragraph import BidiParagraph

    target = BytesIO()
    canvas = PaperCanvas(target, size=(width, height), issued=issued, language=language)
    book = FontBook()
    size = 8.0
    while True:
        paragraphs = [
            BidiParagraph(
                Paragraph(
                    words=(Run(text=line, bold=number == 0),),
                    size=size + 1 if number == 0 else size,
                    colour=INK if number == 0 else SOFT_INK,
                    align=Align.PAGE,
                    direction=Direction.AUTO,
                ),
                book,
                page_rtl=language == "ar",
            )
            for number, line in enumerate(lines)
        ]
        heights = [paragraph.wrap(width - 2 * _PADDING, height)[1] for paragraph in paragraphs]
        if sum(heights) <= height - 2 * _PADDING:
            break
        size -= 0.25
        if size < 4:
            raise ValueError("the text of the stamp does not fit its area")
    y = height - _PADDING
    for paragraph, own in zip(paragraphs, heights, strict=True):
        y -= own
        paragraph.drawOn(canvas, _PADDING, y)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
