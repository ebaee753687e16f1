"""The site's own checklist and days of rest on a real desk."""

from datetime import date, timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.text import without_isolates
from rehabdesk.people.service import People
from rehabdesk.readiness.model import Template
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.site_model import SITE_TEMPLATE
from rehabdesk.readiness.template_service import load_templates, load_weekends, offsets_from, template_text
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk

BASE = load_templates().newest
RELEASE = TODAY + timedelta(days=45)


def releases(login: Desk) -> Releases:
    return Releases(login, People(login), load_templates())


def days(template: Template) -> dict[str, int]:
    return {item.code: item.offset for item in template.items}


def test_a_copy_has_other_days_and_lists_that_are_open_keep_theirs(desk: PlanDesk) -> None:
    first, second = desk.register("24-031"), desk.register("24-032")
    with desk.as_login("green-ferry") as login:
        releases(login).open_list(first, RELEASE)
        with pytest.raises(UserError, match="administrator"):
            releases(login).site.set_offset("RR-J4", -9)
    with desk.as_login("amber-kite") as login:
        site = releases(login).site
        site.set_offset("RR-J4", -9)
        changed = site.set_offset("RR-K1", 3)
        assert (changed.code, changed.version) == (SITE_TEMPLATE, 2)
        assert days(changed) == days(BASE) | {"RR-J4": -9, "RR-K1": 3}
        assert [(item.code, item.text, item.blocking) for item in changed.items] == [
            (item.code, item.text, item.blocking) for item in BASE.items
        ]
        for code, offset in (("RR-K1", 0), ("RR-J4", 1), ("RR-J4", -401), ("RR-Z1", 1)):
            with pytest.raises(UserError):
                site.set_offset(code, offset)
    with desk.as_login("green-ferry") as login:
        service = releases(login)
        old, new = service.of_person(first), service.open_list(second, RELEASE)
        assert old is not None
        assert old.item("RR-J4").due == RELEASE - timedelta(days=5)
        assert new.item("RR-J4").due == RELEASE - timedelta(days=9)
        assert new.item("RR-K1").due == RELEASE + timedelta(days=3)
    desk.drop_indexes()
    with desk.as_login("green-ferry") as login:
        again = releases(login).of_person(second)
        assert again is not None
        assert again.checklist.template_version == 2
        assert again.item("RR-J4").due == RELEASE - timedelta(days=9)
    with desk.as_login("amber-kite") as login:
        assert days(releases(login).site.use_supplied()) == days(BASE)


def test_a_file_goes_out_and_comes_back_with_other_days(desk: PlanDesk) -> None:
    with desk.as_login("amber-kite") as login:
        site = releases(login).site
        text = site.file_text()
        taken = site.take_file("ours.toml", text.replace("offset = -14", "offset = -20", 1).encode())
        assert days(taken) == days(BASE) | {"RR-A4": -20}
        with pytest.raises(UserError, match="holds already"):
            site.take_file("ours.toml", site.file_text().encode())
        for content, words in (
            (b"\xff\xfe", "UTF-8"),
            (b"#" * (300 << 10), "too large"),
            (b"code = ", "ours.toml, line 1"),
            (text.replace("short_notice = 10", "short_notice = 15").encode(), "meaning of RR-A4 is fixed"),
        ):
            with pytest.raises(UserError) as refused:
                site.take_file("ours.toml", content)
            assert words in without_isolates(refused.value.sentence)
            assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ('text = "National ID', 'text = "Identity card', "text", "meaning of RR-A3"),
        ('blocking = "handover"', 'blocking = "no"', "blocking", "meaning of RR-A1"),
        ("office = true\n", "", "office", "meaning of RR-A1"),
        ('title = "Home"', 'title = "Where to"', "title", "groups stay"),
        ("version = 1", "version = 2", "version", "only offsets"),
        ("offset = 1\n", "offset = -1\n", "offset", "belongs after"),
        ("offset = -150", "offset = 2", "offset", "belongs before"),
        ('code = "RR-A2"', 'code = "RR-Z2"', "code", "not in this checklist"),
    ],
)
def test_what_is_more_than_other_days_is_refused_by_file_line_and_key(old: str, new: str, key: str, what: str) -> None:
    text = template_text(BASE)
    assert offsets_from(text, "ours.toml", BASE) == days(BASE)
    with pytest.raises(ValueError, match=rf"ours\.toml, line \d+, {key}: .*{what}"):
        offsets_from(text.replace(old, new, 1), "ours.toml", BASE)


def test_an_item_cannot_be_left_out() -> None:
    text = template_text(BASE)
    start = text.index('[[items]]\ncode = "RR-A3"')
    without = text[:start] + text[text.index("[[items]]", start + 1) :]
    with pytest.raises(ValueError, match="RR-A3 is missing"):
        offsets_from(without, "ours.toml", BASE)


def test_the_weekend_is_that_of_the_country_until_the_site_says_another(desk: PlanDesk) -> None:
    assert (load_weekends("DZ"), load_weekends("NE"), load_weekends("IR")) == ((4, 5), (5, 6), (4,))
    with desk.as_login("green-ferry") as login:
        assert releases(login).site.rest_days.weekend == (5, 6)
        with pytest.raises(UserError, match="administrator"):
            releases(login).site.add_holiday(TODAY, "Feast")
    with desk.as_login("amber-kite") as login:
        site = releases(login).site
        site.set_weekend((5, 4))
        site.add_holiday(date(2027, 3, 20), " Feast ")
        with pytest.raises(UserError, match="already"):
            site.add_holiday(date(2027, 3, 20), "Twice")
        with pytest.raises(UserError):
            site.add_holiday(date(2027, 3, 21), " ")
        kept = site.drop_holiday(date(2027, 3, 19))
        assert kept.weekend == (4, 5)
        assert [each.name for each in kept.holidays] == ["Feast"]
    with desk.as_login("north-window") as login:
        assert releases(login).site.rest_days == kept
