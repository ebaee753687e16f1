"""Keys of clinicians: a psychologist's own, which opens annexes sent here, and those to which annexes go."""

from datetime import date

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import digits24
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import to_payload
from rehabdesk.db.projection import HOUSE, NewRecord
from rehabdesk.handover.annex import clinician_store as store
from rehabdesk.handover.annex.clinician_model import Clinician, NewClinician, require_same
from rehabdesk.handover.annex.clinician_pdf import key_card
from rehabdesk.handover.trust.trust_model import Confirmation
from rehabdesk.seals import sealing

OWN_KEY = "clinician_key"
"""Name of the own row that holds a psychologist's secret age key: no compartment and nobody else has it."""
CLINICIANS = frozenset({Role.PSY, Role.CSUP})


class ClinicianKeys:
    """The own key of one login, and the clinicians that the desk knows. UserError for who is no psychologist."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_use(self) -> bool:
        return self._desk.role in CLINICIANS

    # the own key

    def recipient(self) -> str:
        """The public half, `age1…`, to be handed out; the key is made when there is none yet."""
        return sealing.recipient_of(self.identity())

    def identity(self) -> str:
        """The secret half, for the child that opens an annex; it never leaves this login."""
        self._require()
        kept = self._desk.secret(OWN_KEY)
        if kept is None:
            kept = sealing.new_identity().encode("ascii")
            self._desk.keep_secret(OWN_KEY, kept)
            self._desk.log("make_clinician_key")
        return kept.decode("ascii")

    def digits(self) -> str:
        """What is read aloud about the own key."""
        return key_digits(self.recipient())

    def name(self) -> str:
        """Of this login, as it is known outside."""
        card = self._desk.staff(self._desk.uid)
        return card.alias if self._desk.settings().staff_alias_mode else card.name

    def card(self) -> bytes:
        """The own key on one page of paper."""
        return key_card(
            self.recipient(),
            digits=self.digits(),
            name=self.name(),
            site=self._desk.settings(),
            at=self._desk.clock.now(),
        )

    def card_leaves(self, how: str) -> None:
        """The card was printed or saved."""
        self._desk.log("print_clinician_key", extra={"how": how})

    # clinicians elsewhere

    def known(self) -> tuple[Clinician, ...]:
        """Those whose key was confirmed."""
        self._require()
        found = store.all_of_them(self._desk.index(HOUSE))
        return tuple(one for _, one in found if one.confirmation is not None)

    def clinician(self, clinician_id: str) -> Clinician:
        """UserError where no such clinician is known."""
        for one in self.known():
            if one.id == clinician_id:
                return one
        raise UserError(tr("That clinician is not known here. Take in the key first."), field="clinician")

    def take(self, typed: NewClinician, on: date) -> Clinician:
        """A clinician's key after the ceremony. UserError names the field; a wrong key or digits keep nothing.

        The same key again is the next version of what is known; another key of the same name is another clinician.
        """
        self._require()
        try:
            key = sealing.check_recipient(typed.key)
        except UserError as problem:
            raise UserError(problem.sentence, field="key") from None
        if key == self.recipient():
            raise UserError(
                tr("This is your own key. Type the key of the clinician who is to read the annex."), field="key"
            )
        digits = key_digits(key)
        require_same(typed, digits)
        clinician = Clinician(
            id=key[-16:],
            name=typed.name.strip(),
            org=typed.org.strip(),
            phone=typed.phone.strip(),
            age=key,
            digits=digits,
            confirmation=Confirmation(
                by=self._desk.uid, their_name=typed.their_name.strip(), on=on, channel=typed.channel
            ),
        )
        held = {one.id: rid for rid, one in store.all_of_them(self._desk.index(HOUSE))}
        record = NewRecord(
            comp=HOUSE,
            kind=store.CLINICIAN,
            pv=1,
            person=None,
            payload=to_payload(clinician),
            rid=held.get(clinician.id),
        )
        self._desk.commit("confirm_clinician", [record])
        return clinician

    def _require(self) -> None:
        if not self.may_use:
            raise UserError(tr("Only psychologists exchange clinical annexes."))


def key_digits(key: str) -> str:
    """The 24 digits of a bare key."""
    return digits24(key.encode("ascii"))
