"""Composition root: the only place that knows every feature. For now it hands their projections to the engine."""

from rehabdesk.access.store import PROJECTION as ACCESS
from rehabdesk.db.projection import Projection
from rehabdesk.notes.store import PROJECTION as NOTES
from rehabdesk.people.store import PROJECTION as PEOPLE

PROJECTIONS: tuple[Projection, ...] = (ACCESS, PEOPLE, NOTES)
"""Of all features, in their order; another list means that every index is built anew."""
