"""What people do with programmes: record, begin and end it, keep its sessions; the catalogue, the site's names."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.core.choices import OTHER
from rehabdesk.core.clock import local_day
from rehabdesk.core.declared import read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.programmes import intervention_model as model
from rehabdesk.plans.programmes import intervention_store as store
from rehabdesk.plans.programmes.intervention_model import (
    CatalogueEntry,
    Intervention,
    InterventionState,
    Kind,
    Outcome,
    Session,
    Side,
    SiteProgramme,
    StoredIntervention,
    StoredSession,
    side_of,
)

FILE = "plans/interventions.toml"
PAYLOAD_VERSION = 1
MAY_WRITE = frozenset({Role.CO, Role.PSY, Role.CSUP})
MAY_READ = MAY_WRITE | {Role.SUP, Role.AUD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The generic kinds of work in their order (A16)."""

    entries: tuple[CatalogueEntry, ...]

    def entry(self, code: str) -> CatalogueEntry:
        """UserError for an unknown code."""
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise UserError(tr("Choose from the list what it is."), field="catalogue")

    def title(self, one: Intervention) -> str:
        """The site's own name, or the words of the catalogue."""
        return one.name or tr(self.entry(one.catalogue).text)


@cache
def load_catalogue() -> Catalogue:
    """Read once in a process. DeclarationError names file, line and key of a mistake."""
    return parse_catalogue(resources.read_text(FILE), FILE)


def parse_catalogue(text: str, file: str) -> Catalogue:
    table = read_declared(text, file)
    found = []
    for item in table.tables("interventions"):
        kind = item.one_of("kind", Kind)
        found.append(
            CatalogueEntry(
                code=item.text("code", pattern=r"[a-z][a-z_]{0,39}"),
                text=item.text("text"),
                kind=Kind(kind),
                tracked=not item.flag("untracked"),
            )
        )
        item.finish()
    table.finish()
    return Catalogue(entries=tuple(found))


