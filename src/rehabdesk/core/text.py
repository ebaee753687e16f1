"""Text as people type it: checked at entry, folded for search, isolated for mixed directions."""

import re
import unicodedata
from collections.abc import Iterable

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import language, tr

FOLDING_VERSION = 1

WORD_JOINER = "\u2060"
FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"

_TATWEEL_AND_TASHKEEL = re.compile("[\u0640\u064b-\u065f\u0670]")
_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي"}
    | {chr(0x0660 + digit): str(digit) for digit in range(10)}
    | {chr(0x06F0 + digit): str(digit) for digit in range(10)}
)
_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
_NUMBER_IN_PARTS = re.compile(r"\+?\d+(?:[ \u00a0/.:-]\d+)+|\+\d+")
_ALLOWED_CONTROLS = "\n\t"
_BETWEEN_WORDS = {"ar": "، "}
_TYPED_BETWEEN = re.compile("[,،;؛\n]")


def fold(text: str) -> str:
    """The form in which text and queries meet in full-text search (vault.md 7, folding 1).

    NFKC; hamza forms of alef, taa marbuta and alef maqsura to their plain letters; tatweel and vowel marks removed;
    Arabic and Persian digits to 0-9. Latin diacritics are left to the search engine.
    """
    return _TATWEEL_AND_TASHKEEL.sub("", unicodedata.normalize("NFKC", text)).translate(_ARABIC_FORMS)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def isolate(text: str) -> str:
    """`text` of unknown direction (a name, foreign words), so that it does not disturb its neighbours."""
    return f"{FSI}{text}{PDI}"


def isolate_ltr(text: str) -> str:
    """An id, number with separators, date, phone number or address: left to right wherever it stands."""
    return f"{LRI}{text}{PDI}"


def unbroken(number: str) -> str:
    """As `isolate_ltr`, for a number with dashes that stays whole where lines are broken."""
    return isolate_ltr(number.replace("-", f"-{WORD_JOINER}"))


def numbers_kept(text: str) -> str:
    """What somebody typed, its numbers in parts (4471-22, 555 0134) isolated: right-to-left text would turn them."""
    return _NUMBER_IN_PARTS.sub(lambda found: isolate_ltr(found.group()), text)


def quoted(text: str) -> str:
    """What somebody said, in the quotation marks of the language in use."""
    return tr("“{words}”").format(words=isolate(text))


def join_words(words: Iterable[str]) -> str:
    """What people read as a list in one line, with the comma of the language in use. Its parts bear their isolates."""
    return _BETWEEN_WORDS.get(language(), ", ").join(words)


def typed_words(line: str) -> tuple[str, ...]:
    """The parts of a list that was typed in one line, with the commas of any language; none is empty."""
    return tuple(part for piece in _TYPED_BETWEEN.split(line) if (part := piece.strip()))


def without_isolates(text: str) -> str:
    """For terminals that show the isolates instead of obeying them."""
    return text.translate(_ISOLATES)


def require_text(text: str, *, field: str, label: str, longest: int, empty_allowed: bool = False) -> str:
    """`text` trimmed and in NFC, checked for what no field of the desk may hold.

    `label` is what the field is called on the screen; `longest` counts characters. UserError names the field.
    """
    clean = nfc(text.replace("\r\n", "\n")).strip()
    if not any(_is_seen(char) for char in clean) and forbidden_character(clean) is None:
        clean = ""  # joiners and spaces without width alone are nothing that anybody could read
    if not clean and not empty_allowed:
        raise UserError(tr("Fill in: {label}.").format(label=label), field=field)
    if len(clean) > longest:
        raise UserError(
            tr("{label} is too long: {length} characters, {longest} at most.").format(
                label=label, length=len(clean), longest=longest
            ),
            field=field,
        )
    if (bad := forbidden_character(clean)) is not None:
        raise UserError(
            tr("{label} holds an invisible character (U+{code:04X}). Remove it.").format(label=label, code=ord(bad)),
            field=field,
        )
    return clean


def _is_seen(char: str) -> bool:
    """Whether it puts anything on a page; not format characters, controls and spaces."""
    return unicodedata.category(char)[0] not in "CZ"


def forbidden_character(text: str) -> str | None:
    """The first control, direction-override, surrogate, private-use or non-character in `text`, if there is one.

    Balanced isolates (U+2066 to U+2069) are allowed: names are wrapped in them (packet.md 4.1).
    """
    depth = 0
    for char in text:
        code = ord(char)
        if char in _ALLOWED_CONTROLS:
            continue
        if 0x2066 <= code <= 0x2068:
            depth += 1
        elif code == 0x2069:
            depth -= 1
            if depth < 0:
                return char
        elif (
            unicodedata.category(char) in ("Cc", "Cs", "Co")
            or 0x202A <= code <= 0x202E
            or 0xFDD0 <= code <= 0xFDEF
            or code & 0xFFFE == 0xFFFE
        ):
            return char
    return FSI if depth else None
