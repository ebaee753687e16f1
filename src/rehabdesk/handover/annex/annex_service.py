"""Clinical annexes between a case officer, who asks for one and never reads it, and the packet that releases it."""

from dataclasses import replace

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM, Index, NewRecord
from rehabdesk.handover.annex import annex_store as store
from rehabdesk.handover.annex.annex_model import CODE, WITH_ANNEX, AnnexState
from rehabdesk.handover.annex.annex_records_model import AnnexRequest, AnnexStep, AskedAnnex
from rehabdesk.handover.annex.clinician_key_service import CLINICIANS
from rehabdesk.handover.content import packet_model as packet
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.draft_service import PacketDrafts
from rehabdesk.handover.records_model import Issue, Packet
from rehabdesk.people.service import People

SEES_REQUESTS = CLINICIANS | {Role.CO}
OPEN = (AnnexState.ASKED, AnnexState.READY, AnnexState.SENT)
"""Requests that stand: the packet of that draft waits for the annex, or carries it."""


class Annexes:
    """Requests for annexes of one unlocked desk. What an annex says is in `annex_writing_service.py`."""

    def __init__(self, desk: Desk, people: People, drafts: PacketDrafts) -> None:
        self._desk, self._people, self._drafts = desk, people, drafts

    @property
    def may_ask(self) -> bool:
        return self._desk.role is Role.CO

    # the case officer

    def psychologists(self) -> tuple[tuple[str, str], ...]:
        """Who can be asked, as (uid, name)."""
        members = [member for member in self._desk.members() if member.active and member.card.role in CLINICIANS]
        return tuple((one.card.uid, one.card.name) for one in members)

    def request(self, person_id: str, draft_id: str, psychologist: str, *, profile: str, team_name: str) -> AskedAnnex:
        """Asks for an annex to the packet that is prepared in a draft, and keeps that packet's number for it.

        UserError for a kind of packet that has none, for who cannot write one, and while one is asked for.
        """
        if not self.may_ask:
            raise UserError(tr("A case officer asks for an annex."))
        self._people.person(person_id)
        if ProfileCode(profile) not in WITH_ANNEX:
            raise UserError(tr("Only packets to a psychologist or to another prison carry a clinical annex."))
        if psychologist not in dict(self.psychologists()):
            raise UserError(tr("Choose a psychologist."), field="psychologist")
        standing = self.of_draft(draft_id)
        if standing is not None:
            raise UserError(tr("An annex was asked for already. Take the request back first."))
        request = AnnexRequest(
            number=self._drafts.issue().number,
            draft=draft_id,
            psychologist=psychologist,
            profile=ProfileCode(profile),
            team_name=team_name,
        )
        rid = self._desk.ids()
        record = NewRecord(comp=TEAM, kind=store.REQUEST, pv=1, person=person_id, payload=to_payload(request), rid=rid)
        self._desk.commit("ask_annex", [record], extra={"number": request.number, "of": psychologist})
        return self.asked(rid)

    def take_back(self, request_id: str) -> AskedAnnex:
        """The packet goes without an annex, or another is asked for; what was signed for it goes nowhere."""
        asked = self.asked(request_id)
        if asked.officer != self._desk.uid or asked.state not in OPEN:
            raise UserError(tr("Only who asked for an annex takes the request back."))
        if self._is_signed(asked.number):
            raise UserError(tr("The packet that names this annex is signed. Its number stays with it."))
        self._desk.commit("take_back_annex", [step_of(asked, AnnexState.TAKEN_BACK)])
        return self.asked(request_id)

    def of_draft(self, draft_id: str) -> AskedAnnex | None:
        """The request that stands for a draft; None where there is none, or it was declined or taken back."""
        found = store.request_for(self._index, draft_id)
        return found if found is not None and found.state in OPEN else None

    def attached(self, made: Handover, draft_id: str, issue: Issue) -> tuple[Handover, Issue]:
        """The packet with the annex that was asked for in its draft, under the number that was kept for both.

        UserError while the annex is not ready, and where it does not fit any more.
        """
        asked = self.of_draft(draft_id)
        if asked is None:
            return made, issue
        if made.packet.profile not in WITH_ANNEX:
            raise UserError(tr("This kind of packet has no clinical annex. Take the request back first."))
        if asked.state is AnnexState.ASKED:
            sentence = tr("The clinical annex is not ready: {name} was asked for it. Wait for it, or take it back.")
            name = self._desk.staff(asked.request.psychologist).name
            raise UserError(sentence.format(name=isolate(name)))
        if asked.number.split("-")[2] != str(issue.at.year) or self._is_signed(asked.number):
            raise UserError(tr("The number that was kept for the annex cannot be used. Take it back and ask again."))
        issue = replace(issue, number=asked.number)
        annex = packet.Annex(code=CODE, for_=asked.for_name, pdf_sha256=asked.pdf_sha256)
        manifest = replace(made.manifest, annexes=(*made.manifest.annexes, annex))
        return replace(made, packet=replace(made.packet, number=issue.number), manifest=manifest), issue

    # both sides

    def asked(self, request_id: str) -> AskedAnnex:
        """UserError where there is none, or this role learns of none."""
        found = store.request_of(self._index, request_id)
        if found is None:
            raise UserError(tr("That request is not there any more."))
        return found

    def of_person(self, person_id: str) -> tuple[AskedAnnex, ...]:
        """Requests about a person that this login has to do with, newest first."""
        found = store.requests_of(self._index, person_id)
        if self._desk.role in CLINICIANS:
            return tuple(one for one in found if one.request.psychologist == self._desk.uid)
        return found

    def to_me(self) -> tuple[AskedAnnex, ...]:
        """What was asked of this psychologist, oldest first; nothing for another role."""
        if self._desk.role not in CLINICIANS:
            return ()
        return store.requests_to(self._desk.index(TEAM), self._desk.uid)

    def require_allowed(self, released_by: Packet) -> None:
        """UserError where the packet's team may not get it any more: a consent was withdrawn since (G6)."""
        self._drafts.assembly.require_allowed(released_by.person, released_by.record.choices)

    def name_of(self, uid: str) -> str:
        """Of a member of staff."""
        return self._desk.staff(uid).name

    # inside

    @property
    def _index(self) -> Index:
        index = self._desk.index(TEAM)
        if self._desk.role not in SEES_REQUESTS:
            raise UserError(tr("Your role has nothing to do with clinical annexes."))
        return index

    def _is_signed(self, number: str) -> bool:
        return self._drafts.is_given(number)


def step_of(asked: AskedAnnex, state: AnnexState, **facts: str) -> NewRecord:
    """The record of a new state; `facts` are the hashes and the clinician's name."""
    step = AnnexStep(request=asked.id, state=state, **facts)
    return NewRecord(comp=TEAM, kind=store.STEP, pv=1, person=asked.person, payload=to_payload(step))
