"""The site's own checklist and days of rest: the administrator keeps them as signed records of the house (5.3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.declared import DeclarationError
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate_ltr
from rehabdesk.db.projection import HOUSE, Index, NewRecord
from rehabdesk.readiness import site_store as store
from rehabdesk.readiness.model import Template
from rehabdesk.readiness.rest_model import Holiday, RestDays
from rehabdesk.readiness.site_model import SITE_TEMPLATE, SiteTemplate, changed_offsets, with_offsets
from rehabdesk.readiness.template_service import Templates, load_weekends, offsets_from, template_text

PAYLOAD_VERSION = 1
MAY_EDIT = frozenset({Role.ADM})
LARGEST_FILE = 256 << 10
"""Bytes; the supplied template has a tenth of it."""


class SiteChecklists:
    """The templates of one unlocked desk: those of the program and the site's copies. Everybody may read them."""

    def __init__(self, desk: Desk, supplied: Templates) -> None:
        self._desk, self.supplied = desk, supplied

    # templates

    @property
    def may_edit(self) -> bool:
        return self._desk.role in MAY_EDIT

    @property
    def base(self) -> Template:
        """The template of the program that a copy starts from."""
        return self.supplied.newest

    @property
    def newest(self) -> Template:
        """What new lists are made with; lists that are open keep the version that they were made with."""
        copy = store.newest_template(self._index)
        return self.base if copy is None else self._whole(copy)

    def template(self, code: str, version: int) -> Template:
        """UserError for one that this desk does not know."""
        if code == SITE_TEMPLATE and (copy := store.template(self._index, version)) is not None:
            return self._whole(copy)
        return self.supplied.template(code, version)

    def set_offset(self, code: str, offset: int) -> Template:
        """Another day for one item: a new version of the site's copy."""
        offsets = {item.code: item.offset for item in self.newest.items}
        if offsets.get(code) == offset:
            raise UserError(tr("That is the number of days already."), field="offset")
        return self._keep(offsets | {code: offset})

    def take_file(self, name: str, content: bytes) -> Template:
        """The offsets of a file that has the form of the supplied one. UserError names file, line and key."""
        if len(content) > LARGEST_FILE:
            raise UserError(tr("That file is too large for a checklist."), field="file")
        try:
            offsets = offsets_from(content.decode("utf-8"), PurePath(name).name, self.base)
        except UnicodeDecodeError:
            raise UserError(tr("That file is no text in UTF-8."), field="file") from None
        except DeclarationError as wrong:
            sentence = tr("Nothing was taken over. {place}: {what}.")
            place = tr("{file}, line {line}, {key}").format(
                file=isolate_ltr(wrong.file), line=wrong.line, key=isolate_ltr(wrong.key)
            )
            raise UserError(sentence.format(place=place, what=isolate_ltr(wrong.what)), field="file") from None
        if offsets == {item.code: item.offset for item in self.newest.items}:
            raise UserError(tr("The file says what holds already."), field="file")
        return self._keep(offsets)

    def use_supplied(self) -> Template:
        """Back to the offsets of the program, as a new version."""
        return self._keep({item.code: item.offset for item in self.base.items})

    def restore(self, before: Template) -> Template:
        """The days of an earlier template, as a new version: for undo."""
        return self._keep({item.code: item.offset for item in before.items})

    def file_text(self) -> str:
        """The template that holds now, to be changed outside and taken back."""
        return template_text(replace(self.newest, code=self.base.code, version=self.base.version))

    # days of rest

    @property
    def rest_days(self) -> RestDays:
        """What the site keeps, or the weekend of its country without holidays."""
        kept = store.rest_days(self._index)
        return RestDays(weekend=self.country_weekend) if kept is None else kept

    @property
    def country_weekend(self) -> tuple[int, ...]:
        """Weekdays, Monday is 0."""
        return load_weekends(self._desk.settings().country)

    def set_weekend(self, weekend: tuple[int, ...]) -> RestDays:
        return self._keep_days(replace(self.rest_days, weekend=tuple(sorted(weekend))))

    def add_holiday(self, day: date, name: str) -> RestDays:
        """UserError where the day is in the list."""
        holidays = (*self.rest_days.holidays, Holiday(day=day, name=name.strip()))
        return self._keep_days(
            replace(self.rest_days, holidays=tuple(sorted(holidays, key=lambda each: (each.day, each.name))))
        )

    def drop_holiday(self, day: date) -> RestDays:
        days = self.rest_days
        return self._keep_days(replace(days, holidays=tuple(each for each in days.holidays if each.day != day)))

    # inside

    @property
    def _index(self) -> Index:
        return self._desk.index(HOUSE)

    def _whole(self, copy: SiteTemplate) -> Template:
        return with_offsets(self.supplied.template(copy.base, copy.base_version), copy)

    def _keep(self, offsets: Mapping[str, int]) -> Template:
        self._require()
        base, newest = self.base, store.newest_template(self._index)
        copy = SiteTemplate(
            version=1 if newest is None else newest.version + 1,
            base=base.code,
            base_version=base.version,
            offsets=changed_offsets(base, offsets),
        )
        self._write("checklist_template", store.TEMPLATE, copy)
        return self._whole(copy)

    def _keep_days(self, days: RestDays) -> RestDays:
        self._require()
        self._write("rest_days", store.REST_DAYS, days)
        return days

    def _write(self, deed: str, kind: str, thing: object) -> None:
        payload = to_payload(thing)
        self._desk.commit(deed, [NewRecord(comp=HOUSE, kind=kind, pv=PAYLOAD_VERSION, person=None, payload=payload)])

    def _require(self) -> None:
        if not self.may_edit:
            raise UserError(tr("Only the administrator keeps the site's checklist and days of rest."))
