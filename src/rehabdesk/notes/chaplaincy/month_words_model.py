"""A chaplain's month in words and numbers, as screen and paper show it."""

from collections.abc import Mapping

from rehabdesk.core.i18n import tr
from rehabdesk.notes.chaplaincy.pastoral_model import CONFIDENTIAL, KIND, NEEDS, WORSHIP, MonthSheet
from rehabdesk.notes.forms.form_model import Form

Line = tuple[str, int]
MonthPart = tuple[str, tuple[Line, ...]]
"""A title, and what is counted under it."""


def month_parts(sheet: MonthSheet, form: Form) -> tuple[MonthPart, ...]:
    """Contacts by kind, needs met, and the month as a whole, in the order of the form."""
    return (
        (tr("Contacts by kind"), _of(form, KIND, sheet.kinds)),
        (tr("Needs met"), _of(form, NEEDS, sheet.needs)),
        (tr("The month"), _totals(sheet)),
    )


def _of(form: Form, code: str, counted: Mapping[str, int]) -> tuple[Line, ...]:
    """Those that never stand in a record left out."""
    field = form.field(code)
    choices = [] if field is None else [one for one in field.choices if one.code not in (WORSHIP, CONFIDENTIAL)]
    return tuple((tr(one.text), counted.get(one.code, 0)) for one in choices)


def _totals(sheet: MonthSheet) -> tuple[Line, ...]:
    return (
        (tr("Contacts signed by me"), sheet.contacts),
        (tr("Visits declined, respected"), sheet.declined),
        (tr("Books or materials asked for"), sheet.materials),
        (tr("Confidential encounters, whole chaplaincy"), sheet.encounters),
        (tr("Gatherings for worship, whole chaplaincy"), sheet.gatherings),
        (tr("Came to worship in all, whole chaplaincy"), sheet.worship),
    )
