"""The guide for teams is one page in each language, and names nobody (packet.md 7.3, 13)."""

from datetime import UTC, datetime

import pytest

from rehabdesk.core import resources
from rehabdesk.core.i18n import LANGUAGES, speaking
from rehabdesk.handover.checking.guide_pdf import Guide, guide_page
from rehabdesk.paper.pictures import page_count

GUIDE = Guide(
    site="Centre éducatif et de réinsertion des Trois-Puits, quartier de préparation à la sortie",
    phone="+000 20 555 010",
    digits="8805-7541-4288-6264-8806-6369",
    at=datetime(2026, 11, 27, tzinfo=UTC),
    version="0",
    training=True,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_and_the_same_each_time(language: str) -> None:
    with speaking(language, resources.path("i18n")):
        once, again = guide_page(GUIDE), guide_page(GUIDE)

    assert page_count(once) == 1
    assert once == again
