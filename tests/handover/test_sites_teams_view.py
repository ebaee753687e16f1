"""Sites and teams, and signing keys, in windows: by keyboard, from a card on a stick to a site that counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rehabdesk.access.unlock_service import hold_keys
from rehabdesk.handover.trust.own_team_service import OwnTeam
from rehabdesk.handover.trust.sites_service import Sites
from rehabdesk.handover.trust.trust_authority_service import SecondPeople
from rehabdesk.handover.trust.trust_model import Channel
from rehabdesk.handover.trust.view.own_cards import CardsOut
from rehabdesk.handover.trust.view.signing_keys_page import SigningKeysPage
from rehabdesk.handover.trust.view.sites_teams_page import MayWith, SitesTeamsPage
from tests.desks import START, passphrase
from tests.handover.made import MadeSite
from tests.handover.packet_window import Hand
from tests.handover.workplace import Signed, Workplace


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    one = Hand(qtbot)
    yield one
    one.close()


@dataclass(kw_only=True)
class Stick:
    """What was saved and printed, and the file that is chosen."""

    file: Path | None = None
    saved: dict[str, bytes] = field(default_factory=dict)
    printed: list[bytes] = field(default_factory=list)

    def save(self, _owner: QWidget, name: str, content: bytes) -> Path:
        self.saved[name] = content
        return Path(name)

    def print(self, _owner: QWidget, pdf: bytes) -> bool:
        self.printed.append(pdf)
        return True


def sites_page(hand: Hand, at: Signed, stick: Stick, *, keeps: bool = True, leads: bool = False) -> SitesTeamsPage:
    page = SitesTeamsPage(
        hand.kit,
        at.trust,
        Sites(at.desk),
        OwnTeam(at.desk),
        may=MayWith(keeps=keeps, leads=leads),
        out=CardsOut(save=stick.save, print=stick.print, now=at.desk.clock.now),
        choose=lambda _owner, _title, _pattern: stick.file,
        staff=lambda uid: at.desk.staff(uid).name,
    )
    hand.show(page)
    return page


def typed(words: str) -> Callable[[], None]:
    """Into whatever has the focus."""

    def type_it() -> None:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QLineEdit)
        widget.clear()
        QTest.keyClicks(widget, words)

    return type_it


def test_a_card_is_taken_compared_and_counts(founded: Workplace, hand: Hand, tmp_path: Path) -> None:
    made = MadeSite.new(START)
    stick = Stick(file=tmp_path / "NORD.rdsite")
    assert stick.file is not None
    stick.file.write_bytes(made.site_card(site="NORD"))
    with founded.open("green-ferry") as officer:
        page, sites = sites_page(hand, officer, stick), Sites(officer.desk)
        page.main_act()
        hand.wait(lambda: sites.find("NORD").waiting is not None)
        assert hand.said[-1].endswith("Now compare the digits.")
        assert "Not confirmed" in {tag.text for tag in page.findChildren(type(hand.kit.tag("x")))}
        page.main_act()
        hand.settle()
        waiting = sites.find("NORD").waiting
        assert waiting is not None
        digits = waiting.digits.replace("-", "")
        typed(digits[:8] + str(9 - int(digits[8])) + digits[9:])()
        assert page.findChildren(QLineEdit)[0].text().count("-") == 5, "dashes come by themselves"
        page.main_act()
        for wrong in ("Group 3 is not the same", "Fill in: Who read them there", "Say how you compared"):
            assert hand.words(page).count(wrong) == 2, "all at once: on top, and at the field"
        name = next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == "Who read them there")
        QTest.keyClicks(name, "Amadou Barry")
        hand.press(page, "Face to face")
        page.main_act()
        assert "Group 3 is not the same" in hand.words(page)
        assert sites.find("NORD").counts is None
        page.findChildren(QLineEdit)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        typed(digits)()
        assert name.text() == "Amadou Barry", "everything else keeps what was typed"
        page.main_act()
        assert sites.find("NORD").counts is not None
        assert "Digits compared with" in hand.words(page)


def test_another_root_is_not_called_confirmed(founded: Workplace, hand: Hand) -> None:
    first, other = MadeSite.new(START), MadeSite.new(START)
    with founded.open("green-ferry") as officer:
        sites = Sites(officer.desk)
        digits = sites.take_card(first.site_card(site="NORD")).digits
        sites.confirm("NORD", digits=digits, their_name="A. Barry", channel=Channel.FACE_TO_FACE, on=START.date())
        before = hand.words(sites_page(hand, officer, Stick()))
        sites.take_card(other.site_card(site="NORD"))
        page = sites_page(hand, officer, Stick())
        tags = [tag.text for tag in page.findChildren(type(hand.kit.tag("x")))]
        assert "Another root" in tags
        assert "Confirmed" not in tags[: tags.index("Another root") + 1]
        assert "Somebody may pretend" in hand.words(page)
        assert "Somebody may pretend" not in before


def test_our_card_goes_to_a_stick_and_on_paper(founded: Workplace, hand: Hand) -> None:
    stick = Stick()
    with founded.open("silver-reed") as supervisor:
        page = sites_page(hand, supervisor, stick, leads=True)
        hand.press(page, "Make the key")
        hand.wait(lambda: OwnTeam(supervisor.desk).newest() is not None)
        for act in ("Save the site's card", "Save the team's card", "Print the team's card"):
            hand.press(page, act)
        hand.wait(lambda: bool(stick.printed))
        assert stick.saved == {
            "DEMO.rdsite": supervisor.trust.site_card(),
            "DEMO-IN.rdteam": OwnTeam(supervisor.desk).card(),
        }
        assert stick.printed[0].startswith(b"%PDF-")
    with founded.open("calm-harbour") as psychologist:
        page = sites_page(hand, psychologist, stick, keeps=False)
        assert hand.buttons(page) == [], "a psychologist reads"
        assert "DEMO-IN" in hand.words(page)


def test_what_a_new_root_asks_of_everybody_stands_in_its_form(founded: Workplace, hand: Hand) -> None:
    founded.site.clock.advance(timedelta(days=3_550))
    with founded.open("amber-kite") as adm:
        second = SecondPeople(first="ADM", people=[], prove=lambda _uid, _phrase: founded.site.keys("silver-reed"))
        page = SigningKeysPage(hand.kit, adm.trust, signs=False, second=second, staff=str)
        hand.show(page)
        hand.press(page, "Make a new root")
        assert "every partner compares its 24 digits" in hand.words(page)


def test_a_key_is_withdrawn_by_the_second_persons_own_passphrase(founded: Workplace, hand: Hand) -> None:
    with founded.open("amber-kite") as adm:
        files, means = adm.desk.files, founded.site.means
        second = SecondPeople(
            first="ADM",
            people=[(founded.uids["silver-reed"], "Jonas Weyland")],
            prove=lambda _uid, phrase: hold_keys(files, "silver-reed", phrase, means),
        )
        page = SigningKeysPage(hand.kit, adm.trust, signs=False, second=second, staff=lambda uid: uid)
        hand.show(page)
        before = adm.trust.site().number
        hand.press(page, "Withdraw")
        page.main_act()
        assert "Say why the key is withdrawn." in hand.words(page)
        hand.press(page, "Left this site")
        phrase = next(each for each in page.findChildren(QLineEdit) if "Passphrase" in each.accessibleName())
        for words, done in ((passphrase("amber-kite"), False), (passphrase("silver-reed"), True)):
            phrase.setText(words)
            page.main_act()
            hand.wait(lambda: adm.trust.site().number > before or "There is a problem" in hand.words(page))
            assert (adm.trust.site().number > before) is done
        hand.wait(lambda: "Withdrawn" in "".join(hand.said))
        assert "Left this site" in hand.words(page)
