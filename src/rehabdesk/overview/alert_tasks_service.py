"""What safety alerts ask of this login: those not told yet, those that live, and disclosures handed over unread."""

from collections.abc import Callable

from rehabdesk.access.service import Desk
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.notes.alerts.alert_model import AlertRow, AlertState
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.notes.words_model import alert_tag, kind_words
from rehabdesk.overview.day_service import Task

Name = Callable[[str], str]


def alert_tasks(desk: Desk, alerts: Alerts, letters: Letters, name: Name) -> list[Task]:
    """They stand before everything else. `name`: of a person in care."""
    now = desk.clock.now()
    return [
        *_not_told(alerts, name),
        *(_live(alerts, row, row.state(now), name) for row in alerts.live_for_me()),
        *_handed_over(letters, name),
    ]


def _live(alerts: Alerts, row: AlertRow, state: AlertState, name: Name) -> Task:
    about = name(row.person_id) if row.person_id else row.about
    return Task(
        order=-1,
        words=tr("Safety alert, {name}").format(name=isolate(about)),
        detail=kind_words(row.kind),
        icon="shield-alert",
        tag=alert_tag(state),
        act=tr("Review alert") if alerts.may_end(row) and state is AlertState.REVIEW_DUE else tr("Read alert"),
        page="alert",
        person=row.person_id or "",
        id=f"{TEAM}:{row.rid}",
    )


def _not_told(alerts: Alerts, name: Name) -> list[Task]:
    """Alerts of which nobody was told yet."""
    return [
        Task(
            order=-1,
            words=tr("Safety alert not told yet, {name}").format(name=isolate(name(draft.person_id)))
            if draft.person_id
            else tr("Safety alert not told yet"),
            detail="",
            icon="shield-alert",
            tag=(tr("Draft"), "amber"),
            act=tr("Finish and tell"),
            page="alert_new",
            person=draft.person_id or "",
            id=draft.id,
        )
        for draft in alerts.drafts()
    ]


def _handed_over(letters: Letters, name: Name) -> list[Task]:
    """Disclosures that others handed to the psychologists and this one has not read."""
    return [
        Task(
            order=-1,
            words=tr("Disclosure, {name}").format(name=isolate(name(row.person_id)))
            if row.person_id
            else tr("Disclosure about somebody not in the register"),
            detail="",
            icon="lock",
            tag=(tr("Not read yet"), "blue"),
            act=tr("Read"),
            page="alert",
            person=row.person_id or "",
            id=f"{row.comp}:{row.rid}",
        )
        for row in letters.unread(letters.handed_to_me())
    ]
