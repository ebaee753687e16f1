"""The file index of a packet is looked at where its pages are, one of both in sight."""

from pytestqt.qtbot import QtBot

from rehabdesk.handover.view.pages_view import INDEX, PagesView
from rehabdesk.ui.page import Page
from tests.handover.packet_window import Hand
from tests.seals.packet.workshop import tiny_pdf


def test_one_of_both_is_in_sight_and_a_place_in_the_packet_brings_it_back(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    view = PagesView(hand.kit, tiny_pdf(3), tiny_pdf(2))
    both = view.with_index()
    qtbot.addWidget(both)
    both.show()
    view._choice.choose(INDEX)
    view._choice.changed.emit(INDEX)
    index = view._index
    assert index is not None
    assert (view.isVisible(), index.isVisible(), index.count) == (False, True, 2)
    view.turn_to(2)
    assert (view.isVisible(), index.isVisible(), view.page) == (True, False, 2)
    assert view._choice.code() != INDEX
    view.forget()
    hand.close()


def test_the_index_is_chosen_without_the_focus_as_assistive_technology_does(qtbot: QtBot) -> None:
    """The focus stays at the choice: a tick beside the pages that got it would turn back to the packet."""
    hand = Hand(qtbot)
    view, page = PagesView(hand.kit, tiny_pdf(3), tiny_pdf(2)), Page(hand.kit)
    page.set_body(view.with_index(), hand.kit.box(hand.kit.column(hand.kit.check("Looked at"))))
    hand.show(page)
    packet, index = view._choice.buttons()
    hand.wait(page.isActiveWindow)
    view.first_focus().setFocus()
    index.click()
    assert view._index is not None
    assert (view.isHidden(), view._index.isHidden()) == (True, False)
    assert index.hasFocus()
    view._index.first_focus().setFocus()
    packet.click()
    assert (view.isHidden(), view._index.isHidden()) == (False, True)
    assert packet.hasFocus()
    view.forget()
    hand.close()


def test_without_one_there_is_no_choice(qtbot: QtBot) -> None:
    hand = Hand(qtbot)
    view = PagesView(hand.kit, tiny_pdf(1))
    qtbot.addWidget(view)
    assert view.with_index() is view
    view.forget()
    hand.close()
