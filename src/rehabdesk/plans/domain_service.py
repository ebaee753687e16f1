"""The plan domains as data: resources/plans/domains.toml, checked when they are read."""

from dataclasses import dataclass
from functools import cache

from rehabdesk.core import resources
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.plans.model import Plan
from rehabdesk.plans.progress.progress_model import Domain, Word
from rehabdesk.plans.typed_model import SETTLED

FILE = "plans/domains.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domains:
    """All domains in their order; `never_anywhere` are words that are no basis in any of them."""

    domains: tuple[Domain, ...]
    never_anywhere: tuple[str, ...]

    def domain(self, code: str) -> Domain:
        """UserError for an unknown code."""
        for domain in self.domains:
            if domain.code == code:
                return domain
        raise UserError(tr("Choose a plan domain from the list."), field="domain")

    def open_to(self, *, convicted: bool) -> tuple[Domain, ...]:
        """Those that are shown: before a conviction nobody works on harm and repair (G18)."""
        return tuple(domain for domain in self.domains if convicted or not domain.after_conviction_only)

    def require_open(self, plan: Plan, *, convicted: bool, under_appeal: bool) -> None:
        """UserError where a goal to work on lies in a domain that is closed, or that the person did not ask for (6.1,
        8.2).
        """
        asked = {each.domain for each in plan.opened}
        for named in (*asked, *(each.domain for each in plan.no_need)):
            self.domain(named)
        for code in {goal.domain for goal in plan.goals if goal.status not in SETTLED}:
            domain = self.domain(code)
            if domain.after_conviction_only and not convicted:
                raise UserError(tr("This person is not convicted: this domain is closed."), field="domain")
            if code in asked:
                continue
            if domain.opt_in:
                raise UserError(
                    tr("Work in this area is offered to those who ask. Note that the person asked for it."),
                    field="domain",
                )
            if domain.after_conviction_only and under_appeal:
                raise UserError(tr("An appeal runs. Note that the person agrees to work in this area."), field="domain")


@cache
def load_domains() -> Domains:
    """Read once in a process. DeclarationError names file, line and key of a mistake."""
    return parse_domains(resources.read_text(FILE), FILE)


def parse_domains(text: str, file: str) -> Domains:
    table = read_declared(text, file)
    never = table.texts("never_anywhere")
    found = tuple(_domain(item) for item in table.tables("domains"))
    table.finish()
    return Domains(domains=found, never_anywhere=never)


def _domain(item: Table) -> Domain:
    rated = item.flag("rated")
    anchors = item.table("anchors")
    if rated and anchors is None:
        raise item.wrong("anchors", "a domain on which words are given says what they mean")
    domain = Domain(
        code=item.text("code", pattern=r"PD-(10|[1-9])"),
        title=item.text("title"),
        goals=item.text("goals"),
        interventions=item.text("interventions"),
        indicators=item.text("indicators"),
        protective=item.text("protective"),
        never=item.text("never"),
        never_words=item.texts("never_words"),
        rated=rated,
        opt_in=item.flag("opt_in"),
        after_conviction_only=item.flag("after_conviction_only"),
        anchors={}
        if anchors is None
        else {str(word): anchors.text(word) for word in Word if word is not Word.NOT_RATED},
    )
    if anchors is not None:
        anchors.finish()
    item.finish()
    return domain
