"""Real desks for tests: real files, keys and engine; only clock, ids and the cost of key derivation are replaced."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from rehabdesk.access import store as access_store
from rehabdesk.access.keys_service import Cost, Keys
from rehabdesk.access.members_service import Founder, create_desk
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, hold_keys, unlock
from rehabdesk.core.clock import SettableClock
from rehabdesk.core.ids import SeededIds
from rehabdesk.core.settings import SiteSettings
from rehabdesk.db.projection import Projection
from rehabdesk.seals.kdf import KdfBounds, KdfCost

T = TypeVar("T")
CHEAP = KdfCost(m=64, t=1, p=1)
CHEAP_BOUNDS = KdfBounds(memory=(8, 2 << 20), rounds=(1, 16), lanes=(1, 16))
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SITE = SiteSettings(site="DEMO", name="Residence of the Three Wells", country="XX", phone="+000 20 555 010")
STAFF: tuple[tuple[str, Role], ...] = (
    ("adm", Role.ADM),
    ("sup", Role.SUP),
    ("psy", Role.PSY),
    ("cha", Role.CHA),
    ("case", Role.CO),
)


def passphrase(sign_in: str) -> str:
    """The passphrase of a test login."""
    return f"walking copper rivers {hashlib.sha256(sign_in.encode()).hexdigest()[:8]}"


def founder(sign_in: str, role: Role) -> Founder:
    """`trainee` is in training, whoever else is not."""
    newcomer = Newcomer(
        sign_in=sign_in,
        name=f"Name of {sign_in}",
        alias=f"Alias of {sign_in}",
        role=role,
        trainee=sign_in == "trainee",
    )
    return Founder(newcomer=newcomer, passphrase=passphrase(sign_in))


@dataclass(kw_only=True)
class Site:
    """One desk folder and what opens it. Only one login is open at a time, as on the shared PC."""

    folder: Path
    profile: Path
    projections: Sequence[Projection]
    clock: SettableClock = field(default_factory=lambda: _first_clock())
    ids: SeededIds = field(default_factory=lambda: _first_ids())
    opened: list[Desk] = field(default_factory=list)

    @property
    def means(self) -> Means:
        return Means(
            clock=self.clock,
            ids=self.ids,
            projections=self.projections,
            cost=Cost(bounds=CHEAP_BOUNDS),
            ballast_bytes=1 << 20,
        )

    def create(self, staff: Sequence[tuple[str, Role]] = STAFF, settings: SiteSettings = SITE) -> "Site":
        founders = [founder(sign_in, role) for sign_in, role in staff]
        cast(
            self,
            ("founded", settings, *staff),
            lambda: create_desk(self.folder, settings, founders, self.means, CHEAP, profile=self.profile),
        )
        return self

    def open(self, sign_in: str, typed: str | None = None) -> Desk:
        """Locks whoever is there and unlocks as `sign_in`."""
        self.close()
        desk = unlock(self.folder, sign_in, typed or passphrase(sign_in), self.means, profile=self.profile)
        self.opened.append(desk)
        return desk

    def keys(self, sign_in: str) -> Keys:
        """The keys of somebody who stands beside the open desk."""
        assert self.opened, "a desk must be open"
        return hold_keys(self.opened[-1].files, sign_in, passphrase(sign_in), self.means)

    def uid(self, sign_in: str) -> str:
        """The uid behind a sign-in name, as the open desk sees it."""
        return next(one.card.uid for one in self.opened[-1].members() if one.sign_in == sign_in)

    def close(self) -> None:
        while self.opened:
            self.opened.pop().lock()


@dataclass(frozen=True, kw_only=True)
class Mould:
    """A desk as `made` left it, with what clock and ids were by then."""

    place: tempfile.TemporaryDirectory[str]
    clock: dict[str, Any]
    ids: dict[str, Any]
    made: object


_MOULDS: dict[object, Mould] = {}
_KEEPS = [True]


def keep_no_moulds() -> None:
    """From now on every desk of this process is founded: where each file that is written counts."""
    _KEEPS[0] = False


def cast(site: Site, key: Hashable, make: Callable[[], T]) -> T:
    """Does `make` on a desk that is not there yet; after the first time in this process its outcome is copied.

    Founding costs twenty times as much as copying, and `key` says all that `make` depends on besides the site.
    """
    untouched = vars(site.clock) == vars(_first_clock()) and _drawn(site.ids) == _drawn(_first_ids())
    if not (untouched and _KEEPS[0]) or site.folder.exists():
        return make()
    kept = _MOULDS.get(full := (key, tuple(map(id, site.projections))))
    if kept is None:
        made = make()
        site.close()
        place = tempfile.TemporaryDirectory(prefix="rehabdesk-mould-")
        _copy(site, Path(place.name) / "desk", Path(place.name) / "profile")
        _MOULDS[full] = Mould(place=place, clock=dict(vars(site.clock)), ids=deepcopy(vars(site.ids)), made=made)
        return made
    where = Path(kept.place.name)
    _copy(Site(folder=where / "desk", profile=where / "profile", projections=()), site.folder, site.profile)
    vars(site.clock).update(kept.clock)
    vars(site.ids).update(deepcopy(kept.ids))
    return deepcopy(kept.made)  # type: ignore[return-value]  # what `make` of the same key gave


def _copy(site: Site, folder: Path, profile: Path) -> None:
    for source, target in ((site.folder, folder), (site.profile, profile)):
        if source.exists():
            shutil.copytree(source, target, dirs_exist_ok=True)


def _first_clock() -> SettableClock:
    return SettableClock(START, timedelta(milliseconds=1))


def _first_ids() -> SeededIds:
    return SeededIds(7)


def _drawn(ids: SeededIds) -> object:
    return ids._ms, ids._random.getstate()


HOUSE_ONLY: tuple[Projection, ...] = (access_store.PROJECTION,)
