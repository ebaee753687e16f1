"""What stands around the goals of a plan: what helps, what working together takes, programmes, areas without a need."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.plans.domain_service import Domains
from rehabdesk.plans.model import Plan
from rehabdesk.plans.plan_words_model import responsivity_words
from rehabdesk.plans.programmes.intervention_model import StoredIntervention
from rehabdesk.plans.programmes.intervention_service import Interventions
from rehabdesk.plans.programmes.intervention_words_model import intervention_state_words, participation_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import LARGE_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the card is filled from. `running`: programmes that run or are planned. `assessments`: that some were made
    elsewhere, a line for each: a plan cites needs, never results (G3).
    """

    plan: Plan
    running: Sequence[StoredIntervention]
    assessments: Sequence[str]


def around_card(
    kit: Kit, around: Around, domains: Domains, programmes: Interventions, *, shown: frozenset[str]
) -> QWidget | None:
    """One quiet card in two columns; None where nothing is there to say. `shown`: the domains that are open."""
    plan = around.plan
    left = [
        *_said(kit, tr("Who and what stands by"), plan.protective),
        *_said(kit, tr("What helps"), plan.helps),
        *_said(kit, tr("What makes it harder"), plan.harder),
        *_said(kit, tr("Early signs that it gets hard"), plan.early_signs),
        *_said(kit, tr("On a hard day"), "\n".join(plan.crisis_steps)),
        *_said(kit, tr("How we understand it together"), plan.formulation_shared),
    ]
    lines = [
        " · ".join(
            (
                isolate(programmes.title(each.intervention)),
                participation_words(each.intervention.participation),
                intervention_state_words(each.intervention.state)[0],
            )
        )
        for each in around.running
    ]
    needs = [
        tr("{caption}: {words}").format(caption=caption, words=isolate(words))
        for _, caption, words in responsivity_words(plan.responsivity)
        if words
    ]
    asked = tr("{area} (asked on {day})")
    no_need = [
        asked.format(area=tr(domains.domain(each.domain).title), day=short(each.asked_on))
        for each in plan.no_need
        if each.domain in shown
    ]
    right = [
        *_said(kit, tr("Programmes"), "\n".join(lines)),
        *_said(kit, tr("So that working together is possible"), "\n".join(needs)),
        *_said(kit, tr("No need identified"), "\n".join(no_need)),
        *_said(kit, tr("Assessments made elsewhere"), "\n".join(around.assessments)),
    ]
    if not left and not right:
        return None
    columns = [kit.box(kit.column(*part, STRETCH, gap=2)) for part in (left, right) if part]
    stacked = kit.theme.look.zoom > LARGE_TEXT
    inner = kit.column(*columns, gap=3) if stacked else kit.row(*((each, 1) for each in columns), gap=5)
    return kit.card("", inner, kind="flat")


def _said(kit: Kit, caption: str, words: str) -> list[QWidget]:
    if not words:
        return []
    return [kit.box(kit.column(kit.label(caption, "h3"), kit.label(words, wrap=True), gap=0))]
