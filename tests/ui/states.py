"""What the screens are brought into beyond their routes: forms in place of a body, strips, steps, errors, the palette.

One list for every walk over all screens; the routes themselves are `SCREENS` of test_screens.py.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.ui.page import Page, Route
from tests.ui.annex_states import annex
from tests.ui.packet_states import checked, packet
from tests.ui.seeded import signed_note
from tests.windows import CTRL, Hands

Open = Callable[[Hands], None]


def press(hands: Hands, name: str) -> None:
    """The last visible button of that name, in the language of the screen."""
    words = tr(name).replace("&", "")
    found = [
        each
        for each in hands.window.findChildren(QAbstractButton)
        if each.accessibleName() == words and each.isVisible() and each.isEnabled()
    ]
    seen = [each.accessibleName() for each in hands.window.findChildren(QAbstractButton) if each.isVisible()]
    assert found, f"no {words!r} among {seen}"
    found[-1].click()
    hands.settle()


def person(tab: str, *names: str) -> Open:
    return route("person", tab, *names)


def route(name: str, what: str, *names: str) -> Open:
    """Opens the page and presses the buttons of these names, one after the other."""

    def opened(hands: Hands) -> None:
        hands.session.open(Route(name=name, person=hands.people["Idrissa"], id=what))
        hands.settle()
        for each in names:
            press(hands, each)

    return opened


def plain(name: str, *names: str) -> Open:
    def opened(hands: Hands) -> None:
        hands.session.open(Route(name=name))
        hands.settle()
        for each in names:
            press(hands, each)

    return opened


def note_read(*names: str) -> Open:
    def opened(hands: Hands) -> None:
        hands.session.open(Route(name="note_read", person=hands.people["Idrissa"], id=signed_note(hands)))
        hands.settle()
        for each in names:
            press(hands, each)

    return opened


def main_act(before: Open, times: int = 1) -> Open:
    """The page, and Ctrl+Enter on it: what is missing, or the strip."""

    def opened(hands: Hands) -> None:
        before(hands)
        for _ in range(times):
            hands.press(Qt.Key.Key_Return, CTRL)

    return opened


def conference(name: str, who: str, *names: str) -> Open:
    """Of Idrissa: agreed. Of Omar: minutes that wait for the chair. Of Amina: minutes that the chair gave back."""

    def opened(hands: Hands) -> None:
        person = hands.people[who]
        (held,) = hands.session.services.conferences.reading.of_person(person)
        hands.session.open(Route(name=name, person=person, id=held.rid))
        hands.settle()
        for each in names:
            press(hands, each)

    return opened


def palette(hands: Hands) -> None:
    hands.session.open(Route(name="people"))
    hands.session.frame.open_palette()
    hands.session.frame.palette_box.line.setText("a")
    hands.settle()


def waiver_strip(hands: Hands) -> None:
    person("release", "Waive")(hands)
    hands.type("The office is closed.")
    hands.press(Qt.Key.Key_Return, CTRL)


def programme_session(hands: Hands) -> None:
    """Its button has the name of the programme, in the language of the screen."""
    route("programmes", "")(hands)
    hands.page.first_focus().click()  # type: ignore[union-attr]  # the button
    hands.settle()


def short_list(hands: Hands) -> None:
    hands.session.open(Route(name="person", person=hands.people["Amina"], id="release"))
    hands.settle()


def item_form(hands: Hands) -> None:
    person("release", "Update item")(hands)


def goal_removal(hands: Hands) -> None:
    person("plan")(hands)
    inner(hands)._deeds.act_on_goal("g1", "removed")  # type: ignore[attr-defined]  # the tab of the plan
    hands.settle()


def progress(hands: Hands) -> None:
    """The form as it is once somebody declined and a word is shared that the person does not agree with."""
    route("progress", "PD-7")(hands)
    editor = hands.page.editor  # type: ignore[attr-defined]  # the page of a word
    editor.grid.own.choose("declined")
    editor.grid.staff.choose("trying")
    editor._shared.setChecked(True)
    editor._answer.choose("disagrees")
    hands.settle()


def review(hands: Hands) -> None:
    """A review with the form of a word open."""
    route("review", "")(hands)
    hands.page.editor._domains[0].open.click()  # type: ignore[attr-defined]  # the page of a review
    hands.settle()


def inner(hands: Hands) -> Page:
    """The tab in sight, or the page itself."""
    tab = getattr(hands.page, "tab", None)
    return tab if isinstance(tab, Page) else hands.page


def packet_step(step: int) -> Open:
    def opened(hands: Hands) -> None:
        route("packet", "")(hands)
        hands.page._go_to(step)  # type: ignore[attr-defined]  # the builder of a packet
        hands.settle()

    return opened


def team_form(hands: Hands) -> None:
    route("packet", "")(hands)
    hands.page._ask_team()  # type: ignore[attr-defined]  # the builder of a packet
    hands.settle()


def then(before: Open, *names: str) -> Open:
    """The buttons of these names after that."""

    def opened(hands: Hands) -> None:
        before(hands)
        for each in names:
            press(hands, each)

    return opened


STATES: dict[tuple[str, str], Open] = {
    ("psy", "notes tab"): person("notes"),
    ("psy", "note read"): note_read(),
    ("psy", "addition"): note_read("Add details"),
    ("psy", "note errors"): main_act(route("note", "form:psychologist_session")),
    ("psy", "snippet"): plain("writing"),
    ("psy", "annex"): annex,
    ("psy", "packets tab"): person("packets"),
    ("psy", "add clinician"): plain("clinician_keys", "Add a clinician"),
    ("case", "packets tab"): person("packets"),
    ("cha", "encounter"): route("encounter", ""),
    ("case", "release"): person("release"),
    ("case", "item"): item_form,
    ("case", "move date"): person("release", "Move the date"),
    ("case", "short notice"): person("release", "Short notice"),
    ("case", "short list"): short_list,
    ("case", "condition"): person("release", "Add a condition"),
    ("case", "plan"): person("plan"),
    ("case", "goal removal"): goal_removal,
    ("case", "progress"): progress,
    ("case", "words"): route("words", "PD-7"),
    ("case", "reviews"): route("reviews", ""),
    ("case", "review"): review,
    ("case", "review errors"): main_act(route("review", "")),
    ("case", "something happened"): route("reviews", "", "Something happened"),
    ("sup", "review rules"): route("review_rules", ""),
    ("case", "answer"): person("plan", "Change the answer"),
    ("case", "programme form"): main_act(route("programmes", "")),
    ("case", "programme session"): programme_session,
    ("case", "conference"): conference("conference", "Idrissa"),
    ("case", "conference summary"): main_act(conference("conference", "Idrissa", "Give the summary")),
    ("case", "conference waits"): conference("conference", "Omar", "Give back"),
    ("case", "minutes"): conference("minutes", "Amina"),
    ("adm", "weekend"): plain("site_checklist", "Change the weekend"),
    ("adm", "words to look at"): main_act(plain("site_words", "Change the words")),
    ("adm", "holiday"): main_act(plain("site_checklist", "Add a holiday")),
    ("case", "packet contents"): packet_step(1),
    ("case", "team"): team_form,
    ("case", "register errors"): main_act(plain("register")),
    ("case", "plan errors"): main_act(route("plan_write", "new")),
    ("case", "packet errors"): main_act(route("packet", "")),
    ("case", "palette"): palette,
    ("sup", "waiver"): person("release", "Waive"),
    ("sup", "waiver strip"): waiver_strip,
    ("case", "packet waiting"): packet("packet_view"),
    ("case", "packet copy"): packet("packet_copy"),
    ("case", "file index"): packet("packet_index"),
    ("case", "check genuine"): checked(State.GENUINE),
    ("case", "check changed"): checked(State.CHANGED),
    ("case", "check reading"): then(checked(State.GENUINE), "Read the packet"),
    ("case", "check details"): then(checked(State.WITHDRAWN), "Details for IT"),
    ("sup", "packet review"): packet("packet_review"),
    ("sup", "packet return"): then(packet("packet_review"), "Return with a reason"),
    ("sup", "countersign strip"): main_act(packet("packet_review")),
}


def in_sight(window: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """Visible widgets of these kinds, in the order in which they were made."""
    return [each for each in window.findChildren(QWidget) if each.isVisible() and isinstance(each, kinds)]
