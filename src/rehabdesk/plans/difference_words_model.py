"""How a change between two versions is called: what came is blue, what went or changed is grey; never a judgement."""

from rehabdesk.core.i18n import tr
from rehabdesk.plans.difference_model import Change

Tagged = tuple[str, str]
"""Words and the colour of their tag."""


def change_words(change: Change) -> Tagged:
    """Of a goal."""
    return {
        Change.ADDED: (tr("New"), "blue"),
        Change.GONE: (tr("Taken out"), "grey"),
        Change.CHANGED: (tr("Changed"), "grey"),
    }[change]


def step_change_words(change: Change) -> str:
    """Of a step, with a place for it."""
    return {
        Change.ADDED: tr("New step: {step}"),
        Change.GONE: tr("Step taken out: {step}"),
        Change.CHANGED: tr("Step changed: {step}"),
    }[change]
