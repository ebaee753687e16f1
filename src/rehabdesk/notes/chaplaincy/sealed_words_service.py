"""The list of words of sealed matters, in every language at once: a text may mix them."""

from functools import cache

from rehabdesk.core import resources
from rehabdesk.core.terms import Terms


@cache
def load_sealed_words() -> Terms[str]:
    """Read once in a process, of resources/words/sealed_matters.toml."""
    listed = resources.read_toml("words/sealed_matters.toml")
    terms: Terms[str] = Terms()
    for language in sorted(listed):
        for word in listed[language]:
            terms.add(str(word), str(word))
    return terms
