"""Writes every screen as PNG: light, dark, high contrast, 150 % text, mirrored, trial language, French and Arabic.

Run it as `python3 packaging/dev.py shots FOLDER`. It makes a demo desk with invented people in a temporary folder,
signs in as each role, and opens page after page offscreen.
"""

import argparse
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from event_loop import settle
from PySide6.QtWidgets import QApplication
from shots_papers import packet_pages
from shots_roles import Others
from shots_routes import routes, shown_person

from rehabdesk.access.door_service import Door
from rehabdesk.access.setup_view import SetupPage
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_window import Window, prepare
from rehabdesk.core import resources
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.i18n import tr, use_language
from rehabdesk.core.ids import SystemIds
from rehabdesk.demo import run_demo
from rehabdesk.handover.checking.view.check_page import CheckPage
from rehabdesk.handover.inbox.view.inbox_packet_page import InboxPacketPage
from rehabdesk.notes.attachments.view.attachment_page import AttachmentPage
from rehabdesk.notes.view.note_page import NotePage
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.page import Page
from rehabdesk.ui.pages_view import PagesView
from rehabdesk.ui.paper_page import PaperPage
from rehabdesk.ui.plain_kit import Card
from rehabdesk.ui.theme import Look
from rehabdesk.ui.tokens import Scheme

