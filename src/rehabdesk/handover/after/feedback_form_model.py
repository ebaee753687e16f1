"""The plain form of feedback: lines `q1:` … `q10:`, `kind:`, `receipt_code:` of any text editor (packet.md 10).

Read generously where editors differ (line ends, byte order mark, blank lines, spaces, digits of other scripts),
strictly where meaning is at stake; what is refused is named with its line.
"""

import re
from dataclasses import dataclass, field

from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import forbidden_character, nfc
from rehabdesk.handover.after.feedback_model import (
    MOST_ANSWER,
    QUESTIONS,
    Answers,
    Changed,
    FeedbackKind,
    question_words,
)
from rehabdesk.handover.content.number_model import parse_number

MOST_FORM_BYTES = 64 << 10
KIND, CODE, NUMBER, BY, CHANGED = "kind", "receipt_code", "number", "by", "changed"
_KEYS = (*QUESTIONS, KIND, CODE, NUMBER, BY, CHANGED)
_LINE = re.compile(r"\s*(q\s*\d{1,2}|kind|receipt[ _-]code|number|by|changed)\s*[:：]\s*(.*)", re.IGNORECASE)
_STRANGE_QUESTION = re.compile(r"\s*q\s*\d+\s*[:：]", re.IGNORECASE)
_UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u200b\ufeff"))
"""Marks of direction that editors put beside Arabic, and spaces without width: they change no word."""
_OTHER_DIGITS = {0x660 + digit: str(digit) for digit in range(10)} | {0x6F0 + digit: str(digit) for digit in range(10)}
_MOST_BY = 120
_OTHER_FILES = (b"%PDF", b"\x30", b"age-encryption")
"""How packets, cards and sealed files begin: a line that looks like ours inside them makes no form of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackForm:
    """A plain form as it was read. `number` is empty where only the name of the file says it."""

    kind: FeedbackKind
    receipt_code: str
    answers: Answers
    number: str = ""
    by: str = ""
    changed: tuple[Changed, ...] = ()


@dataclass(slots=True)
class _Found:
    """Values by key, with the line on which each stands."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def looks_like_form(raw: bytes) -> bool:
    """Whether somebody meant it as a plain form, whole or not: a text with one of its lines."""
    if len(raw) > MOST_FORM_BYTES or raw.startswith(_OTHER_FILES):
        return False
    text = raw.decode("utf-8", errors="replace").translate(_UNSEEN)
    return "\x00" not in text and any(_LINE.fullmatch(line) is not None for line in text.splitlines())


def read_form(raw: bytes) -> FeedbackForm:
    """FormatError names the line and the reason."""
    if len(raw) > MOST_FORM_BYTES:
        raise FormatError(tr("The form is larger than 64 KiB. Ask the team to shorten it."), code="too_large")
    found = _Found()
    current = ""
    for place, line in enumerate(_lines(raw), start=1):
        match = _LINE.fullmatch(line)
        if match is not None:
            current = _take(found, _key(match[1]), match[2].strip(), place)
        elif line.startswith("#") or not line.strip():
            continue
        elif _STRANGE_QUESTION.match(line) or current not in QUESTIONS:
            raise _refused(place, tr("it does not begin with q1: to q10:, kind: or receipt_code:"))
        else:
            found.values[current] = f"{found.values[current]}\n{line.strip()}".strip()
    return _form(found)


def form_to_fill_in(number: str) -> str:
    """An empty form for a text editor, with the questions beside its lines."""
    lines = [
        "# " + tr("Write after the colons. A second line goes on with the answer. Write no name of the person here."),
        f"{NUMBER}: {number}",
        f"{BY}:",
        "# " + tr("The eight digits of the receipt slip, which stands behind the packet’s list of sections."),
        f"{CODE}:",
        "# " + ", ".join(kind.value for kind in FeedbackKind),
        f"{KIND}:",
    ]
    for name in QUESTIONS:
        lines += [f"# {question_words(name)}", f"{name}:"]
    lines += ["# " + ", ".join(each.value for each in Changed), f"{CHANGED}:"]
    return "\n".join([*lines, ""])


