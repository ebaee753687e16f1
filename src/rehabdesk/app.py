"""Composition root: hands the features' projections to the engine. The program with a window: `app_start.py`.

Which page leads where: `app_pages.py`; the window and its lock: `app_window.py`.
"""

from rehabdesk.access.store import PROJECTION as ACCESS
from rehabdesk.db.projection import Projection
from rehabdesk.handover.after.returns_store import PROJECTION as RETURNS
from rehabdesk.handover.after.status_list_store import PROJECTION as STATUS_LISTS
from rehabdesk.handover.annex.annex_store import PROJECTION as ANNEXES
from rehabdesk.handover.annex.clinician_store import PROJECTION as CLINICIANS
from rehabdesk.handover.collecting.site_words_store import PROJECTION as CHECK_WORDS
from rehabdesk.handover.file_index.file_index_store import PROJECTION as FILE_INDEX
from rehabdesk.handover.inbox.inbox_store import PROJECTION as INBOX
from rehabdesk.handover.store import PROJECTION as HANDOVER
from rehabdesk.handover.trust.trust_store import PROJECTION as TRUST
from rehabdesk.notes.alerts.alert_store import PROJECTION as ALERTS
from rehabdesk.notes.assessments.assessment_store import PROJECTION as ASSESSMENTS
from rehabdesk.notes.attachments.attachment_store import PROJECTION as ATTACHMENTS
from rehabdesk.notes.forms.form_store import PROJECTION as NOTE_FORMS
from rehabdesk.notes.groups.group_store import PROJECTION as GROUPS
from rehabdesk.notes.received_store import PROJECTION as OUTSIDE
from rehabdesk.notes.store import PROJECTION as NOTES
from rehabdesk.people.protected_store import PROJECTION as PEOPLE_PROTECTED
from rehabdesk.people.store import PROJECTION as PEOPLE
from rehabdesk.plans.comment_store import PROJECTION as PLAN_COMMENTS
from rehabdesk.plans.conferences.conference_store import PROJECTION as CONFERENCES
from rehabdesk.plans.programmes.intervention_store import PROJECTION as INTERVENTIONS
from rehabdesk.plans.progress.progress_store import PROJECTION as PROGRESS
from rehabdesk.plans.reviews.review_store import PROJECTION as REVIEWS
from rehabdesk.plans.store import PROJECTION as PLANS
from rehabdesk.readiness.site_store import PROJECTION as READINESS_SITE
from rehabdesk.readiness.store import PROJECTION as READINESS

PROJECTIONS: tuple[Projection, ...] = (
    ACCESS,
    PEOPLE,
    PEOPLE_PROTECTED,
    NOTES,
    NOTE_FORMS,
    ASSESSMENTS,
    ATTACHMENTS,
    ALERTS,
    GROUPS,
    OUTSIDE,
    PLANS,
    PROGRESS,
    REVIEWS,
    CONFERENCES,
    INTERVENTIONS,
    PLAN_COMMENTS,
    READINESS,
    READINESS_SITE,
    TRUST,
    HANDOVER,
    CHECK_WORDS,
    RETURNS,
    STATUS_LISTS,
    ANNEXES,
    CLINICIANS,
    FILE_INDEX,
    INBOX,
)
"""Of all features, in their order; another list means that every index is built anew."""
