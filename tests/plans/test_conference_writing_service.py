"""Minutes in writing while somebody else writes them too: each sees the other's, and nothing that was typed is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.plans.conferences.conference_typed_model import OUTSIDE, TypedAction, TypedKeptBack, TypedMinutes
from rehabdesk.plans.conferences.conference_writing_service import MinutesWriting
from rehabdesk.plans.conferences.minutes_words_model import MinutesWords
from tests.people.cases import TODAY
from tests.plans.cases import PlanDesk
from tests.plans.conferences import DISCUSSED, conferences, hold, minutes, uid_of

OFFICER, OTHER, SUP = "green-ferry", "quiet-orchard", "silver-reed"


def writing(login: Desk) -> MinutesWriting:
    return MinutesWriting(login, conferences(login))


def begun(desk: PlanDesk, person: str) -> tuple[str, str]:
    """A conference that is held, and the first words of the officer's minutes of it."""
    with desk.as_login(OFFICER) as login:
        rid = hold(conferences(login), person, chair=uid_of(login, SUP))
        typed = replace(writing(login).start(rid).typed, summary="Mine, half")
        return rid, writing(login).keep(person, typed, None)


def overtaken(desk: PlanDesk, person: str, *, back: bool) -> tuple[str, str]:
    """As `begun`; then a colleague laid minutes, and the chair gave them back or not."""
    rid, draft = begun(desk, person)
    with desk.as_login(OTHER) as login:
        work = conferences(login)
        work.lay(rid, minutes(work.me), {1: "Offers a room"})
    if back:
        with desk.as_login(SUP) as login:
            conferences(login).give_back(rid, "Shorter.")
    return rid, draft


def test_a_draft_is_compared_with_newer_minutes_wherever_these_are(desk: PlanDesk, person: str) -> None:
    rid, draft = overtaken(desk, person, back=False)
    with desk.as_login(OFFICER) as login:
        mine = writing(login)
        assert [(each.id, each.overtaken, each.typed.summary) for each in mine.drafts()] == [
            (draft, True, "Mine, half")
        ]
        compared = mine.compared(draft)
        assert (compared.may_go_on, compared.newer.summary) == (False, DISCUSSED)
        with pytest.raises(UserError, match="until the chair has them"):
            mine.go_on_with(draft)
    with desk.as_login(OTHER) as login, pytest.raises(UserError, match="not there any more"):
        writing(login).compared(draft)
    with desk.as_login(SUP) as login:
        conferences(login).agree(rid)
    with desk.as_login(OFFICER) as login:
        assert writing(login).compared(draft).draft.typed.summary == "Mine, half"


def test_what_was_given_back_is_shown_and_the_own_older_draft_is_one_step_away(desk: PlanDesk, person: str) -> None:
    rid, draft = overtaken(desk, person, back=True)
    with desk.as_login(OFFICER) as login:
        mine = writing(login)
        shown = mine.start(rid)
        assert (shown.draft, shown.typed.summary) == (None, DISCUSSED)
        assert [each.id for each in shown.overtaken] == [draft]
        newer = mine.keep(person, replace(shown.typed, summary="Theirs, shorter"), None)
        assert mine.start(rid).draft == newer

        desk.clock.advance(timedelta(minutes=1))
        mine.go_on_with(draft)
        again = mine.start(rid)
        assert (again.draft, again.typed.summary) == (draft, "Mine, half")
        assert [each.typed.summary for each in again.overtaken] == ["Theirs, shorter"]
        mine.lay(replace(again.typed, nothing_decided=True, nothing_kept_back=True), draft)
        assert [each.id for each in mine.drafts()] == [newer], "only what was laid goes"


def test_naming_another_chair_overtakes_nothing(desk: PlanDesk, person: str) -> None:
    rid, draft = begun(desk, person)
    with desk.as_login(SUP) as login:
        conferences(login).name_chair(rid, uid_of(login, OTHER))
    with desk.as_login(OFFICER) as login:
        assert writing(login).start(rid).draft == draft
        assert writing(login).overtaken(rid) == ()


def test_minutes_are_said_part_by_part_and_in_no_codes() -> None:
    stands = MinutesWords(
        attendees=(), owners={"u1": "Ama Bello"}, reasons={"child": "Concerns a child"}, name="Idrissa K."
    )
    assert stands.parts(TypedMinutes(conference="c")) == {}
    parts = stands.parts(
        TypedMinutes(
            decisions="One\n\n Two ",
            actions=(
                TypedAction(text="Call", owner="u1", due=TODAY),
                TypedAction(text="Call", owner=OUTSIDE, owner_words="The embassy", due=TODAY),
            ),
            kept_back=(TypedKeptBack(what="A letter", agency="Prison", reason="child"),),
        )
    )
    said = "\n".join(parts.values()).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))
    assert said.splitlines()[:2] == ["One", "Two"]
    assert "Call · Ama Bello · 24 Nov 2026" in said
    assert "Call · The embassy · 24 Nov 2026" in said
    assert "A letter · Prison · Concerns a child" in said
