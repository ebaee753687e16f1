"""What the person keeps on paper, by route: the plan, the list, the cards. Each is shown before it leaves."""

from collections.abc import Callable, Sequence

from rehabdesk.app_paper import paper_tools
from rehabdesk.app_services import Services
from rehabdesk.app_tabs import name_of
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.plans.own_plan_service import OwnPlans
from rehabdesk.readiness.own_paper_service import OwnPapers
from rehabdesk.ui.files import FileDialogs
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.named import Find
from rehabdesk.ui.own_copy_page import OwnCopyPage, OwnCopyPaper
from rehabdesk.ui.page import Page, Route


class OwnPaperPages:
    """What a role may not open is refused here, and absent from its pages. `named_in` finds who else of the register is
    named in a text about a person.
    """

    def __init__(self, kit: Kit, services: Services, files: FileDialogs, named_in: Callable[[str], Find]) -> None:
        self._kit, self._s, self._tools, self._named_in = kit, services, paper_tools(files), named_in
        self._plans = OwnPlans(services.desk, services.people, services.plans, services.plan_history)
        self._papers = OwnPapers(services.desk, services.people, services.releases)

    def makers(self) -> dict[str, Callable[[Route], Page]]:
        """By the name of the route."""
        return {"own_plan": self._plan, "own_list": self._list, "own_cards": self._cards}

    def _plan(self, route: Route) -> Page:
        """The id is a version, or nothing: what is worked on now."""
        self._require(allowed=self._plans.may_print)
        person, rid = route.person, route.id
        paper = OwnCopyPaper(
            title=tr("Print the plan for {name}").format(name=self._name(person)),
            said=tr(
                "Large print. The own words stand first. No words of staff alone, no clinical or pastoral text, no"
                " progress words."
            ),
            file_name=self._file("plan"),
            make=lambda language: self._plans.paper(person, rid, language),
            leaves=lambda how: self._plans.leaves(how, person, rid),
            warning=lambda: named_words(self._named_in(person), self._plans.typed(person, rid)),
        )
        return self._page(paper, route, tab="plan")

    def _list(self, route: Route) -> Page:
        self._require(allowed=self._papers.may_print)
        person = route.person
        paper = OwnCopyPaper(
            title=tr("Print the list for {name}").format(name=self._name(person)),
            said=tr(
                "Large print, in plain words: what is done, what is being done, what the person can do. Items about"
                " others, about safety, illness or faith are left out."
            ),
            file_name=self._file("list"),
            make=lambda language: self._papers.list_paper(person, language),
            leaves=lambda how: self._papers.list_leaves(how, person),
        )
        return self._page(paper, route, tab="release")

    def _cards(self, route: Route) -> Page:
        self._require(allowed=self._papers.may_print)
        person = route.person
        paper = OwnCopyPaper(
            title=tr("Print the cards for {name}").format(name=self._name(person)),
            said=tr("One card for each condition, to cut out; a long one is wide. Empty lines are for writing."),
            file_name=self._file("cards"),
            make=lambda language: self._papers.cards(person, language),
            leaves=lambda how: self._papers.cards_leave(how, person),
        )
        return self._page(paper, route, tab="release")

    # inside

    def _page(self, paper: OwnCopyPaper, route: Route, *, tab: str) -> Page:
        spoken = next((each.code for each in self._s.people.languages(route.person)), "")
        back = Route(name="person", person=route.person, id=tab)
        return OwnCopyPage(self._kit, self._tools, paper, spoken=spoken, back=back)

    def _require(self, *, allowed: bool) -> None:
        if not allowed:
            raise UserError(tr("Your role has no such page."))

    def _name(self, person: str) -> str:
        return isolate(name_of(self._s.people.row(person)))

    def _file(self, what: str) -> str:
        return f"RD-{what}-{self._kit.today():%Y%m%d}.pdf"


def named_words(find: Find, texts: Sequence[str]) -> str:
    """Who else is named in what was typed (G17): listed before it leaves, never taken out by itself."""
    names = dict[str, None]()
    for text in texts:
        found = find(text)
        if found is None:
            return tr("Names of others were not looked for yet. Read the pages before they leave.")
        names.update({text[each.start : each.end]: None for each in found})
    if not names:
        return ""
    said = join_words(isolate(each) for each in names)
    return tr(
        "Named on it: {names}. Change the words where they were written first, or keep it from other eyes."
    ).format(names=said)
