"""The list of words of sealed matters, in every language at once: a text may mix them."""

from rehabdesk.core import resources


def load_sealed_words() -> tuple[str, ...]:
    """Of resources/words/sealed_matters.toml."""
    listed = resources.read_toml("words/sealed_matters.toml")
    return tuple(str(word) for language in sorted(listed) for word in listed[language])
