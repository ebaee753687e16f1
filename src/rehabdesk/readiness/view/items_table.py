"""The items of a checklist as a table: by group with what is done, or at short notice those that come first."""

from datetime import date

from rehabdesk.core.i18n import ntr, tr, tr_as
from rehabdesk.core.text import isolate_ltr
from rehabdesk.readiness.model import Item, Mode
from rehabdesk.readiness.service import Readiness
from rehabdesk.readiness.words_model import detail_words, item_tag, side_words
from rehabdesk.ui.dates import all_days, short
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.table import Column, Section, Table

Line = Section | Item


def items_table(kit: Kit, readiness: Readiness, *, name: str, today: date, chosen: str) -> Table:
    """`chosen`: the code of the item that is in hand. An item that is late stands first in its group."""
    table = kit.table(
        [
            Column(tr("Code"), lambda item: item.template.code, least=84),
            Column(tr("Item"), lambda item: tr(item.template.text), share=5),
            Column(tr("What was said"), lambda item: detail_words(item, short), share=2),
            Column(tr("Side"), lambda item: side_words(item.side), least=100),
            Column(tr_as("Due", "day"), lambda item: short(item.due), widest=all_days()),
            Column(tr("Status"), lambda _item: "", tag=lambda item: item_tag(item, name, today), least=164),
        ],
        tr("Release checklist"),
    )
    lines = lines_of(readiness, today)
    table.show_all(lines)
    row = next((at for at, one in enumerate(lines) if isinstance(one, Item) and one.template.code == chosen), None)
    if row is not None:
        table.selectRow(row)
    return table


def lines_of(readiness: Readiness, today: date) -> list[Line]:
    """Items under the title of their group; at short notice the minimum set in its order, then the others."""
    if readiness.checklist.mode is Mode.SHORT_NOTICE:
        minimum = [item for item in readiness.items if item.template.short_notice]
        first = sorted(minimum, key=lambda item: item.template.short_notice)
        later = sorted((item for item in readiness.items if item not in minimum), key=lambda item: item.due)
        return [
            *_section(tr("First, due today"), first, today, sort=False),
            *_section(tr("Afterwards, with the community"), later, today, sort=False),
        ]
    found: list[Line] = []
    for code, title in readiness.groups.items():
        items = [item for item in readiness.items if item.template.group == code]
        found += _section(f"{isolate_ltr(code)} {tr(title)}", items, today, sort=True)
    return found


def next_open(readiness: Readiness, code: str, today: date) -> str:
    """The code of the item to go on with: the next one that is open below `code`, else the same."""
    items = [one for one in lines_of(readiness, today) if isinstance(one, Item)]
    place = next((at for at, item in enumerate(items) if item.template.code == code), len(items))
    return next((item.template.code for item in items[place + 1 :] if item.open), code)


def _section(title: str, items: list[Item], today: date, *, sort: bool) -> list[Line]:
    if not items:
        return []
    done = sum(not item.open for item in items)
    note = tr("{done} of {all} done").format(done=done, all=len(items))
    late = sum(item.is_overdue(today) for item in items)
    if late:
        note += " · " + ntr("{count} overdue", "{count} overdue", late)
    ordered = sorted(items, key=lambda item: not item.is_overdue(today)) if sort else items
    return [Section(title, note), *ordered]
