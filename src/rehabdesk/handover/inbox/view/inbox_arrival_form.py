"""The small form by which somebody comes into the register from a packet, or is here again."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.inbox.staging_arrival_model import OfferedArrival, TypedArrival
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit


class ArrivalForm:
    """`offer` is filled in beforehand; everything can be changed. `new`: the person is not here yet."""

    def __init__(self, kit: Kit, offer: OfferedArrival, *, new: bool) -> None:
        self._kit, self._new = kit, new
        self._case = kit.line(offer.case_ref, limit=40)
        self._alias = kit.line(offer.display_alias, limit=80)
        self._sex = kit.combo(offer.sexes, chosen=offer.sex)
        self._age = kit.choice(offer.ages, chosen=offer.age_regime)
        self._stage = kit.combo(offer.stages, empty=tr("Choose"))
        self._source = kit.combo(offer.sources, chosen=offer.source)
        self._since = kit.date_field(kit.today())
        self._unit = kit.line(limit=60)
        self._release = kit.date_field(offer.planned_release, coming=True)

    @property
    def first(self) -> QWidget:
        return self._case if self._new else self._stage

    def fields(self) -> list[QWidget]:
        """In rows, as `Page.show_form` takes them."""
        kit = self._kit
        arrived = kit.row(
            (_field(kit, "stage", tr("&Stage here"), self._stage, required=True), 2),
            (_field(kit, "since", tr("Arrived &on"), self._since, required=True), 1),
            (_field(kit, "source", tr("&Known from"), self._source), 1),
            gap=3,
        )
        more = kit.row(
            (_field(kit, "unit", tr("&Unit"), self._unit), 1),
            (_field(kit, "planned_release", tr("&Planned release"), self._release), 1),
            gap=3,
        )
        if not self._new:
            return [kit.box(arrived), kit.box(more)]
        who = kit.row(
            (_field(kit, "case_ref", tr("&Case number here"), self._case, required=True), 1),
            (_field(kit, "display_alias", tr("&Display name"), self._alias, required=True), 2),
            (_field(kit, "sex", tr("Se&x"), self._sex), 1),
            gap=3,
        )
        return [kit.box(who), _field(kit, "age_regime", tr("&Age group"), self._age), kit.box(arrived), kit.box(more)]

    def typed(self) -> TypedArrival:
        """UserError names the field that is not understood."""
        try:
            on = self._since.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="since") from None
        if self._release.text().strip() and self._release.day() is None:
            raise UserError(tr("Date must be like 20/11, 20 Nov 2026 or yesterday."), field="planned_release")
        return TypedArrival(
            stage=self._stage.code() or "",
            on=on,
            source=self._source.code() or "",
            unit=self._unit.text().strip(),
            planned_release=self._release.day(),
            case_ref=self._case.text().strip(),
            display_alias=self._alias.text().strip(),
            sex=self._sex.code() or "",
            age_regime=self._age.code() or "",
        )


def _field(kit: Kit, code: str, caption: str, control: QWidget, *, required: bool = False) -> Field:
    field = kit.field(caption, control, required=required)
    field.setObjectName(code)
    return field
