"""What of one person's record a role has: its pages, its banners, the tab of contacts."""

from collections.abc import Sequence

from rehabdesk.app_services import Services
from rehabdesk.core.i18n import tr
from rehabdesk.people.children_service import Children
from rehabdesk.people.model import AgeRegime, PersonRow
from rehabdesk.people.protected_model import About
from rehabdesk.people.protected_service import ProtectedNotes
from rehabdesk.people.record_words_model import child_hint
from rehabdesk.people.service import MAY_READ_WHOLE
from rehabdesk.people.view.compartment_cards import ChildrenCard, ProtectedCard
from rehabdesk.people.view.contacts_tab import Around, ContactsTab
from rehabdesk.people.words_model import stage_strips
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page

WHOLE = ("person_edit", "legal", "placements", "assignments")
"""Pages for who sees the whole identity; `consents` has readers of its own."""


def record_places(services: Services) -> Sequence[tuple[str, str]]:
    """The pages of a record that this role has, in their order; a chaplain has the consents alone."""
    words = {
        "person_edit": tr("Who this is"),
        "legal": tr("Legal stage"),
        "placements": tr("Placements"),
        "assignments": tr("Who works with whom"),
    }
    found = [(route, words[route]) for route in WHOLE if services.role in MAY_READ_WHOLE]
    if services.people.consents.may_read:
        found.append(("consents", tr("Consents")))
    return found


def strips_of(services: Services, row: PersonRow) -> tuple[str, ...]:
    """What stage and age say under the head of a page; nothing for who sees neither."""
    if services.role not in MAY_READ_WHOLE:
        return ()
    child = child_hint(services.people.known.age_regime(row.id))
    return (*stage_strips(services.people.legal(row.id)), *([child] if child else []))


def may_rate(services: Services, row: PersonRow) -> bool:
    """Whether staff give words of progress: of a person under 18 only where the site has it on (G27)."""
    child = services.people.known.age_regime(row.id) is AgeRegime.CHILD
    return not child or services.desk.settings().ratings_for_minors


def contacts_tab(kit: Kit, s: Services, row: PersonRow, name: str) -> Page:
    """The tab of contacts with the cards that stand beside them."""
    read_only, notes = is_read_only(s, row), ProtectedNotes(s.desk)
    return ContactsTab(
        kit,
        Around(
            person=row.id,
            name=name,
            contacts=s.people.circle,
            consents=s.people.consents,
            staff=s.staff_name,
            read_only=read_only,
            parts=[
                ChildrenCard(kit, Children(s.desk), notes, row.id, staff=s.staff_name, writes=not read_only).build,
                ProtectedCard(
                    kit,
                    notes,
                    row.id,
                    about=About.CHILDREN,
                    name=name,
                    staff=s.staff_name,
                    writes=not read_only and s.people.circle.may_write,
                ).build,
            ],
        ),
    )


def is_read_only(s: Services, row: PersonRow) -> bool:
    """Whether another prison, or nobody, holds the case."""
    return s.people.known.is_read_only(row.id)
