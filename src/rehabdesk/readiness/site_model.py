"""What a site says about its checklists: other offsets for the items of a template. Codes keep their meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.readiness.model import Template, TemplateItem

SITE_TEMPLATE = "site"
"""The code of every site copy; its versions count from 1."""
FURTHEST = 400
"""Days from the release, in either direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTemplate:
    """A site's copy of a template. `offsets`: days from the planned release, by item, where they are other ones."""

    version: int
    base: str
    base_version: int
    offsets: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, offset in self.offsets.items():
            if not -FURTHEST <= offset <= FURTHEST:
                raise UserError(
                    tr("{code}: at most {most} days before or after the release.").format(code=code, most=FURTHEST),
                    field="offset",
                )


def require_same_side(item: TemplateItem, offset: int) -> None:
    """UserError where an item would go through the gate: what is prepared before it, or followed up after it."""
    if item.offset > 0 and offset <= 0:
        sentence = tr("{code} belongs after the release. Give a number of days after it.")
        raise UserError(sentence.format(code=item.code), field="offset")
    if item.offset <= 0 and offset > 0:
        sentence = tr("{code} belongs before the release, or on its day. Give a number of days before it.")
        raise UserError(sentence.format(code=item.code), field="offset")


def with_offsets(base: Template, copy: SiteTemplate) -> Template:
    """The base with the site's offsets, under the site's code and version."""
    return replace(
        base,
        code=SITE_TEMPLATE,
        version=copy.version,
        items=tuple(replace(item, offset=copy.offsets.get(item.code, item.offset)) for item in base.items),
    )


def changed_offsets(base: Template, offsets: Mapping[str, int]) -> dict[str, int]:
    """Those that are not the base's own, each on its side of the gate. UserError names the code."""
    found = {}
    for code, offset in offsets.items():
        item = base.item(code)
        require_same_side(item, offset)
        if offset != item.offset:
            found[code] = offset
    return found
