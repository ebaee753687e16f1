"""Searching everything: what the plan, its reviews and conferences, assessments and alerts say, and who finds it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.members_service import settings_record
from rehabdesk.app_search import page_of, search_of
from rehabdesk.app_services import Services
from rehabdesk.core.found import holds
from rehabdesk.db.projection import CLINICAL, TEAM
from rehabdesk.overview.search_model import Hit, Place, Wish
from rehabdesk.plans.conferences.conference_model import AdditionKind
from rehabdesk.plans.conferences.conference_parts_model import Attendee
from rehabdesk.plans.progress.progress_model import Beside
from rehabdesk.plans.reviews.review_model import PutOff
from rehabdesk.readiness.model import ItemStatus
from tests.all_roles import ADM, AUD, CHA, CO, CSUP, FAC, OTHER_PSY, PSY, SUP, AllRoles, assessment, sign
from tests.notes.alert_desk import THREAT
from tests.notes.sessions import KEYWORK, SESSION
from tests.notes.test_attachment_service import attach
from tests.overview.test_search_service import item_for
from tests.people.cases import NOON, TODAY
from tests.plans.cases import GOALS, activate, draft_plan, own_word, staff_word, typed_review
from tests.plans.conferences import NGO, agree, hold, minutes
from tests.plans.programmes import course

OF_OFFICER = item_for("CO")
PLAN = {"zwork", "zunderstood", "zfamily"}
BESIDE = {"zown", "zstaff", "zremark", "zreview", "zput", "zcourse", "zchap"}
CONFERENCE = {"zsaid", "zdecided", "zlater"}
ALERT = {"zdid", "zoutcome"}
WHOLE = PLAN | BESIDE | CONFERENCE | ALERT | {"zheld", "zpast", "zstruck", "zfirst", "zsecond", "zteam"}
CLINICIAN = {"zcomment", "zclinical"}
NOBODY = {"zback", "zreturned", "zundone"}
"""What was taken back, and minutes that the chair gave back."""
SEES = {
    CO: WHOLE,
    PSY: (WHOLE | CLINICIAN) - {"zstruck", "zfirst", "zsecond"},
    CSUP: (WHOLE | CLINICIAN) - {"zstruck", "zfirst", "zsecond"},
    SUP: WHOLE - {"zstruck"},
    AUD: WHOLE | {"zcomment"},
    CHA: {"zfamily", "zown", "zchap", "zdecided"} | ALERT,
    OTHER_PSY: ALERT | {"zteam"},
    FAC: set(),
    ADM: set(),
}
KINDS = {
    "zwork": "plan",
    "zpast": "plan_past",
    "zown": "progress",
    "zremark": "progress",
    "zreview": "review",
    "zput": "review_between",
    "zcourse": "programme",
    "zchap": "plan_comment",
    "zsaid": "conference",
    "zlater": "conference",
    "zheld": "assessment",
    "zoutcome": "safety_alert",
    "zteam": "note",
}


def write(w: AllRoles) -> None:
    """Each word stands in one record only."""
    with w.as_login(CO) as me:
        me.desk.commit(
            "site_settings", [settings_record(replace(me.desk.settings(), chaplain_conference_invitation=True))]
        )
        activate(me.plans, w.person, draft_plan(strengths="Careful with zpast."))
        goals = (replace(GOALS[0], wording="I finish zwork."), replace(GOALS[1], wording="We speak of zfamily."))
        plan = draft_plan(goals=goals, formulation_shared="Both see zunderstood.")
        current = me.plans.versions(w.person)[0].plan.plan
        w.ids["plan"] = activate(me.plans, w.person, replace(plan, plan=current))
        me.progress.record_self(w.person, own_word(basis="He says zown."))
        me.progress.record(w.person, staff_word(basis="Came to zstaff."))
        staff = next(one for one in me.progress.history(w.person)["PD-7"] if "zstaff" in one.progress.basis)
        me.progress.remark(staff.rid, Beside.PERSON_STATEMENT, "I see it as zremark.")
        for words in ("zput", "zback"):
            w.ids[words] = me.reviews.put_off(w.person, PutOff(on=TODAY, because="other", words=f"Because of {words}."))
        me.reviews.take_back(w.ids["zback"])
        draft, start = me.review_writing.start(w.person)
        typed = typed_review(start, looked_back="Much zreview.")
        w.ids["zreview"] = me.review_writing.sign(w.person, me.review_writing.keep(w.person, typed, draft)).rid
        me.programmes.record(w.person, course(name="Zcourse for beginners"))
        attach(me.desk, TEAM, sign(me, "keywork", w.person, KEYWORK), name="Paper with zteam")
        struck = sign(me, "keywork", w.person, KEYWORK | {"key.K2": "I want zstruck."})
        me.notes.entered_in_error(TEAM, struck, "Another day.")
        me.releases.open_list(w.person, TODAY + timedelta(days=90))
        for word in ("zfirst", "zsecond", "zundone"):
            me.releases.mark(w.person, OF_OFFICER, ItemStatus.IN_PROGRESS, comment=f"Asked {word}.")
        me.releases.take_back(w.person, OF_OFFICER)
        confer(w, me)
        w.ids["alert"] = me.alerts.tell(replace(THREAT, did="Told zdid."), w.person)
        me.alerts.review(w.ids["alert"], "It is zoutcome.", NOON + timedelta(hours=24))
    with w.as_login(PSY) as me:
        marker = replace(assessment(), held_by="Archive of zheld", person_comment="I call it zcomment.")
        me.assessments.record(w.person, marker, by_me=False)
        attach(me.desk, CLINICAL, sign(me, "psychologist_session", w.person, SESSION), name="Letter with zclinical")
    with w.as_login(CHA) as me:
        me.plan_comments.write(w.ids["plan"], "PD-5", "He asks for zchap.", person_agreed=True)


def confer(w: AllRoles, me: Services) -> None:
    invited = Attendee(name="Chaplain", agency="Prison", role="chaplain", staff=w.uids[CHA])
    said = minutes(me.desk.uid, summary="They spoke of zsaid.", decisions=("He gets zdecided.",))
    w.ids["zsaid"] = agree(me.conferences, w.person, said, attendees=(NGO, invited))
    me.conferences.add(w.ids["zsaid"], AdditionKind.ADDITION, "Then zlater.")
    back = hold(me.conferences, w.person)
    me.conferences.lay(back, minutes(me.desk.uid, summary="They spoke of zreturned."), {0: "zreturned"})
    me.conferences.give_back(back, "Say more.")


def every(me: Services, wish: Wish) -> list[Hit]:
    search, hits, place = search_of(me), list[Hit](), Place()
    while not place.ended:
        piece = search.records(wish, place)
        hits, place = [*hits, *piece.hits], piece.place
    return hits


Heard = Mapping[str, Mapping[str, list[Hit]]]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """By login and word what it finds."""
    w = AllRoles(tmp_path_factory.mktemp("found"))
    write(w)
    found: dict[str, dict[str, list[Hit]]] = {}
    for sign_in in SEES:
        with w.as_login(sign_in) as me:
            words = sorted(WHOLE | NOBODY | CLINICIAN)
            found[sign_in] = {word: every(me, Wish(words=word)) for word in words}
            found[sign_in]["plans"] = every(me, Wish(words="z", kind="plan"))
            found[sign_in]["conferences"] = every(me, Wish(words="z", kind="conference"))
    return found


@pytest.mark.parametrize("sign_in", SEES)
def test_each_login_finds_what_it_is_shown_and_nothing_else(heard: Heard, sign_in: str) -> None:
    one = heard[sign_in]
    assert {word for word in one if one[word]} - {"plans", "conferences"} == SEES[sign_in]


def test_each_kind_has_its_filter_and_its_page(heard: Heard) -> None:
    mine = heard[CO]
    assert {word: mine[word][0].kind for word in KINDS} == KINDS
    assert {hit.kind for hit in mine["conferences"]} == {"conference"}
    kinds = {"plan", "plan_past", "progress", "review", "review_between", "programme", "plan_comment"}
    assert {hit.kind for hit in mine["plans"]} == kinds
    pages = {KINDS[word]: page_of(hit.kind) for word in KINDS for hit in mine[word]}
    assert pages["plan_past"] == "plan_history", "and not the tab of the plan that counts"
    assert pages["progress"] == "words"
    assert pages["review"] == "review_read"
    assert pages["review_between"] == "reviews"
    assert pages["programme"] == "programmes"
    assert pages["conference"] == "conference"
    assert pages["assessment"] == "assessments"
    assert pages["safety_alert"] == "alert"


def test_what_stands_no_more_says_so(heard: Heard) -> None:
    mine = heard[CO]
    assert mine["zpast"][0].title == "Plan, version 1 (Replaced)"
    assert len(mine["zpast"][0].id.split(":")) == 2, "beside the version that came after it"
    assert mine["zwork"][0].title == "Plan, version 2"
    assert mine["zstruck"][0].title.endswith("(entered in error)")
    assert mine["zfirst"][0].title == f"{mine['zsecond'][0].title} (earlier)"
    assert mine["zlater"][0].title == "Added: Conference: Before release"
    assert mine["zlater"][0].id == mine["zsaid"][0].id


def test_no_piece_of_a_text_shows_what_the_login_is_not_shown(heard: Heard) -> None:
    chaplain = heard[CHA]
    (plan,), (summary,) = chaplain["zfamily"], chaplain["zdecided"]
    assert "zwork" not in plan.snippet.text
    assert "zunderstood" not in plan.snippet.text
    assert (summary.kind, "zsaid" in summary.snippet.text) == ("conference_invitation", False)
    assert page_of(summary.kind) == "conferences"
    assert "zcomment" not in heard[SUP]["zheld"][0].snippet.text


@pytest.mark.parametrize(
    ("text", "query", "holding"),
    [
        ("He goes to the workshop.", "goes work", True),
        ("He goes to the workshop.", "work goes", False),
        ("Élan_vital of prison", "elan VITAL", True),
        ("إلى المدرسة", "الى المدرس", True),
        ("Words", "", False),
        ("", "a", False),
    ],
)
def test_a_text_holds_words_as_full_text_search_compares_them(text: str, query: str, holding: bool) -> None:
    assert holds(text, query) is holding
