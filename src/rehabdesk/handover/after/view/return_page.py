"""A file that came back, looked at before anything of it counts: what it is, whose, and what is wrong with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import RehabDeskError, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.handover.after.after_seal_model import decision_words
from rehabdesk.handover.after.feedback_form_model import FeedbackForm
from rehabdesk.handover.after.feedback_model import Feedback, changed_words, kind_words, question_words
from rehabdesk.handover.after.receipt_model import Receipt
from rehabdesk.handover.after.returns_model import (
    STOPS,
    ItemOffer,
    LookedAt,
    ReasonKind,
    Remark,
    reason_words,
    remark_words,
)
from rehabdesk.handover.after.returns_service import Returns
from rehabdesk.handover.after.status_list_model import StatusList
from rehabdesk.handover.after.status_list_service import StatusLists
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.state_words_model import verdict_look
from rehabdesk.ui.dates import local, long
from rehabdesk.ui.kit import STRETCH, Kit
from rehabdesk.ui.page import Page, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """The file. `raw`: its whole content."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SetItem:
    """An item of the checklist as it is to be set: `reason` where it stays open."""

    person: str
    code: str
    done: bool
    evidence: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTools:
    """`item_words`: the words of an item of the person's running checklist, empty where there is none.

    `set_item` sets it; UserError says why it cannot be. `taken`: the file is done with.
    """

    name_of: Callable[[str], str]
    item_words: Callable[[str, str], str]
    set_item: Callable[[SetItem], None]
    back: Route
    taken: Callable[[], None] = lambda: None


