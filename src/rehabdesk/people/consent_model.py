"""What a person agreed to, refused or withdrew: for one purpose and one recipient, limited in time (G6)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import require_text


class ConsentPurpose(StrEnum):
    PROGRAMME = "programme"
    SHARE_WITH_NAMED_ORG = "share_with_named_org"
    FAMILY_CONTACT = "family_contact"
    PASTORAL_CONTRIBUTION = "pastoral_contribution"
    EVALUATION = "evaluation"
    PHOTO = "photo"
    INTERPRETER = "interpreter"
    AUDIO_NONE = "audio_none"


class ConsentStatus(StrEnum):
    """Refusal has no consequence anywhere (G6)."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"
    NOT_REQUIRED_BY_LAW = "not_required_by_law"


class ConsentMethod(StrEnum):
    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    VERBAL_WITNESSED = "verbal_witnessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDetails:
    """A consent, or its refusal, for one purpose and one recipient (G6). `explained_in` is a language code."""

    purpose: ConsentPurpose
    status: ConsentStatus
    scope: str
    recipient: str = ""
    withheld: str = ""
    legal_basis: str = ""
    explained_in: str = ""
    interpreter_alias: str = ""
    method: ConsentMethod | None = None
    given_on: date | None = None
    review_due: date | None = None
    withdrawn_on: date | None = None
    copy_given: bool = False

    def __post_init__(self) -> None:
        require_text(self.scope, field="scope", label=tr("What it covers"), longest=600)
        for text, field, label in (
            (self.recipient, "recipient", tr("Recipient")),
            (self.withheld, "withheld", tr("What to withhold, from whom and why")),
            (self.legal_basis, "legal_basis", tr("Legal basis")),
            (self.explained_in, "explained_in", tr("Explained in")),
            (self.interpreter_alias, "interpreter_alias", tr("Interpreter's alias")),
        ):
            require_text(text, field=field, label=label, longest=300, empty_allowed=True)
        if self.purpose is ConsentPurpose.SHARE_WITH_NAMED_ORG and not self.recipient:
            raise UserError(tr("Name the organisation that this is about."), field="recipient")
        if self.status is ConsentStatus.NOT_REQUIRED_BY_LAW and not self.legal_basis:
            raise UserError(tr("Name the law that makes consent unnecessary."), field="legal_basis")
        if self.status in (ConsentStatus.GIVEN, ConsentStatus.REFUSED):
            self._require_asked()
        if (self.status is ConsentStatus.WITHDRAWN) != (self.withdrawn_on is not None):
            raise UserError(tr("Give the day on which the consent was withdrawn."), field="withdrawn_on")

    def _require_asked(self) -> None:
        if not self.explained_in:
            raise UserError(tr("In which language was it explained?"), field="explained_in")
        if self.method is None:
            raise UserError(tr("How was it given: signature, thumbprint, or words before a witness?"), field="method")
        if self.given_on is None:
            raise UserError(tr("Give the day on which the person answered."), field="given_on")

    def allows(self, purpose: ConsentPurpose, *, recipient: str = "", on: date) -> bool:
        """Whether this allows sharing for the purpose on that day. Time-limited by `review_due`."""
        return (
            self.purpose is purpose
            and self.recipient == recipient
            and self.status in (ConsentStatus.GIVEN, ConsentStatus.NOT_REQUIRED_BY_LAW)
            and (self.review_due is None or on <= self.review_due)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    id: str
    person_id: str
    details: ConsentDetails
    explained_by: str
    recorded_at: datetime
