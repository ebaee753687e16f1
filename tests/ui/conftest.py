"""Fixtures that several files of this folder share."""

from tests.ui.every_screen import held, walk

__all__ = ["held", "walk"]
