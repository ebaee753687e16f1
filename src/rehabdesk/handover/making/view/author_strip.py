"""The author's signature: one strip with the passphrase, then the slow part beside the window's work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.making_service import Pages
from rehabdesk.handover.making.preparing_service import Preparing
from rehabdesk.ui.page import STAY, Page


@dataclass(frozen=True, slots=True)
class Asked:
    """`name`: of the person. `prove`: this login's keys by the passphrase. `signed` gets what writes the packet and
    gives its number.
    """

    name: str
    prove: Callable[[str], object]
    signed: Callable[[Callable[[], str]], None]


def ask_author(page: Page, preparing: Preparing, pages: Pages, ticked: Sequence[str], asked: Asked) -> None:
    """Exactly these pages are signed; `ticked`: ids of the hits that were looked at."""
    sentence = tr("Signing packet {number} about {name} for {team}").format(
        number=isolate(pages.of.issue.number), name=isolate(asked.name), team=isolate(pages.of.made.to.name)
    )

    def begin(keys: object) -> object:
        signing = preparing.allow_signature(pages, ticked, keys)

        def done(signed: bytes) -> None:
            asked.signed(lambda: preparing.keep_signed(pages, signing, signed, ticked))

        page.kit.jobs.run(page, lambda: making.sign(signing), done, page.said_in_strip)
        return STAY

    page.ask_with_proof(sentence, tr("Sign"), asked.prove, begin)
