"""Changes of legal stage as the legal page makes them: with a day that is not to come, and a way back (6.1)."""

from dataclasses import replace
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import TEAM
from rehabdesk.people import due_store
from rehabdesk.people.legal_model import (
    RELEASED,
    DateSource,
    LegalEpisode,
    ReleaseRoute,
    Stage,
    StageChange,
    may_follow,
)
from rehabdesk.people.service import MAY_READ_WHOLE, MAY_REGISTER, People

TOLD_OF_ERASURE = frozenset({Role.CO, Role.SUP})
_BAILED = frozenset({ReleaseRoute.BAIL, ReleaseRoute.COURT_ORDER})
_ABROAD = frozenset({ReleaseRoute.DEPORTATION, ReleaseRoute.TRANSFER})


class LegalStages:
    """The legal page of one unlocked desk."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_REGISTER

    def now(self, person_id: str) -> LegalEpisode:
        self._require_reader()
        return self._people.legal(person_id)

    def history(self, person_id: str) -> tuple[StageChange, ...]:
        """Every recorded state, the newest first."""
        self._require_reader()
        return tuple(reversed(self._people.legal_history(person_id)))

    def offered(self, person_id: str) -> tuple[Stage, ...]:
        """What may follow now, in the order of the lifecycle. Releases have an act of their own."""
        following = may_follow(self.now(person_id).stage) - RELEASED
        return tuple(stage for stage in Stage if stage in following)

    def change(self, person_id: str, to: Stage, *, on: date, source: DateSource) -> LegalEpisode:
        """Records what followed, on which day, and where that day comes from."""
        self._require_past(on)
        return self._people.set_stage(person_id, to, on=on, source=source)

    def correct(self, person_id: str, to: Stage, *, on: date, source: DateSource, reason: str) -> LegalEpisode:
        """Puts right what was recorded by mistake. The history keeps both."""
        self._require_past(on)
        if not reason.strip():
            raise UserError(tr("Say why it is corrected."), field="correction")
        return self._people.set_stage(person_id, to, on=on, source=source, correction=reason)

    def ways_out(self, person_id: str) -> tuple[Stage, ...]:
        """How the person may have left, as far as the present stage makes a difference."""
        before_trial = self.now(person_id).stage is Stage.PRE_TRIAL
        return tuple(
            stage for stage in Stage if stage in RELEASED or (before_trial and stage is Stage.RELEASED_PRE_TRIAL)
        )

    def usual_way(self, person_id: str, route: ReleaseRoute) -> Stage:
        """What a route usually means, so that a release needs a day, a route and a source only."""
        if route in _ABROAD:
            return Stage.REMOVED_FROM_COUNTRY
        if route is ReleaseRoute.CONDITIONAL:
            return Stage.RELEASED_SUPERVISED
        if route in _BAILED and self.now(person_id).stage is Stage.PRE_TRIAL:
            return Stage.RELEASED_PRE_TRIAL
        return Stage.RELEASED_UNSUPERVISED

    def release(
        self,
        person_id: str,
        to: Stage,
        *,
        on: date,
        source: DateSource,
        route: ReleaseRoute,
        route_words: str = "",
    ) -> LegalEpisode:
        """Records that the person left. Nothing that is open can stop it (domain.md 1.4)."""
        self._require_past(on)
        return self._people.record_release(person_id, to, on=on, source=source, route=route, route_words=route_words)

    def change_facts(self, person_id: str, facts: LegalEpisode) -> LegalEpisode:
        """Authority, file number, dates, appeal. While the person is not convicted no label of an offence (G18)."""
        present = self.now(person_id)
        if not present.convicted and facts.offence_label_short != present.offence_label_short:
            raise UserError(
                tr("This person is not convicted. Do not write about the alleged facts."),
                field="offence_label_short",
            )
        if replace(facts, correction="") == replace(present, correction=""):
            raise UserError(tr("Nothing was changed."))
        return self._people.change_legal(person_id, replace(facts, correction=""))

    def take_back(self, person_id: str) -> LegalEpisode:
        """The opposite of the newest change: writes the state before it once more, as a correction."""
        history = self.history(person_id)
        if len(history) < 2:
            raise UserError(tr("There is nothing before this stage."))
        before = history[1].episode
        changed = self._people.set_stage(
            person_id, before.stage, on=before.since, source=before.source, correction=tr("Taken back.")
        )
        restored = replace(before, correction=changed.correction)
        return restored if changed == restored else self._people.change_legal(person_id, restored)

    def erasure_reviews(self) -> tuple[tuple[str, date], ...]:
        """(person, day) of the reviews for erasure that run, for who is told of them (G38)."""
        if self._desk.role not in TOLD_OF_ERASURE:
            return ()
        cleared = due_store.persons_in(self._desk.index(TEAM), Stage.CLEARED)
        days = ((person, self._people.legal(person).erasure_review_due) for person in cleared)
        return tuple((person, day) for person, day in days if day is not None)

    def _require_reader(self) -> None:
        if self._desk.role not in MAY_READ_WHOLE:
            raise UserError(tr("Your role does not see the legal stage."))

    def _require_past(self, day: date) -> None:
        if day > local_day(self._desk.clock):
            raise UserError(tr("The day must be today or in the past."), field="since")
