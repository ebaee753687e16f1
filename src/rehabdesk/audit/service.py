"""Checks of the desk: quick at unlock (in `access`), running and full here, in steps that give way to other work."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from rehabdesk.access.attach_service import ATTACH_DEED, chunk_fault, stray_chunks
from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Cost, read_key_file
from rehabdesk.access.pins_service import keep_pin
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import author_signed, genesis_of
from rehabdesk.audit import store
from rehabdesk.audit.model import Finding, Health, Level
from rehabdesk.audit.store import Walked, opens, page_faults, unaudited_rows, walk_chain
from rehabdesk.core.errors import Missing, StorageError, Tampered
from rehabdesk.core.i18n import tr
from rehabdesk.db.chain import Entry
from rehabdesk.db.projection import OWN, family_of, own_comp
from rehabdesk.seals.membership import replay, statement_hash
from rehabdesk.seals.record import is_letter

Progress = Callable[[int, int], None]
"""(entries looked at, entries in all)."""

_PLAIN_HEADER = b"SQLite format 3"


class Audit:
    """What a login can find out about the desk that it has open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, level: Level, progress: Progress | None = None) -> Health:
        """`running`: pages, chain, records, signatures since the last full check; `full`: signatures, authors, salts.

        A full check that finds nothing is remembered in the pin, so that the next running check starts there.
        """
        steps = self.steps(level)
        total = self._desk.truth.head().n
        done = 0
        try:
            while True:
                next(steps)
                done += 1
                if progress is not None and done % 1000 == 0:
                    progress(done, total)
        except StopIteration as finished:
            health: Health = finished.value  # what `steps` returned
        if level is Level.FULL and health.ok:
            desk = self._desk
            known = desk.known_time.latest()
            keep_pin(desk.files, desk.keys, desk.truth.head(), desk.clock.now(), known=known, checked=total)
        return health

    def steps(self, level: Level) -> Generator[None, None, Health]:
        """The same check one entry at a time; the generator's return value is the Health."""
        desk, truth = self._desk, self._desk.truth
        findings = _page_findings(desk)
        pin = desk.pin
        verify_after = 0 if level is Level.FULL or pin is None else pin.checked
        walked = Walked()
        history = desk.keys.key_file.history
        attached: dict[str, Entry] = {}
        for entry in walk_chain(
            truth,
            desk.sealer,
            verify=self._verify,
            verify_after=verify_after,
            statement_hashes={step.statement.gen: statement_hash(step.statement).hex() for step in history},
            walked=walked,
        ):
            if level is Level.FULL and (problem := self._author_problem(entry)) is not None:
                findings.append(problem)
            if entry.a == ATTACH_DEED and entry.h:
                attached[entry.r] = entry
            yield
        findings += [_fault_finding(fault.code, fault.n) for fault in walked.faults]
        for row in unaudited_rows(truth, walked):
            findings.append(_finding("record_without_entry", row.rid))
            yield
        yield from self._check_attachments(attached, level, findings)
        if level is Level.FULL:
            yield from self._check_rows(findings)
        return Health(level=level, records=walked.records, entries=walked.entries, findings=tuple(findings))

    def _verify(self, uid: str, gen: int, h: bytes, sig: bytes) -> bool:
        return author_signed(self._desk.keys, store.signed_by(uid, gen), h, sig)

    def _author_problem(self, entry: Entry) -> Finding | None:
        """Whether the author was an active login of that generation, and a member of the compartment (or
        wrote a letter).
        """
        for step in self._desk.keys.key_file.history:
            if step.statement.gen == entry.g:
                break
        else:
            return _fault_finding("generation_unknown", entry.n)
        statement = step.statement
        if entry.u not in statement.active():
            return _fault_finding("author_not_active", entry.n)
        comp = statement.comps.get(entry.c)
        to_login = family_of(entry.c) == OWN
        if not entry.h or (comp is None and not to_login) or (comp is not None and entry.u in comp.members):
            return None
        if to_login and entry.c not in map(own_comp, statement.active()):
            return _fault_finding("letter_to_nobody", entry.n)
        row = self._desk.truth.row_of(entry)
        return None if row is not None and is_letter(row.ct) else _fault_finding("author_not_member", entry.n)

    def _check_attachments(self, attached: dict[str, Entry], level: Level, findings: list[Finding]) -> Iterator[None]:
        """Every chunk that the log names is there, in a full check byte for byte; and no other. Needs no key."""
        named: dict[str, int] = {}
        for rid, entry in attached.items():
            chunks = entry.x.get("chunks")
            named[rid] = chunks if isinstance(chunks, int) else 0
            if (code := chunk_fault(self._desk, entry, contents=level is Level.FULL)) is not None:
                findings.append(_finding(code, rid))
            yield
        findings += [_finding("attachment_extra", name) for name in stray_chunks(self._desk, named)]

    def _check_rows(self, findings: list[Finding]) -> Iterator[None]:
        """Every sid has a salt or a tombstone; what this login's keys open, opens."""
        for row in self._desk.truth.rows_after(0):
            if self._desk.shred.salt(row.sid) is None and not self._desk.shred.is_gone(row.sid):
                findings.append(_finding("salt_missing", row.rid))
            elif opens(row, self._desk.sealer) is False:
                findings.append(_finding("record_does_not_open", row.rid))
            yield


