"""The three kinds of failure that a person is told about, and the two that parsers and seals raise.

`UserError` is said beside the field, `StorageError` with the next step; anything else is a bug.
"""


class RehabDeskError(Exception):
    """A failure with one whole sentence that says what happened and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserError(RehabDeskError):
    """Something a person typed or asked for is not possible; `field` names the field it concerns, if one does."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class UserErrors(UserError):
    """Several that stand at several fields of one form; its own sentence and field are those of the first."""

    def __init__(self, *each: UserError) -> None:
        super().__init__(each[0].sentence, field=each[0].field)
        self.each = each


class StorageError(RehabDeskError):
    """The desk's files cannot be used as they are."""


class WrongKey(StorageError):
    """The passphrase or key does not open it; nothing is known to be damaged."""


class Damaged(StorageError):
    """A file is not what was written."""


class Missing(StorageError):
    """A file that must be there is not; it is never made anew."""


class MediumGone(StorageError):
    """A stick or foreign folder went away, or failed, while something was being saved on it."""


class Locked(StorageError):
    """Another program holds the desk."""


class Full(StorageError):
    """The disk has no room left."""


class ReadOnly(StorageError):
    """The disk or folder does not take writing."""


class Tampered(StorageError):
    """A signature, chain or pin says that something was changed, removed or rolled back."""


class FormatError(RehabDeskError):
    """Foreign bytes are not of the declared shape. The only error a parser raises; `code` is stable, for reports."""

    def __init__(self, sentence: str, *, code: str = "form") -> None:
        super().__init__(sentence)
        self.code = code


class SealBroken(RehabDeskError):
    """A sealed blob or signature does not authenticate."""


class NoKey(RehabDeskError):
    """This login holds no key for what was asked."""
