"""What a file is, by its content alone; and text in the encodings that people here meet, as UTF-8."""

from rehabdesk.core.text import forbidden_character, nfc
from rehabdesk.notes.attachments.attachment_model import AttachmentKind, Refusal

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04")
_OTHER_PICTURES = (b"GIF8", b"BM", b"II+\0", b"MM\0+", b"8BPS", b"\0\0\x01\0", b"\xff\x0a")
_ARCHIVES = (
    *(b"PK\x05\x06", b"PK\x07\x08", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"),
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"MSCF"),
)
_OFFICE_INSIDE = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd")
_ARABIC_SHARE = 0.5


def type_of(raw: bytes) -> AttachmentKind | Refusal:
    """By the first bytes, where a file of that kind must have them; text is what is nothing else."""
    if not raw:
        return Refusal.EMPTY
    if raw.startswith(b"%PDF-"):
        return AttachmentKind.PDF
    if raw.startswith(_PICTURES) or (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"):
        return AttachmentKind.IMAGE
    if raw.startswith(b"PK\x03\x04") and not any(mark in raw[:4096] for mark in _OFFICE_INSIDE):
        return Refusal.ARCHIVE
    if raw.startswith(_OFFICE):
        return Refusal.OFFICE
    if raw.startswith(_ARCHIVES):
        return Refusal.ARCHIVE
    if raw.startswith(_OTHER_PICTURES) or raw[4:8] == b"ftyp":
        return Refusal.OTHER_PICTURE
    if raw.startswith(b"%!PS") or (b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return Refusal.UNKNOWN
    return AttachmentKind.TEXT


def plain_text(raw: bytes) -> str | None:
    """The text of UTF-8, UTF-16 with its mark, Windows-1256 or Windows-1252; None where it holds no plain text.

    Line ends become \\n, a form feed a blank line; control and direction-override signs are no plain text.
    """
    text = _decoded(raw)
    if text is None:
        return None
    text = nfc(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    return None if not text.strip() or forbidden_character(text) is not None else text


def _decoded(raw: bytes) -> str | None:
    encodings = ["utf-8"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif _looks_arabic(raw):
        encodings += ["cp1256"]
    else:
        encodings += ["cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _looks_arabic(raw: bytes) -> bool:
    """Whether most signs outside ASCII are Arabic letters in Windows-1256; small French ones are the same in both."""
    high = bytes(each for each in raw if each >= 0x80).decode("cp1256", "replace")
    return sum("\u0600" <= sign <= "\u06ff" for sign in high) > _ARABIC_SHARE * len(high)