class Interventions:
    """Programmes on one unlocked desk."""

    def __init__(self, desk: Desk, people: People, catalogue: Catalogue, domains: Domains, groups: Groups) -> None:
        self._desk, self._people, self.catalogue = desk, people, catalogue
        self._domains, self._groups = domains, groups

    @property
    def may_write(self) -> bool:
        return self._desk.role in MAY_WRITE

    @property
    def may_read(self) -> bool:
        return self._desk.role in MAY_READ

    # programmes

    def record(self, person_id: str, facts: Intervention, *, offer_name: bool = False) -> StoredIntervention:
        """A programme that began, or begins later. `offer_name`: the site's own name is offered from now on."""
        self._require(person_id)
        self._people.row(person_id)
        self._people.known.require_here(person_id)
        entry = self.catalogue.entry(facts.catalogue)
        if entry.code == OTHER and not facts.name.strip():
            raise UserError(tr("Say what it is."), field="name")
        if facts.domain:
            self._require_area(person_id, facts.domain)
        if facts.group and facts.group not in {rid for rid, _ in self._groups.groups_of(person_id)}:
            raise UserError(tr("Choose a group that the person belongs to."), field="group")
        today = local_day(self._desk.clock)
        state = InterventionState.PLANNED if facts.start > today else InterventionState.RUNNING
        one = replace(facts, kind=entry.kind, state=state, outcome=None, end=None)
        items = [self._item(person_id, store.INTERVENTION, one)]
        if offer_name and one.name.strip() and one.name not in {each.name for each in self.names()}:
            programme = SiteProgramme(catalogue=one.catalogue, name=one.name, provider=one.provider)
            items.append(self._item(None, store.PROGRAMME, programme))
        record, *_ = self._desk.commit("record_programme", items)
        return self._stored(record.rid)

    def begin(self, rid: str, on: date) -> StoredIntervention:
        """What was planned began."""
        return self._write("begin_programme", rid, model.begun(self._own(rid).intervention, self._past(on)))

    def end(self, rid: str, outcome: Outcome, on: date, *, words: str = "") -> StoredIntervention:
        """It ended, or did not start; in words of the list (A6)."""
        one = self._own(rid).intervention
        latest = max((each.session.on for each in store.sessions(self._index, rid)), default=None)
        if latest is not None and on < latest:
            raise UserError(tr("A session was recorded after that day. Choose a later one."), field="end")
        return self._write("end_programme", rid, model.ended(one, outcome, self._past(on), words))

    def go_on(self, rid: str, words: str) -> StoredIntervention:
        """What ended goes on."""
        return self._write("resume_programme", rid, model.taken_up(self._own(rid).intervention, words))

    # sessions

    def tracked(self, one: Intervention) -> bool:
        """Whether sessions are recorded here: not of pastoral counselling, and of a group in its meetings."""
        return self.catalogue.entry(one.catalogue).tracked and one.kind is not Kind.PASTORAL and not one.group

    def record_session(self, held: Session) -> StoredSession:
        """How one session went for the person, or why it did not take place."""
        stored = self._own(held.intervention)
        one = stored.intervention
        if not self.tracked(one):
            elsewhere = tr("The group's meetings say who came. Record it there.")
            nowhere = tr("Who comes to a chaplain is not recorded. Nothing needs to be done.")
            raise UserError(elsewhere if one.group else nowhere, field="intervention")
        if one.state is InterventionState.PLANNED:
            raise UserError(tr("It has not begun yet. Say first that it began."), field="on")
        self._past(held.on)
        if held.on < one.start or (one.end is not None and held.on > one.end):
            raise UserError(tr("The day lies outside of the programme. Correct it."), field="on")
        known = store.sessions(self._index, stored.rid)
        if any(each.session.on == held.on for each in known):
            raise UserError(tr("A session of that day is recorded. Take it back first if it is wrong."), field="on")
        if held.instead_of and held.instead_of not in {each.rid for each in missed(known)}:
            raise UserError(tr("Choose a session that did not take place."), field="instead_of")
        (record,) = self._desk.commit("record_session", [self._item(stored.person, store.SESSION, held)])
        return self._session(record.rid)

    def take_back(self, rid: str) -> None:
        """A session that was recorded by mistake; the record stays, it is shown no more."""
        found = self._session(rid)
        self._require(found.person)
        if found.session.taken_back:
            raise UserError(tr("It was taken back already."))
        if any(each.session.instead_of == rid for each in store.sessions(self._index, found.session.intervention)):
            raise UserError(tr("A later session stands for it. Take that one back first."))
        item = self._item(found.person, store.SESSION, replace(found.session, taken_back=True), rid)
        self._desk.commit("take_back_session", [item])

    # reading

    def of_person(self, person_id: str) -> tuple[StoredIntervention, ...]:
        """What runs, what is planned, what ended."""
        self._require_reader(person_id)
        return store.interventions(self._index, person_id)

    def sessions(self, rid: str) -> tuple[StoredSession, ...]:
        """The latest first."""
        self._require_reader(self._stored(rid).person)
        return store.sessions(self._index, rid)

    def names(self) -> tuple[SiteProgramme, ...]:
        """The names that this site added."""
        return store.programmes(self._index)

    def title(self, one: Intervention) -> str:
        """The site's own name, or the words of the catalogue."""
        return self.catalogue.title(one)

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(TEAM)

    def _past(self, day: date) -> date:
        if day > local_day(self._desk.clock):
            raise UserError(tr("The day lies in the future. Correct it."), field="on")
        return day

    def _stored(self, rid: str) -> StoredIntervention:
        found = store.intervention(self._index, rid)
        if found is None:
            raise UserError(tr("That programme is not there."))
        return found

    def _session(self, rid: str) -> StoredSession:
        found = store.session(self._index, rid)
        if found is None:
            raise UserError(tr("That session is not there."))
        return found

    def _own(self, rid: str) -> StoredIntervention:
        stored = self._stored(rid)
        self._require(stored.person)
        return stored

    def _write(self, deed: str, rid: str, one: Intervention) -> StoredIntervention:
        self._desk.commit(deed, [self._item(self._stored(rid).person, store.INTERVENTION, one, rid)])
        return self._stored(rid)

    def _item(self, person_id: str | None, kind: str, thing: object, rid: str | None = None) -> NewRecord:
        return NewRecord(comp=TEAM, kind=kind, pv=PAYLOAD_VERSION, person=person_id, payload=to_payload(thing), rid=rid)

    def _require(self, person_id: str) -> None:
        if not self.may_write:
            raise UserError(tr("Case officers and psychologists keep programmes."))
        self._people.caseload.require(person_id)

    def _require_area(self, person_id: str, code: str) -> None:
        """Before a conviction nobody works on harm and repair (G18)."""
        open_now = self._domains.open_to(convicted=self._people.known.convicted(person_id))
        if self._domains.domain(code) not in open_now:
            raise UserError(tr("This person is not convicted: this domain is closed."), field="domain")

    def _require_reader(self, person_id: str) -> None:
        if not self.may_read:
            raise UserError(tr("Your role does not read programmes."))
        self._people.caseload.require(person_id)


def missed(known: tuple[StoredSession, ...]) -> tuple[StoredSession, ...]:
    """Sessions that did not take place and for which no other stands yet."""
    replaced = {each.session.instead_of for each in known}
    return tuple(each for each in known if side_of(each.session.status) is not Side.CAME and each.rid not in replaced)
