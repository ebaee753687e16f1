"""Who can read what, by keys: a random history of a desk against a model of it (reliability.md P1, vault.md 3.4)."""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.members_service import Founder, add_member
from rehabdesk.access.model import Newcomer, Role, compartments_of
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import change_passphrase, hold_keys
from rehabdesk.core.errors import NoKey, SealBroken
from rehabdesk.db.projection import CLINICAL, HOUSE, OWN_EPOCH, PASTORAL, PROTECTED, TEAM, NewRecord, own_comp
from rehabdesk.seals.record import RecordSealer
from tests.desks import CHEAP, Site, passphrase
from tests.torture.conftest import Report
from tests.torture.keyring import Keyring, SealedRow, sealed_rows
from tests.torture.load import JOTTING, PROJECTIONS

STEPS, LOOK_EVERY, MOST_LOGINS = 120, 60, 11
CONTENT = (TEAM, CLINICAL, PASTORAL, PROTECTED)
FOUNDERS = (("adm", Role.ADM), ("sup", Role.SUP), ("psy", Role.PSY), ("cha", Role.CHA), ("case", Role.CO))
FIRST_EPOCH = 1


@dataclass(kw_only=True)
class Model:
    """What the history says: by sign-in the passphrase and the (compartment, epoch) held; by id the own rows.

    `letters` holds the one who may open a letter to a login, by its id.
    """

    passphrases: dict[str, str] = field(default_factory=dict)
    held: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    records: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def joins(self, sign_in: str, typed: str, comps: tuple[str, ...]) -> None:
        """No rotation yet: every compartment has one epoch, so "from now" and "with history" hold the same."""
        self.passphrases[sign_in] = typed
        self.held[sign_in] = {(comp, FIRST_EPOCH) for comp in (*comps, HOUSE)}

    def may_read(self, sign_in: str, row: SealedRow) -> bool:
        if row.uid:
            return self.own[row.rid.hex()] == sign_in
        if row.rid.hex() in self.letters:
            return self.letters[row.rid.hex()] == sign_in
        return (row.comp, row.epoch) in self.held[sign_in]


class History:
    """Random deeds on a real desk, each told to the model."""

    def __init__(self, site: Site, rng: random.Random) -> None:
        self.site, self.rng, self.model = site, rng, Model()
        self.done: Counter[str] = Counter()
        site.create(FOUNDERS)
        for sign_in, role in FOUNDERS:
            self.model.joins(sign_in, passphrase(sign_in), compartments_of(role))

    def step(self) -> None:
        deeds = {self.put: 8, self.letter: 4, self.letter_to_login: 4, self.draft: 3, self.turn: 4, self.admit: 2}
        deeds[self.change_passphrase] = 1
        deed = self.rng.choices(list(deeds), list(deeds.values()))[0]
        if self.site.opened:
            deed()
        else:
            self.turn()
        self.done[deed.__name__] += 1

    @property
    def desk(self) -> Desk:
        return self.site.opened[-1]

    @property
    def here(self) -> str:
        return next(one.sign_in for one in self.desk.members() if one.card.uid == self.desk.uid)

    def turn(self) -> None:
        sign_in = self.rng.choice(sorted(self.model.held))
        self.site.open(sign_in, self.model.passphrases[sign_in])

    def put(self) -> None:
        own = [comp for comp in CONTENT if self.desk.holds(comp)]
        if own:
            comp = self.rng.choice(own)
            for record in self.desk.commit("put", [self._record(comp)]):
                self.model.records[record.rid, record.ver] = comp, record.epoch

    def letter(self) -> None:
        comp = self.rng.choice([comp for comp in CONTENT if not self.desk.holds(comp)] or [PROTECTED])
        rid = self.desk.letter(comp, "letter", self._record(comp))
        self.model.records[rid, 1] = comp, FIRST_EPOCH

    def letter_to_login(self) -> None:
        """To anybody of the desk, the writer too."""
        to = self.rng.choice([one for one in self.desk.members() if one.active])
        rid = self.desk.letter(own_comp(to.card.uid), "letter", self._record(TEAM))
        self.model.records[rid, 1] = own_comp(to.card.uid), OWN_EPOCH
        self.model.letters[rid] = to.sign_in

    def draft(self) -> None:
        self.model.own[self.desk.save_draft("jotting", {"words": "a draft"}, person=None)] = self.here

    def change_passphrase(self) -> None:
        typed = f"lanterns beside the water {self.rng.randrange(1 << 60):x}"
        change_passphrase(self.desk, self.model.passphrases[self.here], typed, CHEAP, self.site.means)
        self.model.passphrases[self.here] = typed

    def admit(self) -> None:
        """The supervisor's desk, an administrator beside it, and a member of each compartment to hand over its key."""
        if len(self.model.held) >= MOST_LOGINS:
            return
        self.site.open("sup", self.model.passphrases["sup"])
        role = self.rng.choice(list(Role))
        lead = role is Role.CO and self.rng.random() < 0.5
        sign_in = f"new-{len(self.model.held)}"
        newcomer = Newcomer(sign_in=sign_in, name="A newcomer", alias="N.", role=role, safeguarding_lead=lead)
        joining = Founder(newcomer=newcomer, passphrase=passphrase(sign_in))
        beside = [self.keys(other) for other in ("adm", "psy", "cha")]
        add_member(self.desk, joining, beside, self.site.means, CHEAP, history=self.rng.random() < 0.5)
        self.model.joins(sign_in, passphrase(sign_in), compartments_of(role, safeguarding_lead=lead))

    def keys(self, sign_in: str) -> Keys:
        files = DeskFiles(self.site.folder, self.site.profile)
        return hold_keys(files, sign_in, self.model.passphrases[sign_in], self.site.means)

    def _record(self, comp: str) -> NewRecord:
        words = f"words {self.rng.randrange(1 << 60):x}"
        return NewRecord(comp=comp, kind=JOTTING, pv=1, person=f"p{self.rng.randrange(3)}", payload={"words": words})


