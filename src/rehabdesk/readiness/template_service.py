"""Checklists, categories of conditions, weekends as data: resources/checklists/*.toml, checked when they are read."""

import json
from dataclasses import dataclass
from functools import cache

from rehabdesk.access.model import Role
from rehabdesk.core import resources
from rehabdesk.core.declared import Table, read_declared
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.readiness.condition_model import ConditionCategory
from rehabdesk.readiness.model import Blocking, EvidenceKind, Side, Template, TemplateItem

TEMPLATES = ("checklists/release-v1.toml",)
CONDITIONS = "checklists/conditions.toml"
WEEKENDS = "checklists/weekends.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL_WEEKEND: tuple[int, ...] = (5, 6)


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


@cache
def load_templates() -> Templates:
    """Read once in a process. DeclarationError names file, line and key of a mistake."""
    return Templates(
        templates=tuple(parse_template(resources.read_text(file), file) for file in TEMPLATES),
        categories=parse_categories(resources.read_text(CONDITIONS), CONDITIONS),
    )


def load_weekends(country: str) -> tuple[int, ...]:
    """The days of the week on which offices of a country are closed; Monday is 0."""
    table = read_declared(resources.read_text(WEEKENDS), WEEKENDS)
    found = USUAL_WEEKEND
    for one in table.tables("weekends"):
        days, countries = one.texts("days", allowed=WEEKDAYS), one.texts("countries")
        one.finish()
        if country in countries:
            found = tuple(WEEKDAYS.index(day) for day in days)
    table.finish()
    return found


def offsets_from(text: str, file: str, base: Template) -> dict[str, int]:
    """The offsets of a site's file, which says all else as `base` does. DeclarationError names file, line and key."""
    parse_template(text, file)  # what is wrong in itself is said first
    table = read_declared(text, file)
    for name in ("code", "title"):
        if table.text(name) != getattr(base, name):
            raise table.wrong(name, f"only offsets may differ; here stands {getattr(base, name)!r}")
    if table.integer("version", least=1, most=999) != base.version:
        raise table.wrong("version", f"only offsets may differ; here stands {base.version}")
    for group in table.tables("groups"):
        if base.groups.get(group.text("code")) != group.text("title"):
            raise group.wrong("title", "only offsets may differ; groups stay as they are")
    offsets = {}
    for one in table.tables("items"):
        item, known = _item(one, tuple(base.groups)), {each.code: each for each in base.items}
        if item.code not in known:
            raise one.wrong("code", f"{item.code!r} is not in this checklist")
        _require_fixed(one, item, known[item.code])
        offsets[item.code] = item.offset
    missing = next((each.code for each in base.items if each.code not in offsets), None)
    if missing is not None:
        raise table.wrong("items", f"{missing} is missing; a site cannot take an item out")
    return offsets


def _require_fixed(one: Table, item: TemplateItem, known: TemplateItem) -> None:
    for name in ("group", "text", "roles", "evidence", "blocking", "side", "short_notice", "evidence_kind", "office"):
        if getattr(item, name) != getattr(known, name):
            raise one.wrong(name, f"the meaning of {item.code} is fixed; only its offset may differ")
    if (item.offset > 0) != (known.offset > 0):
        where = "after" if known.offset > 0 else "before"
        raise one.wrong("offset", f"{item.code} belongs {where} the release")


def template_text(template: Template) -> str:
    """A template as a file, which `parse_template` reads again."""
    lines = [
        f"code = {_quoted(template.code)}",
        f"version = {template.version}",
        f"title = {_quoted(template.title)}",
    ]
    for code, title in template.groups.items():
        lines += ["", "[[groups]]", f"code = {_quoted(code)}", f"title = {_quoted(title)}"]
    for item in template.items:
        lines += ["", "[[items]]", f"code = {_quoted(item.code)}", f"group = {_quoted(item.group)}"]
        lines += [f"text = {_quoted(item.text)}", f"offset = {item.offset}"]
        lines += [f"roles = [{', '.join(map(_quoted, item.roles))}]", f"evidence = {_quoted(item.evidence)}"]
        lines += [f"blocking = {_quoted(item.blocking)}", f"side = {_quoted(item.side)}"]
        if item.short_notice:
            lines.append(f"short_notice = {item.short_notice}")
        if item.evidence_kind is not EvidenceKind.REFERENCE:
            lines.append(f"evidence_kind = {_quoted(item.evidence_kind)}")
        if item.office:
            lines.append("office = true")
    return "\n".join((*lines, ""))


def _quoted(words: str) -> str:
    """As TOML and JSON both write it."""
    return json.dumps(str(words), ensure_ascii=False)


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
        evidence_kind=EvidenceKind(
            one.one_of("evidence_kind", [str(kind) for kind in EvidenceKind], default=EvidenceKind.REFERENCE)
        ),
        office=one.flag("office"),
    )
    if not item.roles:
        raise one.wrong("roles", "somebody must do it")
    one.finish()
    return item