class ReturnPage(Page):
    """Examines the file in the limited child first, beside the window's work."""

    def __init__(self, kit: Kit, returns: Returns, lists: StatusLists, file: CameBack, tools: ReturnTools) -> None:
        super().__init__(kit)
        self._returns, self._lists, self._file, self._tools = returns, lists, file, tools
        self._looked: LookedAt | None = None
        self._checked: Checked | None = None
        self._offered: list[_Offered] = []
        self._show_head(tr("Looking at the file…"))
        self._look()

    # looking

    def _look(self) -> None:
        check, moment, raw = self._returns.check(), self._returns.now(), self._file.raw
        self.kit.jobs.run(self, lambda: check.check(raw, moment=moment), self._show, self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, RehabDeskError):
            raise error
        self._refuse(error.sentence)

    def _refuse(self, sentence: str) -> None:
        kit = self.kit
        self._show_head(tr("This file is not taken"))
        said = kit.card("", self._said("circle-alert", "danger", sentence))
        self.set_body(kit.box(kit.column(said, STRETCH)))
        self._set_acts(None)

    def _show(self, checked: Checked) -> None:
        self._checked = checked
        brought = checked.brought
        if brought is not None and isinstance(brought.content, StatusList):
            self._show_list(brought.content, checked)
            return
        try:
            looked = self._looked = self._returns.looked_at(self._file.name, checked)
        except UserError as problem:
            self._refuse(problem.sentence)
            return
        self._show_return(looked)

    # a receipt, or feedback

    def _show_return(self, looked: LookedAt) -> None:
        kit = self.kit
        receipt = isinstance(looked.brought.content, Receipt)
        self._show_head(tr("A receipt came back") if receipt else tr("Feedback came back"), self._tags(looked))
        main = [self._remarks(looked), self._content(looked)]
        rail = [self._about(looked), self._offers(looked)]
        self.set_body(kit.box(kit.column(*main, STRETCH, gap=3)), kit.box(kit.column(*rail, STRETCH, gap=3)))
        act = (tr("Accept into record"), "check", self._ask) if looked.may_be_accepted else None
        self._set_acts(act)

    def _tags(self, looked: LookedAt) -> Sequence[tuple[str, str]]:
        signed = looked.brought.signed
        if signed is None:
            return [(tr("Not signed"), "amber")]
        if not signed.team:
            return [(tr("Key not known"), "amber")]
        return [(tr("Signed by {team}").format(team=isolate(signed.team_name)), "green")]

    def _remarks(self, looked: LookedAt) -> QWidget | None:
        if not looked.remarks:
            return None
        said = [self._said(*_icon(remark), remark_words(remark)) for remark in looked.remarks]
        return self.kit.card("", *said, kind="flat", gap=2)

    def _content(self, looked: LookedAt) -> QWidget:
        kit, content = self.kit, looked.brought.content
        if isinstance(content, Receipt):
            lines = [
                (tr("What they decided"), decision_words(content.decision)),
                (tr("What their check found"), verdict_look(content.state)[0]),
                (tr("Received on"), isolate(long(local(content.received_at).date()))),
                (tr("By"), _isolated(content.by)),
                (tr("Note"), _isolated(content.note or "")),
            ]
        else:
            lines = list(_answers(content))
        rows = [
            kit.column(kit.label(caption, "small", tone="muted", wrap=True), kit.label(words, wrap=True), gap=0)
            for caption, words in lines
            if words
        ]
        return kit.card(tr("What it says"), *rows, gap=3)

    def _about(self, looked: LookedAt) -> QWidget:
        kit, packet = self.kit, looked.packet
        if packet is None:
            number = isolate_ltr(looked.brought.number or tr("none"))
            words = tr("Number: {number}").format(number=number)
            return kit.card(tr("Packet"), kit.label(words, wrap=True), kind="flat")
        lines = (
            isolate_ltr(packet.number),
            tr("about {name}").format(name=isolate(self._tools.name_of(packet.person))),
            tr("for {team}").format(team=isolate(packet.team_name)),
        )
        return kit.card(tr("Packet"), *(kit.label(words, wrap=True) for words in lines), kind="flat", gap=1)

    def _offers(self, looked: LookedAt) -> QWidget | None:
        """Items of the checklist: set only where somebody ticks them, and no word on progress among them."""
        self._offered = []
        if looked.packet is None or not looked.may_be_accepted:
            return None
        for offer in looked.offers:
            words = self._tools.item_words(looked.packet.person, offer.code)
            if words:
                self._offered.append(_Offered(self.kit, offer, words, _why(looked)))
        if not self._offered:
            return None
        hint = tr("Tick what this settles on the release checklist. No word on progress changes.")
        boxes = [each.box for each in self._offered]
        return self.kit.card(
            tr("Release checklist"), self.kit.label(hint, "small", tone="muted", wrap=True), *boxes, kind="flat", gap=3
        )

    def _ask(self) -> None:
        looked = self._looked
        if looked is None or looked.packet is None:
            return
        for each in self._offered:
            if (problem := each.problem()) is not None:
                self.problems([problem])
                return
        self.problems([])
        sentence = tr("Accepting this into the record of {name}, marked as an outside source.").format(
            name=isolate(self._tools.name_of(looked.packet.person))
        )
        self.ask(f"{looked.to_be_known} {sentence}".strip(), tr("Accept into record"), self._accept)

    def _accept(self) -> None:
        if self._checked is None:
            return
        try:
            looked = self._returns.accept_checked(self._file.raw, self._file.name, self._checked, knowing=True)
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        packet = looked.packet
        self._tools.taken()
        if packet is None:
            return
        said = [tr("Accepted into the record.")]
        for each in self._offered:
            try:
                if each.ticked:
                    self._tools.set_item(each.chosen(packet.person, packet.number))
            except UserError as problem:
                said.append(problem.sentence)
        self.go.emit(Route(name="packet_view", person=packet.person, id=packet.id))
        self.said.emit(" ".join(said))

    # a status list

    def _show_list(self, made: StatusList, checked: Checked) -> None:
        kit = self.kit
        title = tr("Status list {number} of {site}").format(number=made.seq, site=isolate(made.site))
        self._show_head(title)
        lines = (
            tr("Issued on {day}").format(day=isolate(long(local(made.issued).date()))),
            tr("Packets in it: {count}").format(count=len(made.entries)),
        )
        words = tr("It says which packets of this site were withdrawn, replaced or signed a second time.")
        card = kit.card("", kit.label(words, wrap=True), *(kit.label(line, wrap=True) for line in lines), gap=2)
        self.set_body(kit.box(kit.column(card, STRETCH)))
        self._set_acts((tr("Take the list"), "check", lambda: self._take(checked)))

    def _take(self, checked: Checked) -> None:
        try:
            self._lists.keep(self._file.raw, checked.brought, checked.verdict.state)
        except RehabDeskError as problem:
            self.complain(problem.sentence)
            return
        self._tools.taken()
        self.go.emit(self._tools.back)
        self.said.emit(tr("The list is taken. From now on packets of this site are checked with it."))

    # inside

    def _show_head(self, title: str, tags: Sequence[tuple[str, str]] = ()) -> None:
        kit = self.kit
        name = kit.label(isolate_ltr(self._file.name), "small", tone="muted", wrap=True)
        words = kit.box(kit.column(kit.label(title, "h1", wrap=True), name, gap=0))
        self.set_head(kit.row((words, 1), *(kit.tag(*tag) for tag in tags), gap=3))

    def _set_acts(self, act: tuple[str, str, Callable[[], None]] | None) -> None:
        kit = self.kit
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(self._tools.back))
        self._first, self._act = back, None
        if act is None:
            self.set_foot(kit.row(back, STRETCH))
        else:
            words, icon, do = act
            button = kit.button(words, kind="primary", icon=icon)
            button.clicked.connect(lambda _on=False: do())
            self._first, self._act = button, do
            self.set_foot(kit.row(back, STRETCH, button))
        self._first.setFocus()

    def _said(self, icon: str, colour: str, words: str) -> QWidget:
        kit = self.kit
        return kit.box(kit.row(kit.picture(icon, colour), (kit.label(words, wrap=True), 1), gap=2))


