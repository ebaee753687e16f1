"""How 24 digits are typed and compared: group by group, and a wrong one is named by its place."""

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.trust.digits_model import groups_of, in_groups, require_same, wrong_groups

DIGITS = "8805-7541-4288-6264-8806-6369"


@pytest.mark.parametrize(
    "typed",
    [
        DIGITS,
        DIGITS.replace("-", " "),
        DIGITS.replace("-", ""),
        " 8805 75414288\u20136264-8806-6369 ",
        "٨٨٠٥-٧٥٤١-٤٢٨٨-٦٢٦٤-٨٨٠٦-٦٣٦٩",
    ],
)
def test_the_same_digits_are_the_same_however_they_are_typed(typed: str) -> None:
    require_same(DIGITS, typed)
    assert in_groups(typed) == DIGITS


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8805-7541-4288-6264-8806-6368", "Group 6 is not the same"),
        ("8805-7541-4228-6264-8806-6369", "Group 3 is not the same"),
        ("8805-7541-4288-6264-8806", "These are 20 digits"),
        (f"{DIGITS}0", "These are 25 digits"),
        ("", "These are 0 digits"),
        ("eight-eight", "digits only"),
        ("8805-7541-4288-6264-8806-636\ud800", "digits only"),
        ("1" * 100_000, "These are 100000 digits"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        require_same(DIGITS, typed)
    assert refused.value.field == "digits"


def test_every_wrong_group_is_found() -> None:
    assert groups_of(DIGITS) == ("8805", "7541", "4288", "6264", "8806", "6369")
    assert wrong_groups(DIGITS, "8805-7541-4288-6264-8806-6369") == ()
    assert wrong_groups(DIGITS, "8805-1541-4288-6264-8806-6368") == (2, 6)
