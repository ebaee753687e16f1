"""How long people wait, against what the machine can do at best (performance.md 2). Nothing here asserts.

Run it as `python3 packaging/dev.py bench [--size small|demo|site|large] [--only NAME] [--json]`. The desks lie in a
cache folder outside the repository and are made anew when a program that writes them has changed.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial, partialmethod
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_rounds import Figure, against, alone, calibration, moved, verdict
from bench_vault import OWN_CASES, PHRASES, SEES_ALL, SIZES, Plain, Size, described, prepared, save_note
from bench_words import MARKER, Writer
from event_loop import settle
from PySide6.QtWidgets import QApplication

from rehabdesk.access.door_service import Door
from rehabdesk.access.service import Desk
from rehabdesk.access.threshold_service import Threshold
from rehabdesk.app_session import Session
from rehabdesk.app_window import Window, prepare
from rehabdesk.db.connection import Connection
from rehabdesk.db.projection import CLINICAL, TEAM, Index
from rehabdesk.notes import store as notes_store
from rehabdesk.notes.model import Cursor
from rehabdesk.people import store as people_store
from rehabdesk.seals.record import index_key
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look

ROOT = Path(__file__).resolve().parents[1]
MADE_OF = ("db", "seals", "notes/store.py", "notes/model.py", "people/store.py", "access/store.py", "core/text.py")
DEEP_PAGE = 200
SAVED = 100
"""Notes whose words are ready before their saving is measured."""
PAGE = 50
TABS = ("overview", "timeline", "plan", "release")
Figures = Iterator[Figure]


def cache() -> Path:
    """Where desks are kept between runs: the folder of the account for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rehabdesk-bench"


