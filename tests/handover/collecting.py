"""What reads the sections of a packet from the records of an open desk, with every service that it asks."""

from rehabdesk.access.service import Desk
from rehabdesk.core.choices import load_choice_lists
from rehabdesk.handover.collecting.collect_service import Collection
from rehabdesk.handover.collecting.handed_on_service import HandedOn
from rehabdesk.handover.file_index.file_entries_service import FileEntries, FileSources
from rehabdesk.handover.inbox.inbox_service import Inbox
from rehabdesk.handover.inbox.inbox_trust_service import trusted_here
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.notes.alerts.alert_service import Alerts
from rehabdesk.notes.groups.group_service import Groups
from rehabdesk.people.service import People
from rehabdesk.plans.conferences.conference_reading_service import ConferenceReading
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.programmes.intervention_service import Interventions, load_catalogue
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.plans.reviews.review_rule_service import load_review_rules
from rehabdesk.plans.reviews.review_service import Reviews
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates


def collection(desk: Desk, people: People, inbox: Inbox | None = None) -> Collection:
    """`inbox`: where what is trusted is not what stands on the desk."""
    domains = load_domains()
    return Collection(
        desk,
        people,
        plans=Plans(desk, people, domains),
        progress=ProgressWords(desk, people, domains),
        releases=Releases(desk, people, load_templates()),
        alerts=Alerts(desk, people),
        conferences=ConferenceReading(desk, people),
        programmes=Interventions(desk, people, load_catalogue(), domains, Groups(desk, people)),
        handed_on=HandedOn(desk, inbox or Inbox(desk, lambda: trusted_here(desk, Trust(desk)))),
    )


def file_entries(desk: Desk, people: People) -> FileEntries:
    domains = load_domains()
    plans, progress = Plans(desk, people, domains), ProgressWords(desk, people, domains)
    sources = FileSources(
        plans=plans,
        progress=progress,
        reviews=Reviews(desk, people, plans, progress, load_review_rules(), load_choice_lists()["A2"]),
        conferences=ConferenceReading(desk, people),
        programmes=Interventions(desk, people, load_catalogue(), domains, Groups(desk, people)),
        releases=Releases(desk, people, load_templates()),
    )
    return FileEntries(desk, people, sources)
