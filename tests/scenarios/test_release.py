"""Short notice and acquittal (domain.md 14, scenarios 5 and 11), up to the seal and to the shredding."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.binding_wire import content_problems
from rehabdesk.handover.content.profile_model import PROFILES, ProfileCode
from rehabdesk.handover.making import making_service as making
from rehabdesk.overview.people_tasks_service import register_tasks
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.service import People
from rehabdesk.readiness.model import ItemStatus, ListState, Side
from rehabdesk.readiness.opening_service import Openings
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from rehabdesk.seals import sealing
from tests.handover.packet_window import TEXTS, PacketDesk
from tests.handover.workplace import TEAM
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk

FIRST = ["A1", "I4", "B1", "H4", "D3", "D2", "I1", "H1", "H2", "A4", "B4", "A6", "J4", "J5"]


def test_short_notice(tmp_path: Path) -> None:
    """At ten a pardon comes for a release at four: the route is set, 14 items stand there, one signature sends it."""
    desk = PacketDesk(tmp_path)
    with desk.open("green-ferry") as officer:
        people, person = officer.people, desk.person
        releases, today = Releases(officer.desk, people, load_templates()), officer.desk.clock.now().date()
        people.plan_release(
            person, today, on=today, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=True
        )
        assert [row.id for row in Openings(officer.desk, people, releases).catch_up()] == []
        found = releases.open_list(person, today, short_notice=True)
        assert [item.template.code for item in found.items[:14]] == [f"RR-{code}" for code in FIRST]
        assert {item.due for item in found.items[:14]} == {today}
        assert {item.side for item in found.items[14:]} <= {Side.BOTH, Side.COMMUNITY}
        assert all(today < item.due <= today + timedelta(days=30) for item in found.items[14:])

        preparing = desk.preparing(officer)
        draft_id, typed = preparing.express(person)
        assert draft_id is None
        assert typed.texts["link_name"] == officer.desk.staff(officer.desk.uid).name
        typed = desk.typed(profile=typed.profile, purpose=typed.purpose, texts={**TEXTS, "V1": ""}, one_signature="yes")
        draft = preparing.keep(person, typed, None)
        assert preparing.express(person) == (draft, typed), "what was begun is gone on with"
        to_lay, hits = preparing.assemble(person, typed, draft)
        made = to_lay.made
        assert made.packet.profile is ProfileCode.EXPRESS
        assert tuple(entry.code for entry in made.manifest.sections) == PROFILES[ProfileCode.EXPRESS].sections
        assert set(made.sections.present()) == set(PROFILES[ProfileCode.EXPRESS].sections)
        assert content_problems(made) == ()
        assert made.sections.S12 is not None
        assert {item.code for item in made.sections.S12.items} >= {"RR-B2", "RR-K1"}

        abroad = replace(TEAM, id="T-ABROAD", country="YY")
        officer.trust.teams.take_key(abroad, sealing.recipient_of(sealing.new_identity()))
        with pytest.raises(UserError, match="does not leave the country"):
            preparing.assemble(person, replace(typed, team="T-ABROAD"), draft)

        released = people.record_release(
            person, Stage.RELEASED_SUPERVISED, on=today, source=DateSource.COURT, route=ReleaseRoute.PARDON
        )
        assert released.stage is Stage.RELEASED_SUPERVISED, "with 13 things open"
        after = releases.of_person(person)
        assert after is not None
        assert after.state is ListState.OPEN

        pages = making.lay(to_lay)
        ticked = [hit.id for hit in hits]
        signing = preparing.allow_signature(pages, ticked, desk.site.keys("green-ferry"))
        preparing.keep_signed(pages, signing, making.sign(signing), ticked)
        (row,) = officer.packets.shelf.express()
        sent = officer.packets.seal(row.id, tmp_path)
        card = officer.trust.site_card()
    gone_at = desk.clock.now()
    for hours, state in ((1, State.EXPRESS_PENDING), (73, State.INCOMPLETE)):
        seen = PacketCheck([card]).check(
            sent.file.read_bytes(), moment=gone_at + timedelta(hours=hours), identity=desk.identity, team="T-RIVER"
        )
        assert seen.verdict.state is state, "the clock of 72 hours runs"


def test_acquittal(tmp_path: Path) -> None:
    """The stage is set to cleared: the person can leave at once, and a review for erasure is due in 30 days."""
    desk = PlanDesk(tmp_path / "desk", tmp_path / "profile")
    person = desk.register(stage=Stage.PRE_TRIAL)
    with desk.as_login("green-ferry") as login:
        people = People(login)
        stages, releases = LegalStages(login, people), Releases(login, people, load_templates())
        stages.change(person, Stage.CLEARED, on=TODAY, source=DateSource.COURT)
        kept = people.plan_release(
            person, TODAY, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.ACQUITTAL, short_notice=True
        )
        assert (kept.stage, kept.erasure_review_due) == (Stage.CLEARED, TODAY + timedelta(days=30))
        assert releases.open_list(person, TODAY, short_notice=True).item("RR-A1").due == TODAY
        left = people.record_release(
            person, Stage.RELEASED_UNSUPERVISED, on=TODAY, source=DateSource.COURT, route=ReleaseRoute.ACQUITTAL
        )
        assert (left.stage, left.since) == (Stage.CLEARED, TODAY), "the clock runs on from the day of the court"
        assert releases.mark(person, "RR-A4", ItemStatus.DONE, evidence="List").item("RR-A4").evidence == "List"
    for sign_in, told in (("green-ferry", True), ("silver-reed", True), ("calm-harbour", False)):
        assert reviews(desk, sign_in) == ([f"{TODAY + timedelta(days=30)}: Due soon"] if told else [])
    desk.clock.set(desk.clock.now() + timedelta(days=31))
    assert reviews(desk, "silver-reed") == [f"{TODAY + timedelta(days=30)}: Overdue"]


def reviews(desk: PlanDesk, sign_in: str) -> list[str]:
    """What the day of a login says of reviews for erasure."""
    with desk.as_login(sign_in) as login:
        people = People(login)
        days = [str(day) for _, day in LegalStages(login, people).erasure_reviews()]
        tags = [task.tag[0] for task in register_tasks(login, people, lambda one: one) if task.page == "legal"]
        return [f"{day}: {tag}" for day, tag in zip(days, tags, strict=True)]
