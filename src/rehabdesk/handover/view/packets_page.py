"""Packets as lists, of all people or of one: in preparation, waiting for a second signature, to be sealed, and out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.annex.annex_records_model import AskedAnnex
from rehabdesk.handover.annex.view.annex_card import AnnexCard, ToAsk, annex_doors
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.records_model import PacketRow
from rehabdesk.handover.service import Packets
from rehabdesk.handover.state_words_model import row_words
from rehabdesk.ui.dates import all_days, local, short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route
from rehabdesk.ui.table import Column

MOST_SEALED = 100
Below = Callable[[Page], QWidget | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list, a packet or a draft."""

    number: str
    person: str
    person_name: str
    team: str
    when: str
    tag: tuple[str, str]
    route: Route


class PacketsPage(Page):
    """`person_id` empty: everybody's. `name_of`: the name of a person. `may_prepare`, `may_countersign`, and `sites`,
    whether there is a page of sites and teams: by role.

    `annexes`: this role has to do with clinical annexes; `kept`: how many from elsewhere lie with the clinical record.
    `below`: what stands below the list of everybody's.
    """

    def __init__(
        self,
        kit: Kit,
        packets: Packets,
        *,
        name_of: Callable[[str], str],
        may_prepare: bool,
        may_countersign: bool,
        person_id: str = "",
        sites: bool = False,
        annexes: bool = False,
        kept: int = 0,
        below: Below | None = None,
    ) -> None:
        super().__init__(kit)
        self._annexes, self._kept, self._below = annexes, kept, below
        self._packets, self._name_of, self._person, self._sites = packets, name_of, person_id, sites
        self._may_prepare, self._may_countersign = may_prepare, may_countersign
        self.refresh()

    def refresh(self) -> None:
        kit, prepare, check, sites = self.kit, None, None, None
        if self._may_prepare and self._person:
            prepare = kit.button(tr("Prepare packet"), kind="primary", icon="package")
            prepare.setObjectName("prepare-packet")
            prepare.clicked.connect(self._prepare)
            self._act = self._prepare
        if not self._person:
            check = kit.button(tr("Check a packet"), icon="shield-check")
            check.clicked.connect(lambda: self.go.emit(Route(name="packet_check")))
            if self._sites:
                sites = kit.button(tr("Sites and teams"), icon="building-2")
                sites.clicked.connect(lambda: self.go.emit(Route(name="sites_teams")))
        title = kit.label(tr("Packets"), "h2" if self._person else "h1")
        self.set_head(kit.row(title, STRETCH, sites, check, prepare))
        lines, annexes = self._lines(), self._annex_cards()
        if not lines:
            self._first = prepare or check
            people = kit.button(tr("Open people")) if self._may_prepare and not self._person else None
            if people is not None:
                people.clicked.connect(lambda: self.go.emit(Route(name="people")))
            nothing = kit.empty(self._nothing(), *([people] if people is not None else []))
            self.set_body(kit.box(kit.column(nothing, *annexes, self._more(), STRETCH, gap=3)))
            return
        table = kit.table(self._columns(), tr("Packets"))
        table.show_all(lines)
        table.opened.connect(lambda line: self.go.emit(line.route))
        self._first = table
        self.set_body(kit.box(kit.column(table, *annexes, self._more(), STRETCH, gap=3)))

    def _more(self) -> QWidget | None:
        return None if self._below is None or self._person else self._below(self)

    def _nothing(self) -> str:
        """What to do next where the list is empty."""
        if self._may_prepare and self._person:
            return tr("No packet yet. Prepare packet begins one; every step is kept as a draft.")
        if self._may_prepare:
            return tr("No packet waits for anybody. Open a person to prepare one.")
        if self._may_countersign:
            return tr("No packet waits for your signature.")
        return tr("No packet yet.")

    def _columns(self) -> list[Column]:
        columns = [
            Column(tr("Number"), lambda line: line.number, least=210),
            Column(tr("For"), lambda line: line.team, share=3),
            Column(tr("When"), lambda line: line.when, widest=all_days()),
            Column(tr("State"), lambda _line: "", tag=lambda line: line.tag, least=160),
        ]
        if not self._person:
            columns.insert(1, Column(tr("About"), lambda line: line.person_name, share=2))
        return columns

    def _lines(self) -> Sequence[Line]:
        """Own drafts, then what waits for somebody, then what went out."""
        shelf = self._packets.shelf
        rows = shelf.packets_of(self._person) if self._person else (*shelf.open_rows(), *shelf.gone()[:MOST_SEALED])
        return [*self._drafts(), *(self._line(row) for row in rows)]

    def _drafts(self) -> Sequence[Line]:
        if not self._may_prepare:
            return []
        teams = {team.id: team.name for team in self._packets.teams.all()}
        return [
            Line(
                number="–",
                person=person,
                person_name=self._name_of(person),
                team=teams.get(typed.team) or tr("No team chosen yet"),
                when=tr("Not signed yet"),
                tag=(tr("Draft"), "grey"),
                route=Route(name="packet", person=person, id=draft_id),
            )
            for draft_id, person, typed in self._packets.drafts.typed(self._person)
        ]

    def _line(self, row: PacketRow) -> Line:
        open_to_sign = row.state is PacketState.SIGNED or (row.second_due is not None and row.state in WITH_ONE)
        to_sign = self._may_countersign and open_to_sign
        return Line(
            number=row.number,
            person=row.person,
            person_name=self._name_of(row.person),
            team=row.team_name,
            when=short(local(row.issued).date()),
            tag=row_words(row, self._packets.shelf.now()),
            route=Route(name="packet_review" if to_sign else "packet_view", person=row.person, id=row.id),
        )

    # clinical annexes

    def _annex_cards(self) -> list[QWidget]:
        if not self._annexes:
            return []
        kit = self.kit
        if not self._person:
            return [annex_doors(kit, self.go)]
        found: list[QWidget] = []
        teams = {team.id: team.name for team in self._packets.teams.all()}
        drafts = self._packets.drafts.typed(self._person) if self._may_prepare else ()
        card = AnnexCard(
            kit,
            self._packets.annexes,
            self._person,
            drafts,
            lambda code: teams.get(code) or tr("No team chosen yet"),
        )
        card.go.connect(self.go)
        card.ask_wanted.connect(self._ask_annex)
        card.take_back_wanted.connect(self._ask_take_back)
        if card.count:
            found.append(card)
        if self._kept:
            read = kit.button(tr("Read"), icon="book-open")
            read.clicked.connect(lambda: self.go.emit(Route(name="annex_kept", person=self._person)))
            count = ntr("{count} clinical annex from elsewhere", "{count} clinical annexes from elsewhere", self._kept)
            said = kit.label(count.format(count=self._kept), wrap=True)
            found.append(kit.card("", kit.row((said, 1), read, gap=3), kind="flat"))
        return found

    def _ask_annex(self, to: ToAsk) -> None:
        kit, annexes = self.kit, self._packets.annexes
        who = kit.choice(annexes.psychologists())
        field = kit.field(tr("Psychologist"), who, required=True)
        field.setObjectName("psychologist")
        about = tr("The psychologist writes it and signs it. You see that it is ready, and never a word of it.")

        def ask() -> None:
            annexes.request(to.person, to.draft, who.code() or "", profile=to.profile, team_name=to.team)
            self.said.emit(tr("Asked. The packet can be signed once the annex is ready."))

        title = tr("Ask for a clinical annex about {name}").format(name=isolate(self._name_of(to.person)))
        self._act = self.show_form(title, [kit.label(about, wrap=True), field], tr("Ask for an annex"), ask, first=who)

    def _ask_take_back(self, asked: AskedAnnex) -> None:
        def take_back() -> None:
            try:
                self._packets.annexes.take_back(asked.id)
            except UserError as problem:
                self.complain(problem.sentence)
                return
            self.refresh()
            self.said.emit(tr("Taken back. The packet goes without an annex, or you ask again."))

        sentence = tr("Taking back the request for a clinical annex about {name}: its number is not used again.")
        self.ask(sentence.format(name=isolate(self._name_of(asked.person))), tr("Take back"), take_back, danger=True)

    def _prepare(self) -> None:
        self.go.emit(Route(name="packet", person=self._person))