def made_by() -> str:
    """Another value means that desks must be made anew."""
    digest = hashlib.sha256()
    sources = [ROOT / "src" / "rehabdesk" / place for place in MADE_OF]
    files = [file for place in sources for file in (sorted(place.rglob("*.*")) if place.is_dir() else [place])]
    for file in [*files, ROOT / "packaging" / "bench_vault.py", ROOT / "packaging" / "bench_words.py"]:
        if file.suffix in {".py", ".sql"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()


# against the same engine without a key


def plain_of(desk: Desk, door: Door, comp: str) -> Plain:
    epoch, secret = desk.keys.current(comp)
    source = desk.files.index_path(comp, epoch, desk.uid)
    target = door.folder.parent / f"plain-{comp}.db"
    target.unlink(missing_ok=True)
    return Plain(source, index_key(desk.keys.identity.x_secret(), secret, comp), target)


def engine_acts(door: Door) -> Figures:
    """Lists and search: our index files against the same rows without a key."""
    desk = door.unlock("psy", PHRASES["psy"])
    desk.lock()  # everything lies in the files, nothing in their logs
    copies = {comp: plain_of(desk, door, comp) for comp in (TEAM, CLINICAL)}
    desk = door.unlock("psy", PHRASES["psy"])
    ours: dict[str, Index] = {comp: desk.index(comp) for comp in copies}
    limit: dict[str, Index] = dict(copies)
    cases = sorted(people_store.persons_of_staff(ours[TEAM], desk.uid, desk.clock.now().date()))
    longest = max(cases, key=lambda person: len(deep_cursors(ours[CLINICAL], person)))
    deep = deep_cursors(ours[CLINICAL], longest)

    def caseload(side: dict[str, Index]) -> object:
        return people_store.rows_of(side[TEAM], tuple(cases)), notes_store.latest(side[CLINICAL], cases)

    def page(side: dict[str, Index], before: Cursor | None) -> object:
        return notes_store.timeline_page(side[CLINICAL], CLINICAL, longest, SEES_ALL, before=before, limit=PAGE)

    yield pair("caseload of 60", caseload, ours, limit, 1.5)
    yield pair("timeline, page 1", lambda side: page(side, None), ours, limit, 2.2)
    yield pair(f"timeline, page {len(deep)}", lambda side: page(side, deep[-1]), ours, limit, 2.2)
    yield against("  deep page : first page", lambda: page(ours, deep[-1]), lambda: page(ours, None), goal=1.2)
    writer = Writer(7)
    common, other = writer.common(2), writer.common(9)
    for name, words, scope, goal in (
        ("search, rare word", f"{MARKER} ", ("kindnote",), 1.6),
        ("search, common word", f"{common} ", ("kindnote",), 1.6),
        ("search, two words", f"{common} {other}", ("kindnote",), 1.6),
        ("search, within 60 cases", common, tuple(cases), 1.3),
        ("prefix of two letters", common[:2], ("kindnote",), 1.3),
    ):
        yield pair(name, partial(found, words, scope), ours, limit, goal)
    yield from saving(desk, cases, door.folder.parent)
    for copy in copies.values():
        copy.close()
    desk.lock()


def found(words: str, scope: tuple[str, ...], side: dict[str, Index]) -> object:
    return side[CLINICAL].match(words, scope=scope)


def pair(
    name: str, act: Callable[[dict[str, Index]], object], ours: dict[str, Index], limit: dict[str, Index], goal: float
) -> Figure:
    floor = "the same question on the same rows and engine, without a key; lists of the same kind have the same"
    return against(name, lambda: act(ours), lambda: act(limit), goal=goal, floor=floor)


def deep_cursors(index: Index, person: str) -> list[Cursor]:
    """The ends of a person's pages, at most up to page 200."""
    ends: list[Cursor] = []
    while len(ends) < DEEP_PAGE:
        before = ends[-1] if ends else None
        entries = notes_store.timeline_page(index, CLINICAL, person, SEES_ALL, before=before, limit=PAGE)
        if len(entries) < PAGE:
            break
        ends.append(Cursor(occurred_at=entries[-1].occurred_at, rid=entries[-1].rid))
    return ends


def saving(desk: Desk, cases: list[str], folder: Path) -> Figures:
    """A note sealed, signed, chained, durable and searchable, against as many bytes and one fdatasync."""
    writer, turns = Writer(11), cycle(cases)
    words = cycle([writer.note(1, 10_000) for _ in range(SAVED)])

    def save() -> None:
        save_note(desk, next(turns), next(words))

    _, before = moved()
    for _ in range(10):
        save()
    size = (moved()[1] - before) // 10
    floor = os.open(folder / "floor", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def least() -> None:
        os.write(floor, bytes(size))
        os.fdatasync(floor)

    name, limit = f"save a note ({size >> 10} kB written)", "as many bytes into one file, and one fdatasync"
    yield against(name, save, least, goal=3.0, floor=limit)
    limit = "as above. Only what nobody can leave out of a save: the engine's work on its rows and one signature"
    yield against("  engine and signature alone", partial(least_of, desk, save), least, goal=None, floor=limit)
    os.close(floor)
    (folder / "floor").unlink()


def least_of(desk: Desk, save: Callable[[], None]) -> float:
    """Saves, and tells how many milliseconds the engine took for its statements, with those of one signature."""
    spent = 0.0
    plain = {name: getattr(Connection, name) for name in ("rows", "row", "run_many")}

    def timed(ask: Callable[..., object], *given: object) -> object:
        nonlocal spent
        begin = time.perf_counter()
        try:
            return ask(*given)
        finally:
            spent += time.perf_counter() - begin

    try:
        for name, ask in plain.items():
            setattr(Connection, name, partialmethod(lambda self, ask, *given: timed(ask, self, *given), ask))
        save()
    finally:
        for name, ask in plain.items():
            setattr(Connection, name, ask)
    begin = time.perf_counter()
    desk.keys.sign(bytes(32))
    return (spent + time.perf_counter() - begin) * 1000


# through the window


def start_acts(door: Door) -> Figures:
    """The whole process up to the first paint of the lock page, against a bare window."""
    ours = (
        "from pathlib import Path\nfrom rehabdesk.app_start import first_window\n"
        f"app, window = first_window(Path({str(door.folder)!r}), 'en', {{}})\n"
    )
    bare = (  # the smallest program of the toolkit's own tutorial: a main window with a centred label
        "from PySide6.QtCore import Qt\nfrom PySide6.QtWidgets import QApplication, QLabel, QMainWindow\n"
        "app = QApplication([]); window = QMainWindow(); label = QLabel('x')\n"
        "label.setAlignment(Qt.AlignmentFlag.AlignCenter); window.setCentralWidget(label); window.show()\n"
    )

    environment = with_bytecode()

    def run(body: str) -> None:
        code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{body}app.processEvents()\n"
        command = [sys.executable, "-c", code + "import os; os._exit(0)"]  # all is painted by then: `grab` paints anew
        subprocess.run(command, check=True, capture_output=True, env=environment)

    floor = "a bare window of the same toolkit with one label, from the start of its process to its first picture"
    yield against("start to the lock page", lambda: run(ours), lambda: run(bare), goal=1.25, rounds=12, floor=floor)


def window_acts(door: Door) -> Figures:
    """What somebody waits for in the one window, drawn at 1366 by 700."""
    app = QApplication.instance() or QApplication([])
    prepare(app)  # type: ignore[arg-type]  # a QApplication: nothing else was made
    window = Window(app, Threshold.of(door), replace=lambda _words: None, look=Look(), language="en")  # type: ignore[arg-type]  # as above
    window.resize(1366, 700)
    window.start()

    yield alone("unlock to My day", lambda: unlocked_apart(door), goal=150)
    window.open(door.unlock("psy", PHRASES["psy"]))
    settle()
    session = window.session
    if session is not None:
        yield from page_acts(session)
        window.lock()
    window.jobs.close()


def unlocked_apart(door: Door) -> float:
    """Milliseconds of one unlock in a process of its own, as every unlock has one."""
    command = [sys.executable, str(ROOT / "packaging" / "bench_unlock.py"), str(door.folder.parent)]
    told = subprocess.run(command, check=True, capture_output=True, env=with_bytecode()).stdout
    return float(told)


def with_bytecode() -> dict[str, str]:
    """The environment of an installed program: its bytecode is there, made in the first round."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(cache() / "bytecode")
    environment["PYTHONPATH"] = os.pathsep.join(str(ROOT / folder) for folder in ("src", "packaging"))
    return environment


def page_acts(session: Session) -> Figures:
    people = cycle(session.services.people.own_cases()[:OWN_CASES])

    def show(route: Callable[[str], Route]) -> Callable[[], None]:
        def act() -> None:
            session.open(route(next(people).id))
            settle()

        return act

    for tab in TABS:
        yield alone(f"page: person, {tab}", show(partial(tab_of, tab)), goal=100)
    yield alone("page: people", show(lambda _person: Route(name="people")), goal=100)
    yield alone("page: My day", show(lambda _person: Route(name="day")), goal=100)
    new = "form:psychologist_session"
    yield alone("page: new note", show(lambda person: Route(name="note", person=person, id=new)), goal=100)
    notes, rare = session.services.notes, f"{MARKER} "
    yield alone("find a person while typing", lambda: session.find("giv"), goal=None)
    yield alone("search notes, with its entry", lambda: notes.timeline.search(rare), goal=None)
    draft = notes.start("psychologist_session", next(people).id, answers={"psy.P3.free": "words"})
    answers = {"psy.P3.free": "more words"}
    yield alone("save a draft", lambda: notes.save_draft(draft, occurred_at=None, answers=answers), goal=None)
    notes.drop_draft(draft)


def tab_of(tab: str, person: str) -> Route:
    return Route(name="person", person=person, id=tab)


def packet_acts(_door: Door) -> Figures:
    """Loaded for its own group only: it needs the libraries of packets."""
    from bench_packet import packet_acts as acts

    return acts(with_bytecode())


GROUPS: dict[str, Callable[[Door], Figures]] = {
    "start": start_acts,
    "engine": engine_acts,
    "window": window_acts,
    "packet": packet_acts,
}


def main() -> int:
    parser = argparse.ArgumentParser(description="How long people wait.")
    parser.add_argument("--size", choices=SIZES, default="demo", help="how much the desk holds (performance.md 1)")
    parser.add_argument("--only", choices=GROUPS, help="one group of acts")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    size: Size = SIZES[chosen.size]
    folder = cache() / size.name
    say = (lambda words: print(f"  made: {words}", file=sys.stderr)) if not chosen.json else (lambda _words: None)
    door = prepared(folder, size, made_by(), say)
    with tempfile.TemporaryDirectory() as made:
        machine = calibration(Path(made))
    figures: list[Figure] = []
    if not chosen.json:
        print(f"{size.name}: {size.people} people, {size.notes} notes; files {described(door)}; machine {machine}")
    for name, group in GROUPS.items():
        if chosen.only in (None, name):
            for figure in group(door):
                figures.append(figure)
                if not chosen.json:
                    print(figure.line(), flush=True)
    if not chosen.json:
        print(verdict(figures))
    else:
        print(json.dumps({"size": asdict(size), "machine": machine, "figures": [asdict(one) for one in figures]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
