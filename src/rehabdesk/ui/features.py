"""Switches off what PySide does for `from __feature__ import …`, other spellings of Qt's names that nobody here uses.

For them it reads the source of every module that is loaded after it, to see whether Qt is named there, and keeps what
it read: a quarter of the time to the lock page, and 9 MB once a desk is open.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - puts its own import in the place of Python's


def leave_features_out() -> None:
    """Python's own import again; where PySide does not name it, nothing changes."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
