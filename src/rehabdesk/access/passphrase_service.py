"""Passphrases as the wizard needs them: six drawn words, and whether one that was typed is good enough."""

from collections.abc import Sequence

from rehabdesk.access.members_service import draw_sign_in
from rehabdesk.access.model import Newcomer
from rehabdesk.access.setup_service import names_of
from rehabdesk.core.errors import UserError
from rehabdesk.seals.passphrase import generated_words, require_passphrase

__all__ = ["check_passphrase", "draw_sign_in", "drawn_passphrase"]


def drawn_passphrase(newcomers: Sequence[Newcomer]) -> str:
    """Six drawn words, drawn again in the rare case that they hold a name of the desk."""
    while True:
        drawn = generated_words()
        try:
            return require_passphrase(drawn, names=names_of(newcomers))
        except UserError:
            continue


def check_passphrase(typed: str, newcomers: Sequence[Newcomer]) -> None:
    """UserError, with what to do, for a passphrase that is too weak."""
    require_passphrase(typed, names=names_of(newcomers))
