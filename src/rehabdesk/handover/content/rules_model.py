"""What a text field of a packet or card may hold, said once for the schema, the decoder and the builder."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias


@dataclass(frozen=True, slots=True)
class Shape:
    """A text matches `pattern` from its first to its last character (a dialect that JSON Schema knows too)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """A text has at most this many characters, a list at most this many entries."""

    count: int


Code: TypeAlias = Annotated[str, Shape("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")]
"""A stable code of a choice list."""
Word: TypeAlias = Annotated[str, Shape(r"\S(.{0,198}\S)?")]
"""A name, title or label on one line, of 1 to 200 characters."""
Phone: TypeAlias = Annotated[str, Shape("[0-9+ ()-]{3,32}")]
Language: TypeAlias = Annotated[str, Shape("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")]
"""A BCP 47 tag; `und` where the language is not known."""
Country: TypeAlias = Annotated[str, Shape("[A-Z]{2}")]
Sha256: TypeAlias = Annotated[str, Shape("[0-9a-f]{64}")]
LocalId: TypeAlias = Annotated[str, Shape("[a-z]{1,4}[0-9]{1,4}")]
"""An id that means something inside one packet only."""
Number: TypeAlias = Annotated[str, Shape("RD-[A-Z]{3,6}-[0-9]{4}-[0-9]{6}-[0-9A-Z]")]
SiteId: TypeAlias = Annotated[str, Shape("[A-Z]{3,6}")]
TeamId: TypeAlias = Annotated[str, Shape("[A-Z0-9][A-Z0-9-]{1,31}")]
AgeRecipient: TypeAlias = Annotated[str, Shape("age1[02-9ac-hj-np-z]{58}")]
Base64: TypeAlias = Annotated[str, Shape("[A-Za-z0-9+/]{4,16000}={0,2}")]
EightDigits: TypeAlias = Annotated[str, Shape("[0-9]{8}")]
Version: TypeAlias = Annotated[str, Shape("[1-9][0-9]{0,2}\\.[0-9]{1,3}")]
