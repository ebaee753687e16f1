"""The site's card key in the hands of a login that holds a letter with it (packet.md 7.2)."""

from rehabdesk.access.service import Desk
from rehabdesk.core.canon import dump, unb64
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.db.projection import HOUSE
from rehabdesk.handover import trust_store as store
from rehabdesk.handover.trust_model import CardKey
from rehabdesk.seals.certificates import KeyPair
from rehabdesk.seals.wrap import hpke_open


def card_key(desk: Desk) -> KeyPair:
    """UserError for anybody but the administrators and supervisors to whom it was sealed."""
    kept = store.newest(desk.index(HOUSE), store.CARD_KEY, CardKey)
    sealed = None if kept is None else kept.sealed.get(desk.uid)
    if kept is None or sealed is None:
        raise UserError(tr("You do not hold the site's card key. A supervisor or administrator who holds it signs."))
    private = hpke_open(desk.keys.identity.private_x, unb64(sealed), dump(["rd/cardkey/1", desk.vault_id, desk.uid]))
    return KeyPair(private=private, certificate=unb64(kept.certificate))
