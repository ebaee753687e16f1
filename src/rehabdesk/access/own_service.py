"""Drafts and small secrets of the login that is unlocked: nobody else opens them, and they are outside the chain."""

from collections.abc import Mapping

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys
from rehabdesk.access.model import Draft, written_form
from rehabdesk.core.canon import Json, dump, parse_object
from rehabdesk.core.clock import parse_stamp
from rehabdesk.core.errors import FormatError, Full, SealBroken, StorageError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.ids import Ids
from rehabdesk.db.shred import Shred
from rehabdesk.db.space import Ballast
from rehabdesk.db.truth import Truth
from rehabdesk.seals.aead import open_blob, seal_blob

_SECRET = "secret:"  # noqa: S105 - the kind of own rows that hold small secrets of the login
_DRAFT = "draft:"


class OwnWriting:
    """What only this login may read, in the truth file; on a full disk in `rescue/`."""

    def __init__(self, *, files: DeskFiles, keys: Keys, truth: Truth, shred: Shred, ballast: Ballast, ids: Ids) -> None:
        self._files, self._keys, self._truth = files, keys, truth
        self._shred, self._ballast, self._ids = shred, ballast, ids

    def save_draft(self, kind: str, payload: Mapping[str, Json], person: str | None, draft_id: str | None) -> str:
        did = draft_id or self._ids()
        content = written_form({"payload": dict(payload)} | ({} if person is None else {"person": person}))
        try:
            self._ballast.make_room_for(lambda: self._put(did, _DRAFT + kind, content))
        except Full:
            form = dump({"kind": _DRAFT + kind, "content": content.decode("utf-8")})
            sealed = seal_blob(self._keys.pin_key(), form, self._rescue_aad(did))
            self._files.keep_rescue(self._keys.uid, did, sealed)
        return did

    def drafts(self, kind: str | None) -> tuple[Draft, ...]:
        """Oldest first. A row of another form is passed over: it was written by a newer version."""
        found = []
        for row in self._truth.own.rows(None if kind is None else _DRAFT + kind):
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
        self._ballast.make_room_for(lambda: self._truth.commit("drop_draft", drop_own=(draft_id,)))

    def keep_secret(self, name: str, secret: bytes) -> None:
        older = self._truth.own.rows(_SECRET + name)
        did = older[0].did if older else self._ids()
        self._ballast.make_room_for(lambda: self._put(did, _SECRET + name, secret))

    def secret(self, name: str) -> bytes | None:
        found = self._truth.own.rows(_SECRET + name)
        return found[0].payload if found else None

    def take_back_rescued(self) -> None:
        """Drafts that found no room go back to where drafts are. One that does not open stays where it is."""
        for did, sealed in self._files.rescued(self._keys.uid):
            try:
                form = parse_object(open_blob(self._keys.pin_key(), sealed, self._rescue_aad(did)))
                kind, content = form.get("kind"), form.get("content")
                if isinstance(kind, str) and isinstance(content, str):
                    self._put(did, kind, content.encode("utf-8"))
                    self._files.drop_rescue(self._keys.uid, did)
            except (SealBroken, FormatError, StorageError):
                continue

    def _put(self, did: str, kind: str, content: bytes) -> None:
        sid = self._truth.own.sid(did) or self._shred.new_sid()
        self._truth.own.put(did, kind, sid, content)

    def _rescue_aad(self, did: str) -> bytes:
        return dump(["rescue", self._keys.vault, self._keys.uid, did])
