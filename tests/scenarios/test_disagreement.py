"""domain.md 14.6: the person rejects goal 3. The plan goes on, and the words stand on page 1 of what is handed over."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rehabdesk.handover.content.sections_model import RatingVoice
from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.handover.pages import person_pdf
from rehabdesk.paper.blocks import texts_of
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.plans.model import Agreement, VersionState
from rehabdesk.plans.progress.progress_model import Beside
from rehabdesk.plans.reviews.review_rule_model import MovedBecause
from tests.handover import sample
from tests.handover.collecting import collection
from tests.handover.test_collect_service import ADDED
from tests.handover.test_pdf import pages_of
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk, activate, shared_words, work

REJECTED = "Not goal 3. Moving to the river district is not my goal."
OBJECTION = "I never missed when I was unlocked."


def test_disagreement(tmp_path: Path) -> None:
    desk = PlanDesk(tmp_path / "desk", tmp_path / "profile")
    person = desk.register()
    with desk.as_login("green-ferry") as login:
        me = work(login)
        rid = activate(me.plans, person, answer=Agreement.AGREED_IN_PART)
        me.plans.record_agreement(rid, Agreement.AGREED_IN_PART, words=REJECTED)
        plan = me.plans.in_force(person)
        assert plan is not None
        assert (plan.plan.state, plan.plan.agreement) == (VersionState.ACTIVE, Agreement.AGREED_IN_PART)
        assert plan.plan.agreement_words == REJECTED

        # it is talked about again within 14 days
        line = me.reviews.calendar.review_of(person)
        assert line is not None
        assert (line.on, line.moved) == (TODAY + timedelta(days=14), MovedBecause.PLAN_DISAGREEMENT)

        # and a word that the person does not agree with stands with the objection, then and since
        draft = me.progress_writing.keep(person, shared_words(answer="disagrees", disagreement=OBJECTION))
        me.progress_writing.record(person, draft)
        (words,) = me.progress.lines(person, "PD-7")
        assert words.staff is not None
        me.progress.remark(words.staff.rid, Beside.PERSON_STATEMENT, "Five days the wing was locked.")

        me.people.plan_release(
            person, date(2027, 1, 8), on=TODAY, source=DateSource.COURT, route=ReleaseRoute.CONDITIONAL
        )
        sections = collection(login, me.people).collect(person, ADDED).sections

    made = sample.whole_packet()
    laid = lay_out(replace(made, sections=replace(made.sections, S3=sections.S3)), version="0.1.0", item_titles={})
    first = pages_of(laid.prepared, tmp_path)[0]
    assert "Agrees in part" in first
    assert REJECTED in first

    assert sections.S7 is not None
    staff = next(one for one in sections.S7.ratings if one.voice is RatingVoice.STAFF)
    assert staff.disagreement is not None
    assert staff.disagreement.text == f"{OBJECTION}\nFive days the wing was locked."
    printed = " ".join(text for text in texts_of(person_pdf.progress_in_words(sections.S7, "en")))
    assert OBJECTION in printed
