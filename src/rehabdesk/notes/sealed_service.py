"""Words at which a pastoral page warns that sealed matters are never written down (domain.md G13)."""

from rehabdesk.core import resources
from rehabdesk.core.terms import Terms
from rehabdesk.notes.form_model import Form

FILE = "words/sealed.toml"
LANGUAGES = ("en", "fr", "ar")


def sealed_words(form: Form) -> Terms[str] | None:
    """What to look for in a note of this form; None where nothing is sealed."""
    if form.compartment != "pastoral":
        return None
    terms: Terms[str] = Terms()
    listed = resources.read_toml(FILE)
    for word in (word for language in LANGUAGES for word in listed[language]):
        terms.add(word, word)
    return terms