def filled_form(form: FeedbackForm) -> str:
    """The form with its answers, as `read_form` reads it."""
    # on one line each: a line that begins like a question would be taken for one
    said = {name: " / ".join(value.splitlines()) for name, value in form.answers.given().items()}
    head = {NUMBER: form.number, BY: form.by, CODE: form.receipt_code, KIND: form.kind.value}
    lines = [f"{key}: {value}" for key, value in (head | said).items() if value]
    lines.append(f"{CHANGED}: {', '.join(each.value for each in form.changed)}")
    return "\n".join([*lines, ""])


def eight_digits(typed: str) -> str:
    """A receipt code as people write or say it, without what stands between the digits."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", typed.translate(_UNSEEN).translate(_OTHER_DIGITS))


def _lines(raw: bytes) -> list[str]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        place = raw[: problem.start].count(b"\n") + 1
        raise _refused(place, tr("it is not UTF-8 text; save it as UTF-8")) from None
    return [line.translate(_UNSEEN) for line in nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _key(typed: str) -> str:
    return re.sub(r"[ -]", "_", re.sub(r"^q\s+", "q", typed.casefold().translate(_OTHER_DIGITS)))


def _take(found: _Found, key: str, value: str, place: int) -> str:
    if key not in _KEYS:
        raise _refused(place, tr("there are ten questions, q1 to q10"))
    if key in found.values:
        raise _refused(place, tr("{key} stands there twice").format(key=key))
    found.values[key], found.lines[key] = value, place
    return key


def _form(found: _Found) -> FeedbackForm:
    for key, value in found.values.items():
        longest = MOST_ANSWER if key in QUESTIONS else _MOST_BY
        place = found.lines[key]
        if len(value) > longest:
            raise _refused(place, tr("it is longer than {longest} characters").format(longest=longest))
        if (bad := forbidden_character(value)) is not None:
            raise _refused(place, tr("it holds an invisible character (U+{code:04X})").format(code=ord(bad)))
    answers = Answers(**{name: found.values[name] for name in QUESTIONS if found.values.get(name)})
    if not answers.given():
        raise FormatError(tr("The form answers none of its questions. Ask the team to fill it in."), code="form_empty")
    return FeedbackForm(
        kind=_kind(found),
        receipt_code=_code(found),
        answers=answers,
        number=_number(found),
        by=found.values.get(BY, ""),
        changed=_changed(found),
    )


def _kind(found: _Found) -> FeedbackKind:
    typed = found.values.get(KIND, "")
    if not typed:
        raise FormatError(tr("The form does not say its kind. Ask the team to write it after kind:"), code="form_kind")
    try:
        return FeedbackKind(re.sub(r"[\s-]+", "_", typed.casefold()))
    except ValueError:
        raise _refused(found.lines[KIND], tr("no such kind of answer is known")) from None


def _code(found: _Found) -> str:
    """The digits, or empty where none were written. A wrong form is refused, a wrong code is for others to judge."""
    typed = eight_digits(found.values.get(CODE, ""))
    if typed and not re.fullmatch("[0-9]{8}", typed):
        raise _refused(found.lines[CODE], tr("a receipt code has eight digits"))
    return typed


def _number(found: _Found) -> str:
    typed = found.values.get(NUMBER, "")
    if not typed:
        return ""
    try:
        return str(parse_number(typed))
    except UserError:
        raise _refused(found.lines[NUMBER], tr("it is not a packet number")) from None


def _changed(found: _Found) -> tuple[Changed, ...]:
    typed = [word for word in re.split(r"[\s,;،]+", found.values.get(CHANGED, "").casefold()) if word]
    try:
        return tuple(dict.fromkeys(Changed(word) for word in typed))
    except ValueError:
        raise _refused(found.lines[CHANGED], tr("what changed is not one of the words of the form")) from None


def _refused(place: int, why: str) -> FormatError:
    sentence = tr("Line {line} of the form cannot be taken: {why}.").format(line=place, why=why)
    return FormatError(sentence, code="form_line")
