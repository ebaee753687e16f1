"""The list and the cards that the person keeps: plain words, nobody else's name, nothing lost, each print logged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.audit.deeds_model import known_deeds
from rehabdesk.audit.log_service import Log
from rehabdesk.core.errors import UserError
from rehabdesk.people.service import People
from rehabdesk.readiness.card_pdf import card_pages
from rehabdesk.readiness.condition_model import Understood
from rehabdesk.readiness.model import Checklist, ItemMark, ItemStatus, Mode, items_of
from rehabdesk.readiness.own_list_model import own_list
from rehabdesk.readiness.own_list_pdf import OwnListPaper, own_list_pages
from rehabdesk.readiness.own_paper_service import CARD_DEEDS, LIST_DEEDS, OwnPapers, load_own_words
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.plans.test_own_plan import COPY, read
from tests.readiness.test_service import CONDITION

TEMPLATES, OWN_WORDS = load_templates(), load_own_words()
NOT_ON_PAPER = {
    *("RR-A6", "RR-B2", "RR-C2", "RR-C4", "RR-D3", "RR-D4", "RR-D5", "RR-G1", "RR-G2"),
    *("RR-H4", "RR-I2", "RR-I3", "RR-J2", "RR-J4", "RR-K1"),
}
"""About others, about safety, illness or faith, or the work of staff alone."""
LIST = Checklist(
    template=TEMPLATES.newest.code,
    template_version=TEMPLATES.newest.version,
    anchor=TODAY + timedelta(days=46),
    mode=Mode.PLANNED,
    created_on=TODAY,
)
CATEGORIES = {each.code: each.text for each in TEMPLATES.categories}


def marked(code: str, status: ItemStatus) -> tuple[ItemMark, str]:
    said, why = ("Letter of Mariam Kada", "") if status is ItemStatus.DONE else ("", "Waits for Moussa")
    return ItemMark(checklist="", item=code, status=status, evidence=said, reason=why), "uid"


def test_every_item_has_own_words_or_is_left_out_on_purpose() -> None:
    assert set(OWN_WORDS) | NOT_ON_PAPER == {item.code for item in TEMPLATES.newest.items}
    assert set(OWN_WORDS).isdisjoint(NOT_ON_PAPER)


def test_the_list_says_what_is_done_what_is_being_done_and_what_the_person_can_do_by_date() -> None:
    marks = (
        marked("RR-A1", ItemStatus.DONE),
        marked("RR-C4", ItemStatus.DONE),
        marked("RR-A3", ItemStatus.BLOCKED),
        marked("RR-F2", ItemStatus.DECLINED),
        marked("RR-A2", ItemStatus.WAIVED),
    )
    lines = own_list(items_of(TEMPLATES.newest, LIST, marks, TODAY), OWN_WORDS)
    assert [line.text for line in lines.done] == [OWN_WORDS["RR-A1"].text]
    assert [line.text for line in lines.declined] == [OWN_WORDS["RR-F2"].text]
    assert [line.by for line in lines.mine] == sorted(line.by for line in lines.mine if line.by)
    assert OWN_WORDS["RR-A2"].text not in {line.text for line in (*lines.doing, *lines.done)}

    pages = read(own_list_pages(OwnListPaper(anchor=LIST.anchor, lines=lines), COPY)).pages
    said = " ".join(pages)
    for words in (
        "The day that is planned for me: 9 Jan 2027. What is done",
        "My identity card is applied for. Something holds it up.",
        "By 26 Dec 2026",
        "I ask about every condition that is not clear to me.",
        "I may say no. I can say yes on any day.",
        "nothing on it can delay my release.",
        "Nobody is scored or compared here.",
    ):
        assert words in said, words
    for kept in ("Mariam", "Moussa", "RR-", "violence", "faith", "victim", "overdue"):
        assert kept not in said, kept
    assert "There is no list yet." in read(own_list_pages(None, COPY)).pages[0]


def test_a_card_has_its_plain_words_large_its_official_text_small_and_lines_for_what_is_not_written() -> None:
    explained = replace(
        CONDITION,
        explained_on=TODAY,
        explained_in="fr",
        understood=Understood.YES,
        can_ask="Another hour.",
        ask_whom="My officer, 555 0134.",
    )
    paper = read(
        card_pages([explained], CATEGORIES, {"fr": "French"}, COPY),
        CONDITION.text_plain[:9],
        CONDITION.text_official[:9],
    )
    plain, official = (paper.sizes[text[:9]] for text in (CONDITION.text_plain, CONDITION.text_official))
    assert plain >= 15 > 2 * official - 1
    for words in ("What I can ask for Another hour.", "Who to ask My officer, 555 0134.", "24 Nov 2026, in French"):
        assert words in paper.pages[0], words
    assert paper.pages[0].count("Idrissa K.") == 3, "on the page, across it, and on the card itself"
    assert "Not explained to me yet" in read(card_pages([CONDITION], CATEGORIES, {}, COPY)).pages[0]
    assert "No conditions are recorded for me." in read(card_pages([], CATEGORIES, {}, COPY)).pages[0]


def test_four_short_cards_fill_a_page_and_a_long_one_is_never_cut_off() -> None:
    long = replace(CONDITION, text_plain="I ask first. " * 70 + "Last words.", text_official="By order. " * 90 + "End.")
    pages = read(card_pages([CONDITION] * 4, CATEGORIES, {}, COPY)).pages
    assert len(pages) == 1
    pages = read(card_pages([long, *[CONDITION] * 4], CATEGORIES, {}, COPY)).pages
    assert len(pages) >= 2
    assert "Last words." in " ".join(pages)
    assert "End." in " ".join(pages)


def test_who_sees_the_whole_list_prints_it_and_the_log_says_so(desk: PlanDesk, person: str) -> None:
    with desk.as_login("green-ferry") as login:
        people = People(login)
        releases = Releases(login, people, TEMPLATES)
        own = OwnPapers(login, people, releases)
        assert "No conditions are recorded" in read(own.cards(person, "en")()).pages[0]
        releases.open_list(person, LIST.anchor)
        over = replace(CONDITION, start=TODAY - timedelta(days=9), end=TODAY - timedelta(days=1), text_plain="Over.")
        for each in (over, CONDITION):
            releases.conditions.add(person, each)
        assert "9 Jan 2027" in read(own.list_paper(person, "en")()).pages[0]
        cards = read(own.cards(person, "fr")()).pages[0]
        assert CONDITION.text_plain in cards
        assert "Over." not in cards
        before = {line.deed for line in Log(login).page()}
        for how in LIST_DEEDS:
            own.list_leaves(how, person)
            own.cards_leave(how, person)
        left = {*LIST_DEEDS.values(), *CARD_DEEDS.values()}
        assert {line.deed for line in Log(login).page()} - before == left <= known_deeds()
        with pytest.raises(UserError, match="English, French or Arabic"):
            own.cards(person, "dje")
    with desk.as_login("calm-harbour") as login:
        own = OwnPapers(login, People(login), Releases(login, People(login), TEMPLATES))
        with pytest.raises(UserError, match="Your role"):
            own.list_paper(person, "en")
