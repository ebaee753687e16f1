"""domain.md 14.14: "Not yet together" on relationships because somebody "prays with X" is not recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.core.errors import UserError
from rehabdesk.plans.progress.progress_model import bias_question
from rehabdesk.plans.progress.progress_typed_model import TypedProgress
from rehabdesk.plans.progress.view.progress_page import ProgressPage
from rehabdesk.ui.page import Route
from tests.plans.cases import activate, draft_plan, shared_words
from tests.windows import Hands, hands_on

NEVER = "who one prays next to"


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path) as ready:
        yield ready


def test_bias_prompt(hands: Hands) -> None:
    hands.sign_in("case")
    services, person = hands.session.services, hands.people["Idrissa"]
    activate(services.plans, person, draft_plan())
    typed: TypedProgress = shared_words("PD-4", staff="not_yet_together", basis="prays with X")
    draft = services.progress_writing.keep(person, typed)
    hands.session.open(Route(name="progress", person=person, id=draft))
    hands.settle()
    page = hands.page
    assert isinstance(page, ProgressPage)

    # the question is asked before saving, and without its answer nothing is saved
    assert page.editor.fields["asked_myself"].caption.text().startswith(bias_question())
    page.editor._asked.setChecked(False)
    page.main_act()
    assert page.editor.fields["asked_myself"].error
    page.editor._asked.setChecked(True)

    page.main_act()
    assert NEVER in page.editor.fields["basis"].error
    assert "Name another basis" in page.editor.fields["basis"].error
    assert page.editor._basis.words() == "prays with X", "what was typed stays"
    assert services.progress.lines(person, "PD-4") == ()

    # whatever else staff write about it does not touch the line either
    for field in ("harder", "setting"):
        other = services.progress_writing.keep(person, shared_words("PD-4", **{field: "Prays with X"}))
        with pytest.raises(UserError, match=NEVER) as refused:
            services.progress_writing.record(person, other)
        assert refused.value.field == field
        services.progress_writing.drop(other)

    # another basis is another word to share; then it is recorded
    page.editor._basis.setPlainText("Spent the rest hour alone on nine of ten days.")
    assert not page.editor._shared.isChecked()
    page.main_act()
    assert page.editor.fields["shared_with_person_on"].error
    page.editor._shared.setChecked(True)
    page.main_act()
    (line,) = services.progress.lines(person, "PD-4")
    assert line.staff is not None
    assert line.staff.progress.basis.startswith("Spent the rest hour")
