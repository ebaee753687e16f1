"""Clinical annexes on the page of a person's packets: one line each with its state, and never a word of the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.annex.annex_model import WITH_ANNEX, AnnexState
from rehabdesk.handover.annex.annex_records_model import AskedAnnex
from rehabdesk.handover.annex.annex_service import Annexes
from rehabdesk.handover.annex.annex_words_model import annex_words
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Route

FOR_THE_OFFICER = (AnnexState.ASKED, AnnexState.READY, AnnexState.DECLINED)
Drafts = Sequence[tuple[str, str, TypedPacket]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """A packet in preparation for which an annex can be asked. `team` is its name."""

    draft: str
    person: str
    profile: str
    team: str


class AnnexCard(QWidget):
    """`drafts`: a case officer's packets in preparation; empty for a psychologist. `teams`: names by code."""

    go = Signal(object)
    ask_wanted = Signal(object)
    """A ToAsk."""
    take_back_wanted = Signal(object)
    """An AskedAnnex."""

    def __init__(self, kit: Kit, annexes: Annexes, person: str, drafts: Drafts, teams: Callable[[str], str]) -> None:
        super().__init__()
        self._kit, self._annexes = kit, annexes
        rows = self._for_officer(person, drafts, teams) if annexes.may_ask else self._for_psychologist(person)
        self.count = len(rows)
        """How many lines there are; without any it is not shown."""
        kit.fill(QVBoxLayout(self), (kit.card(tr("Clinical annex"), *rows, kind="flat", gap=2),))

    def _for_officer(self, person: str, drafts: Drafts, teams: Callable[[str], str]) -> list[QWidget]:
        asked = {one.request.draft: one for one in reversed(self._annexes.of_person(person))}
        rows: list[QWidget] = []
        for draft, _, typed in drafts:
            known = asked.pop(draft, None)
            if known is not None and known.state is not AnnexState.TAKEN_BACK:
                rows.append(self._asked(known))
            if ProfileCode(typed.profile) in WITH_ANNEX and self._annexes.of_draft(draft) is None:
                to = ToAsk(draft=draft, person=person, profile=typed.profile, team=teams(typed.team))
                rows.append(self._to_ask(to))
        # those whose packet is signed, or whose draft is gone
        rows += [self._asked(one) for one in asked.values() if one.state in FOR_THE_OFFICER]
        return rows

    def _to_ask(self, to: ToAsk) -> QWidget:
        kit = self._kit
        words = tr("The packet for {team} can carry a clinical annex.").format(team=isolate(to.team))
        ask = kit.button(tr("Ask for an annex"))
        ask.clicked.connect(lambda: self.ask_wanted.emit(to))
        return kit.box(kit.row((kit.label(words, wrap=True), 1), ask, gap=3))

    def _asked(self, asked: AskedAnnex) -> QWidget:
        kit = self._kit
        of = isolate(self._annexes.name_of(asked.request.psychologist))
        words = {
            AnnexState.ASKED: tr("Asked of {name}, for {number}."),
            AnnexState.READY: tr("{name} has signed it, for {number}. It goes out after the second signature."),
            AnnexState.SENT: tr("{name} has saved it to be sent, for {number}."),
        }.get(asked.state, tr("{name} hands nothing on."))
        said = kit.label(words.format(name=of, number=isolate_ltr(asked.number)), wrap=True)
        back = None
        if asked.state in (AnnexState.ASKED, AnnexState.READY):
            back = kit.button(tr("Take back"), kind="quiet")
            back.clicked.connect(lambda: self.take_back_wanted.emit(asked))
        return kit.box(kit.row(kit.tag(*annex_words(asked.state)), (said, 1), back, gap=3))

    def _for_psychologist(self, person: str) -> list[QWidget]:
        kit, rows = self._kit, []
        for asked in self._annexes.of_person(person):
            if asked.state in (AnnexState.TAKEN_BACK, AnnexState.DECLINED):
                continue
            who = isolate(self._annexes.name_of(asked.officer))
            words = tr("Asked by {name}, for the packet {number} to {team}.").format(
                name=who, number=isolate_ltr(asked.number), team=isolate(asked.request.team_name)
            )
            to_write = asked.state is AnnexState.ASKED
            act = kit.button(tr("Write the annex") if to_write else tr("Open"), kind="primary" if to_write else "")
            route = Route(name="annex", person=person, id=asked.id)
            act.clicked.connect(lambda _on=False, route=route: self.go.emit(route))
            tag = kit.tag(*annex_words(asked.state))
            rows.append(kit.box(kit.row(tag, (kit.label(words, wrap=True), 1), act, gap=3)))
        return rows


def annex_doors(kit: Kit, go: SignalInstance) -> QWidget:
    """For a psychologist: where an annex that came is opened, and where keys are."""
    came, keys = kit.button(tr("Open a clinical annex"), icon="file-lock"), kit.button(tr("Keys"), icon="key")
    keys.setAccessibleName(tr("Keys for clinical annexes"))
    came.clicked.connect(lambda: go.emit(Route(name="inbox_annex")))
    keys.clicked.connect(lambda: go.emit(Route(name="clinician_keys")))
    said = kit.label(tr("An annex from elsewhere is sealed to your own key: you alone open it."), wrap=True)
    return kit.card(tr("Clinical annexes"), said, kit.flow(came, keys), kind="flat", gap=2)
