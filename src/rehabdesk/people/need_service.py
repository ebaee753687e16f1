"""Disabilities and access needs: a psychologist's words (CLI), of which the author lowers the practical side (COR)."""

from dataclasses import replace

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.db.projection import CLINICAL, TEAM, NewRecord
from rehabdesk.people import protected_store, store
from rehabdesk.people.caseload_service import Caseload
from rehabdesk.people.model import PAYLOAD_VERSION, PERSON_VERSION
from rehabdesk.people.protected_model import ClinicalNeed, KeptWords

MAY_USE = frozenset({Role.PSY, Role.CSUP})


class Needs:
    """Clinical needs of one unlocked desk; own cases only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._caseload = Caseload(desk)

    def may_use(self, person_id: str) -> bool:
        return self._desk.role in MAY_USE and self._caseload.admits(person_id)

    def keep(self, person_id: str, words: str) -> None:
        """Keeps a need under the clinical key. Nothing of it goes to the team."""
        self._require(person_id)
        need = to_payload(ClinicalNeed(words=words))
        item = NewRecord(
            comp=CLINICAL,
            kind=protected_store.CLINICAL_NEED,
            pv=PAYLOAD_VERSION,
            person=person_id,
            payload=need,
        )
        self._desk.commit("need", [item])

    def kept(self, person_id: str) -> tuple[KeptWords, ...]:
        """That needs are kept, oldest first; their words are read one by one."""
        self._require(person_id)
        return protected_store.kept(self._desk.index(CLINICAL), protected_store.CLINICAL_NEED, person_id)

    def read(self, person_id: str, rid: str) -> str:
        """The words of a need; that they were read is logged first."""
        if rid not in {one.rid for one in self.kept(person_id)}:
            raise UserError(tr("That record is not there."))
        return from_payload(ClinicalNeed, self._desk.read(CLINICAL, rid).payload).words

    def lower(self, person_id: str, rid: str, practical: str) -> None:
        """The author's signed act: writes the practical side, in words of its own, where the team reads it.

        It takes the place of what was lowered before; empty words take that back.
        """
        if self._desk.uid not in {one.author for one in self.kept(person_id) if one.rid == rid}:
            raise UserError(tr("Only the author of a clinical record lowers anything of it to the team."))
        index = self._desk.index(TEAM)
        person, person_rid = store.person(index, person_id), store.person_rid(index, person_id)
        if person is None:
            raise UserError(tr("This person is not in the register."), field="person")
        details = replace(person.details, practical_access_need=practical)
        item = NewRecord(
            comp=TEAM,
            kind=store.PERSON,
            pv=PERSON_VERSION,
            person=person_id,
            payload=to_payload(details),
            rid=person_rid,
        )
        self._desk.commit("lower_need", [item])

    def _require(self, person_id: str) -> None:
        if self._desk.role not in MAY_USE:
            raise UserError(tr("Only psychologists keep clinical needs."))
        self._caseload.require(person_id)
