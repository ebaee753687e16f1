"""The small forms of programmes: a new one, that it began, ended or goes on, and one session."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.plans.programmes.intervention_model import (
    Intervention,
    InterventionState,
    Kind,
    Outcome,
    Participation,
    Session,
    SessionStatus,
    StoredIntervention,
    StoredSession,
)
from rehabdesk.plans.programmes.intervention_service import Interventions, missed
from rehabdesk.plans.programmes.intervention_words_model import outcome_words, participation_words, session_words
from rehabdesk.ui.dates import short
from rehabdesk.ui.field import Field
from rehabdesk.ui.kit import Kit
from rehabdesk.ui.page import Page

Act = Callable[[], None]
OWN = "own:"
"""Before the name of a programme that this site added, among the choices."""


class NewProgramme:
    """The fields of a new programme. A name that the site added fills in what it is and who gives it."""

    def __init__(
        self, kit: Kit, work: Interventions, groups: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]]
    ) -> None:
        self._kit, self._work, self._own = kit, work, {each.name: each for each in work.names()}
        generic = [(each.code, tr(each.text)) for each in work.catalogue.entries]
        named = [(OWN + name, name) for name in self._own]
        self.what = kit.combo([*named, *generic], empty=tr("Choose what it is"))
        self._called, self._provider = kit.line(limit=120), kit.line(limit=120)
        self.offer = kit.check(tr("Offer this name from now on"))
        self._part = kit.choice([(each.value, participation_words(each)) for each in Participation])
        self._start = kit.date_field(kit.today(), coming=True)
        self._sessions = kit.line(hint=tr("Leave empty where nobody knows"))
        self._area = kit.combo(areas, empty=tr("None of them alone"))
        self._group, self._groups = kit.combo(groups, empty=tr("No group of this desk")), groups
        self._group_field = _named("group", kit.field(tr("Its group, which keeps who came"), self._group))
        self._group_field.hide()
        self.what.changed.connect(self._chosen)

    def fields(self) -> list[QWidget]:
        kit = self._kit
        called = _named("name", kit.field(tr("What it is called here"), self._called))
        provider = _named("provider", kit.field(tr("Who gives it"), self._provider, required=True))
        start = _named("start", kit.field(tr("Begins on"), self._start, required=True))
        sessions = _named("sessions", kit.field(tr("Sessions that are planned"), self._sessions))
        return [
            _named("catalogue", kit.field(tr("What it is"), self.what, required=True)),
            kit.box(kit.row((called, 1), (provider, 1), gap=3)),
            self.offer,
            _named("participation", kit.field(tr("By whose wish"), self._part, required=True)),
            kit.box(kit.row((start, 1), (sessions, 1), gap=3)),
            kit.field(tr("The area of the plan that it serves"), self._area),
            self._group_field,
        ]

    def facts(self) -> Intervention:
        """UserError names the field that lacks something."""
        code, part, day = self._code(), self._part.code(), self._start.day()
        if not code:
            raise UserError(tr("Choose from the list what it is."), field="catalogue")
        if part is None:
            raise UserError(tr("Say by whose wish it is."), field="participation")
        if day is None:
            raise UserError(tr("Say when it begins."), field="start")
        return Intervention(
            catalogue=code,
            kind=self._work.catalogue.entry(code).kind,
            participation=Participation(part),
            provider=self._provider.text().strip(),
            start=day,
            name=self._called.text().strip(),
            domain=self._area.code() or "",
            group=(self._group.code() or "") if not self._group_field.isHidden() else "",
            sessions_planned=_whole(self._sessions.text()),
        )

    def _chosen(self, code: str) -> None:
        one = self._own.get(code.removeprefix(OWN)) if code.startswith(OWN) else None
        if one is not None:
            self._called.setText(one.name)
            self._provider.setText(one.provider)
        known = self._code()
        is_group = bool(known) and self._work.catalogue.entry(known).kind is Kind.GROUP
        self._group_field.setVisible(bool(self._groups) and is_group)

    def _code(self) -> str:
        """The code of the catalogue, also behind a name of this site."""
        code = self.what.code() or ""
        own = self._own.get(code.removeprefix(OWN)) if code.startswith(OWN) else None
        return code if own is None else own.catalogue


class ProgrammeForms:
    """Forms on `page`; each gives what Ctrl+Enter does while it is shown. `recorded` hears of a new session."""

    def __init__(
        self,
        page: Page,
        work: Interventions,
        person_id: str,
        groups: Sequence[tuple[str, str]],
        areas: Sequence[tuple[str, str]],
        *,
        name: str,
    ) -> None:
        self._page, self._kit, self._work, self._person = page, page.kit, work, person_id
        self._groups, self._areas, self._name = groups, areas, isolate(name)
        self.recorded: Callable[[str], None] = lambda _rid: None

    def ask_new(self) -> Act:
        """What it is, who gives it, by whose wish, from when."""
        form = NewProgramme(self._kit, self._work, self._groups, self._areas)

        def keep() -> None:
            self._work.record(self._person, form.facts(), offer_name=form.offer.isChecked())
            self._page.said.emit(tr("The programme stands with {name}.").format(name=self._name))

        title = tr("A programme for {name}").format(name=self._name)
        return self._page.show_form(title, form.fields(), tr("Add"), keep, first=form.what, name="add")

    def ask_begin(self, stored: StoredIntervention) -> Act:
        day = self._kit.date_field(self._kit.today())

        def keep() -> None:
            if (on := day.day()) is None:
                raise UserError(tr("Say on which day."), field="on")
            self._work.begin(stored.rid, on)
            self._page.said.emit(tr("It runs from now on."))

        field = _named("on", self._kit.field(tr("On"), day, required=True))
        return self._show(stored, tr("It began"), [field], keep, day.line, "begin")

    def ask_end(self, stored: StoredIntervention) -> Act:
        """What never began did not start; there is nothing to choose then."""
        kit, never = self._kit, stored.intervention.state is InterventionState.PLANNED
        how = kit.choice(
            [(each.value, outcome_words(each)) for each in Outcome if (each is Outcome.DID_NOT_START) == never],
            chosen=Outcome.DID_NOT_START.value if never else None,
        )
        day, words = kit.date_field(kit.today()), kit.line(limit=400)

        def keep() -> None:
            if how.code() is None:
                raise UserError(tr("Choose from the list how it ended."), field="outcome")
            if (on := day.day()) is None:
                raise UserError(tr("Say on which day."), field="on")
            self._work.end(stored.rid, Outcome(how.code() or ""), on, words=words.text())
            self._page.said.emit(tr("Recorded how it ended."))

        fields = [
            _named("outcome", kit.field(tr("How it ended"), how, required=True)),
            _named("on", kit.field(tr("On"), day, required=True)),
            _named("words", kit.field(tr("In words"), words)),
        ]
        return self._show(stored, tr("It ended"), fields, keep, how.focusProxy() or how, "end")

    def ask_go_on(self, stored: StoredIntervention) -> Act:
        words = self._kit.line(limit=400)

        def keep() -> None:
            self._work.go_on(stored.rid, words.text())
            self._page.said.emit(tr("It goes on."))

        field = _named("words", self._kit.field(tr("Why it goes on"), words, required=True))
        return self._show(stored, tr("It goes on"), [field], keep, words, "go_on")

    def ask_session(self, stored: StoredIntervention) -> Act:
        """The day, how it went, and for which missed one it stands."""
        kit = self._kit
        day, minutes = kit.date_field(kit.today()), kit.line()
        how = kit.combo([(each.value, session_words(each)) for each in SessionStatus], empty=tr("Choose how it went"))
        offered = kit.check(tr("An interpreter or reader was offered"))
        missing = [(each.rid, _held(each)) for each in missed(self._work.sessions(stored.rid))]
        instead = kit.combo(missing, empty=tr("For none"))
        help_ = _named("help_offered", kit.field(tr("Before taking a no"), offered, required=True))
        help_.hide()
        how.changed.connect(lambda code: help_.setVisible(code == SessionStatus.DECLINED))

        def keep() -> None:
            if (on := day.day()) is None:
                raise UserError(tr("Say on which day."), field="on")
            if how.code() is None:
                raise UserError(tr("Choose how it went, or why it did not take place."), field="status")
            status = SessionStatus(how.code() or "")
            held = Session(
                intervention=stored.rid,
                on=on,
                status=status,
                minutes=_whole(minutes.text(), "minutes"),
                instead_of=instead.code() or "",
                help_offered=offered.isChecked() and status is SessionStatus.DECLINED,
            )
            self.recorded(self._work.record_session(held).rid)
            self._page.said.emit(tr("Recorded. Ctrl+Z takes it back."))

        fields: list[QWidget] = [
            kit.box(
                kit.row(
                    (_named("on", kit.field(tr("On"), day, required=True)), 1),
                    (_named("minutes", kit.field(tr_as("Minutes", "time"), minutes)), 1),
                    gap=3,
                )
            ),
            _named("status", kit.field(tr("How it went"), how, required=True)),
            help_,
        ]
        if missing:
            fields.append(_named("instead_of", kit.field(tr("It stands for a session that was not held"), instead)))
        return self._show(stored, tr("A session"), fields, keep, day.line, "session")

    def ask_mistake(self, stored: StoredIntervention) -> Act:
        """A session that was never so: it is shown no more, the record stays."""
        kit = self._kit
        known = [(each.rid, _held(each)) for each in self._work.sessions(stored.rid)]
        which = kit.combo(known, empty=tr("Choose the session"))

        def keep() -> None:
            if which.code() is None:
                raise UserError(tr("Choose the session."), field="session")
            self._work.take_back(which.code() or "")
            self._page.said.emit(tr("Taken back. The log keeps that it was recorded."))

        field = _named("session", kit.field(tr("Which session was recorded by mistake?"), which, required=True))
        return self._show(stored, tr("Recorded by mistake"), [field], keep, which, "mistake")

    def _show(
        self,
        stored: StoredIntervention,
        title: str,
        fields: Sequence[QWidget],
        keep: Callable[[], None],
        first: QWidget,
        what: str,
    ) -> Act:
        named = tr("{caption}: {words}").format(caption=title, words=isolate(self._work.title(stored.intervention)))
        return self._page.show_form(named, fields, tr("Record"), keep, first=first, name=f"{what} {stored.rid}")


def _held(stored: StoredSession) -> str:
    """The day of a session, and how it went."""
    held = stored.session
    return tr("{day}: {what}").format(day=short(held.on), what=session_words(held.status))


def _whole(text: str, field: str = "sessions") -> int:
    """A number as it is typed; nothing is 0."""
    words = text.strip()
    if not words:
        return 0
    if not words.isdecimal() or len(words) > 4:
        raise UserError(tr("Write a number, or leave it empty."), field=field)
    return int(words)


def _named(code: str, field: Field) -> Field:
    """A field that an error finds by its name."""
    field.setObjectName(code)
    return field
