"""Bringing in the list of a registry: read, shown, then all in one transaction or nothing (domain.md 11.2)."""

from collections.abc import Collection
from pathlib import Path

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.access.turn_service import Report
from rehabdesk.core.clock import local_day
from rehabdesk.core.errors import StorageError, UserError
from rehabdesk.core.files import read_limited
from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.payload import to_payload
from rehabdesk.core.text import isolate_ltr
from rehabdesk.db.projection import TEAM, NewRecord
from rehabdesk.people import sound_store, store
from rehabdesk.people.import_model import MOST_BYTES, too_large
from rehabdesk.people.import_rows_model import Incoming, Known, Plan, Site
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import PAYLOAD_VERSION, Placement

DEED = "import"


class Imports:
    """Lists brought into one unlocked desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def known(self) -> tuple[Known, ...]:
        """Who is in the register already: plain values for the job that reads the list."""
        self._require()
        return sound_store.known(self._desk.index(TEAM))

    def raw(self, path: Path) -> bytes:
        """The file that was chosen. UserError where it cannot be read or is larger than a list may be."""
        try:
            if path.is_file() and path.stat().st_size > MOST_BYTES:
                raise UserError(too_large(), field="file")
            return read_limited(path, MOST_BYTES)
        except (StorageError, OSError):
            sentence = tr("The file {name} cannot be read. Check the name and the medium.")
            raise UserError(sentence.format(name=isolate_ltr(path.name)), field="file") from None

    def site(self, stage: Stage | None) -> Site:
        """What the list does not say. `stage`: of lines that name none."""
        return Site(country=self._desk.settings().country, today=local_day(self._desk.clock), stage=stage)

    def bring_in(self, plan: Plan, likes: Collection[int], report: Report) -> int:
        """Writes everybody of the list and gives how many; for a job, because it takes seconds.

        Left out: who is in the register by case number, and who is like somebody, unless their line is in `likes`.
        UserError with a wrong line left, or nobody to bring in. What `report` raises undoes all of it.
        """
        self._require()
        if plan.wrong:
            raise UserError(
                ntr(
                    "{count} line is wrong. Mend it in the file and choose the file again.",
                    "{count} lines are wrong. Mend them in the file and choose the file again.",
                    len({one.line for one in plan.wrong}),
                )
            )
        chosen = [one for one in plan.people if comes_in(one, likes)]
        if not chosen:
            raise UserError(tr("Everybody in this list is in the register already, or was left out."))
        self._desk.require_current(TEAM)
        index = self._desk.index(TEAM)
        for one in chosen:
            if store.id_of_case_ref(index, one.details.case_ref) is not None:
                raise UserError(tr("The register changed meanwhile. Choose the file again."))
        items = [item for one in chosen for item in self._records(one)]
        extra = {"count": len(chosen), "left_out": len(plan.people) - len(chosen)}
        self._desk.commit(DEED, items, extra=extra, report=report)
        return len(chosen)

    def _records(self, one: Incoming) -> list[NewRecord]:
        person = self._desk.ids()
        things: list[tuple[str, object]] = [(store.PERSON, one.details), (store.LEGAL, one.legal)]
        if one.unit:
            name = self._desk.settings().name
            things.append((store.PLACEMENT, Placement(establishment=name, since=one.legal.since, unit=one.unit)))
        return [
            NewRecord(comp=TEAM, kind=kind, pv=PAYLOAD_VERSION, person=person, payload=to_payload(thing))
            for kind, thing in things
        ]

    def _require(self) -> None:
        if self._desk.role is not Role.CO:
            raise UserError(tr("A case officer brings in a list."))


def comes_in(one: Incoming, likes: Collection[int]) -> bool:
    """Whether a line is brought in; `likes` are the lines that come in although they are like somebody."""
    return not one.in_register and (not one.like or one.line in likes)
