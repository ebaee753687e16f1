"""What `rehabdesk check` does and prints (product.md): exit status 0 only when all is well."""

import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import RELEASE_COST, Cost
from rehabdesk.access.unlock_service import CLOCK_BACK, Means, unlock
from rehabdesk.audit.model import Finding, Health, Level
from rehabdesk.audit.service import Audit, check_files
from rehabdesk.core.clock import SystemClock
from rehabdesk.core.errors import Damaged, Missing, Tampered, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import SystemIds
from rehabdesk.db.projection import Projection

WELL, NOT_WELL, CANNOT_SAY = 0, 1, 2


def check_vault(
    folder: Path,
    *,
    full: bool,
    sign_in: str | None,
    passphrase_file: str | None,
    as_json: bool,
    projections: Sequence[Projection],
    cost: Cost = RELEASE_COST,
) -> int:
    """Prints the health of a vault and gives the exit status. Without `sign_in` only what needs no key is judged."""
    files = DeskFiles(folder)
    try:
        files.require_vault()
    except Missing:
        pass  # a vault without its key file is not well: said below like every other finding
    health = check_files(files, cost)
    if sign_in is not None and not health.findings:
        passphrase = _read_passphrase(passphrase_file)
        health = _check_as(folder, sign_in, passphrase, full=full, projections=projections, cost=cost)
    if as_json:
        print(json.dumps(_plain(health), ensure_ascii=False))
    else:
        _print(health)
    if health.findings:
        return NOT_WELL
    return WELL if health.ok else CANNOT_SAY


def _check_as(
    folder: Path, sign_in: str, passphrase: str, *, full: bool, projections: Sequence[Projection], cost: Cost
) -> Health:
    clock = SystemClock()
    level = Level.FULL if full else Level.RUNNING
    means = Means(clock=clock, ids=SystemIds(clock), projections=projections, cost=cost, progress=_say_index)
    try:
        desk = unlock(folder, sign_in, passphrase, means)
        try:
            health = Audit(desk).check(level, _say_entries)
            noticed = tuple(
                Finding(code=notice.code, where=folder.name, sentence=notice.sentence)
                for notice in desk.notices
                if notice.code != CLOCK_BACK  # says something of the computer, nothing of the vault
            )
        finally:
            desk.lock()
    except (Damaged, Tampered, Missing) as error:
        code = {Damaged: "file_damaged", Tampered: "tampered", Missing: "file_missing"}[type(error)]
        finding = Finding(code=code, where=folder.name, sentence=error.sentence)
        return Health(level=level, records=0, entries=0, findings=(finding,))
    return Health(level=level, records=health.records, entries=health.entries, findings=(*health.findings, *noticed))


def _read_passphrase(source: str | None) -> str:
    """From the terminal, a file, or standard input (`-`); one line, never an argument."""
    try:
        if source is None:
            return getpass.getpass(tr("Passphrase: "))
        if source == "-":
            return sys.stdin.readline().rstrip("\n")
        return Path(source).read_text("utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError):
        raise UserError(tr("The passphrase file cannot be read. Name another one.")) from None
    except EOFError:
        raise UserError(tr("No passphrase was given.")) from None


def _plain(health: Health) -> dict[str, object]:
    return {
        "ok": health.ok,
        "level": str(health.level),
        "records": health.records,
        "entries": health.entries,
        "findings": [
            {"code": found.code, "where": found.where, "sentence": found.sentence} for found in health.findings
        ],
    }


def _print(health: Health) -> None:
    for found in health.findings:
        print(found.sentence)
    if health.ok:
        counts = {"records": health.records, "entries": health.entries}
        print(tr("All is well: {records} records, {entries} entries of the log.").format(**counts))
    elif not health.findings:
        print(
            tr(
                "The files are there and the membership is signed. Whether the records are whole can only be said "
                "by somebody who signs in (--sign-in)."
            )
        )


def _say_index(comp: str, done: int, total: int) -> None:
    _progress(tr("Bringing the index of {comp} up to date").format(comp=comp), done, total)


def _say_entries(done: int, total: int) -> None:
    _progress(tr("Checking the log"), done, total)


def _progress(what: str, done: int, total: int) -> None:
    if total > 2000 and sys.stderr.isatty():
        print(f"\r{what}: {done} / {total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
