"""Clinical annexes from elsewhere that were kept about a person, for psychologists alone."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.annex.annex_reading_service import AnnexReading
from rehabdesk.handover.annex.view.annex_in_page import annex_cards
from rehabdesk.ui.dates import stamp
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


class AnnexKeptPage(Page):
    """Reading is logged once for each annex."""

    def __init__(self, kit: Kit, reading: AnnexReading, person_id: str, *, name: str) -> None:
        super().__init__(kit)
        title = kit.column(
            kit.label(tr("Clinical annexes from elsewhere"), "h1"),
            kit.label(isolate(name), "small", tone="muted"),
            gap=0,
        )
        level = kit.tag(tr("Clinical: psychologists only"), "purple", "lock")
        self.set_head(kit.row((kit.box(title), 1), level, gap=3))
        parts: list[QWidget] = []
        for kept in reading.kept(person_id):
            words = tr("Kept {time}. Approved by {name}, {site}.").format(
                time=isolate(stamp(kept.kept_at)),
                name=isolate(kept.received.approved_by),
                site=isolate(kept.received.site),
            )
            parts += [*annex_cards(kit, kept.annex), kit.label(words, "small", tone="muted", wrap=True)]
        nothing = kit.label(tr("No annex from elsewhere is kept about this person."), tone="muted", wrap=True)
        self.set_body(kit.box(kit.column(*(parts or [nothing]), STRETCH, gap=3)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=person_id, id="packets")))
        self.set_foot(kit.row(back, STRETCH))
        self._first = back
