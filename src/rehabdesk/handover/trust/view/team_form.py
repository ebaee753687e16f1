"""Taking the key of a team: the key itself, and the digits as the team reads them aloud on a known number."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.making.preparing_service import NewTeam, Preparing
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.trust.trust_model import Channel, Team
from rehabdesk.handover.trust.view.digits_line import digits_line
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page


class TeamForm:
    """The fields of one team; what is done with them is the page's matter."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.name, self.org, self.code = kit.line(), kit.line(), kit.line()
        self.country, self.phone, self.key = kit.line(), kit.line(), kit.line()
        self.digits, self.their_name = digits_line(kit), kit.line()
        self.channel_choice = kit.choice(
            [
                (Channel.CALL_BACK.value, tr("On a number that we already knew")),
                (Channel.FACE_TO_FACE.value, tr("Face to face")),
            ],
            chosen=Channel.CALL_BACK.value,
        )
        captions = {
            "name": (tr("Name of the team"), self.name, ""),
            "org": (tr("Organisation"), self.org, ""),
            "id": (tr("Short code"), self.code, tr("Capital letters, digits and dashes, for example RIVER")),
            "country": (tr("Country"), self.country, tr("Two letters")),
            "phone": (tr("Phone"), self.phone, ""),
            "key": (tr("Their key"), self.key, tr("It begins with age1")),
            "digits": (
                tr("The 24 digits, as the team reads them aloud"),
                self.digits,
                tr("Or the whole key in groups of four"),
            ),
            "their_name": (tr("Who read them"), self.their_name, ""),
            "channel": (tr("How"), self.channel_choice, ""),
        }
        self.fields: dict[str, Field] = {}
        for field, (caption, control, hint) in captions.items():
            self.fields[field] = kit.field(caption, control, hint=hint, required=True)
            self.fields[field].setObjectName(field)
        self.first: QWidget = self.name

    def words(self) -> list[QWidget]:
        """What stands above the fields."""
        sentence = tr("Call a number that you already know. The team reads 24 digits; type them here. Never by e-mail.")
        return [self._kit.label(sentence, wrap=True)]

    def new_team(self) -> NewTeam:
        """What is typed."""
        return NewTeam(
            id=self.code.text().strip().upper(),
            name=self.name.text().strip(),
            org=self.org.text().strip(),
            country=self.country.text().strip(),
            phone=self.phone.text().strip(),
            key=self.key.text().strip(),
            digits=self.digits.text().strip(),
            their_name=self.their_name.text().strip(),
            channel=Channel(self.channel_choice.code() or Channel.CALL_BACK.value),
        )

    def put_into(self, typed: TypedPacket, team: Team) -> TypedPacket:
        """The packet with this team chosen."""
        return replace(typed, team=team.id, recipient=typed.recipient or self.their_name.text().strip())


def ask_team(
    page: Page, preparing: Preparing, take: Callable[[TeamForm, Team], None], *, name: str
) -> Callable[[], None]:
    """The form in place of the page's body; `take` gets the team whose key is confirmed. Gives the form's act."""
    form = TeamForm(page.kit)

    def add() -> None:
        team = preparing.take_team(form.new_team(), page.kit.today())
        take(form, team)
        page.said.emit(tr("The key of {team} is confirmed.").format(team=isolate(team.name)))

    words = [*form.words(), *form.fields.values()]
    return page.show_form(tr("Add a team"), words, tr("Confirm the key"), add, first=form.first, name=name)
