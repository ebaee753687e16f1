"""Drafts and small secrets of the login that is unlocked: nobody else opens them, and they are outside the chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Draft, written_form
from rehabdesk.core.canon import Json, dump, parse_object
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import FormatError, Full, SealBroken, StorageError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import Ids
from rehabdesk.db.own import OwnRow
from rehabdesk.db.shred import Shred
from rehabdesk.db.space import Ballast
from rehabdesk.db.truth import Truth
from rehabdesk.seals.aead import open_blob, seal_blob

_SECRET = "secret:"  # noqa: S105 - the kind of own rows that hold small secrets of the login
_DRAFT = "draft:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """A draft that no file of this desk took: sealed to its owner, in the form that lies in `rescue/`."""

    uid: str
    did: str
    sealed: bytes


class OwnWriting:
    """What only this login may read, in the truth file; on a full disk in `rescue/`.

    What neither takes is held here, sealed, until a later attempt works: the successor of a locked process gets it.
    """

    def __init__(self, *, files: DeskFiles, keys: Keys, truth: Truth, shred: Shred, ballast: Ballast, ids: Ids) -> None:
        self._files, self._keys, self._truth = files, keys, truth
        self._shred, self._ballast, self._ids = shred, ballast, ids
        self._rescued: dict[str, OwnRow] = {}
        """Drafts of this session that lie in `rescue/` and are newer than what the truth file holds of them."""
        self._unwritten: dict[str, Unwritten] = {}
        self._new: dict[tuple[str, str | None], str] = {}
        """Ids of new drafts that were not written: the next attempt writes the same one."""

    def save_draft(self, kind: str, payload: Mapping[str, Json], person: str | None, draft_id: str | None) -> str:
        did = draft_id or self._new.get((kind, person)) or self._ids()
        content = written_form({"payload": dict(payload)} | ({} if person is None else {"person": person}))
        try:
            self._write(did, _DRAFT + kind, content)
        except BaseException:
            if draft_id is None:
                self._new[kind, person] = did
            self._unwritten[did] = Unwritten(
                uid=self._keys.uid, did=did, sealed=self._sealed(did, _DRAFT + kind, content)
            )
            raise
        self._unwritten.pop(did, None)
        self._new.pop((kind, person), None)
        return did

    def unwritten(self) -> tuple[Unwritten, ...]:
        """The newest state of each draft that could not be written."""
        return tuple(self._unwritten.values())

    def drafts(self, kind: str | None) -> tuple[Draft, ...]:
        """Oldest first. A row of another form is passed over: it was written by a newer version."""
        found = []
        rows = {row.did: row for row in self._truth.own.rows(None if kind is None else _DRAFT + kind)}
        newer = {did: row for did, row in self._rescued.items() if kind is None or row.kind == _DRAFT + kind}
        for row in (rows | newer).values():
            if not row.kind.startswith(_DRAFT):
                continue
            content = parse_object(row.payload)
            payload, person = content.get("payload"), content.get("person")
            if isinstance(payload, dict) and (person is None or isinstance(person, str)):
                found.append(
                    Draft(
                        id=row.did,
                        kind=row.kind.removeprefix(_DRAFT),
                        person=person,
                        payload=payload,
                        made=parse_stamp(row.made),
                        changed=parse_stamp(row.changed),
                    )
                )
        return tuple(found)

    def draft(self, draft_id: str) -> Draft:
        for found in self.drafts(None):
            if found.id == draft_id:
                return found
        raise UserError(tr("That draft is not there any more."))

    def drop_draft(self, draft_id: str) -> None:
        self.draft(draft_id)
        self.bring_in((draft_id,))
        self._ballast.make_room_for(lambda: self._truth.commit("drop_draft", drop_own=(draft_id,)))

    def forget_draft(self, draft_id: str) -> None:
        """As `drop_draft`, without an entry: an unfinished form whose act is logged itself, or that was left."""
        self._drop_rescue(draft_id)
        self._unwritten.pop(draft_id, None)
        self._ballast.make_room_for(lambda: self._truth.own.forget(draft_id))

    def forget_new(self, kind: str, person: str | None) -> None:
        """As `forget_draft`, for a new draft that was never written."""
        self._unwritten.pop(self._new.pop((kind, person), ""), None)

    def bring_in(self, draft_ids: Sequence[str]) -> None:
        """The newest state of these drafts goes into the truth file, so that nothing older comes back once they are
        dropped. StorageError while it takes nothing.
        """
        for did in draft_ids:
            row, unwritten = self._rescued.get(did), self._unwritten.get(did)
            if unwritten is not None:
                self._write(did, *self._unsealed(did, unwritten.sealed))
                del self._unwritten[did]
            elif row is not None:
                self._write(did, row.kind, row.payload)
            if did in self._rescued:
                raise Full(tr("The disk is full. Free some space, then try again."))

    def keep_secret(self, name: str, secret: bytes) -> None:
        older = self._truth.own.rows(_SECRET + name)
        did = older[0].did if older else self._ids()
        self._ballast.make_room_for(lambda: self._put(did, _SECRET + name, secret))

    def secret(self, name: str) -> bytes | None:
        found = self._truth.own.rows(_SECRET + name)
        return found[0].payload if found else None

    def take_back(self, name: str, sealed: bytes) -> None:
        """Takes back a copy from a stick, whose file has that name; a newer draft is never replaced by it.

        UserError where it is not a draft of this login on this desk.
        """
        did = name.partition("-")[2]
        try:
            kind, content = self._unsealed(did, sealed)
        except (SealBroken, FormatError):
            raise UserError(tr("That file is no draft of yours from this desk. Choose another one.")) from None
        there = {row.did: row.payload for row in self._truth.own.rows(kind)}
        if there.get(did) == content:
            return
        self._write(self._ids() if did in there else did, kind, content)

    def take_back_rescued(self) -> None:
        """Drafts that found no room go back to where drafts are. One that does not open, or is still too much for the
        disk, stays where it is.
        """
        for did, sealed in self._files.rescued(self._keys.uid):
            try:
                kind, content = self._unsealed(did, sealed)
                self._put(did, kind, content)
                self._files.drop_rescue(self._keys.uid, did)
            except (SealBroken, FormatError, StorageError, UserError):
                continue

    def _write(self, did: str, kind: str, content: bytes) -> None:
        """Into the truth file; where the disk is full, into `rescue/`."""
        try:
            self._ballast.make_room_for(lambda: self._put(did, kind, content))
        except Full:
            self._files.keep_rescue(self._keys.uid, did, self._sealed(did, kind, content))
            now = self._truth.own.now()
            self._rescued[did] = OwnRow(did=did, kind=kind, payload=content, made=now, changed=now)
            return
        self._drop_rescue(did)

    def _drop_rescue(self, did: str) -> None:
        """What lies in `rescue/` is older now: at the next unlock it would replace the newer one."""
        if did in self._rescued:
            self._files.drop_rescue(self._keys.uid, did)
            del self._rescued[did]

    def _put(self, did: str, kind: str, content: bytes) -> None:
        sid = self._truth.own.sid(did) or self._shred.new_sid()
        self._truth.own.put(did, kind, sid, content)

    def _sealed(self, did: str, kind: str, content: bytes) -> bytes:
        form = dump({"kind": kind, "content": content.decode("utf-8")})
        return seal_blob(self._keys.pin_key(), form, self._rescue_aad(did))

    def _unsealed(self, did: str, sealed: bytes) -> tuple[str, bytes]:
        """Kind and content. SealBroken, FormatError for what this login did not seal so."""
        form = parse_object(open_blob(self._keys.pin_key(), sealed, self._rescue_aad(did)))
        kind, content = form.get("kind"), form.get("content")
        if not isinstance(kind, str) or not isinstance(content, str) or not kind.startswith(_DRAFT):
            raise FormatError(tr("That file is no draft of yours from this desk. Choose another one."))
        return kind, content.encode("utf-8")

    def _rescue_aad(self, did: str) -> bytes:
        return dump(["rescue", self._keys.vault, self._keys.uid, did])
