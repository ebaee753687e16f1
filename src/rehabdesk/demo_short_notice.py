"""The demo's second release: planned for later, then a pardon, and the person leaves this afternoon (domain.md 9.3)."""

from datetime import timedelta

from rehabdesk.demo_release import CaseWork
from rehabdesk.people.legal_model import DateSource, ReleaseRoute
from rehabdesk.readiness.condition_model import Condition, Understood
from rehabdesk.readiness.model import ItemStatus

PLANNED = timedelta(days=60)
DONE = (
    ("RR-A1", "Pardon list of this morning, line 14"),
    ("RR-I4", "Probation office, by phone; Thursday at ten"),
    ("RR-B1", "Brother's house; his sister's as backup"),
)


def pardoned(work: CaseWork, person: str) -> None:
    """The list opens for a planned release; then the pardon comes, and the first three things are done."""
    today = work.today
    work.people.plan_release(
        person, today + PLANNED, on=today, source=DateSource.REGISTRY, route=ReleaseRoute.END_OF_SENTENCE
    )
    work.releases.open_list(person, today + PLANNED)
    work.releases.set_due(person, "RR-B4", today)
    work.releases.mark(person, "RR-D4", ItemStatus.DECLINED, offered_help=True, ask_again=today + timedelta(days=10))
    work.people.plan_release(
        person, today, on=today, source=DateSource.COURT, route=ReleaseRoute.PARDON, short_notice=True
    )
    work.releases.move_release(person, today, short_notice=True)
    for code, evidence in DONE:
        work.releases.mark(person, code, ItemStatus.DONE, evidence=evidence)


def reword(work: CaseWork, person: str) -> None:
    """The court moves the reporting day: the person is told again, and asked again next week."""
    stored = next(each for each in work.releases.conditions.of_person(person) if each.condition.category == "reporting")
    old = stored.condition
    changed = Condition(
        category=old.category,
        text_official="The person shall report to the supervising officer every second Thursday.",
        text_plain="I meet my officer every second Thursday.",
        start=old.start,
        source=old.source,
        question_raised=old.question_raised,
        can_ask="Another hour, when the bus does not come.",
        ask_whom="My supervising officer, by phone, before the day.",
        to_change="She writes to the court; until there is an answer the day stays.",
    )
    work.releases.conditions.change(stored.rid, changed)
    work.releases.conditions.explain(
        stored.rid,
        on=work.today,
        language="dje",
        understood=Understood.PARTLY,
        ask_again=work.today + timedelta(days=7),
    )
