"""One site or team in the list: whom it is of, whether its digits were compared, and what can be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.sites_model import KnownSite, SiteLine
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.teams_service import Teams
from rehabdesk.handover.trust.trust_model import ENDS_SOON, ROOT_ENDS_SOON, Confirmation, Team
from rehabdesk.handover.trust.trust_words_model import confirmed_words, list_age_tag, opens_words
from rehabdesk.ui.dates import long, short
from rehabdesk.ui.kit import Kit

TagWords = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardActs:
    """What the page does; without `keeps` nothing is offered. `staff`: the name behind a uid."""

    keeps: bool
    staff: Callable[[str], str]
    compare_site: Callable[[str], None]
    aside_site: Callable[[str], None]
    compare_team: Callable[[str], None]
    earlier_team: Callable[[str], None]


class KnownCards:
    """`first` is the button of the first card that waits for its ceremony."""

    def __init__(self, kit: Kit, acts: CardActs) -> None:
        self._kit, self._acts = kit, acts
        self.first: QPushButton | None = None
        self.act: Callable[[], None] | None = None

    def sites(self, sites: Sites, about: str = "") -> list[QWidget]:
        """A row for each site, that of the id `about` on top; none where none is known."""
        return [self._site(sites, line) for line in sorted(sites.all(), key=lambda line: line.id != about)]

    def teams(self, teams: Teams) -> list[QWidget]:
        """As `sites`."""
        return [self._team(teams, team) for team in teams.all()]

    def _site(self, sites: Sites, line: SiteLine) -> QWidget:
        held = line.shown
        tags: list[TagWords] = []
        words: list[str] = []
        alert = ""
        if (counts := line.counts) is not None:
            if not line.other_root:  # nothing is said to be well where somebody may pretend to be the site
                tags.append((tr("Confirmed"), "green"))
            tags += self._ages(sites, counts)
            words.append(self._confirmed(counts.confirmation))
        acts: list[QPushButton] = []
        if (waiting := line.waiting) is not None:
            tags.append((tr("Another root"), "red") if line.other_root else (tr("Not confirmed"), "amber"))
            said = self._waiting(waiting, other=line.other_root)
            alert, words = (said, words) if line.other_root else ("", [*words, said])
            acts = self._acts_of(
                held.name,
                compare=lambda: self._acts.compare_site(line.id),
                aside=lambda: self._acts.aside_site(line.id),
                aside_words=tr("Do not use this card"),
            )
        about = self._about(held.name, held.id, held.country, held.phone)
        number = tr("Card number {seq} of {day}, contact: {contact}").format(
            seq=held.seq, day=short(held.issued.date()), contact=isolate(held.contact)
        )
        return self._row(about, [number, *words], tags, acts, alert=alert)

    def _ages(self, sites: Sites, held: KnownSite) -> list[TagWords]:
        """How old the list is, and whether the root ends."""
        today, until = self._kit.today(), sites.root_until(held)
        found = [list_age_tag(sites.list_made(held).date(), today)]
        if until < today:
            found.append((tr("Root ended"), "red"))
        elif until - today <= ROOT_ENDS_SOON:
            found.append((tr("Root ends {day}").format(day=short(until)), "amber"))
        return [each for each in found if each is not None]

    def _waiting(self, waiting: KnownSite, *, other: bool) -> str:
        if other:
            return tr(
                "A card of {day} bears the same name and another root. Somebody may pretend to be this site. Call a "
                "number that you already know and ask whether they made a new root, before you compare anything."
            ).format(day=long(waiting.issued.date()))
        return tr("Nobody has compared its digits yet: nothing of this site counts as genuine here.")

    def _team(self, teams: Teams, team: Team) -> QWidget:
        tags: list[TagWords] = []
        words = [tr("{org}. {opens}.").format(org=isolate(team.org), opens=opens_words(team.opens_with))]
        acts: list[QPushButton] = []
        if team.opens_with is OpensWith.PAPER and not team.age:
            tags.append((tr("Paper"), "grey"))
        elif team.confirmation is not None:
            tags.append((tr("Confirmed"), "green"))
            words.append(self._confirmed(team.confirmation))
        else:
            tags.append((tr("Not confirmed"), "amber"))
            earlier = teams.confirmed_before(team.id)
            words.append(
                tr("Nobody has compared this key yet: no packet is sealed to it.")
                if earlier is None
                else tr("This is a new key. Until it is compared no packet is sealed to this team.")
            )
            acts = self._acts_of(
                team.name,
                compare=lambda: self._acts.compare_team(team.id),
                aside=None if earlier is None else lambda: self._acts.earlier_team(team.id),
                aside_words=tr("Keep the earlier key"),
            )
        if (until := teams.until(team)) is not None:
            tags += self._until(until)
        about = self._about(team.name, team.id, team.country, team.phone)
        return self._row(about, words, tags, acts)

    def _until(self, until: date) -> list[TagWords]:
        today = self._kit.today()
        if until < today:
            return [(tr("Card ended, ask for a new one"), "amber")]
        return [(tr("Card ends {day}").format(day=short(until)), "amber")] if until - today <= ENDS_SOON else []

    def _confirmed(self, confirmation: Confirmation | None) -> str:
        if confirmation is None:
            return ""
        by = self._acts.staff(confirmation.by)
        return confirmed_words(confirmation.their_name, by, short(confirmation.on), confirmation.channel)

    def _about(self, name: str, code: str, country: str, phone: str) -> tuple[str, str]:
        return isolate(name), " · ".join((isolate_ltr(code), isolate_ltr(country), isolate_ltr(phone)))

    def _acts_of(
        self, name: str, *, compare: Callable[[], None], aside: Callable[[], None] | None, aside_words: str
    ) -> list[QPushButton]:
        if not self._acts.keeps:
            return []
        kit, called = self._kit, isolate(name)
        main = kit.button(
            tr("Compare digits"), kind="primary", icon="phone", name=tr("Compare digits of {name}").format(name=called)
        )
        main.clicked.connect(lambda _on=False: compare())
        if self.first is None:
            self.first, self.act = main, compare
        if aside is None:
            return [main]
        other = kit.button(aside_words, name=f"{aside_words}: {called}")
        other.clicked.connect(lambda _on=False: aside())
        return [main, other]

    def _row(
        self,
        about: tuple[str, str],
        words: Sequence[str],
        tags: Sequence[TagWords],
        acts: Sequence[QPushButton],
        *,
        alert: str = "",
    ) -> QWidget:
        """`alert`: what must be read before anything is done, on a ground of its own."""
        kit = self._kit
        warned = kit.card("", kit.label(alert, wrap=True), kind="alert") if alert else None
        said = [kit.label(line, "small", wrap=True) for line in words if line]
        about_it = kit.label(about[1], "small", tone="muted", wrap=True)
        shown = [kit.tag(*tag) for tag in tags]
        head = kit.row((kit.label(about[0], "h3", wrap=True), 1), *shown, gap=2)
        below = kit.box(kit.column(kit.flow(*acts), margins=(0, 4, 0, 0))) if acts else None
        card = kit.card("", head, about_it, *said, warned, below, kind="flat", gap=1)
        card.setAccessibleName(about[0])
        return card
