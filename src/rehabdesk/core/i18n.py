"""Sentences in the language of the reader, by gettext. English is the text in the code itself.

Catalogues lie in resources/i18n/<code>/LC_MESSAGES/rehabdesk.mo. The language is a property of the process (one window,
one command), so it is the one thing here that is set once and asked everywhere.
"""

import gettext
from pathlib import Path

LANGUAGES = ("en", "fr", "ar")
_DOMAIN = "rehabdesk"
_current: gettext.NullTranslations = gettext.NullTranslations()


def tr(text: str) -> str:
    """`text` in the language in use; itself where no translation is there."""
    return _current.gettext(text)


def use_language(code: str, catalogues: Path) -> None:
    """Speaks the language `code` from now on; English where the catalogue is missing."""
    global _current  # noqa: PLW0603 - see the module's docstring
    _current = gettext.translation(_DOMAIN, catalogues, languages=[code], fallback=True)
