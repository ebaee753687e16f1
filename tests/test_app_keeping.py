"""What is kept of unfinished forms: what can become nothing any more goes in the end, everything else stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from rehabdesk.access.door_service import Door
from rehabdesk.access.service import Desk
from rehabdesk.app_keeping import FORM_DRAFT, KeptForms, is_there
from rehabdesk.app_services import Services
from rehabdesk.db.projection import CLINICAL
from rehabdesk.ui.page import Route
from tests.desks import CHEAP
from tests.notes.sessions import MEETING, SESSION
from tests.people.cases import NOON, CaseDesk


@contextmanager
def psychologist(desk: CaseDesk) -> Iterator[tuple[Desk, Services]]:
    with desk.as_login("calm-harbour") as opened:
        site = desk._site
        yield opened, Services(opened, Door(site.folder, site.means, profile=site.profile, cost=CHEAP))


def places(desk: Desk) -> set[object]:
    return {draft.payload["place"] for draft in desk.drafts(FORM_DRAFT)}


def test_a_form_whose_record_is_gone_goes_after_a_month_and_no_other(tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path / "desk", tmp_path / "profile")
    person = desk.register()
    with psychologist(desk) as (opened, services):
        notes = services.notes
        struck, standing = (
            notes.sign(notes.start("psychologist_session", person, occurred_at=MEETING, answers=SESSION)).note.rid
            for _ in range(2)
        )
        draft = notes.start("psychologist_session", person)
        routes = [
            Route(name="note_read", person=person, id=f"{CLINICAL}:{struck}"),
            Route(name="attach", person=person, id=f"{CLINICAL}:{struck}"),
            Route(name="plan_view", person=person, id=opened.ids()),
            Route(name="refusal", person=opened.ids()),
            Route(name="note_read", person=person, id=f"{CLINICAL}:{standing}"),
            Route(name="blanks", person=person, id=f"keywork:{draft}"),
            Route(name="person", person=person, id="contacts"),
            Route(name="refusal"),
        ]
        for route in routes:
            KeptForms(opened).at(route).inside("part").keep("form", {"words": "Marzipan"})
        notes.entered_in_error(CLINICAL, struck, "Twice.")
        kept = places(opened)
    assert len(kept) == len(routes)
    for days, left in ((29, 8), (31, 4)):
        desk.clock.set(NOON + timedelta(days=days))
        with psychologist(desk) as (opened, services):
            KeptForms(opened).drop_gone(partial(is_there, services))
            kept = places(opened)
        assert len(kept) == left, kept
    assert not any(struck in str(place) or "plan_view" in str(place) for place in kept)
    assert {str(place).partition("|")[0] for place in kept} == {"note_read", "blanks", "person", "refusal"}
