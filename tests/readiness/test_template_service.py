"""The release checklist as data: the 44 items of domain.md 9.2 and the 14 of short notice."""

from collections import Counter

import pytest

from rehabdesk.core import resources
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from rehabdesk.readiness.model import SEALING_ITEM, Blocking, Side
from rehabdesk.readiness.template_service import CONDITIONS, TEMPLATES, load_templates, parse_categories, parse_template

FILE = TEMPLATES[0]
TEMPLATE = load_templates().newest
SHORT_NOTICE = ["A1", "I4", "B1", "H4", "D3", "D2", "I1", "H1", "H2", "A4", "B4", "A6", "J4", "J5"]
BLOCKING = ["A1", "A4", "B1", "B2", "D3", "H1", "H2", "H4", "I1", "I4", "J1", "J3", "J4"]


def test_there_are_44_items_in_11_groups() -> None:
    counts = Counter(item.group for item in TEMPLATE.items)
    assert counts == dict(zip("ABCDEFGHIJK", (6, 4, 4, 5, 3, 3, 3, 4, 4, 5, 3), strict=True))
    assert set(TEMPLATE.groups) == set(counts)
    assert all(item.code.startswith(f"RR-{item.group}") for item in TEMPLATE.items)


def test_the_minimum_set_has_14_items_in_its_order() -> None:
    starred = sorted((item.short_notice, item.code) for item in TEMPLATE.items if item.short_notice)
    assert starred == [(place, f"RR-{code}") for place, code in enumerate(SHORT_NOTICE, start=1)]


def test_what_holds_back_the_word_ready_is_said_item_by_item() -> None:
    held = {item.code for item in TEMPLATE.items if item.blocking is Blocking.HANDOVER}
    assert held == {f"RR-{code}" for code in BLOCKING}
    assert TEMPLATE.item(SEALING_ITEM).roles == ("SUP",)


def test_only_what_comes_after_the_gate_is_the_communitys() -> None:
    assert {item.group for item in TEMPLATE.items if item.side is not Side.PRISON} == {"K"}
    assert {item.group for item in TEMPLATE.items if item.offset > 0} == {"K"}


def test_a_template_that_this_program_does_not_have_is_said_to_be_so() -> None:
    with pytest.raises(UserError, match="does not have"):
        load_templates().template("release-v1", 2)


def test_there_are_14_categories_of_conditions_each_with_its_card() -> None:
    categories = load_templates().categories
    assert len({category.code for category in categories}) == 14
    assert all(category.card for category in categories)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "RR-A2"', 'code = "RR-A1"'),
        ("short_notice = 10", "short_notice = 1"),
        ('blocking = "handover"', 'blocking = "release"'),
        ('roles = ["CO"]', "roles = []"),
        ('roles = ["PSY"]', 'roles = ["POLICE"]'),
        ("offset = -150", 'offset = "soon"'),
        ("evidence = ", "evidense = "),
    ],
)
def test_a_mistake_in_the_file_is_named(old: str, new: str) -> None:
    broken = resources.read_text(FILE).replace(old, new, 1)
    with pytest.raises(DeclarationError, match=r"release-v1\.toml, line \d+"):
        parse_template(broken, FILE)


def test_a_category_without_a_card_is_a_mistake() -> None:
    broken = resources.read_text(CONDITIONS).replace('card = "…"\n', "", 1)
    with pytest.raises(DeclarationError, match="card"):
        parse_categories(broken, CONDITIONS)