def opened_by(ring: Keyring, rows: list[SealedRow]) -> set[int]:
    """Numbers of the rows that a login opens, in whatever way; the product's sealer must open exactly the same."""
    salts = {row.sid: row.salt for row in rows}
    keys = ring.keys
    sealer = RecordSealer(
        vault=keys.vault,
        uid=keys.uid,
        x_secret=keys.identity.x_secret(),
        secrets_of=keys.secrets,
        salt_of=salts.get,
    )
    opened = set()
    for number, row in enumerate(rows):
        plain = ring.open_row(row)
        by_product = _opened_by_product(sealer, row)
        assert (plain is None) == (by_product is None), f"keys and product disagree about {row.comp} {row.rid.hex()}"
        if plain is not None:
            assert by_product is not None
            assert by_product in plain
            opened.add(number)
    return opened


def _opened_by_product(sealer: RecordSealer, row: SealedRow) -> bytes | None:
    try:
        if row.uid:
            return sealer.open_own(row.rid, row.kind, row.sid, row.ct)
        return sealer.open(row.comp, row.epoch, row.sid, row.rid, row.ver, row.ct)
    except (NoKey, SealBroken):
        return None


@pytest.fixture
def site(quick_folder: Path) -> Site:
    return Site(folder=quick_folder / "desk", profile=quick_folder / "profile", projections=PROJECTIONS)


def test_each_login_opens_exactly_what_the_model_says(site: Site, seed: int, report: Report) -> None:
    history = History(site, random.Random(seed))
    tries = looked = 0
    for number in range(1, STEPS + 1):
        history.step()
        if number % LOOK_EVERY == 0:
            site.close()
            for sign_in in history.model.held:
                ring = Keyring(history.keys(sign_in))
                rows = sealed_rows(site.folder, ring.keys)
                expected = {at for at, row in enumerate(rows) if history.model.may_read(sign_in, row)}
                assert opened_by(ring, rows) == expected, f"seed {seed}, step {number}, {sign_in}"
                assert ring.foreign_wraps() == [], f"seed {seed}, step {number}, {sign_in}"
                looked, tries = looked + len(rows), tries + ring.tries
            known = {(row.rid.hex(), row.ver) for row in rows if not row.uid and row.comp != HOUSE}
            assert known == history.model.records.keys(), "the model knows of every record"
    report(steps=STEPS, logins=len(history.model.held), rows_tried=looked, keys_tried=tries, **history.done)


def test_a_key_too_many_would_be_noticed(site: Site) -> None:
    """The judge of the test above, given a psychologist where the model says case officer."""
    history = History(site, random.Random(1))
    desk = site.open("psy")
    desk.commit("put", [history._record(CLINICAL)])
    site.close()
    ring = Keyring(history.keys("psy"))
    rows = sealed_rows(site.folder, ring.keys)
    expected = {at for at, row in enumerate(rows) if history.model.may_read("case", row)}
    assert opened_by(ring, rows) - expected
