"""The exact text of a form and its header, kept so that a note is read for ever as it was signed."""

from dataclasses import dataclass

from rehabdesk.core.canon import dump, sha256_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """What a form was read from. `text` and `header` are TOML; no person stands in it."""

    name: str
    text: str
    header: str

    @property
    def digest(self) -> str:
        """SHA-256 in hex over all of it: another wording is another form."""
        return sha256_hex(dump({"name": self.name, "text": self.text, "header": self.header}))
