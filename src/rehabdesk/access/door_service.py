"""The door of one desk: unlock it, prove a passphrase again, come in with a recovery card."""

from dataclasses import replace
from pathlib import Path

from rehabdesk.access.files_store import DeskFiles
from rehabdesk.access.keys_service import Keys, read_key_file
from rehabdesk.access.service import Desk
from rehabdesk.access.unlock_service import Means, hold_keys, open_desk, unlock
from rehabdesk.core.errors import StorageError, UserError, WrongKey
from rehabdesk.core.i18n import tr
from rehabdesk.seals.kdf import KdfCost
from rehabdesk.seals.keyfile import make_recovery_slot, make_slot, open_recovery_slot
from rehabdesk.seals.passphrase import require_passphrase


class Door:
    """`cost`: of the slots that are made here; None measures the machine when one is needed."""

    def __init__(self, folder: Path, means: Means, *, profile: Path | None = None, cost: KdfCost | None = None) -> None:
        self.folder, self.means, self.profile, self.cost = folder, means, profile, cost

    def unlock(self, sign_in: str, passphrase: str) -> Desk:
        """Takes about a second. As `unlock_service.unlock`."""
        return unlock(self.folder, sign_in, passphrase, self.means, profile=self.profile)

    def keys(self, sign_in: str, passphrase: str) -> Keys:
        """A login's keys, opened afresh: what an act that binds the site asks for. Takes about a second."""
        return hold_keys(self._files(), sign_in, passphrase, self.means)

    def come_in_with_card(self, sign_in: str, card: str, passphrase: str) -> Desk:
        """Opens the desk by a recovery card and sets a new passphrase. The card then opens nothing any more.

        UserError for characters that are not those of a card, or a passphrase that is too weak; WrongKey for a card
        that is not this login's.
        """
        files, cost = self._files(), self.cost or KdfCost()
        files.require_vault()
        key_file, _ = read_key_file(files, self.means.cost)
        newest = key_file.history[-1].statement
        wanted = sign_in.strip().casefold()
        uid = next((each for each, user in newest.users.items() if user.sign == wanted), None)
        slot = None if uid is None else key_file.recovery_slots.get(uid)
        if uid is None or slot is None:
            raise WrongKey(tr("That card does not open that name. Check both, then try again."))
        require_passphrase(passphrase, names=[wanted])
        try:
            identity, genesis = open_recovery_slot(slot, vault=key_file.vault, uid=uid, card=card)
        except WrongKey:
            raise WrongKey(tr("That card does not open that name. Check both, then try again.")) from None
        fresh = make_slot(
            vault=key_file.vault,
            uid=uid,
            passphrase=passphrase,
            identity=identity,
            genesis=genesis,
            cost=cost,
            ctr=key_file.slots[uid].ctr + 1,
            bounds=self.means.cost.bounds,
        )
        left = {each: kept for each, kept in key_file.recovery_slots.items() if each != uid}
        changed = replace(key_file, recovery_slots=left).with_slot(uid, fresh)
        keys = Keys(uid=uid, identity=identity, genesis=genesis, key_file=changed)
        # first the desk: a card of somebody who is no member any more changes nothing
        desk = open_desk(files, keys, self.means, deed="recovered")
        try:
            files.write_key_file(changed.dump(), keep_previous=False)
        except (StorageError, UserError):
            desk.lock()
            raise
        desk.keep_pins()
        return desk

    def _files(self) -> DeskFiles:
        return DeskFiles(self.folder, self.profile)


def print_recovery_card(desk: Desk) -> str:
    """A new recovery card of this login: 40 characters, shown once; an older card opens nothing any more."""
    keys = desk.keys
    key_file = keys.key_file
    older = key_file.recovery_slots.get(keys.uid)
    slot, characters = make_recovery_slot(
        vault=key_file.vault,
        uid=keys.uid,
        identity=keys.identity,
        genesis=keys.genesis,
        ctr=1 if older is None else older.ctr + 1,
    )
    changed = replace(key_file, recovery_slots={**key_file.recovery_slots, keys.uid: slot})
    desk.files.write_key_file(changed.dump(), keep_previous=False)
    keys.adopt(changed)
    desk.log("recovery_card")
    return characters
