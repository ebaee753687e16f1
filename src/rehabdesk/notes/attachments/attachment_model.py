"""A file that belongs to a signed note: what is kept of it, and why a file is not taken (domain.md G20, 5.2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rehabdesk.core.canon import Json
from rehabdesk.core.errors import FormatError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.payload import from_payload
from rehabdesk.core.text import isolate, isolate_ltr, join_words, require_text

MOST_BYTES = 10 << 20
"""Of a file as it is chosen, and as it is kept."""
MOST_TEXT_BYTES = 500_000
"""Of a text: some 200 pages, so that it opens at once."""
MOST_OF_ONE_NOTE = 20
LONGEST_NAME = 120
MOST_NAMED = 3
"""Names that a sentence lists."""
PAYLOAD_VERSION = 1
_UNBROKEN = re.compile(r"(\S{2000})(?=\S)")


class AttachmentKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


class Refusal(StrEnum):
    """Why a file is not taken. Stable: the child that looks at it answers with these."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OFFICE = "office"
    ARCHIVE = "archive"
    OTHER_PICTURE = "other_picture"
    UNKNOWN = "unknown"
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    SEVERAL_PICTURES = "several_pictures"
    NOT_TEXT = "not_text"
    TEXT_TOO_LONG = "text_too_long"
    DAMAGED = "damaged"
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A file as it will be kept: made anew, nothing in it but what is seen. `pages`: of a PDF, else 1."""

    kind: AttachmentKind
    content: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What the record of an attachment says. Its content lies sealed beside the desk's files.

    `name` is the author's, never the file's own. `seal` is the hex of 16 random bytes that its key depends on; `size`
    in bytes and `sha256` (hex) are those of the content, `chunks` its pieces on the disk.
    """

    note: str
    kind: AttachmentKind
    name: str
    pages: int
    size: int
    sha256: str
    chunks: int
    seal: str
    metadata_stripped: bool

    def __post_init__(self) -> None:
        require_name(self.name)
        if not self.metadata_stripped or self.pages < 1 or not 0 <= self.size <= MOST_BYTES:
            raise FormatError("An attachment is not of the form that this version knows.")
        if not (_is_hex(self.seal, 16) and _is_hex(self.sha256, 32) and 0 < self.chunks < 10_000):
            raise FormatError("An attachment is not of the form that this version knows.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """An attachment with its record, who attached it and when."""

    rid: str
    comp: str
    person_id: str
    author: str
    recorded_at: datetime
    attachment: Attachment


def attachment_from(payload: Mapping[str, Json]) -> Attachment:
    return from_payload(Attachment, payload)


def require_name(name: str) -> str:
    """One line that says what it is."""
    clean = require_text(name, field="name", label=tr("What it is"), longest=LONGEST_NAME)
    return require_text(" ".join(clean.split()), field="name", label=tr("What it is"), longest=LONGEST_NAME)


def kind_words(kind: AttachmentKind) -> str:
    return {
        AttachmentKind.PDF: tr("PDF"),
        AttachmentKind.IMAGE: tr("Picture"),
        AttachmentKind.TEXT: tr("Text"),
    }[kind]


def size_words(size: int) -> str:
    """Bytes in round units: 999 kB, 1.2 MB."""
    if size < 1_000_000:
        return isolate_ltr(tr("{number} kB").format(number=max(1, round(size / 1_000))))
    return isolate_ltr(tr("{number} MB").format(number=f"{size / 1_000_000:.1f}"))


def facts_of(kind: AttachmentKind, pages: int, size: int) -> tuple[str, ...]:
    """Kind, pages of a PDF, size."""
    counted = (ntr("{count} page", "{count} pages", pages),) if kind is AttachmentKind.PDF else ()
    return (kind_words(kind), *counted, size_words(size))


def named_files(names: Sequence[str]) -> str:
    """Some files by name, for a sentence."""
    shown = join_words(isolate(name) for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more <= 0:
        return shown
    return ntr("{names} and {count} more", "{names} and {count} more", more).format(names=shown)


def refusal_words(refusal: Refusal) -> str:
    """What happened, and what to do."""
    return {
        Refusal.EMPTY: tr("The file is empty. Choose another one."),
        Refusal.TOO_LARGE: tr("The file is too large: {size} at most. Divide it, or scan it in grey.").format(
            size=size_words(10_000_000)
        ),
        Refusal.OFFICE: tr("Office files can hold macros and are not taken. Save it as PDF first."),
        Refusal.ARCHIVE: tr("Archives and programs are not taken. Attach the single PDF, picture or text."),
        Refusal.OTHER_PICTURE: tr("Pictures of this kind are not taken. Save it as JPEG or PNG first."),
        Refusal.UNKNOWN: tr("This is no PDF, picture or text that can be taken. Save it as PDF first."),
        Refusal.PASSWORD: tr("The PDF has a password. Save it without one, then attach that."),
        Refusal.TOO_MANY_PAGES: tr("The PDF has more than 60 pages, or none. Divide it."),
        Refusal.TOO_MANY_PIXELS: tr("The picture has more than 40 million pixels. Make it smaller first."),
        Refusal.SEVERAL_PICTURES: tr("The file holds several pictures. Save them as one PDF first."),
        Refusal.NOT_TEXT: tr("The text holds signs that cannot be shown. Save it as PDF first."),
        Refusal.TEXT_TOO_LONG: tr("The text is too long: {size} at most. Divide it.").format(
            size=size_words(MOST_TEXT_BYTES)
        ),
        Refusal.DAMAGED: tr("The file cannot be read: it is damaged, or not what it seems. Save or scan it anew."),
        Refusal.TOO_SLOW: tr("Reading the file took too long. Print it to a new PDF, or scan it, and attach that."),
    }[refusal]


def words_in_sight(text: str) -> str:
    """A text as it is shown: what stands in one piece for too long is broken, or it takes minutes to lay out."""
    return _UNBROKEN.sub(r"\1\n", text)


def _is_hex(text: str, size: int) -> bool:
    return len(text) == 2 * size and all(sign in "0123456789abcdef" for sign in text)
