"""Checklist templates and condition categories as data: resources/checklists/*.toml, checked when they are read."""

from dataclasses import dataclass

from rehabdesk.access.model import Role
from rehabdesk.core import resources
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.readiness.model import Blocking, ConditionCategory, Side, Template, TemplateItem

TEMPLATES = ("checklists/release-v1.toml",)
CONDITIONS = "checklists/conditions.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Every template that lists of this desk may use; the last is offered for new ones."""

    templates: tuple[Template, ...]
    categories: tuple[ConditionCategory, ...]

    @property
    def newest(self) -> Template:
        return self.templates[-1]

    def template(self, code: str, version: int) -> Template:
        """UserError for one that this program does not know."""
        for template in self.templates:
            if (template.code, template.version) == (code, version):
                return template
        raise UserError(tr("This checklist was made with a template that this program does not have."))

    def category(self, code: str) -> ConditionCategory:
        for category in self.categories:
            if category.code == code:
                return category
        raise UserError(tr("Choose a category of conditions from the list."), field="category")


def load_templates() -> Templates:
    """DeclarationError names file, line and key of a mistake."""
    return Templates(
        templates=tuple(parse_template(resources.read_text(file), file) for file in TEMPLATES),
        categories=parse_categories(resources.read_text(CONDITIONS), CONDITIONS),
    )


def parse_template(text: str, file: str) -> Template:
    table = read_declared(text, file)
    groups = {group.text("code", pattern="[A-Z]"): group.text("title") for group in table.tables("groups")}
    items: list[TemplateItem] = []
    for one in table.tables("items"):
        item = _item(one, tuple(groups))
        if any(item.code == other.code for other in items):
            raise one.wrong("code", f"{item.code!r} stands twice")
        if item.short_notice and any(item.short_notice == other.short_notice for other in items):
            raise one.wrong("short_notice", f"place {item.short_notice} is taken")
        items.append(item)
    template = Template(
        code=table.text("code", pattern="[a-z0-9-]+"),
        version=table.integer("version", least=1, most=999),
        title=table.text("title"),
        groups=groups,
        items=tuple(items),
    )
    table.finish()
    return template


def parse_categories(text: str, file: str) -> tuple[ConditionCategory, ...]:
    table = read_declared(text, file)
    for name in ("code", "title", "ends_with"):
        table.text(name)
    found = []
    for one in table.tables("categories"):
        found.append(ConditionCategory(code=one.text("code"), text=one.text("text"), card=one.text("card")))
        one.finish()
    table.finish()
    return tuple(found)


def _item(one: Table, groups: tuple[str, ...]) -> TemplateItem:
    item = TemplateItem(
        code=one.text("code", pattern=r"RR-[A-Z]\d{1,2}"),
        group=one.one_of("group", groups),
        text=one.text("text"),
        offset=one.integer("offset", least=-400, most=400),
        roles=one.texts("roles", allowed=[str(role) for role in Role]),
        evidence=one.text("evidence"),
        blocking=Blocking(one.one_of("blocking", [str(kind) for kind in Blocking])),
        side=Side(one.one_of("side", [str(side) for side in Side])),
        short_notice=one.integer("short_notice", least=1, most=44, default=0),
    )
    if not item.roles:
        raise one.wrong("roles", "somebody must do it")
    one.finish()
    return item
