"""How the work of the house stands, for a supervisor: what waits for a signature, what is late, what comes.

Case numbers and days, no name of a person and none of a member of staff. Nothing clinical or pastoral is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from rehabdesk.access.drafts_service import OldDrafts
from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.making.express_model import is_overdue
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.handover.service import Packets
from rehabdesk.notes.alerts.alert_model import AlertState
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.words_model import kind_words
from rehabdesk.overview.month_model import SHOWN_FROM
from rehabdesk.overview.releases_model import ReleaseLine, open_words
from rehabdesk.overview.releases_service import ReleaseBoard
from rehabdesk.overview.supervision_model import WorkCount, WorkKind, WorkLine, order_of
from rehabdesk.people.model import PersonRow
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.reviews.review_model import LateGroup
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.reviews.review_stored_model import DueLine, counted
from rehabdesk.plans.reviews.review_words_model import due_words, group_words
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.model import Blocking
from rehabdesk.readiness.standing_model import OpenItem, Standing

NEAR = timedelta(weeks=4)
REVIEWS_WITHIN = timedelta(days=14)


class Supervision:
    """One look at the board; the lists it is made from are read once. UserError for every role but a supervisor."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        board: ReleaseBoard,
        plans: Plans,
        reviews: Reviews,
        packets: Packets,
        conferences: ConferenceReading,
        alerts: Alerts,
        old_drafts: OldDrafts,
    ) -> None:
        if desk.role is not Role.SUP:
            raise UserError(tr("A supervisor sees how the work stands."))
        self._desk, self._people, self._board, self._plans = desk, people, board, plans
        self._packets, self._conferences, self._alerts, self._old = packets, conferences, alerts, old_drafts
        self._reviews_due = reviews

    def today(self) -> date:
        """The day where the desk stands."""
        return self._board.today()

    def counts(self) -> tuple[WorkCount, ...]:
        """Every kind of work with its number, in the order of `WorkKind`."""
        return tuple(WorkCount(kind=kind, count=len(self.lines(kind))) for kind in WorkKind)

    def lines(self, kind: WorkKind) -> tuple[WorkLine, ...]:
        """The work behind a number, in the order of the calendar."""
        return tuple(sorted(self._makers[kind](), key=order_of))

    def old_drafts(self) -> int:
        """How many drafts of all authors together were begun more than 72 hours ago (domain.md 6.2: count only)."""
        return sum(self._old.by_member().values())

    def put_off(self) -> tuple[tuple[str, int | None], ...]:
        """Why reviews that are late were not held, by who caused it: the house and the person apart (G33).

        It leads to no review, so that it is a statistic: None stands for fewer than ten, or none (G34).
        """
        counts = counted(self._due, self.today())
        if not counts.late:
            return ()
        numbers = [(group_words(group), counts.put_off.get(group, 0)) for group in LateGroup]
        return tuple((words, number if number >= SHOWN_FROM else None) for words, number in numbers)

    # inside

    @cached_property
    def _due(self) -> Sequence[DueLine]:
        return self._reviews_due.due(within=REVIEWS_WITHIN, everybody=True)

    @cached_property
    def _makers(self) -> Mapping[WorkKind, Callable[[], Sequence[WorkLine]]]:
        return {
            WorkKind.PACKETS: self._to_countersign,
            WorkKind.PLANS: self._plans_waiting,
            WorkKind.MINUTES: self._to_approve,
            WorkKind.ALERTS: self._alerts_to_review,
            WorkKind.LATE: self._late,
            WorkKind.LOOK: self._to_look_at,
            WorkKind.NO_LIST: self._without_list,
            WorkKind.REVIEWS: self._reviews,
            WorkKind.NEAR: self._near,
        }

    @cached_property
    def _lists(self) -> Sequence[tuple[Standing, PersonRow]]:
        return self._board.running()

    @cached_property
    def _release_days(self) -> Mapping[str, date]:
        return {standing.person: standing.release_on for standing, _ in self._lists}

    def _rows(self, persons: Sequence[str]) -> Mapping[str, PersonRow]:
        return {row.id: row for row in self._people.caseload.rows(tuple(persons))}

    def _release_of(self, row: PersonRow) -> date | None:
        return self._release_days.get(row.id, row.planned_release)

    def _to_countersign(self) -> list[WorkLine]:
        now, shelf = self._desk.clock.now(), self._packets.shelf
        out = [one for one in shelf.express() if one.state is not PacketState.SIGNED]
        waiting = [*shelf.waiting(), *out]
        rows = self._rows([one.person for one in waiting])
        return [
            WorkLine(
                case_ref=row.case_ref,
                what=tr("Packet {number} for {team}").format(
                    number=isolate_ltr(one.number), team=isolate(one.team_name)
                ),
                due=None if one.second_due is None else one.second_due.astimezone().date(),
                late=one.second_due is not None and is_overdue(one.second_due, now),
                release_on=self._release_of(row),
                page="packet_review",
                person=row.id,
                id=one.id,
            )
            for one in waiting
            if (row := rows.get(one.person)) is not None
        ]

    def _plans_waiting(self) -> list[WorkLine]:
        return [
            self._of_person(row, tr("Plan to countersign"), tab="plan")
            for row in self._rows(self._plans.waiting()).values()
        ]

    def _to_approve(self) -> list[WorkLine]:
        waiting = self._conferences.to_approve()
        rows = self._rows([one.person for one in waiting])
        return [
            WorkLine(
                case_ref=row.case_ref,
                what=tr("Minutes of a conference"),
                due=one.at.astimezone().date(),
                release_on=self._release_of(row),
                page="conference",
                person=row.id,
                id=one.rid,
            )
            for one in waiting
            if (row := rows.get(one.person)) is not None
        ]

    def _alerts_to_review(self) -> list[WorkLine]:
        now = self._desk.clock.now()
        due = [one for one in self._alerts.live_for_me() if one.state(now) is AlertState.REVIEW_DUE]
        rows = self._rows([one.person_id for one in due if one.person_id])
        return [
            WorkLine(
                case_ref=row.case_ref if (row := rows.get(one.person_id or "")) is not None else "",
                what=kind_words(one.kind),
                due=one.review_by.astimezone().date(),
                late=True,
                page="alert",
                person=one.person_id or "",
                id=f"team:{one.rid}",
            )
            for one in due
        ]

    def _late(self) -> list[WorkLine]:
        today = self.today()
        return [
            _of_item(standing, row, item, late=True) for standing, row in self._lists for item in standing.late(today)
        ]

    def _to_look_at(self) -> list[WorkLine]:
        """Open items of blocking `review`: the supervisor must look (domain.md 9.1)."""
        today = self.today()
        return [
            _of_item(standing, row, item, late=item.due < today)
            for standing, row in self._lists
            for item in standing.open
            if item.template.blocking is Blocking.REVIEW and item.due <= today
        ]

    def _reviews(self) -> list[WorkLine]:
        today, rows = self.today(), self._rows([one.person for one in self._due])
        return [
            self._of_person(row, _review_words(one, row), tab="plan", due=one.on, late=one.is_late(today))
            for one in self._due
            if (row := rows.get(one.person)) is not None
        ]

    def _without_list(self) -> list[WorkLine]:
        listed = frozenset(row.id for _, row in self._lists)
        return [_of_release(line) for line in self._board.unlisted(listed, mine=False)]

    def _near(self) -> list[WorkLine]:
        today = self.today()
        return [
            _of_release(line)
            for line in self._board.dated(mine=False)
            if line.day is not None and today <= line.day < today + NEAR
        ]

    def _of_person(
        self, row: PersonRow, what: str, *, tab: str, due: date | None = None, late: bool = False
    ) -> WorkLine:
        return WorkLine(
            case_ref=row.case_ref,
            what=what,
            due=due,
            release_on=self._release_of(row),
            late=late,
            page="person",
            person=row.id,
            id=tab,
        )


def _review_words(line: DueLine, row: PersonRow) -> str:
    """What is due, and who caused that it was not held, where it was tried."""
    words = due_words(line.kind).format(name=isolate_ltr(row.case_ref))
    return words if line.put_off is None else f"{words} · {group_words(line.put_off)}"


def _of_release(line: ReleaseLine) -> WorkLine:
    return WorkLine(
        case_ref=line.case_ref,
        what=open_words(line),
        due=None,
        release_on=line.day,
        short_notice=line.short_notice,
        page="person",
        person=line.person,
        id="release",
    )


def _of_item(standing: Standing, row: PersonRow, item: OpenItem, *, late: bool) -> WorkLine:
    return WorkLine(
        case_ref=row.case_ref,
        what=f"{isolate_ltr(item.template.code)} {tr(item.template.text)}",
        due=item.due,
        release_on=standing.release_on,
        late=late,
        short_notice=standing.short_notice,
        page="person",
        person=row.id,
        id="release",
    )