SIZE = (1366, 700)
PEOPLE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One set of pictures."""

    name: str
    look: Look
    language: str = "en"
    size: tuple[int, int] = SIZE


KINDS = (
    Kind(name="light", look=Look()),
    Kind(name="dark", look=Look(scheme=Scheme.DARK)),
    Kind(name="contrast", look=Look(scheme=Scheme.CONTRAST)),
    Kind(name="150", look=Look(zoom=1.5)),
    Kind(name="rtl", look=Look(rtl=True)),
    Kind(name="xx", look=Look(), language="xx"),
    Kind(name="fr", look=Look(), language="fr"),
    Kind(name="ar", look=Look(rtl=True), language="ar"),
    Kind(name="narrow", look=Look(), size=(1093, 614)),
)


class Chosen(FileDialogs):
    """Gives the files that a person would choose."""

    def __init__(self) -> None:
        self.file: Path | None = None

    def choose_file(self, owner: object, title: str, pattern: str) -> Path | None:
        return self.file

    def choose_files(self, owner: object, title: str, pattern: str) -> list[Path]:
        return [] if self.file is None else [self.file]


class Studio:
    """One demo desk, one window at a time, one folder of pictures."""

    def __init__(self, folder: Path, demo: dict[str, Any]) -> None:
        self.folder, self.demo = folder, demo
        self.app = QApplication.instance() or QApplication([])
        prepare(self.app)  # type: ignore[arg-type]  # a QApplication: nothing else was made
        clock = SystemClock()
        means = Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS)
        vault = Path(demo["vault"])
        self.door = Door(vault, means, profile=vault.parent / "profile")
        self.files = Chosen()
        self.count = 0

    def window(self, kind: Kind, door: Door | None = None) -> Window:
        use_language(kind.language, resources.path("i18n"))
        window = Window(
            self.app,  # type: ignore[arg-type]  # as above
            Threshold.of(door or self.door),
            replace=lambda _words: None,
            look=kind.look,
            language=kind.language,
        )
        window.files = self.files
        window.resize(*kind.size)
        window.start()
        window.activateWindow()
        return window

    def take(self, window: Window, kind: Kind, name: str) -> None:
        """A picture of the window as it stands."""
        settle()
        target = self.folder / kind.name
        target.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(target / f"{name}.png"))
        self.count += 1

    def member(self, role: str) -> dict[str, str]:
        return next(member for member in self.demo["members"] if member["role"] == role)


def wait(happened: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        settle()
        time.sleep(0.01)


def before_the_door(studio: Studio, kind: Kind) -> None:
    """Lock page and set-up."""
    window = studio.window(kind)
    studio.take(window, kind, "01-lock")
    window.close()
    with tempfile.TemporaryDirectory() as empty:
        window = studio.window(kind, Door(Path(empty) / "desk", studio.door.means))
        page = window.centralWidget()
        assert isinstance(page, SetupPage)
        studio.take(window, kind, "02-setup-welcome")
        page.main_act()
        studio.take(window, kind, "03-setup-site")
        site = page._site
        for line, words in ((site._name, "Residence of the Three Wells"), (site._code, "DEMO"), (site._country, "XX")):
            line.setText(words)
        site._phone.setText("+000 20 555 010")
        page.main_act()
        for name, role in (("Ada Brook", "ADM"), ("Hana Roy", "SUP")):
            page._people._name.setText(name)
            page._people._role.choose(role)
            page._people._add()
        studio.take(window, kind, "04-setup-people")
        page.main_act()
        studio.take(window, kind, "05-setup-passphrase")
        window.close()
        window.deleteLater()


def behind_the_door(studio: Studio, kind: Kind, role: str) -> None:
    """Every page that a role has."""
    member = studio.member(role)
    window = studio.window(kind)
    window.open(studio.door.unlock(member["sign_in"], member["passphrase"]))
    session = window.session
    assert session is not None
    person = "" if role == "ADM" else shown_person(session)
    for name, route in routes(role, person, session):
        session.open(route)
        session.frame.toast.end()
        page = session.frame.page
        if isinstance(page, CheckPage):
            studio.files.file = Path(studio.demo["team_identity"])
            page._given.ask_key()
            studio.files.file = Path(studio.demo["packet"]["file"])
            page._choose_packet()
            checked = page
            wait(lambda page=checked: page.checked is not None, 10)  # type: ignore[misc]  # bound now
        else:
            time.sleep(0.15)
        wait_for_pages(page)
        studio.take(window, kind, name)
        extra(studio, window, kind, name, page)
    session.frame.open_palette()
    session.frame.palette_box.line.setText("a")
    studio.take(window, kind, f"{role}-palette")
    session.desk.lock()
    window.session = None
    window.close()
    window.deleteLater()
    settle()


STATES: dict[str, Callable[[Any], object]] = {
    "CO-person-plan": lambda page: page.tab._show_other("removed"),
    "CO-programmes": lambda page: page.main_act(),
    "CO-plan-write": lambda page: page.bring_into_sight(page.editor.goals[1]),
}
"""A second state of a page that is worth a picture, and what leads to it."""


def extra(studio: Studio, window: Window, kind: Kind, name: str, page: Page | None) -> None:
    """What a page shows when something is asked or wrong."""
    if isinstance(page, NotePage) and name.startswith("PSY"):
        page.main_act()
        studio.take(window, kind, f"{name}-errors")
        page._delete()
    elif name in STATES and window.session is not None:
        STATES[name](page)
        studio.take(window, kind, f"{name}-2")
    elif name in ("CO-person-release", "CO-short-1-list"):
        release_forms(studio, window, kind, name, page)
    elif name in ("CO-packet-recipient", "CO-short-5-express"):
        step = getattr(page, "_go_to", None)
        if step is not None:
            step(1)
            studio.take(window, kind, name.replace("recipient", "contents").replace("5-express", "6-express-contents"))


def release_forms(studio: Studio, window: Window, kind: Kind, name: str, page: Page | None) -> None:
    """The forms of a release: an item, the way to short notice, a move with what moves, a condition."""
    tab = getattr(page, "tab", None)
    readiness = None if tab is None else tab._releases.of_person(tab._person)
    if tab is None or readiness is None:
        return
    short = name.startswith("CO-short")
    tab.main_act()
    studio.take(window, kind, "CO-short-4-item" if short else "CO-release-item")
    tab.show_again()
    tab._lists.ask_notice(readiness)
    studio.take(window, kind, "CO-short-2-notice" if short else "CO-release-notice")
    tab.show_again()
    if short:
        tab._lists.ask_start()
        studio.take(window, kind, "CO-short-3-start")
    else:
        tab._lists.ask_move(readiness)
        day = tab.where_to_go_on()
        day.setText("+30")
        day.textEdited.emit("+30")
        studio.take(window, kind, "CO-release-move")
        tab.show_again()
        settle()
        card = next(each for each in tab.findChildren(Card) if each.accessibleName() == tr("Conditions"))
        tab.scroll_area().verticalScrollBar().setValue(card.y())
        studio.take(window, kind, "CO-release-conditions")
        tab.reopen("condition")
        studio.take(window, kind, "CO-release-condition")
    tab.show_again()


def wait_for_pages(page: Page | None) -> None:
    """Gives pictures of pages the time they need."""
    if isinstance(page, AttachmentPage):
        wait(lambda: not page._shown.pixmap().isNull(), 8)
    if isinstance(page, InboxPacketPage):
        wait(lambda: page._checked is not None)
    if isinstance(page, PaperPage):
        wait(lambda: page._job is None, 8)
    view = getattr(page, "_view", None)
    if isinstance(view, PagesView):
        wait(lambda: 0 in view._large, 8)
        for _ in range(40):
            settle()
            time.sleep(0.01)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", help="only these kinds, for example light,rtl,packet")
    parser.add_argument("--roles", default="PSY,CHA,CO,SUP,ADM,CSUP,TRAINEE,FAC,AUD", help="only these roles")
    chosen = parser.parse_args()
    wanted = [kind for kind in KINDS if not chosen.only or kind.name in chosen.only.split(",")]
    with tempfile.TemporaryDirectory() as made:
        said = io.StringIO()
        with redirect_stdout(said):
            run_demo(Path(made) / "demo", people=PEOPLE, language="en", as_json=True)
        studio = Studio(chosen.folder, json.loads(said.getvalue()))
        if not chosen.only or "packet" in chosen.only.split(","):
            studio.count += packet_pages(studio.demo, chosen.folder)
        studio.demo["members"] += Others(studio.demo, studio.door.means).admit()
        for kind in wanted:
            before_the_door(studio, kind)
            for role in chosen.roles.split(","):
                behind_the_door(studio, kind, role)
            print(f"{kind.name}: done", file=sys.stderr)
    print(f"{studio.count} pictures in {chosen.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
