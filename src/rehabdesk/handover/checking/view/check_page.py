"""Checking a packet that came: one of eleven results, large and in one sentence, before anything in it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.core.errors import RehabDeskError
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate_ltr, join_words
from rehabdesk.handover.checking.check_service import is_lone_annex, read_judged
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.reading_service import read
from rehabdesk.handover.checking.together_service import checked_together, with_index
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.checking.view.check_acts import CALLED, TAKEN_IN, HereActs, call_sheet
from rehabdesk.handover.checking.view.check_result import Acts, CheckResult
from rehabdesk.handover.checking.view.given_files import ChooseFile, ChooseFiles, GivenFiles, dropped
from rehabdesk.handover.checking.view.reading_view import ReadingView
from rehabdesk.handover.checking.view.ready_examiner import ReadyExaminer
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import IndexIs, index_name
from rehabdesk.handover.inbox.inbox_service import Arrived, Looked, kind_of
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route

SaveFile = Callable[[QWidget, str, bytes], Path | None]


class CheckPage(Page):
    """`own_cards`: site cards that this desk vouches for itself. `choose`: asks for a file. `back`: leads away.

    `lists`: the status lists of those sites. `save`: asks where the pages of a checked packet go, for the viewer of the
    system; without it they stay unseen. `here`: what a desk adds once somebody is signed in. `several` asks for one or
    more files at a time.
    """

    def __init__(
        self,
        kit: Kit,
        *,
        now: Callable[[], datetime],
        choose: ChooseFile,
        several: ChooseFiles | None = None,
        own_cards: Sequence[bytes] = (),
        lists: Sequence[bytes] = (),
        back: Callable[[], None] | None = None,
        save: SaveFile | None = None,
        here: HereActs | None = None,
    ) -> None:
        super().__init__(kit)
        self._here = here
        self._looked: Looked | None = None
        self._now, self._own, self._back = now, tuple(own_cards), back
        self._lists = tuple(lists)
        self._save = save
        self._given = GivenFiles(self, choose, several, self._again)
        self.checked: Checked | None = None
        self._view: ReadingView | None = None
        self._examiner = ReadyExaminer(self)
        self._sheet: QWidget | None = None
        self._result_place = kit.column()
        self.setAcceptDrops(True)
        self._act = self._choose_packet
        self._show_start()

    def leave(self) -> None:
        self._examiner.end()
        self._forget_view()

    def _forget_view(self) -> None:
        if self._view is not None:
            self._view.forget()

    # choosing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        if paths := dropped(event):
            event.acceptProposedAction()
            self._given.take(paths)

    def _show_start(self) -> None:
        kit = self.kit
        self._show_title()
        choose = kit.button(tr("Choose a packet file"), kind="primary", icon="folder-open")
        choose.setObjectName("choose-packet")
        choose.clicked.connect(self._choose_packet)
        self._first, self._act = choose, self._choose_packet
        words = tr(
            "Choose a packet file (RD-….pdf.age) on a USB stick, or drop it here, with the files that belong to it. It "
            "is checked before anything in it is shown."
        )
        start = kit.card("", kit.label(words, wrap=True), kit.start(choose))
        self.set_body(kit.box(kit.column(start, self._given.card(), STRETCH, gap=3)))

    def _show_title(self, *, again: bool = True) -> None:
        kit, chosen, index = self.kit, self._given.files.subject, self._given.files.index
        other = self._button(tr("Check another file"), self._start_again) if chosen and again else None
        back = None if self._back is None else self._button(tr("Back"), self._back)
        name = join_words(isolate_ltr(each.name) for each in (chosen, index) if each)
        title = kit.column(kit.label(tr("Packet check"), "h1"), kit.label(name, "small", tone="muted"), gap=0)
        self.set_head(kit.row(kit.box(title), STRETCH, other, back))

    def _button(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = self.kit.button(words)
        button.clicked.connect(lambda _on=False: do())
        return button

    def _start_again(self) -> None:
        self._forget_view()
        self._view = None
        self.checked = self._looked = None
        self._given.put_away()
        self._show_start()
        if self._first is not None:
            self._first.setFocus()

    def _choose_packet(self) -> None:
        self._given.ask_packet()

    def _again(self) -> None:
        if self._given.files.subject is None:
            self._show_start()
        else:
            self.check()

    # checking

    def check(self) -> None:
        """Checks the chosen file in a limited child process, beside the window's work."""
        given, own, lists, moment = self._given.files, self._own, self._lists, self._now()
        if (packet := given.subject) is None:
            return
        looking = self._here.looking() if self._here is not None and given.is_alone else None
        ready = self._examiner.child

        def work() -> Looked:
            raw = read_judged(packet)
            if looking is not None:
                looked = looking.look(raw, packet.name, ready=ready)
                return replace(looked, checked=with_index(given, looked.checked, looking.trusted.identities))
            checked = checked_together(given, raw, own_cards=own, own_lists=lists, moment=moment, ready=ready)
            return Looked(name=packet.name, raw=raw, checked=checked, kind=kind_of(packet.name, checked))

        self._show_title()
        self.saving.emit("saving", tr("Checking…"))
        self.kit.jobs.run(self, work, self._show_looked, self._failed)

    def _show_looked(self, looked: Looked) -> None:
        self._looked = looked
        self._examiner.prepare_soon()
        if self._here is not None:
            self._here.seen(looked.checked)
        self._show(looked.checked)

    def _failed(self, error: BaseException) -> None:
        self.saving.emit("saved", tr("All work saved"))
        if not isinstance(error, RehabDeskError):
            raise error
        self._start_again()
        self.complain(error.sentence)

    def _show(self, checked: Checked) -> None:
        self._forget_view()
        self._view, self.checked = None, checked
        self.saving.emit("saved", tr("All work saved"))
        self.problems([])
        spoken = language() if language() in ("en", "fr", "ar") else "en"
        acts, self._act = self._acts(checked)
        given = self._given.files
        keyless = checked.verdict.state is State.CANNOT_OPEN and given.identity is None and self._here is None
        hint = tr("No key was chosen yet. Choose the key file of this team.") if keyless else ""
        result = CheckResult(self.kit, checked, spoken, acts, vouched=bool(given.cards), hint=hint)
        self._show_title(again=self._act != self._start_again)
        self._sheet = None
        self._result_place = self.kit.column(result, STRETCH, gap=3)
        self.set_body(self.kit.box(self._result_place))
        self._first = acts.main
        acts.main.setFocus()

    def _acts(self, checked: Checked) -> tuple[Acts, Callable[[], object]]:
        """What is offered next, the first thing first (interface.md 8.3), and what Ctrl+Enter does."""
        packet, pdf, state, here = checked.packet, checked.pdf, checked.verdict.state, self._here
        found: list[tuple[str, str, Callable[[], object]]] = []
        if packet is not None:
            found.append((tr("Read the packet"), "book-open", lambda: self._read(packet)))
        looked = self._looked
        if here is not None and looked is not None:
            found += self._acts_here(here, looked)
        index = checked.index
        if checked.site_card is not None and state is not State.REFUSED:  # it came before the packet of its site
            found.append((tr("Choose a packet file"), "folder-open", self._given.ask_packet_of_card))
        elif is_lone_annex(checked) or (index is not None and index.is_ is IndexIs.ALONE):
            found.append((tr("Choose its packet"), "folder-open", self._given.ask_its_packet))
        elif state is State.UNKNOWN_SITE:
            found += self._given.acts_for_unknown(checked.verdict)
        elif state is State.CANNOT_OPEN or (index is not None and index.is_ is IndexIs.CLOSED):
            found.append((tr("Key of this team…"), "key", self._given.ask_key))
        if state in CALLED:
            found.append((tr("Call sheet"), "phone", lambda: self._call(checked)))
        if packet is not None and self._save is not None and pdf is not None:
            name = f"{packet.packet.number}.pdf"
            found.append((tr("Save the pages…"), "save", lambda: self._save_pages(name, pdf)))
        if packet is not None and self._save is not None and index is not None and (pages := index.pdf) is not None:
            its_name = index_name(packet.packet.number)
            found.append((tr("Save the file index…"), "save", lambda: self._save_pages(its_name, pages)))
        if not found:
            found.append((tr("Check another file"), "folder-open", self._start_again))
        (words, icon, do), *others = found
        main = self.kit.button(words, kind="primary", icon=icon)
        main.clicked.connect(lambda _on=False: do())
        return Acts(main=main, others=tuple(self._button(said, other) for said, _, other in others)), do

    def _acts_here(self, here: HereActs, looked: Looked) -> list[tuple[str, str, Callable[[], object]]]:
        """What somebody who is signed in can do besides."""
        verdict, found = looked.checked.verdict, list[tuple[str, str, Callable[[], object]]]()
        keep, listing = here.keep, verdict.listing
        if keep is not None and verdict.state in TAKEN_IN:
            found.append((tr("Accept into record"), "download", lambda: self._accept(keep(looked))))
        packet = verdict.packet
        if verdict.state is State.GENUINE and packet is not None and here.leads("packet_feedback"):
            lies_here = here.newer(packet.number)
            if lies_here or keep is not None:  # who answers has it
                words = tr("Write feedback or a receipt")
                found.append((words, "message-circle", lambda: self._answer(lies_here, keep, looked)))
        if verdict.state is State.REPLACED and listing is not None and (newer := here.newer(listing.by)):
            route = Route(name="inbox_packet", id=newer)
            found.append((tr("Open the newer one"), "package", lambda: self.go.emit(route)))
        if verdict.state is State.UNKNOWN_SITE and here.leads("sites_teams"):
            found.append((tr("Compare digits"), "key", lambda: self.go.emit(_card_of(here, looked))))
        return found

    def _accept(self, arrived: Arrived, leads_to: str = "inbox_packet") -> None:
        """It is in the Inbox by now; what may not be taken in says why."""
        if arrived.received:
            self.go.emit(Route(name=leads_to, id=arrived.received))
        else:
            self.complain(arrived.sentence)

    def _answer(self, lies_here: str, keep: Callable[[Looked], Arrived] | None, looked: Looked) -> None:
        if lies_here or keep is None:
            self.go.emit(Route(name="packet_feedback", id=lies_here))
        else:
            self._accept(keep(looked), "packet_feedback")

    def _call(self, checked: Checked) -> None:
        """Beside the result, which stays in sight."""
        if self._sheet is None:
            self._sheet = call_sheet(self.kit, checked, vouched=bool(self._given.files.cards))
            self._result_place.insertWidget(0, self._sheet)
        self.bring_into_sight(self._sheet)

    def _save_pages(self, name: str, pdf: bytes) -> None:
        """They are never drawn here: whoever wants them opens the file with a viewer."""
        if self._save is not None and self._save(self, name, pdf) is not None:
            self.said.emit(tr("A viewer may show more or less than was checked. Protect this file: it is not sealed."))

    def _read(self, packet: Handover) -> None:
        """The content as it was signed, from its data and not from its pages."""
        kit, checked = self.kit, self.checked
        if checked is None:
            return
        self._view = ReadingView(kit, read(packet))
        self._first = self._view.first_focus()
        words = tr("Read from the signed data. It shows words, not the pages.")
        note = kit.label(words, "small", tone="muted", wrap=True)
        title, _, colour = verdict_look(checked.verdict.state)
        back = self._button(tr("Back to the result"), lambda: self._show(checked))
        head = kit.row(kit.tag(title, colour), (note, 1), back, gap=3)
        self.set_body(kit.box(kit.column(head, self._view, STRETCH)))
        self._act = self._start_again
        self._first.setFocus()


def _card_of(here: HereActs, looked: Looked) -> Route:
    """The card of an unknown site. Who takes files in finds this one in the Inbox afterwards; others choose it anew."""
    packet, keep = looked.checked.verdict.packet, here.keep
    at_hand = packet.site if packet is not None else ""
    return Route(name="sites_teams", id=at_hand if keep is None else keep(looked).id)
