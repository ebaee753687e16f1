"""Sites and teams: the own cards, other sites whose packets are believed, teams that packets are sealed to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.checking.check_service import MOST_CARD_BYTES, read_given
from rehabdesk.handover.checking.child_service import PinnedSite, ReadTeamCard
from rehabdesk.handover.trust.cards_service import examine
from rehabdesk.handover.trust.digits_model import require_same
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.teams_service import require_read
from rehabdesk.handover.trust.trust_model import Confirmation
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.view.ceremony import Ceremony
from rehabdesk.handover.trust.view.known_cards import CardActs, KnownCards
from rehabdesk.handover.trust.view.own_cards import CardsOut, OwnCards
from rehabdesk.handover.trust.view.team_by_hand import TeamByHand
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

SITE, TEAM = "site", "team"
"""Before the id of what a form of the ceremony is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayWith:
    """What a role may do with cards. `keeps`: takes, compares and gives them out; `leads`: makes and renews our own."""

    keeps: bool
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFile:
    """A file of a site that is not known yet led here. `back`: where the file is judged anew."""

    site: str
    back: Route


class SitesTeamsPage(Page):
    """`choose`: asks for a file. `staff`: the name behind a uid. `about`: the file that led here."""

    def __init__(
        self,
        kit: Kit,
        trust: Trust,
        sites: Sites,
        own: OwnTeam,
        *,
        may: MayWith,
        out: CardsOut,
        choose: Callable[[QWidget, str, str], Path | None],
        staff: Callable[[str], str],
        about: FromFile | None = None,
    ) -> None:
        super().__init__(kit)
        self._about = about
        self._trust, self._sites, self._own, self._may = trust, sites, own, may
        self._out, self._choose, self._staff = out, choose, staff
        self.refresh()

    def refresh(self) -> None:
        kit = self.kit
        self._act = self._first = None
        own = OwnCards(self, self._trust, self._own, self._out, keeps=self._may.keeps, leads=self._may.leads)
        known = KnownCards(kit, self._card_acts())
        sites, teams = known.sites(self._sites, self._about.site if self._about else ""), known.teams(self._trust.teams)
        said = tr(
            "Whose packets are believed here, and to whom packets are sealed. Nothing counts before the 24 digits were "
            "compared."
        )
        titles = kit.column(
            kit.label(tr("Sites and teams"), "h1"), kit.label(said, "small", tone="muted", wrap=True), gap=0
        )
        take = add = None
        if self._may.keeps:
            take = kit.button(tr("Open a card"), kind="" if known.first else "primary", icon="folder-open")
            take.setObjectName("take-card")
            take.clicked.connect(self._take)
            add = kit.button(tr("Add a team without a card"), icon="plus")
            add.setObjectName("add-team")
            add.clicked.connect(self._add_team)
        self.set_head(kit.row((kit.box(titles), 1), add, take, gap=2))
        cards, back = own.cards(), self._back_to_file()
        nothing_sites = tr("No other site yet. Open the card that a site gave you; it ends with .rdsite.")
        nothing_teams = tr("No team yet. Open the card that a team gave you, or add one that has no card.")
        self.set_body(
            kit.box(
                kit.column(
                    self._about_file(back),
                    kit.card(tr("Other sites"), *(sites or [self._nothing(nothing_sites)]), gap=2),
                    kit.card(tr("Teams"), *(teams or [self._nothing(nothing_teams)]), gap=2),
                    *cards,
                    STRETCH,
                    gap=4,
                )
            )
        )
        self._first, self._act = known.first or take or own.first, known.act or self._taking()
        if self._about is not None and (line := self._sites.find(self._about.site)).waiting is None:
            self._first, self._act = (take, self._taking()) if line.counts is None else (back, self._go_back)

    def _taking(self) -> Callable[[], None] | None:
        return self._take if self._may.keeps else None

    # the file that led here

    def _back_to_file(self) -> QPushButton | None:
        if self._about is None:
            return None
        back = self.kit.button(tr("Back to the file"), icon="arrow-left")
        back.clicked.connect(self._go_back)
        return back

    def _go_back(self) -> None:
        if self._about is not None:
            self.go.emit(self._about.back)

    def _about_file(self, back: QPushButton | None) -> QWidget | None:
        """What is to be done for the file that led here."""
        if self._about is None or back is None:
            return None
        line = self._sites.find(self._about.site)
        if line.waiting is not None:
            words = tr("The file says that it is from site {site}. Compare its digits; then the file is judged anew.")
        elif line.counts is not None:
            words = tr("A card of site {site} counts here. Go back to the file: it is judged anew.")
        else:
            words = tr(
                "The file says that it is from site {site}. No card of it is here: open the one that the site gave you."
            )
        said = self.kit.label(words.format(site=isolate_ltr(self._about.site)), wrap=True)
        return self.kit.card("", said, self.kit.start(back), kind="quiet", gap=2)

    def _nothing(self, words: str) -> QWidget:
        return self.kit.label(words, tone="muted", wrap=True)

    def _card_acts(self) -> CardActs:
        return CardActs(
            keeps=self._may.keeps,
            staff=self._staff,
            compare_site=self._compare_site,
            aside_site=self._ask_aside,
            compare_team=self._compare_team,
            earlier_team=self._ask_earlier,
        )

    # taking a card

    def _take(self) -> None:
        pattern = tr("Cards of sites and teams (*.rdsite *.rdteam)")
        path = self._choose(self, tr("Open a card"), pattern)
        if path is None:
            return
        try:
            self.take(read_given(path, MOST_CARD_BYTES))
        except UserError as problem:
            self.complain(problem.sentence)

    def take(self, raw: bytes) -> None:
        """Examines a card in a child, keeps it, and shows it as not confirmed unless its keys were confirmed."""
        now = self._out.now()
        self.saving.emit("saving", tr("Examining the card…"))

        def done(found: PinnedSite | ReadTeamCard) -> None:
            self.saving.emit("saved", tr("All work saved"))
            try:
                name, confirmation = self._keep(raw, found)
            except RehabDeskError as problem:
                self.complain(problem.sentence)
                return
            words = tr("Taken: {name}. Now compare the digits.") if confirmation is None else tr("Renewed: {name}.")
            self.said.emit(words.format(name=isolate(name)))
            self.show_again()

        def failed(error: BaseException) -> None:
            self.saving.emit("saved", tr("All work saved"))
            if not isinstance(error, RehabDeskError):
                raise error
            self.complain(error.sentence)

        self.kit.jobs.run(self, lambda: examine(raw, now), done, failed)

    def _keep(self, raw: bytes, found: PinnedSite | ReadTeamCard) -> tuple[str, Confirmation | None]:
        if isinstance(found, PinnedSite):
            site = self._sites.keep_card(raw, found)
            return site.name, site.confirmation
        team = self._trust.teams.keep_card(raw, found)
        return team.name, team.confirmation

    def _add_team(self) -> None:
        form = TeamByHand(self.kit)

        def keep() -> None:
            team = form.take_into(self._trust.teams)
            words = tr("Kept: {name}. Now compare the key.") if team.age else tr("Kept: {name}. It gets paper.")
            self.said.emit(words.format(name=isolate(team.name)))

        self._act = self.show_form(
            tr("A team without a card"), form.fields, tr("Keep the team"), keep, first=form.first, name="add-team"
        )

    # the ceremony

    def _compare_site(self, site_id: str) -> None:
        line = self._sites.find(site_id)
        if (waiting := line.waiting) is None:
            raise UserError(tr("No card of this site waits for a comparison. Open its card first."))
        compare = partial(require_same, waiting.digits)
        form = Ceremony(self.kit, waiting.name, ours=self._ours(), compare=compare, warning=line.other_root)

        def confirm() -> None:
            self._sites.confirm(site_id, **form.typed())
            self.said.emit(tr("Confirmed. Packets of {name} are believed here.").format(name=isolate(waiting.name)))

        self._show_ceremony(form, confirm, f"{SITE}:{site_id}")

    def _compare_team(self, team_id: str) -> None:
        team = self._trust.teams.team(team_id)
        compare = partial(require_read, team)
        form = Ceremony(self.kit, team.name, ours=self._ours(), compare=compare, bare_key=not team.card)

        def confirm() -> None:
            self._trust.teams.confirm(team_id, **form.typed())
            self.said.emit(tr("Confirmed. Packets can be sealed to {name}.").format(name=isolate(team.name)))

        self._show_ceremony(form, confirm, f"{TEAM}:{team_id}")

    def _show_ceremony(self, form: Ceremony, confirm: Callable[[], None], name: str) -> None:
        self._act = self.show_form(
            form.title, form.fields, tr("They are the same"), confirm, first=form.first, beside=form.beside, name=name
        )

    def reopen(self, form: str) -> None:
        """A ceremony is opened again by what it is about; another form by its button."""
        kind, _, about = form.partition(":")
        if kind == SITE and about:
            self._compare_site(about)
        elif kind == TEAM and about:
            self._compare_team(about)
        elif form == "add-team":
            self._add_team()
        else:
            super().reopen(form)

    def _ours(self) -> str:
        """Empty for a site without a root."""
        try:
            return self._sites.digits()
        except RehabDeskError:
            return ""

    def _ask_aside(self, site_id: str) -> None:
        name = isolate(self._sites.find(site_id).shown.name)
        self.ask(
            tr("The card of {name} that waits is put aside; it can be opened again.").format(name=name),
            tr("Do not use this card"),
            lambda: self._done(lambda: self._sites.put_aside(site_id), tr("Put aside.")),
        )

    def _ask_earlier(self, team_id: str) -> None:
        name = isolate(self._trust.teams.team(team_id).name)
        self.ask(
            tr("Packets for {name} are sealed to the earlier key again.").format(name=name),
            tr("Keep the earlier key"),
            lambda: self._done(
                lambda: self._trust.teams.use_confirmed_again(team_id), tr("The earlier key counts again.")
            ),
        )

    def _done(self, deed: Callable[[], object], words: str) -> None:
        try:
            deed()
        except UserError as problem:
            self.complain(problem.sentence)
            return
        self.said.emit(words)
        self.show_again()