def check_files(files: DeskFiles, cost: Cost) -> Health:
    """What can be judged with no key: key file, membership signatures, that the files are there and encrypted."""
    findings: list[Finding] = []
    try:
        key_file, older = read_key_file(files, cost)
    except StorageError as error:
        code = "key_file_missing" if isinstance(error, Missing) else "key_file_damaged"
        finding = Finding(code=code, where=files.key_file.name, sentence=error.sentence)
        return Health(level=Level.NO_KEY, records=0, entries=0, findings=(finding,))
    if older:
        findings.append(_finding("key_file_torn", files.key_file.name))
    try:
        statement = replay(key_file.history, genesis_of(key_file))
    except Tampered as error:
        findings.append(Finding(code="membership", where=files.key_file.name, sentence=error.sentence))
        statement = key_file.history[-1].statement
    for name in (statement.db, statement.shred):
        findings += _file_findings(files.folder / name)
    return Health(level=Level.NO_KEY, records=0, entries=0, findings=tuple(findings))


def _file_findings(path: Path) -> list[Finding]:
    if not path.exists():
        return [_finding("file_missing", path.name)]
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            return [_finding("file_not_encrypted", path.name)]
    return []


def _page_findings(desk: Desk) -> list[Finding]:
    name = desk.truth.connection.path.name
    return [_finding("pages", f"{name}: {fault}") for fault in page_faults(desk.truth)]


def _fault_finding(code: str, n: int) -> Finding:
    return _finding(code, f"entry {n}")


def _finding(code: str, where: str) -> Finding:
    return Finding(code=code, where=where, sentence=f"{_WORDS[code]()} ({where})")


_WORDS: dict[str, Callable[[], str]] = {
    "pages": lambda: tr("The pages of a file do not fit together. Use the latest backup."),
    "entry_missing": lambda: tr("An entry of the log is missing. Compare with a backup."),
    "entry_unreadable": lambda: tr("An entry of the log cannot be read. Compare with a backup."),
    "chain_broken": lambda: tr("The chain of the log is broken here. Compare with a backup."),
    "generation_fell": lambda: tr("The log goes back to an older membership here. Compare with a backup."),
    "statement_not_named": lambda: tr("The log does not name the membership that began here. Compare with a backup."),
    "signature": lambda: tr("An entry is not signed by the login that it names. Compare with a backup."),
    "record_missing": lambda: tr("A record that the log names is missing. Compare with a backup."),
    "record_changed": lambda: tr("A record is not the one that the log names. Compare with a backup."),
    "record_without_entry": lambda: tr("A record stands in no entry of the log. Somebody put it there by other means."),
    "record_does_not_open": lambda: tr("A record does not open with its key. Ask its author; use a backup."),
    "salt_missing": lambda: tr("What opens a record is missing and nobody erased it. Use the latest backup."),
    "generation_unknown": lambda: tr("An entry names a membership that never was. Compare with a backup."),
    "author_not_active": lambda: tr("An entry was written by a login that was not active."),
    "author_not_member": lambda: tr("A record was written by a login that holds no key for it."),
    "letter_to_nobody": lambda: tr("A letter is addressed to a login that was not active."),
    "attachment_missing": lambda: tr("A piece of an attachment is missing. Use the latest backup."),
    "attachment_damaged": lambda: tr("An attachment is not the one that the log names. Use the latest backup."),
    "attachment_extra": lambda: tr("A file lies among the attachments that no record names."),
    "key_file_torn": lambda: tr("The key file is torn and the previous one is in use. Make a backup today."),
    "file_missing": lambda: tr("A file of the desk is missing. Look for it in the latest backup."),
    "file_not_encrypted": lambda: tr("A file of the desk is not encrypted. Do not use it."),
}