class _Offered:
    """One item with its tick; where it stays open, what kind of reason it is, and the reason."""

    def __init__(self, kit: Kit, offer: ItemOffer, words: str, why: str) -> None:
        self._offer = offer
        said = tr("Set {code} to done") if offer.done else tr("Keep {code} open, with the reason")
        self._tick = kit.check(said.format(code=isolate_ltr(offer.code)))
        self._tick.setAccessibleDescription(words)
        self._kind = kit.choice(
            [
                (ReasonKind.PRACTICAL.value, tr("Practical reason")),
                (ReasonKind.REGIME.value, tr("Reason of the institution")),
            ]
        )
        self._words = kit.line(why, limit=300)
        self._words.setCursorPosition(0)  # a long reason is read from its beginning
        self._kind_field = kit.field(tr("What kind of reason"), self._kind)
        self._words_field = kit.field(tr("Reason"), self._words)
        self._open = kit.box(kit.column(self._kind_field, self._words_field, gap=2, margins=(0, 6, 0, 0)))
        self._open.setVisible(False)
        self._tick.toggled.connect(lambda on: self._open.setVisible(on and not offer.done))
        about = kit.label(words, "small", tone="muted", wrap=True)
        self.box = kit.box(kit.column(self._tick, about, self._open, gap=1))

    @property
    def ticked(self) -> bool:
        return self._tick.isChecked()

    def problem(self) -> tuple[str, QWidget] | None:
        """What is missing, and where."""
        if not self.ticked or self._offer.done:
            return None
        if not self._kind.code():
            return tr("Choose what kind of reason it is."), self._kind.focusProxy() or self._kind
        if not self._words.text().strip():
            return tr("Write the reason."), self._words
        return None

    def chosen(self, person: str, number: str) -> SetItem:
        """As it is to be set."""
        evidence = tr("answer to packet {number}").format(number=number)
        reason = ""
        if not self._offer.done:
            reason = reason_words(ReasonKind(self._kind.code() or ""), self._words.text().strip())
        return SetItem(person=person, code=self._offer.code, done=self._offer.done, evidence=evidence, reason=reason)


def _icon(remark: Remark) -> tuple[str, str]:
    return ("circle-alert", "danger") if remark in STOPS else ("info", "text2")


def _answers(content: object) -> Iterator[tuple[str, str]]:
    """Caption and words of everything that feedback says."""
    if not isinstance(content, Feedback | FeedbackForm):
        return
    yield tr("Kind"), kind_words(content.kind)
    yield tr("By"), _isolated(content.by)
    for name, words in content.answers.given().items():
        yield question_words(name), isolate(words)
    yield tr("What changed"), join_words(changed_words(each) for each in content.changed)


def _isolated(words: str) -> str:
    """Nothing for nothing: a line without words is left out."""
    return isolate(words) if words else ""


def _why(looked: LookedAt) -> str:
    """The first answer that may hold the reason, to be put right by hand."""
    content = looked.brought.content
    if isinstance(content, Receipt | StatusList):
        return ""
    said = content.answers
    return " ".join((said.q9 or said.q5 or said.q4 or "").split())[:300]
