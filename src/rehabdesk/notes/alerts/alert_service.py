"""Safety alerts: typed, told to the team, looked at again, closed. Disclosures go another way: letter_service.py."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from rehabdesk.access.model import Draft, Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import FormatError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.text import nfc
from rehabdesk.db.projection import PROTECTED, TEAM, NewRecord
from rehabdesk.notes.alerts import alert_store as store
from rehabdesk.notes.alerts.alert_model import (
    REVIEW_WITHIN,
    AlertDraft,
    AlertKind,
    AlertRow,
    AtRisk,
    LiveMatter,
    NamedAtRisk,
    OpenAlert,
    Outcome,
    Result,
    SafetyAlert,
    SignedOutcome,
    TypedAlert,
    require_no_name,
    require_past,
    require_review,
)
from rehabdesk.people.model import Capacity
from rehabdesk.people.service import People

ALERT_DRAFT = "safety_alert"
SEES_ALERTS = frozenset({Role.PSY, Role.CSUP, Role.CHA, Role.CO, Role.SUP, Role.AUD})
"""Who reads what others raised (domain.md 4.2). Everybody raises."""
ON_DUTY = frozenset({Role.CO, Role.CSUP, Role.SUP})
"""Who is told of every live alert on the own day; psychologists and chaplains of those of their cases."""


class Alerts:
    """Safety alerts of one unlocked desk."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk, self._people = desk, people

    @property
    def sees(self) -> bool:
        """Whether this role is shown alerts of others."""
        return self._desk.role in SEES_ALERTS

    # typing

    def save_draft(self, typed: TypedAlert, person_id: str | None, draft_id: str | None) -> str:
        """Autosave: keeps what is typed, and gives the draft's id."""
        return self._desk.save_draft(ALERT_DRAFT, to_payload(typed), person=person_id, draft_id=draft_id)

    def draft(self, draft_id: str) -> AlertDraft:
        """UserError where this login has no such draft."""
        return _read_draft(self._desk.draft(draft_id))

    def drafts(self) -> tuple[AlertDraft, ...]:
        """The unsaved alerts of this login, oldest first."""
        return tuple(_read_draft(draft) for draft in self._desk.drafts(ALERT_DRAFT))

    def drop_draft(self, draft_id: str) -> None:
        self._desk.drop_draft(draft_id)

    # telling

    def tell(self, typed: TypedAlert, person_id: str | None, draft_id: str | None = None) -> str:
        """Saves the alert where the team reads it, and gives its id; for an administrator as a letter to the team.

        UserError names the field. Who is named as at risk goes to `protected` and stands in no team record.
        """
        typed = _trimmed(typed)
        self._require_person(typed, person_id)
        alert = self._alert(typed)
        rid = self._desk.ids()
        items = [_new(TEAM, store.ALERT, person_id, alert, rid=rid)]
        if alert.at_risk is AtRisk.NAMED_PERSON:
            require_no_name(typed)
            named = NamedAtRisk(alert=rid, name=typed.named)
            self._require_keeper()
            items.append(_new(PROTECTED, store.NAMED, person_id, named))
        self._desk.commit("alert", items, drop_drafts=[draft_id] if draft_id else [])
        return rid

    def missing(self, typed: TypedAlert, person_id: str | None) -> tuple[UserError, ...]:
        """Everything that is not answered yet, each with its field, in the order of the form."""
        found = list(_missing(_trimmed(typed)))
        try:
            self._require_person(_trimmed(typed), person_id)
        except UserError as problem:
            found.insert(0, problem)
        return tuple(found)

    def readers(self) -> tuple[str, ...]:
        """Uids of those who will see an alert, whatever it says."""
        return tuple(
            one.card.uid
            for one in self._desk.members()
            if one.active and TEAM in one.compartments and one.card.role in SEES_ALERTS
        )

    def keepers(self) -> tuple[str, ...]:
        """Uids of those who hold the key to the names of people at risk."""
        return tuple(one.card.uid for one in self._desk.members() if one.active and PROTECTED in one.compartments)

    def latest_review(self) -> datetime:
        """The latest time at which a new alert may be looked at again, in whole minutes."""
        return (self._desk.clock.now() + REVIEW_WITHIN).replace(second=0, microsecond=0)

    # reading

    def live_of(self, person_id: str) -> tuple[AlertRow, ...]:
        """Live alerts about a person, also those whose writer could only type the case number."""
        if not self.sees:
            return ()
        index, closers = self._desk.index(TEAM), self._closers()
        typed = store.live_of(index, closers, None)
        typed = tuple(row for row in typed if self._people.known.has_number(person_id, row.about))
        return (*store.live_of(index, closers, person_id), *typed)

    def live_for_me(self) -> tuple[AlertRow, ...]:
        """Live alerts that this login is told of on the own day, the review that comes first on top."""
        if not self.sees:
            return ()
        if self._desk.role in ON_DUTY:
            return self._live()
        cases = self._people.caseload.own_cases()
        return tuple(row for row in self._live() if row.person_id in cases or row.author == self._desk.uid)

    def open(self, rid: str) -> OpenAlert:
        """An alert with what came of it. UserError where this login may not see it."""
        row = self._require(rid)
        index, closers = self._desk.index(TEAM), self._closers()
        outcomes = []
        for outcome in store.outcomes_of(index, closers, rid):
            record = self._desk.read(TEAM, outcome)
            outcomes.append(
                SignedOutcome(
                    outcome=from_payload(Outcome, record.payload),
                    author=record.author,
                    recorded_at=record.recorded_at,
                )
            )
        alert = from_payload(SafetyAlert, self._desk.read(TEAM, rid).payload)
        return OpenAlert(row=row, alert=alert, outcomes=tuple(outcomes), name_kept=self._name_of(row) is not None)

    def name_at_risk(self, rid: str) -> str:
        """The name of the one at risk; that it was read is logged first."""
        record = self._name_of(self._require(rid))
        if record is None:
            raise UserError(tr("The name is kept with the safeguarding lead."))
        return from_payload(NamedAtRisk, self._desk.read(PROTECTED, record).payload).name

    def live_for_packet(self, person_id: str) -> tuple[LiveMatter, ...]:
        """What is still live and may go on with the person; nobody is named, and no disclosure is among them."""
        found = []
        for row in store.live_of(self._desk.index(TEAM), self._closers(), person_id):
            alert = from_payload(SafetyAlert, self._desk.read(TEAM, row.rid).payload)
            found.append(
                LiveMatter(
                    kind=row.kind,
                    facts=alert.facts,
                    at_risk=alert.at_risk,
                    action_taken=alert.action_taken,
                    review_by=row.review_by,
                )
            )
        return tuple(found)

    # what comes of it

    def may_end(self, row: AlertRow) -> bool:
        """Author and supervisor look at it again and close it; anybody else asks them."""
        return not row.closed and (row.author == self._desk.uid or self._desk.role is Role.SUP)

    def review(self, rid: str, words: str, next_review: datetime | None) -> None:
        """It stays live, until the next review."""
        following = require_review(next_review, self._desk.clock.now())
        self._end(rid, Outcome(alert=rid, result=Result.REVIEWED, words=nfc(words).strip(), next_review=following))

    def close(self, rid: str, words: str) -> None:
        """It is over, with its outcome."""
        self._end(rid, Outcome(alert=rid, result=Result.CLOSED, words=nfc(words).strip()))

    # inside

    def _alert(self, typed: TypedAlert) -> SafetyAlert:
        """What was typed, whole. UserError names the first thing that is missing."""
        for problem in _missing(typed):
            raise problem
        now = self._desk.clock.now()
        return SafetyAlert(
            kind=AlertKind(typed.kind),
            facts=typed.facts,
            at_risk=AtRisk(typed.at_risk),
            action_taken=typed.did,
            told_who=typed.told_who,
            told_how=typed.told_how,
            told_at=require_past(typed.told_at, now),
            review_by=require_review(typed.review_by, now),
            person_told={"yes": True, "no": False}.get(typed.person_told),
            about="" if self._people.caseload.sees_register else typed.about,
        )

    def _require_person(self, typed: TypedAlert, person_id: str | None) -> None:
        """In the register where this login sees one; else in the writer's own words."""
        if person_id is not None:
            self._people.row(person_id)
        elif self._people.caseload.sees_register:
            raise UserError(tr("Choose the person whom this is about."), field="person")
        elif not typed.about:
            raise UserError(tr("Write the case number or the name."), field="person")

    def _require_keeper(self) -> None:
        if not self.keepers():
            raise UserError(
                tr("Nobody on this desk may keep the name. Choose another answer and tell the name in person."),
                field="at_risk",
            )

    def _end(self, rid: str, outcome: Outcome) -> None:
        row = self._require(rid)
        if row.closed:
            raise UserError(tr("This alert was closed before."))
        if not self.may_end(row):
            raise UserError(tr("Its author or a supervisor reviews and closes an alert. Tell one of them."))
        self._desk.commit("alert_outcome", [_new(TEAM, store.OUTCOME, row.person_id, outcome)])

    def _require(self, rid: str) -> AlertRow:
        """The alert, if this login may see it."""
        row = store.alert(self._desk.index(TEAM), self._closers(), rid)
        if row is None:
            raise UserError(tr("There is nothing to open here for this login."))
        if not self.sees and row.author != self._desk.uid:
            self._desk.log("refused", comp=TEAM, rid=rid)
            raise UserError(tr("There is nothing to open here for this login."))
        return row

    def _name_of(self, row: AlertRow) -> str | None:
        """The record of the name, for its writer and the safeguarding lead (domain.md 4.2)."""
        if not self._desk.holds(PROTECTED):
            return None
        own = row.author == self._desk.uid
        lead = row.person_id is not None and self._leads(row.person_id)
        return store.named_of(self._desk.index(PROTECTED), row.rid, row.author) if own or lead else None

    def _leads(self, person_id: str) -> bool:
        today = local_day(self._desk.clock)
        return any(
            one.details.staff == self._desk.uid
            and one.details.capacity is Capacity.SAFEGUARDING_LEAD
            and one.details.runs_on(today)
            for one in self._people.assignments(person_id)
        )

    def _live(self) -> tuple[AlertRow, ...]:
        return store.live(self._desk.index(TEAM), self._closers())

    def _closers(self) -> Sequence[str]:
        """Supervisors, also those who left: what they closed stays closed."""
        return [card.uid for card in self._desk.all_staff() if card.role is Role.SUP]


