"""The published schema files: which format each one describes, and its exact bytes."""

import json

from rehabdesk.handover.after.feedback_model import Feedback
from rehabdesk.handover.after.receipt_model import Receipt
from rehabdesk.handover.after.status_list_model import StatusList
from rehabdesk.handover.annex.annex_model import ClinicalAnnex
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.trust.cards_model import SiteCard, TeamCard
from rehabdesk.handover.wire import schema

_FILES: tuple[tuple[str, type, str], ...] = (
    ("handover-1.0.json", Handover, "RehabDesk handover packet, version 1.0"),
    ("annex-1.0.json", ClinicalAnnex, "RehabDesk clinical annex, version 1.0"),
    ("site-1.0.json", SiteCard, "RehabDesk site card, version 1.0"),
    ("team-1.0.json", TeamCard, "RehabDesk team card, version 1.0"),
    ("receipt-1.0.json", Receipt, "RehabDesk receipt, version 1.0"),
    ("status-1.0.json", StatusList, "RehabDesk status list, version 1.0"),
    ("feedback-1.0.json", Feedback, "RehabDesk feedback, version 1.0"),
)


def schema_files() -> dict[str, bytes]:
    """File name to content, for resources/schema/."""
    return {
        name: (json.dumps(schema(cls, title=title), indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
        for name, cls, title in _FILES
    }
