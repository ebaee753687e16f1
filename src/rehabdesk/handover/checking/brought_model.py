"""A file that is neither a packet nor a card: a status list, a receipt, signed feedback, or a plain form."""

from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.handover.after.feedback_form_model import FeedbackForm
from rehabdesk.handover.after.feedback_model import Feedback
from rehabdesk.handover.after.receipt_model import Receipt
from rehabdesk.handover.after.status_list_model import StatusList


class BroughtKind(StrEnum):
    STATUS_LIST = "status_list"
    RECEIPT = "receipt"
    FEEDBACK = "feedback"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBy:
    """Who signed it. `digits` are the 24 that a team reads aloud; `team` is its code where its card is vouched for."""

    name: str
    cert_sha256: str
    digits: str
    team: str = ""
    team_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was read from an intact file. `signed` is None for the plain form alone."""

    kind: BroughtKind
    content: StatusList | Receipt | Feedback | FeedbackForm
    signed: SignedBy | None = None

    @property
    def number(self) -> str:
        """The packet that it is about; empty for a list, and where a form does not say it."""
        return "" if isinstance(self.content, StatusList) else self.content.number
