"""The plan for the person on paper: the answer first and as large as all else, no word of staff alone.

Acceptance scenario 6, disagreement: page 1 of the plan carries the words.
"""

import ctypes
from dataclasses import dataclass, replace
from datetime import timedelta

import pypdfium2
import pytest
from pypdfium2 import raw

from rehabdesk.access.service import Desk
from rehabdesk.audit.deeds_model import known_deeds
from rehabdesk.audit.log_service import Log
from rehabdesk.core.errors import UserError
from rehabdesk.core.own_copy import OwnCopy
from rehabdesk.people.service import People
from rehabdesk.plans.history_service import PlanHistory
from rehabdesk.plans.model import Actor, Agreement, Goal, GoalStatus, Step, StepStatus, VersionState
from rehabdesk.plans.own_plan_pdf import own_plan_pages
from rehabdesk.plans.own_plan_service import DEEDS, OwnPlans
from rehabdesk.plans.service import Plans
from tests.people.cases import NOON, TODAY
from tests.plans.cases import DOMAINS, GOALS, WORDS, PlanDesk, activate, draft_plan

COPY = OwnCopy(
    recipient="Idrissa K.", site="Residence of the Three Wells", phone="+000 20 555 010", at=NOON, officer="Salma"
)
SHOWN = frozenset(f"PD-{number}" for number in range(1, 11))
STAFF_ONLY = {
    "formulation_shared": "Shared understanding of staff",
    "harder": "Noise at night",
    "early_signs": "Stops eating with the others",
    "protective": "His cousin Moussa",
}
PLAN = draft_plan(
    state=VersionState.ACTIVE,
    agreement=Agreement.AGREED_IN_PART,
    agreement_words=WORDS,
    helps="Sewing, and somebody who asks twice.",
    goals=(
        replace(
            GOALS[0],
            staff_wording="Completes the vocational module",
            steps=(
                Step(id="s1", text="Sit the second test", actor=Actor.PERSON, due=TODAY + timedelta(days=20)),
                Step(id="s2", text="Ask for unlock", actor=Actor.CASE_OFFICER, status=StepStatus.COMPLETED),
                Step(
                    id="s3",
                    text="Get the letter",
                    actor=Actor.FAMILY,
                    status=StepStatus.CANNOT_BE_DONE_YET,
                    status_words="The clerk is ill",
                ),
                Step(id="s4", text="Buy thread", actor=Actor.PERSON, status=StepStatus.NO_LONGER_NEEDED),
            ),
        ),
        replace(GOALS[1], status=GoalStatus.FUTURE),
        replace(GOALS[2], status=GoalStatus.REMOVED, status_words="Nobody agreed"),
        Goal(id="g7", domain="PD-7", wording="I read a whole book.", status=GoalStatus.ACHIEVED),
    ),
    **STAFF_ONLY,
)


@dataclass(frozen=True)
class Read:
    """A paper as it is read: the words of each page, and the size of the letters that say something."""

    pages: list[str]
    sizes: dict[str, float]


def read(pdf: bytes, *words: str) -> Read:
    document = pypdfium2.PdfDocument(pdf)
    pages: list[str] = []
    sizes: dict[str, float] = {}
    try:
        for page in document:
            text = page.get_textpage()
            pages.append(" ".join(text.get_text_range().split()))
            for each in words:
                found = text.search(each).get_next()
                if found is not None:
                    sizes.setdefault(each, raw.FPDFText_GetFontSize(text, ctypes.c_int(found[0])))
    finally:
        document.close()
    return Read(pages=pages, sizes=sizes)


def test_disagreement_stands_on_the_first_page_before_and_as_large_as_the_words_of_staff() -> None:
    plan = replace(PLAN, agreement=Agreement.DID_NOT_AGREE, agreement_words="I do not want to move. " * 80)
    paper = read(own_plan_pages(plan, SHOWN, COPY), "I do not agree with this plan", "I do not want", "Careful with")
    assert "I do not agree with this plan. I do not want to move." in paper.pages[0]
    assert "Careful" not in paper.pages[0], "long words take the page; those of staff wait"
    assert len(set(paper.sizes.values())) == 1
    assert min(paper.sizes.values()) >= 16


