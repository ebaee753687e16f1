"""Accepting a packet that came, item by item, by a person's hand (packet.md 8.1, point 10).

What is accepted is written in one deed: the entry on the timeline with the packet it came in, what stands in the record
by it, and the acceptance itself. A word on progress is never changed by what came from outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.inbox import inbox_store as store
from rehabdesk.handover.inbox.inbox_model import Acceptance, Answered, Did, Mark, ReceivedRow, require_acceptable
from rehabdesk.handover.inbox.inbox_records_service import acceptance_record, mark_record
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.staging_arrival_model import OfferedArrival, TypedArrival
from rehabdesk.handover.inbox.staging_arrival_service import arrival_of, details_of, offered
from rehabdesk.handover.inbox.staging_model import Candidate, CodeWords, Into, StagedItem, StagedPart, all_items
from rehabdesk.handover.inbox.staging_parts_service import staged_parts
from rehabdesk.handover.inbox.staging_told_service import condition_of, contact_of, told_by, with_goals
from rehabdesk.notes.received_model import Outside, OutsideLine
from rehabdesk.notes.received_service import outside_record, taken_back_record
from rehabdesk.people.arrival_model import Arrival
from rehabdesk.people.arrival_service import Arrivals
from rehabdesk.people.model import PersonDetails, PersonRow
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.typed_model import TypedPlan
from rehabdesk.readiness.condition_service import accepted_record
from rehabdesk.readiness.template_service import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A packet that came, as it lies there: its sections, and what was answered so far, by item."""

    row: ReceivedRow
    packet: Handover
    parts: tuple[StagedPart, ...]
    answers: Mapping[str, Answered] = field(default_factory=dict)

    def stands(self, item: str) -> bool:
        """Whether the item is accepted and was not taken back."""
        found = self.answers.get(item)
        return found is not None and found.acceptance.stands

    def was_left(self, item: str) -> bool:
        found = self.answers.get(item)
        return found is not None and not found.acceptance.accepted

    def open_items(self, section: str = "") -> tuple[str, ...]:
        """What nobody has answered yet, or what was taken back."""
        return tuple(
            item.id
            for part in self.parts
            for item in part.items
            if section in ("", part.code) and not self.stands(item.id) and not self.was_left(item.id)
        )


