"""Sentences in the language of the reader, by gettext. English is the text in the code itself.

Catalogues lie in resources/i18n/<code>/LC_MESSAGES/rehabdesk.mo. The language is a property of the process (one window,
one command), so it is the one thing here that is set once and asked everywhere. Paper may speak another: `speaking`.
"""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = ("en", "fr", "ar")
PSEUDO = "xx"
"""Not a language: English with accents, longer by 40 %, in brackets. Shows what would be clipped or is not in tr()."""
_DOMAIN = "rehabdesk"
_PLACES = re.compile(r"(\{[^}]*\}|&\w)")
_ACCENTS = str.maketrans("aeiouAEIOU", "àéîöüÀÉÎÖÜ")


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _lengthened(message)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - it has no meanings to choose from
        return _lengthened(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _lengthened(msgid1 if n == 1 else msgid2)


_current: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"
_country = ""
_spoken: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar("spoken", default=None)


def tr(text: str) -> str:
    """`text` in the language in use; itself where no translation is there."""
    return _translations().gettext(text) if text else ""  # of nothing, gettext gives the head of the catalogue


def tr_as(text: str, meaning: str) -> str:
    """`text` where one English word has several meanings: `meaning` tells translators which, and is never shown."""
    return _translations().pgettext(meaning, text)


def ntr(one: str, many: str, count: int) -> str:
    """The form that goes with `count` (Arabic has six), with `{count}` filled in."""
    return _translations().ngettext(one, many, count).replace("{count}", str(count))


def use_language(code: str, catalogues: Path) -> None:
    """Speaks the language `code` (or PSEUDO) from now on; English where the catalogue is missing."""
    global _current, _code  # noqa: PLW0603 - see the module's docstring
    _code = code
    _current = _catalogue(code, catalogues)


@contextmanager
def speaking(code: str, catalogues: Path) -> Iterator[None]:
    """Within it this thread, and no other, speaks `code`: for paper in another language than that of the window.

    `code` may bear a country (`ar-MA`), for words in which one language differs between countries: `country`.
    """
    token = _spoken.set((code, _catalogue(code.partition("-")[0], catalogues)))
    try:
        yield
    finally:
        _spoken.reset(token)


def use_country(code: str) -> None:
    """The country of the desk that is open, ISO 3166 alpha-2: one language may have other words from land to land."""
    global _country  # noqa: PLW0603 - see the module's docstring
    _country = code


def language() -> str:
    """The code of the language in use."""
    spoken = _spoken.get()
    return _code if spoken is None else spoken[0].partition("-")[0]


def country() -> str:
    """The country whose words are spoken, ISO 3166 alpha-2: that of the paper, else of the desk; empty without one."""
    spoken = _spoken.get()
    return (spoken[0].partition("-")[2] if spoken is not None else "") or _country


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code == "ar"


def _translations() -> gettext.NullTranslations:
    spoken = _spoken.get()
    return _current if spoken is None else spoken[1]


def _catalogue(code: str, catalogues: Path) -> gettext.NullTranslations:
    if code == PSEUDO:
        return _Pseudo()
    return gettext.translation(_DOMAIN, catalogues, languages=[code], fallback=True)


def _lengthened(text: str) -> str:
    if not text:
        return text
    accented = "".join(
        part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(_PLACES.split(text))
    )
    return f"[{accented} {'~' * max(1, round(len(text) * 0.4))}]"
