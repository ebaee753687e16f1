"""What a practitioner can do for the conditions of a release: record, explain, change, and see what was changed."""

import json
import re
from dataclasses import replace
from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.languages import language_words, offered_languages
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.people.service import People
from rehabdesk.readiness import store
from rehabdesk.readiness.condition_model import Condition, ConditionCategory, ConditionVersion, Understood
from rehabdesk.readiness.stored_model import StoredCondition
from rehabdesk.readiness.template_service import Templates

PAYLOAD_VERSION = 2
SEEN = "conditions_seen"
"""Name of the own row: by condition the last wording that this login has seen."""
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""What a packet takes as a language (packet.md 3)."""
MAY_KEEP = frozenset({Role.CO})
MAY_READ = frozenset({Role.CO, Role.PSY, Role.CSUP, Role.CHA, Role.SUP, Role.AUD})


class Conditions:
    """The conditions of one unlocked desk."""

    def __init__(self, desk: Desk, people: People, templates: Templates) -> None:
        self._desk, self._people, self._templates = desk, people, templates

    @property
    def categories(self) -> tuple[ConditionCategory, ...]:
        return self._templates.categories

    def add(self, person_id: str, condition: Condition) -> StoredCondition:
        self._require_keeper(tr("A case officer records conditions."))
        self._templates.category(condition.category)
        self._people.row(person_id)
        self._people.known.require_here(person_id)
        (record,) = self._desk.commit("condition", [_item(person_id, condition)])
        return StoredCondition(rid=record.rid, person=person_id, condition=condition)

    def explain(
        self,
        rid: str,
        *,
        on: date,
        language: str,
        understood: Understood,
        question: str = "",
        ask_again: date | None = None,
    ) -> StoredCondition:
        """Records that a condition was explained to the person, in which language, and whether it was understood.

        Can be recorded again and again: the history keeps each. UserError for a day to come.
        """
        self._require_keeper(tr("A case officer explains conditions."))
        stored = self._condition(rid)
        if on > self._today():
            raise UserError(tr("This day is still to come."), field="explained_on")
        if not re.fullmatch(LANGUAGE, language):
            raise UserError(tr("Choose the language in which it was explained."), field="explained_in")
        if ask_again is not None and ask_again < on:
            raise UserError(tr("The day to ask again lies before this one."), field="ask_again")
        changed = replace(
            stored.condition,
            explained_on=on,
            explained_in=language,
            understood=understood,
            question_raised=question or stored.condition.question_raised,
            ask_again=ask_again,
        )
        self._desk.commit("explain_condition", [_item(stored.person, changed, rid)])
        return replace(stored, condition=changed)

    def change(self, rid: str, condition: Condition) -> StoredCondition:
        """A new wording has to be explained again; where the end of the card alone is another, that is not needed."""
        self._require_keeper(tr("A case officer records conditions."))
        stored = self._condition(rid)
        self._templates.category(condition.category)
        now = stored.condition
        same = replace(now, can_ask=condition.can_ask, ask_whom=condition.ask_whom, to_change=condition.to_change)
        changed = replace(
            condition,
            version=now.version + 1,
            explained_on=None,
            explained_in="",
            understood=None,
            ask_again=None,
        )
        if _wording(condition) == _wording(now):
            changed = same
        if changed == now:
            raise UserError(tr("Nothing was changed."))
        self._desk.commit("condition", [_item(stored.person, changed, rid)])
        self._keep_seen(self._seen() | {rid: changed.version})
        return replace(stored, condition=changed)

    def of_person(self, person_id: str) -> tuple[StoredCondition, ...]:
        """In the order in which they were recorded."""
        self._require_reader(person_id)
        return store.conditions(self._index, person_id)

    def to_ask_again(self) -> tuple[StoredCondition, ...]:
        """Conditions of own cases about which the person is to be asked once more by now; of who explains them."""
        if self._desk.role not in MAY_KEEP:
            return ()
        own, today = self._people.caseload.own_cases(), self._today()
        return tuple(
            stored
            for stored in store.to_ask_again(self._index, today)
            if stored.person in own and (stored.condition.end is None or stored.condition.end >= today)
        )

    def languages(self, person_id: str) -> list[tuple[str, str]]:
        """In which a condition can be explained, as (code, name): those of the person first."""
        own = [(each.code, language_words(each.code)) for each in self._people.languages(person_id)]
        return own + [each for each in offered_languages() if each not in own]

    def language(self, code: str) -> str:
        """The name of a language."""
        return language_words(code)

    def history(self, rid: str) -> tuple[ConditionVersion, ...]:
        """Every wording and every explanation, the newest first."""
        self._require_reader(self._condition(rid).person)
        return tuple(reversed(store.condition_versions(self._index, rid)))

    def changed(self, person_id: str) -> tuple[StoredCondition, ...]:
        """Those whose wording is another one since this login saw them."""
        seen = self._seen()
        return tuple(
            stored for stored in self.of_person(person_id) if stored.condition.version > seen.get(stored.rid, 1)
        )

    def note_seen(self, person_id: str) -> None:
        """This login has seen the present wording of all conditions of a person."""
        changed = self.changed(person_id)
        if changed:
            self._keep_seen(self._seen() | {stored.rid: stored.condition.version for stored in changed})

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _today(self) -> date:
        return local_day(self._desk.clock)

    def _condition(self, rid: str) -> StoredCondition:
        stored = store.condition(self._index, rid)
        if stored is None:
            raise UserError(tr("That condition is not there."))
        return stored

    def _seen(self) -> dict[str, int]:
        """What cannot be read counts as nothing seen: the banner stands once more."""
        kept = self._desk.secret(SEEN)
        try:
            found = json.loads(kept) if kept else {}
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {rid: version for rid, version in found.items() if isinstance(version, int)}

    def _keep_seen(self, seen: dict[str, int]) -> None:
        self._desk.keep_secret(SEEN, json.dumps(seen).encode("ascii"))

    def _require_keeper(self, sentence: str) -> None:
        if self._desk.role not in MAY_KEEP:
            raise UserError(sentence)

    def _require_reader(self, person_id: str) -> None:
        if self._desk.role not in MAY_READ:
            raise UserError(tr("Your role does not read checklists and conditions."))
        self._people.caseload.require(person_id)


def _wording(condition: Condition) -> tuple[object, ...]:
    """What the person has to know by heart: another one is explained again."""
    return (
        condition.category,
        condition.text_official,
        condition.text_plain,
        condition.start,
        condition.end,
        condition.source,
    )


def accepted_record(person_id: str, condition: Condition, rid: str) -> NewRecord:
    """The record of a condition that came in a packet; it is committed with its acceptance."""
    return _item(person_id, condition, rid)


def _item(person_id: str, condition: Condition, rid: str | None = None) -> NewRecord:
    payload = to_payload(condition)
    return NewRecord(comp=TEAM, kind=store.CONDITION, pv=PAYLOAD_VERSION, person=person_id, payload=payload, rid=rid)
