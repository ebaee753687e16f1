"""How long people wait: start, unlock to My day, a person's page, a search, a draft, a signature. Medians of one run.

Run it as `python3 packaging/dev.py bench [--notes N] [--rounds R] [--json]`. The desk is made in a temporary folder
with invented words; key derivation is cheap, because its cost is a matter of choice and would hide the rest.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from rehabdesk.access.door_service import Door
from rehabdesk.access.keys_service import Cost
from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means
from rehabdesk.app import PROJECTIONS
from rehabdesk.app_window import Window, prepare
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.ids import SystemIds
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.projection import CLINICAL, NewRecord
from rehabdesk.notes.model import NotePart
from rehabdesk.notes.service import Notes
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, Stage
from rehabdesk.people.model import (
    AgeRegime,
    AssignmentDetails,
    Capacity,
    PersonDetails,
    PersonName,
    Placement,
    Script,
    Sex,
)
from rehabdesk.people.service import People
from rehabdesk.seals.kdf import KdfBounds, KdfCost
from rehabdesk.ui.page import Route
from rehabdesk.ui.theme import Look

CHEAP, BOUNDS = KdfCost(m=64, t=1, p=1), KdfBounds(memory=(8, 2 << 20), rounds=(1, 16), lanes=(1, 16))
PHRASES = {
    "adm": "copper rivers walking 71",
    "sup": "seven lanterns drifting 42",
    "psy": "quiet harbours folding 93",
    "case": "amber ladders turning 58",
}
ROLES = {"adm": Role.ADM, "sup": Role.SUP, "psy": Role.PSY, "case": Role.CO}
PEOPLE = 60
PER_COMMIT = 500
MARKER = "obsidian"
"""A word that stands in ten notes."""
WORDS = [
    "he",
    "came",
    "on",
    "time",
    "and",
    "spoke",
    "about",
    "the",
    "letter",
    "of",
    "his",
    "mother",
    "the",
    "class",
    "starts",
    "in",
    "the",
    "morning",
    "when",
    "he",
    "is",
    "unlocked",
    "il",
    "a",
    "parlé",
    "de",
    "son",
    "frère",
    "et",
    "de",
    "la",
    "visite",
    "du",
    "dimanche",
    "le",
    "travail",
    "lui",
    "plaît",
    "وصل",
    "في",
    "الموعد",
    "وتحدث",
    "عن",
    "أسرته",
    "وعن",
    "العمل",
]


def make_vault(folder: Path, notes: int) -> Door:
    """A desk with sixty people and `notes` clinical notes on them."""
    clock = SystemClock()
    means = Means(clock=clock, ids=SystemIds(clock), projections=PROJECTIONS, cost=Cost(bounds=BOUNDS))
    founders = [
        Founder(
            newcomer=Newcomer(sign_in=name, name=f"Name of {name}", alias=name, role=ROLES[name]), passphrase=phrase
        )
        for name, phrase in PHRASES.items()
    ]
    settings = SiteSettings(site="DEMO", name="Residence of the Three Wells", country="XX", phone="+000 20 555 010")
    profile = folder / "profile"
    create_desk(folder / "vault", settings, founders, means, CHEAP, profile=profile)
    door = Door(folder / "vault", means, profile=profile, cost=CHEAP)
    people = register_people(door)
    desk = door.unlock("psy", PHRASES["psy"])
    write_notes(desk, people, notes)
    desk.lock()
    return door


def register_people(door: Door) -> list[str]:
    desk = door.unlock("case", PHRASES["case"])
    people, uids = People(desk), {member.sign_in: member.card.uid for member in desk.members()}
    ids = []
    for number in range(PEOPLE):
        details = PersonDetails(
            case_ref=f"24-{number:03d}",
            display_alias=f"Person {number}",
            names=(PersonName(script=Script.LATIN, given=f"Given{number}", family=f"Family{number}"),),
            sex=Sex.NOT_RECORDED,
            age_regime=AgeRegime.ADULT,
        )
        legal = LegalEpisode(
            stage=Stage.SENTENCED,
            since=date(2024, 1, 1),
            source=DateSource.REGISTRY,
            country="XX",
            dates=LegalDates(planned_release=date.today() + timedelta(days=20 + number * 5)),
        )
        place = Placement(establishment="Three Wells", since=date(2024, 1, 1), unit="B2")
        person = people.register(details, legal, placement=place)
        for sign_in, capacity in (("psy", Capacity.PSYCHOLOGIST), ("case", Capacity.LEAD_CASE_OFFICER)):
            people.assign(person.id, AssignmentDetails(staff=uids[sign_in], capacity=capacity, since=date(2024, 1, 1)))
        ids.append(person.id)
    desk.lock()
    return ids


def write_notes(desk: Desk, people: list[str], count: int) -> None:
    """Real sealed and signed records, many to a transaction."""
    chance, begins = random.Random(7), datetime(2020, 1, 1, 8, tzinfo=UTC)
    marked = {count * place // 10 for place in range(10)}
    for first in range(0, count, PER_COMMIT):
        items = []
        for number in range(first, min(count, first + PER_COMMIT)):
            words = " ".join(chance.choices(WORDS, k=220)) + (f" {MARKER}" if number in marked else "")
            part = NotePart(
                note=desk.ids(),
                form="psychologist_session",
                form_version=1,
                occurred_at=begins + timedelta(minutes=20 * number),
                words={"psy.P3.free": words},
                marks={"hdr.3": 45, "psy.P1": "working_session", "psy.P2": "free", "psy.P1.number": 1 + number % 900},
            )
            person = people[number % len(people)]
            items.append(NewRecord(comp=CLINICAL, kind="note", pv=1, person=person, payload=part.to_payload()))
        desk.commit("sign", items)


def median_ms(act: Callable[[], object], rounds: int) -> dict[str, float]:
    """Median and 95th percentile of an act in milliseconds; the first round is left out."""
    taken = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begin) * 1000)
    taken = sorted(taken[1:])
    return {"median": round(statistics.median(taken), 2), "p95": round(taken[int(len(taken) * 0.95) - 1], 2)}


def start_ms(folder: Path, rounds: int) -> dict[str, float]:
    """The whole process from its start to the first paint of the lock page, and of a bare window for comparison."""
    ours = (
        "from rehabdesk.access.door_service import Door\n"
        "from rehabdesk.access.unlock_service import Means\n"
        "from rehabdesk.app_start import LaterProjections\n"
        "from rehabdesk.app_window import Window, prepare\n"
        "from rehabdesk.core.clock import SystemClock\n"
        "from rehabdesk.core.ids import SystemIds\n"
        "from rehabdesk.ui.theme import Look\nfrom pathlib import Path\n"
        "app = QApplication([]); prepare(app); clock = SystemClock()\n"
        "means = Means(clock=clock, ids=SystemIds(clock), projections=LaterProjections())\n"
        f"door = Door(Path({str(folder / 'vault')!r}), means)\n"
        "window = Window(app, door, replace=lambda words: None, look=Look(), language='en')\n"
        "window.start(); app.processEvents(); window.grab()\n"
    )
    bare = (
        "from PySide6.QtWidgets import QLabel\n"
        "app = QApplication([]); w = QLabel('x'); w.show(); app.processEvents(); w.grab()\n"
    )
    path = str(Path(__file__).resolve().parents[1] / "src")
    found = {}
    for name, body in (("lock_page", ours), ("bare_window", bare)):
        code = (
            f"import sys; sys.path.insert(0, {path!r})\n"
            "from PySide6.QtWidgets import QApplication\n" + body + "import os; os._exit(0)"
        )
        run = lambda code=code: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: E731
        found[name] = median_ms(run, max(3, rounds // 4))["median"]
    found["ratio"] = round(found["lock_page"] / found["bare_window"], 2)
    return found


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


def measure(door: Door, rounds: int) -> dict[str, dict[str, float]]:
    """Every act in one window on the one desk."""
    app = QApplication.instance() or QApplication([])
    prepare(app)  # type: ignore[arg-type]  # a QApplication: nothing else was made
    found: dict[str, dict[str, float]] = {"start": start_ms(door.folder.parent, rounds)}
    window = Window(app, door, replace=lambda _words: None, look=Look(), language="en")  # type: ignore[arg-type]  # as above
    window.resize(1366, 700)
    window.start()

    def come_in() -> None:
        if window.session is not None:
            window.lock()
        window.open(door.unlock("psy", PHRASES["psy"]))
        settle()

    found["unlock_to_my_day"] = median_ms(come_in, max(5, rounds // 4))
    session = window.session
    if session is None:
        return found
    rows = session.services.people.own_cases()
    turns = iter(range(1_000_000))

    def open_tab(tab: str) -> Callable[[], None]:
        def act() -> None:
            session.open(Route(name="person", person=rows[next(turns) % len(rows)].id, id=tab))
            settle()

        return act

    for tab in ("overview", "timeline", "plan", "release"):
        found[f"person_{tab}"] = median_ms(open_tab(tab), rounds)

    def note() -> None:
        session.open(Route(name="note", person=rows[next(turns) % len(rows)].id, id="form:psychologist_session"))
        settle()

    found["note_page"] = median_ms(note, rounds)
    timeline = session.services.notes.timeline
    found["search_rare"] = median_ms(lambda: timeline.search(MARKER), rounds)
    found["search_common"] = median_ms(lambda: timeline.search("letter morning"), rounds)
    found["find_person"] = median_ms(lambda: session.find("giv"), rounds)
    found["save_draft"] = save_ms(session.services.notes, rows[0].id, rounds)
    session.desk.lock()
    window.session = None
    window.jobs.close()
    return found


def save_ms(notes: Notes, person: str, rounds: int) -> dict[str, float]:
    """One autosave of a note."""
    draft = notes.start("psychologist_session", person, answers={"psy.P3.free": "words"})
    answers = {"psy.P3.free": "more words"}
    taken = median_ms(lambda: notes.save_draft(draft, occurred_at=None, answers=answers), rounds)
    notes.drop_draft(draft)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description="How long people wait.")
    parser.add_argument("--notes", type=int, default=600, help="clinical notes in the desk (600 is the demo's size)")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        begin = time.perf_counter()
        door = make_vault(Path(made), chosen.notes)
        built = time.perf_counter() - begin
        found = measure(door, chosen.rounds)
    if chosen.json:
        print(json.dumps({"notes": chosen.notes, "built_seconds": round(built, 1), "milliseconds": found}))
        return 0
    print(f"{chosen.notes} notes, made in {built:.1f} s; milliseconds, {chosen.rounds} rounds")
    for name, figures in found.items():
        print(f"  {name:<18}" + "  ".join(f"{key} {value}" for key, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