def _new(
    comp: str, kind: str, person_id: str | None, content: SafetyAlert | NamedAtRisk | Outcome, *, rid: str | None = None
) -> NewRecord:
    return NewRecord(
        comp=comp, kind=kind, pv=store.PAYLOAD_VERSION, person=person_id, payload=to_payload(content), rid=rid
    )


def _missing(typed: TypedAlert) -> Iterator[UserError]:
    for field, sentence in (
        ("facts", tr("Write what people must know.")),
        ("kind", tr("Choose the kind of alert.")),
        ("at_risk", tr("Say who is at risk.")),
        ("named", tr("Write the name of the one at risk.")),
        ("did", tr("Write what you did.")),
        ("told_who", tr("Write whom you told.")),
        ("told_how", tr("Write how you told it.")),
        ("told_at", tr("Enter day and time.")),
        ("review_by", tr("Set the day and time of the review.")),
    ):
        asked = field != "named" or typed.at_risk == AtRisk.NAMED_PERSON
        if asked and not getattr(typed, field):
            yield UserError(sentence, field="review" if field == "review_by" else field)


def _trimmed(typed: TypedAlert) -> TypedAlert:
    """As it is kept: every text in one form, without blanks around it."""

    def clean(text: str) -> str:
        return nfc(text.replace("\r\n", "\n")).strip()

    return replace(
        typed,
        facts=clean(typed.facts),
        named=clean(typed.named),
        did=clean(typed.did),
        told_who=clean(typed.told_who),
        told_how=clean(typed.told_how),
        about=clean(typed.about),
    )


def _read_draft(draft: Draft) -> AlertDraft:
    """A draft of a newer version is shown empty rather than lost."""
    try:
        typed = from_payload(TypedAlert, draft.payload)
    except FormatError:
        typed = TypedAlert()
    return AlertDraft(id=draft.id, person_id=draft.person, typed=typed, changed=draft.changed)