class Staging:
    """Staged packets of one unlocked desk. `words` gives the codes that this desk knows their words."""

    def __init__(self, desk: Desk, people: People, inbox: Inbox, words: CodeWords) -> None:
        self._desk, self._people, self._inbox, self._words = desk, people, inbox, words
        self._arrivals = Arrivals(desk, people)

    def staged(self, received: str) -> Staged:
        """The packet with its answers; only one that may be shown is asked for."""
        row = self._inbox.row(received)
        packet = self._inbox.content(row)
        parts = staged_parts(packet, self._words)
        return Staged(row=row, packet=packet, parts=parts, answers=self._answers(received))

    # whom it is about

    def alike(self, staged: Staged) -> tuple[Candidate, ...]:
        """Who of the register may be meant, by names and year of birth. Nobody is chosen by the program."""
        return tuple(map(candidate, self._arrivals.alike(told_by(staged.packet))))

    def find(self, words: str) -> tuple[Candidate, ...]:
        """Somebody of the register, by name or case number."""
        return tuple(map(candidate, self._people.find(words)))

    def match(self, staged: Staged, person_id: str) -> ReceivedRow:
        """A case officer says that it is about this person. Nothing is accepted by that."""
        staged = self._as_it_stands(staged)
        self._people.row(person_id)
        return self._say_whom(staged, person_id)

    def match_nobody(self, staged: Staged) -> ReceivedRow:
        """Takes back whom it is about, while nothing is accepted."""
        return self._say_whom(self._as_it_stands(staged), "")

    def take_in(self, staged: Staged, details: PersonDetails, arrival: Arrival) -> str:
        """A new person, made from what was chosen of the packet; gives the person's id. All of it in one deed.

        UserError once something is accepted: it would stand with two people.
        """
        staged = self._as_it_stands(staged)
        _require_nothing_stands(staged)
        person_id = self._desk.ids()
        items = self._arrivals.comes_new(person_id, details, arrival)
        mark = mark_record(Mark(received=staged.row.id, did=Did.MATCHED, whom=person_id))
        whole = [item for item in all_items(staged.parts).values() if item.into is Into.IDENTITY]
        accepted = [record for item in whole for record in self._entry(staged, item, person_id)]
        self._desk.commit("take_in", [*items, mark, *accepted], extra=_number(staged))
        return person_id

    def take_back_in(self, staged: Staged, arrival: Arrival) -> None:
        """Somebody whom another prison held is here again. UserError where nobody was chosen yet."""
        staged = self._as_it_stands(staged)
        items = self._arrivals.comes_back(self._person(staged), arrival)
        self._desk.commit("take_in", items, extra=_number(staged))

    def offered(self, staged: Staged, *, new: bool) -> OfferedArrival:
        """What is filled in where somebody is taken in; `new`: who is not in the register yet."""
        return offered(staged.packet, local_day(self._desk.clock), new=new)

    def take_in_typed(self, staged: Staged, typed: TypedArrival) -> str:
        """As `take_in`, of what was typed. UserError names the field."""
        return self.take_in(staged, details_of(staged.packet, typed), arrival_of(staged.packet, typed))

    def take_back_in_typed(self, staged: Staged, typed: TypedArrival) -> None:
        """As `take_back_in`, of what was typed."""
        self.take_back_in(staged, arrival_of(staged.packet, typed))

    # item by item

    def accept(self, staged: Staged, items: Sequence[str]) -> Staged:
        """Accepts these items into the record of the person who was chosen: one deed, all or nothing.

        UserError where nobody was chosen, another prison holds the case, or an item stands already.
        """
        staged = self._as_it_stands(staged)
        person_id = self._person(staged)
        if self._people.known.is_read_only(person_id):
            raise UserError(tr("Another prison, or nobody, holds this case. Record the arrival here first."))
        known = all_items(staged.parts)
        chosen = [known[item] for item in dict.fromkeys(items) if item in known]
        if not chosen or len(chosen) != len(set(items)):
            raise UserError(tr("That part is not in this packet. Open it again."))
        if any(staged.stands(item.id) for item in chosen):
            raise UserError(tr("That is accepted already."))
        records = [record for item in chosen for record in self._entry(staged, item, person_id)]
        identity = [item.id for item in chosen if item.into is Into.IDENTITY]
        if identity:
            records = [*self._arrivals.told(person_id, told_by(staged.packet, identity)), *records]
        extra = _number(staged) | {"count": len(chosen)}
        self._desk.commit("accept_from_packet", records, extra=extra)
        return self.staged(staged.row.id)

    def leave(self, staged: Staged, items: Sequence[str]) -> Staged:
        """Says that these items are not wanted; they can be accepted later."""
        staged = self._as_it_stands(staged)
        left = [item for item in dict.fromkeys(items) if item in all_items(staged.parts) and not staged.stands(item)]
        if not left:
            raise UserError(tr("There is nothing to leave."))
        records = [
            acceptance_record(Acceptance(received=staged.row.id, item=item, accepted=False), staged.row.person or None)
            for item in left
        ]
        self._desk.commit("leave_of_packet", records, extra=_number(staged) | {"count": len(left)})
        return self.staged(staged.row.id)

    def take_back(self, entry: str, words: str) -> Answered:
        """An acceptance that was an error: its entry is struck, with the reason. By whoever accepted it.

        What stands in register, contacts or conditions by it is put right there.
        """
        found = store.answer_with(self._desk.index(TEAM), entry)
        if found is None or found.acceptance.taken_back or not found.acceptance.accepted:
            raise UserError(tr("This was taken back already."))
        if found.author != self._desk.uid:
            raise UserError(tr("Only who accepted it takes it back."))
        struck = taken_back_record(found.person, entry, words)
        acceptance = replace(found.acceptance, taken_back=words.strip())
        items = [acceptance_record(acceptance, found.person, found.rid), struck]
        self._desk.commit("take_back_acceptance", items)
        return replace(found, acceptance=acceptance)

    def with_goals(self, staged: Staged, typed: TypedPlan) -> TypedPlan:
        """`typed` with what was accepted for a plan behind its own; nothing is written."""
        chosen = [item for item in all_items(staged.parts).values() if staged.stands(item.id)]
        return with_goals(staged.packet, chosen, typed)

    def accepted_as(self, entry: str) -> Answered | None:
        """The acceptance by which an entry stands."""
        return store.answer_with(self._desk.index(TEAM), entry)

    # inside

    def _say_whom(self, staged: Staged, person_id: str) -> ReceivedRow:
        _require_nothing_stands(staged)
        mark = Mark(received=staged.row.id, did=Did.MATCHED, whom=person_id)
        self._desk.commit("match_packet", [mark_record(mark)], extra=_number(staged))
        return self._inbox.row(staged.row.id)

    def _answers(self, received: str) -> dict[str, Answered]:
        return {each.acceptance.item: each for each in store.answers(self._desk.index(TEAM), received)}

    def _as_it_stands(self, staged: Staged) -> Staged:
        """With what was answered since it was shown. UserError unless it may be accepted from."""
        if not self._inbox.may_take:
            raise UserError(tr("A case officer accepts what came from outside."))
        row = self._inbox.row(staged.row.id)
        require_acceptable(row, self._desk.clock.now())
        return replace(staged, row=row, answers=self._answers(row.id))

    def _person(self, staged: Staged) -> str:
        person = staged.row.person
        if not person:
            raise UserError(
                tr("Say first whom it is about: somebody of the register, or a new person."), field="person"
            )
        return person

    def _entry(self, staged: Staged, item: StagedItem, person_id: str) -> list[NewRecord]:
        """Everything that one accepted item writes, but for the register itself."""
        entry, made, more = self._desk.ids(), {}, []
        for kind, record in self._live(staged.packet, item, person_id):
            made[kind] = record.rid or ""
            more.append(record)
        outside = Outside(
            number=staged.row.packet.number,
            site=staged.row.packet.site_name,
            issued=staged.packet.packet.issued.date(),
            section=item.section,
            title=item.title,
            lines=tuple(
                OutsideLine(words=line.words, caption=line.caption, lang=line.lang, own=line.own) for line in item.lines
            ),
            received=staged.row.id,
            item=item.id,
        )
        acceptance = Acceptance(received=staged.row.id, item=item.id, accepted=True, entry=entry, made=made)
        return [outside_record(person_id, outside, entry), *more, acceptance_record(acceptance, person_id)]

    def _live(self, packet: Handover, item: StagedItem, person_id: str) -> list[tuple[str, NewRecord]]:
        """What a feature of this desk keeps of the item; what its rules do not take stays words on the timeline."""
        rid = self._desk.ids()
        if item.into is Into.CONTACT and (contact := contact_of(packet, item)) is not None:
            return [("contact", self._arrivals.contact(person_id, contact, rid))]
        if item.into is Into.CONDITION:
            condition = condition_of(packet, item, frozenset(self._words.categories))
            return [] if condition is None else [("condition", accepted_record(person_id, condition, rid))]
        return []


def _require_nothing_stands(staged: Staged) -> None:
    if any(staged.stands(item) for item in staged.answers):
        raise UserError(tr("Something is accepted already. Take that back before you choose another person."))


def candidate(row: PersonRow) -> Candidate:
    """A line of the register as somebody to choose."""
    names = [row.display_alias or row.name, *([row.name] if row.name not in ("", row.display_alias) else [])]
    return Candidate(id=row.id, name=" · ".join(map(isolate, names)), case_ref=row.case_ref, unit=row.unit)


def code_words(templates: Templates, domains: Domains) -> CodeWords:
    """The words of the codes that this desk knows."""
    return CodeWords(
        items={item.code: item.text for template in templates.templates for item in template.items},
        categories={category.code: category.text for category in templates.categories},
        domains={domain.code: domain.title for domain in domains.domains},
    )


def _number(staged: Staged) -> dict[str, Json]:
    return {"number": staged.row.packet.number}
