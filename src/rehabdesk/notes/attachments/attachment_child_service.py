"""The limited child that looks at foreign files, and how it is asked (vault.md 9). It has no key and no file.

It makes files anew before they are kept, and pictures of what is kept. Its answer is taken for foreign too: pictures
come as rows of pixels, so that nothing in the program with the keys parses what the child made.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rehabdesk.core import canon
from rehabdesk.core.canon import Json
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.process import ChildLimits, Ended, own_command, run_limited
from rehabdesk.notes.attachments.attachment_model import (
    MOST_BYTES,
    MOST_TEXT_BYTES,
    AttachmentKind,
    Cleaned,
    Refusal,
    refusal_words,
)
from rehabdesk.notes.attachments.attachment_pdf import foreign_image, foreign_pdf
from rehabdesk.notes.attachments.attachment_type_model import plain_text, type_of

COMMAND = "_attach"
LIMITS = ChildLimits(seconds=60, memory_bytes=768 << 20, output_bytes=32 << 20)
_MOST_SIDE = 2_800
"""Pixels of a picture for the screen: three bytes each must fit the answer."""
_HEAD_LIMITS = canon.Limits(max_bytes=4_096, max_depth=2)

Waiting = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """Rows of RGB without padding, three bytes a pixel."""

    width: int
    height: int
    rgb: bytes


def clean(raw: bytes, waiting: Waiting | None = None) -> Cleaned:
    """The file made anew, in a child. UserError (field `file`) with the reason why it is not taken.

    `waiting` is called while the child works; what it raises ends that.
    """
    if len(raw) > MOST_BYTES:
        raise _refused(Refusal.TOO_LARGE)
    head, content = _asked({"want": "clean"}, raw, waiting)
    kind, pages = head.get("kind"), head.get("pages")
    if kind not in set(AttachmentKind) or type(pages) is not int or not 0 < pages <= foreign_pdf.MOST_PAGES:
        raise _refused(Refusal.DAMAGED)
    if not content:
        raise _refused(Refusal.DAMAGED)
    if len(content) > MOST_BYTES:
        raise _refused(Refusal.TOO_LARGE)
    return Cleaned(kind=AttachmentKind(str(kind)), content=content, pages=pages)


def picture(
    content: bytes, kind: AttachmentKind, page: int, width: int, height: int, waiting: Waiting | None = None
) -> Pixels:
    """A page (from 0) of what is kept, as large as it fits into `width` × `height` pixels. UserError as `clean`."""
    wanted: dict[str, Json] = {
        "want": kind.value,
        "page": page,
        "width": max(1, min(width, _MOST_SIDE)),
        "height": max(1, min(height, _MOST_SIDE)),
    }
    head, rgb = _asked(wanted, content, waiting)
    wide, high = head.get("width"), head.get("height")
    if type(wide) is not int or type(high) is not int or wide < 1 or high < 1 or len(rgb) != wide * high * 3:
        raise _refused(Refusal.DAMAGED)
    return Pixels(width=wide, height=high, rgb=rgb)


def attach_child(request: bytes) -> bytes:
    """The child itself: one line of JSON that says how it went, then the bytes. It may end in any other way."""
    line, _, body = request.partition(b"\n")
    head = canon.parse_object(line, _HEAD_LIMITS)
    try:
        if head.get("want") == "clean":
            return _cleaned(body)
        wide, high, rgb = _drawn(head, body)
    except FormatError as problem:
        return canon.dump({"refused": problem.code}) + b"\n"
    return canon.dump({"width": wide, "height": high}) + b"\n" + rgb


def _asked(head: dict[str, Json], body: bytes, waiting: Waiting | None) -> tuple[dict[str, Json], bytes]:
    result = run_limited(own_command(COMMAND), canon.dump(head) + b"\n" + body, LIMITS, waiting)
    if result.ended is Ended.TOO_SLOW:
        raise _refused(Refusal.TOO_SLOW)
    line, line_end, rest = result.output.partition(b"\n")
    if result.ended is not Ended.FINISHED or not line_end:
        raise _refused(Refusal.DAMAGED)
    try:
        answer = canon.parse_object(line, _HEAD_LIMITS)
    except FormatError:
        raise _refused(Refusal.DAMAGED) from None
    refused = answer.get("refused")
    if refused is not None:
        raise _refused(Refusal(str(refused)) if refused in set(Refusal) else Refusal.DAMAGED)
    return answer, rest


def _cleaned(raw: bytes) -> bytes:
    found = type_of(raw)
    if isinstance(found, Refusal):
        raise FormatError("not taken", code=found.value)
    pages = 1
    if found is AttachmentKind.PDF:
        content, pages = foreign_pdf.clean_pdf(raw, MOST_BYTES)
    elif found is AttachmentKind.IMAGE:
        content = foreign_image.clean_image(raw)
    else:
        text = plain_text(raw)
        if text is None:
            raise FormatError("not taken", code=Refusal.NOT_TEXT.value)
        content = text.encode("utf-8")
        if len(content) > MOST_TEXT_BYTES:
            raise FormatError("not taken", code=Refusal.TEXT_TOO_LONG.value)
    return canon.dump({"kind": found.value, "pages": pages}) + b"\n" + content


def _drawn(head: dict[str, Json], content: bytes) -> tuple[int, int, bytes]:
    page, width, height = head.get("page"), head.get("width"), head.get("height")
    if not (isinstance(page, int) and isinstance(width, int) and isinstance(height, int)):
        raise FormatError("The request is not of the form that RehabDesk writes.")
    if head.get("want") == AttachmentKind.PDF:
        return foreign_pdf.pixels(content, page, width, height)
    return foreign_image.pixels(content, width, height)


def _refused(refusal: Refusal) -> UserError:
    return UserError(refusal_words(refusal), field="file")
