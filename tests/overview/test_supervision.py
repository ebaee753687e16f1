"""The supervision board: numbers of work and the lists behind them; of staff nothing, in the order of the calendar."""

import dataclasses
from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.app_services import Services
from rehabdesk.core.errors import UserError
from rehabdesk.overview.supervision_model import WorkCount, WorkKind, WorkLine, kind_title, nothing_words
from rehabdesk.overview.supervision_service import Supervision
from rehabdesk.readiness.model import ItemStatus
from tests.overview.test_releases import board_of, plan
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk, activate, draft_plan

AGED = timedelta(days=4)


def supervision_of(desk: Desk) -> Supervision:
    s = Services(desk, None)  # type: ignore[arg-type]  # nobody proves a passphrase here
    return Supervision(
        desk, s.people, s.board, s.plans, s.reviews, s.packets, s.conferences.reading, s.alerts, s.old_drafts
    )


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> PlanDesk:
    """Four cases: two releases with late items, one at short notice, one without a list; reviews, and an old draft."""
    folder = tmp_path_factory.mktemp("supervised")
    desk = PlanDesk(folder / "desk", folder / "profile")
    near, far, short, bare = (desk.register(f"24-{number}") for number in (103, 101, 102, 104))
    with desk.as_login("green-ferry") as login:
        s = Services(login, None)  # type: ignore[arg-type]  # as above
        plan(login, near, 20, with_list=True)
        plan(login, far, 100, with_list=True)
        plan(login, short, 3, with_list=True, short_notice=True)
        plan(login, bare, 90, with_list=False)
        for person, day in ((near, -3), (far, 10), (bare, 60)):
            activate(s.plans, person, draft_plan(review_due=TODAY + timedelta(days=day)))
        s.notes.start("keywork", near, answers={"key.K6": "Quicksilver marmots"})
    desk.clock.advance(AGED)
    return desk


def test_every_number_is_the_length_of_a_list_in_the_order_of_the_calendar(busy: PlanDesk) -> None:
    with busy.as_login("silver-reed") as login:
        supervision = supervision_of(login)
        counts = {one.kind: one.count for one in supervision.counts()}
        lists = {kind: supervision.lines(kind) for kind in WorkKind}

        assert counts == {kind: len(lines) for kind, lines in lists.items()}
        late = lists[WorkKind.LATE]
        assert list(dict.fromkeys(line.case_ref for line in late)) == ["24-102", "24-103", "24-101"]
        for case in ("24-102", "24-103", "24-101"):
            days = [line.due for line in late if line.case_ref == case and line.due]
            assert days == sorted(days)
            assert all(day < TODAY + AGED for day in days)
        assert [line.case_ref for line in lists[WorkKind.NEAR]] == ["24-103"], "the day of the other has passed"
        assert [line.case_ref for line in lists[WorkKind.NO_LIST]] == ["24-104"]
        reviews = Services(login, None).reviews  # type: ignore[arg-type]  # as above
        due = reviews.due(within=timedelta(days=14), everybody=True)
        assert {line.person for line in due} > {lists[WorkKind.NO_LIST][0].person}
        assert sorted((line.due, line.late) for line in lists[WorkKind.REVIEWS] if line.due) == sorted(
            (line.on, line.is_late(reviews.today())) for line in due
        )
        assert dict(supervision.put_off()).keys() >= {"Put off by the regime", "Put off by the person"}
        assert set(dict(supervision.put_off()).values()) == {None}, "a number below ten is not said"
        assert supervision.old_drafts() == 1
        looked = lists[WorkKind.LOOK]
        assert looked
        assert len(looked) < len(late) + 1
        assert counts[WorkKind.PACKETS] == counts[WorkKind.PLANS] == 0
        assert [line.page for line in late[:1]] == ["person"]


def test_nobody_is_ranked_and_nobody_is_named(busy: PlanDesk) -> None:
    """Lines hold a case number and days; no field could hold a member of staff or a value of a person (G1, G34)."""
    assert {field.name for field in dataclasses.fields(WorkCount)} == {"kind", "count"}
    assert {field.name for field in dataclasses.fields(WorkLine)} == {
        *("case_ref", "what", "due", "release_on", "late", "short_notice", "page", "person", "id")
    }
    with busy.as_login("silver-reed") as login:
        supervision = supervision_of(login)
        staff = {card.name for card in login.all_staff()} | {card.uid for card in login.all_staff()}
        said = [kind_title(kind) + nothing_words(kind) for kind in WorkKind]
        said += [f"{line.case_ref} {line.what}" for kind in WorkKind for line in supervision.lines(kind)]
        assert not [words for words in said if any(name in words for name in (*staff, "Idrissa", "Quicksilver"))]
        assert isinstance(supervision.old_drafts(), int)


def test_only_a_supervisor_has_the_board(busy: PlanDesk) -> None:
    for sign_in in ("green-ferry", "calm-harbour", "plain-lantern", "amber-kite", "north-window"):
        with busy.as_login(sign_in) as login:
            with pytest.raises(UserError):
                supervision_of(login)
            with pytest.raises(UserError):
                Services(login, None).old_drafts.by_member()  # type: ignore[arg-type]  # as above
    with busy.as_login("silver-reed") as login:
        assert board_of(login).dated(mine=True) == (), "a supervisor may be on a case, and is on none here"


def test_work_that_is_done_is_gone(busy: PlanDesk) -> None:
    with busy.as_login("silver-reed") as login:
        before = supervision_of(login).lines(WorkKind.LATE)
        first = before[0]
    with busy.as_login("green-ferry") as login:
        services = Services(login, None)  # type: ignore[arg-type]  # as above
        code = first.what.replace("\u2066", "").split("\u2069")[0]
        services.releases.mark(first.person, code, ItemStatus.DONE, evidence="seen")
    with busy.as_login("silver-reed") as login:
        after = supervision_of(login).lines(WorkKind.LATE)
        assert len(after) == len(before) - 1
        assert first not in after
