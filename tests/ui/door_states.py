"""What stands before the door: lock page, set-up, reading packets without a desk; for walks over all screens."""

from rehabdesk.access.card_service import groups_of
from rehabdesk.access.setup_service import Card, Made
from rehabdesk.access.setup_steps_view import CardStep
from rehabdesk.access.setup_view import SetupPage
from tests.ui.states import Open, press
from tests.windows import Hands

NOBODY = "nobody"
"""In the place of a role: nobody is signed in."""
PHRASE = "walking copper rivers under lanterns"
MADE = Made(
    cards=(Card(sign_in="tile-widely", name="Ada Brook", characters="ABCDEFGH23" * 4),),
    site_card=b"",
    site_card_name="DEMO.rdsite",
    digits="4821-0937-5512-6640-1187-3092",
)


def lock_page(*names: str) -> Open:
    """With the line for the paper book, as after a lock; then these buttons."""

    def opened(hands: Hands) -> None:
        hands.window.show_lock_page()
        hands.settle()
        for each in names:
            press(hands, each)

    return opened


def check(hands: Hands) -> None:
    hands.window.show_check()


def set_up(steps: int) -> Open:
    """The wizard after so many steps: 1 site, 2 people, 3 the first passphrase."""

    def opened(hands: Hands) -> None:
        hands.window.show_setup()
        page = wizard(hands)
        for step in range(steps):
            page.main_act()
            if step == 0:
                fill_site(page, hands)
            elif step == 1:
                for name, role in (("Ada Brook", "ADM"), ("Hana Roy", "SUP")):
                    page._people._name.setText(name)
                    page._people._role.choose(role)
                    page._people._add()

    return opened


def site_errors(hands: Hands) -> None:
    hands.window.show_setup()
    for _ in range(2):
        wizard(hands).main_act()


def card(hands: Hands) -> None:
    """After the making: the first recovery card."""
    set_up(2)(hands)
    wizard(hands)._is_made(MADE)


def end(hands: Hands) -> None:
    """The groups of the card typed back: the last page."""
    card(hands)
    step = wizard(hands)._shown
    assert isinstance(step, CardStep)
    groups = groups_of(MADE.cards[0].characters)
    for field, control in step.controls.items():
        control.setProperty("text", groups[int(field.removeprefix("group"))])
    wizard(hands).main_act()


def wizard(hands: Hands) -> SetupPage:
    page = hands.window.centralWidget()
    assert isinstance(page, SetupPage)
    return page


def fill_site(page: SetupPage, hands: Hands) -> None:
    site = page._site
    words = {site._name: "Residence of the Three Wells", site._code: "DEMO", site._country: "XX"}
    for line, text in {**words, site._phone: "+000 20 555 010"}.items():
        line.setText(text)
    site._folder.setText(str(hands.site.folder.parent / "new desk"))


DOOR: dict[str, Open] = {
    "lock": lock_page(),
    "lock empty": lock_page("Unlock"),
    "lock by card": lock_page("Forgot passphrase"),
    "only reading": check,
    "set-up": set_up(0),
    "set-up site": set_up(1),
    "set-up site errors": site_errors,
    "set-up people": set_up(2),
    "set-up passphrase": set_up(3),
    "set-up card": card,
    "set-up end": end,
}
