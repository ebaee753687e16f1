"""A team that has no card: its bare key, or none at all, so that it gets paper."""

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.team_typed_model import team_typed
from rehabdesk.handover.trust.teams_service import Teams
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.handover.trust.trust_words_model import opens_words
from rehabdesk.ui.kit import Kit


class TeamByHand:
    """Its fields; the page keeps the team by `take_into`."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._name, self._org, self._code = kit.line(limit=200), kit.line(limit=200), kit.line(limit=32)
        self._country, self._phone, self._key = kit.line(limit=2), kit.line(limit=32), kit.line()
        self._opens = kit.choice(
            [(each.value, opens_words(each)) for each in (OpensWith.AGE, OpensWith.PAPER)], chosen=OpensWith.AGE.value
        )
        self._key_field = self._field("key", tr("Their key"), self._key, tr("It begins with age1"))
        self._opens.changed.connect(self._show_key)
        code = self._field(
            "id", tr("Short code"), self._code, tr("Capital letters, digits and dashes, for example RIVER")
        )
        self.fields: list[QWidget] = [
            kit.box(
                kit.row(
                    (self._field("name", tr("Name of the team"), self._name), 1),
                    (self._field("org", tr("Organisation"), self._org), 1),
                    gap=3,
                )
            ),
            kit.box(
                kit.row(
                    (code, 2),
                    (self._field("country", tr("Country"), self._country, tr("Two letters")), 1),
                    (self._field("phone", tr("Phone"), self._phone), 2),
                    gap=3,
                )
            ),
            self._field("opens", tr("What the team can open"), self._opens),
            self._key_field,
        ]
        self.first: QWidget = self._name

    def take_into(self, teams: Teams) -> Team:
        """UserError names the field."""
        team = team_typed(
            code=self._code.text(),
            name=self._name.text(),
            org=self._org.text(),
            country=self._country.text(),
            phone=self._phone.text(),
        )
        if self._opens.code() == OpensWith.PAPER.value:
            return teams.take_without_key(team)
        return teams.take_key(team, self._key.text())

    def _field(self, name: str, caption: str, control: QWidget, hint: str = "") -> QWidget:
        field = self._kit.field(caption, control, hint=hint, required=True)
        field.setObjectName(name)
        return field

    def _show_key(self, _code: str = "") -> None:
        self._key_field.setVisible(self._opens.code() != OpensWith.PAPER.value)
