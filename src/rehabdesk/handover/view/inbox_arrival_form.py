"""The small form by which somebody comes into the register from a packet, or is here again."""

from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.handover.packet_model import Handover
from rehabdesk.handover.staging_told_service import told_by
from rehabdesk.people.arrival_model import Arrival, taken_in
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, Stage
from rehabdesk.people.model import AgeRegime, PersonDetails, Sex
from rehabdesk.people.record_words_model import age_words, sex_words, source_words
from rehabdesk.people.words_model import stage_words
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit

STAGES = (Stage.PRE_TRIAL, Stage.CONVICTED, Stage.SENTENCED, Stage.PRE_RELEASE, Stage.RECALLED)
COMMUNITY = (Stage.RELEASED_SUPERVISED, Stage.RELEASED_UNSUPERVISED)


class ArrivalForm:
    """`packet` gives what is filled in beforehand; everything can be changed. `new`: the person is not here yet."""

    def __init__(self, kit: Kit, packet: Handover, *, new: bool) -> None:
        self._kit, self._packet, self._new = kit, packet, new
        told = told_by(packet)
        first = told.names[0] if told.names else None
        alias = "" if first is None else f"{first.given} {first.family[:1]}.".strip() if first.family else first.given
        self._case = kit.line(packet.packet.case_ref, limit=40)
        self._alias = kit.line(alias, limit=80)
        self._sex = kit.combo([(each.value, sex_words(each)) for each in Sex], chosen=Sex.NOT_RECORDED.value)
        self._age = kit.choice(
            [(each.value, age_words(each)) for each in AgeRegime], chosen=self._age_of(told.birth_date)
        )
        stages = STAGES if packet.packet.profile == "receiving_prison" or not new else (*COMMUNITY, *STAGES)
        self._stage = kit.combo([(each.value, stage_words(each)) for each in stages], empty=tr("Choose"))
        self._source = kit.combo(
            [(each.value, source_words(each)) for each in DateSource], chosen=DateSource.REGISTRY.value
        )
        self._since = kit.date_field(kit.today())
        self._unit = kit.line(limit=60)
        dates = packet.sections.S2
        self._release = kit.date_field(None if dates is None else dates.release_date, coming=True)

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

    def details(self) -> PersonDetails:
        """The person as the packet tells, under the number that was typed. UserError names the field."""
        told = told_by(self._packet)
        return taken_in(
            PersonDetails(
                case_ref=self._case.text().strip(),
                display_alias=self._alias.text().strip(),
                names=told.names,
                sex=Sex(self._sex.code() or Sex.NOT_RECORDED.value),
                age_regime=AgeRegime(self._age.code() or AgeRegime.ADULT.value),
            ),
            told,
        )

    def arrival(self) -> Arrival:
        """UserError names the field."""
        if not self._stage.code():
            raise UserError(tr("Choose the legal stage in which the person is here."), field="stage")
        try:
            on = self._since.required()
        except UserError as problem:
            raise UserError(problem.sentence, field="since") from None
        if self._release.text().strip() and self._release.day() is None:
            raise UserError(tr("Date must be like 20/11, 20 Nov 2026 or yesterday."), field="planned_release")
        dates, head = self._packet.sections.S2, self._packet.packet
        route = None if dates is None else next((each for each in ReleaseRoute if each == dates.release_route), None)
        if route is ReleaseRoute.OTHER:
            route = None  # the register asks for words beside it
        return Arrival(
            stage=Stage(self._stage.code() or ""),
            on=on,
            source=DateSource(self._source.code() or DateSource.REGISTRY.value),
            came_from=self._packet.site.name,
            seen_there=head.issued.date(),
            unit=self._unit.text().strip(),
            planned_release=self._release.day(),
            release_route=route,
        )

    def _age_of(self, born: date | None) -> str:
        """What is filled in by the birth; somebody looks at it."""
        if born is None:
            return AgeRegime.ADULT.value
        today = self._kit.today()
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return (AgeRegime.CHILD if years < 18 else AgeRegime.ADULT).value


def _field(kit: Kit, code: str, caption: str, control: QWidget, *, required: bool = False) -> Field:
    field = kit.field(caption, control, required=required)
    field.setObjectName(code)
    return field
