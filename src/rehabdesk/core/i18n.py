"""Sentences in the language of the reader, by gettext. English is the text in the code itself.

Catalogues lie in resources/i18n/<code>/LC_MESSAGES/rehabdesk.mo. The language is a property of the process (one window,
one command), so it is the one thing here that is set once and asked everywhere.
"""

import gettext
import re
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

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _lengthened(msgid1 if n == 1 else msgid2)


_current: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"


def tr(text: str) -> str:
    """`text` in the language in use; itself where no translation is there."""
    return _current.gettext(text)


def ntr(one: str, many: str, count: int) -> str:
    """The form that goes with `count` (Arabic has six), with `{count}` filled in."""
    return _current.ngettext(one, many, count).replace("{count}", str(count))


def use_language(code: str, catalogues: Path) -> None:
    """Speaks the language `code` (or PSEUDO) from now on; English where the catalogue is missing."""
    global _current, _code  # noqa: PLW0603 - see the module's docstring
    _code = code
    if code == PSEUDO:
        _current = _Pseudo()
    else:
        _current = gettext.translation(_DOMAIN, catalogues, languages=[code], fallback=True)


def language() -> str:
    """The code of the language in use."""
    return _code


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code == "ar"


def _lengthened(text: str) -> str:
    if not text:
        return text
    accented = "".join(
        part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(_PLACES.split(text))
    )
    return f"[{accented} {'~' * max(1, round(len(text) * 0.4))}]"