def test_the_paper_says_who_does_what_by_when_what_helps_what_comes_next_and_that_nobody_is_scored() -> None:
    pages = read(own_plan_pages(PLAN, SHOWN, COPY)).pages
    said = " ".join(pages)
    for words in (
        "I agree with a part of this plan, and not with all of it. I agree with the work.",
        "I finish my tailoring certificate. By 2 Feb 2027. Sit the second test I do it. By 14 Dec 2026.",
        "Ask for unlock Who: Case officer. Done.",
        "Get the letter Who: Family. It cannot be done yet.",
        "Goals for later My children hear my voice every week.",
        "What I have reached I read a whole book.",
        "What helps me Sewing, and somebody who asks twice.",
        "We look at this plan again together on 8 Jan 2027. I ask my case officer, Salma. Telephone",
        "Nobody is scored or compared here. This plan decides nothing about release, parole, transfer or privileges.",
        "I can add my words",
        f"Page {len(pages)} of {len(pages)}",
    ):
        assert words in said, words
    for page in pages:
        assert "Belongs to Idrissa K." in page
        assert page.count("24 Nov 2026") == 2, "the watermark, and the foot"
    for kept in (*STAFF_ONLY.values(), "vocational", "clerk", "thread", "river district", "Nobody agreed", "PD-"):
        assert kept not in said, kept


def test_before_a_judgment_no_goal_about_harm_stands_there_and_without_a_plan_there_is_room_to_write() -> None:
    harm = replace(PLAN, goals=(*PLAN.goals, Goal(id="g8", domain="PD-9", wording="I write a letter.")))
    assert "I write a letter." in " ".join(read(own_plan_pages(harm, SHOWN, COPY)).pages)
    assert "I write a letter." not in " ".join(read(own_plan_pages(harm, SHOWN - {"PD-9"}, COPY)).pages)
    (page,) = read(own_plan_pages(None, SHOWN, replace(COPY, officer=""))).pages
    assert "There is no plan yet. A plan begins with what I want." in page
    assert "I ask the case officer on duty." in page
    with pytest.raises(UserError, match="Paper cannot show"):
        own_plan_pages(replace(PLAN, helps="\U0001f9f5"), SHOWN, COPY)


def own_plans(login: Desk) -> OwnPlans:
    people = People(login)
    plans = Plans(login, people, DOMAINS)
    return OwnPlans(login, people, plans, PlanHistory(login, people, plans, DOMAINS))


def test_who_may_print_a_plan_prints_the_version_that_was_looked_at_and_the_log_says_so(desk: PlanDesk) -> None:
    person, other = desk.register(), desk.register("24-018")
    with desk.as_login("green-ferry") as login:
        own, people = own_plans(login), People(login)
        rid = activate(Plans(login, people, DOMAINS), person, answer=Agreement.AGREED_IN_PART)
        paper = read(own.paper(person, "", "en")())
        assert "I do not agree that I should move" in paper.pages[0]
        assert "TRAINING" in paper.pages[0]
        with pytest.raises(UserError, match="not there"):
            own.paper(other, rid, "en")
        with pytest.raises(UserError, match="English, French or Arabic"):
            own.paper(person, rid, "dje")
        before = {line.deed for line in Log(login).page()}
        for how in DEEDS:
            own.leaves(how, person, rid)
        assert {line.deed for line in Log(login).page()} - before == set(DEEDS.values()) <= known_deeds()
        with pytest.raises(ValueError, match="pigeon"):
            own.leaves("pigeon", person, rid)
    with desk.as_login("plain-lantern") as login, pytest.raises(UserError, match="Your role"):
        own_plans(login).paper(person, "", "en")
