"""A pastoral contribution to the shared plan: read back, agreed, and given with the person's consent (cha.C9)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.terms import Terms
from rehabdesk.core.text import isolate
from rehabdesk.notes.chaplaincy.contribution_model import Agreed, Audience, Contribution
from rehabdesk.notes.chaplaincy.contribution_service import Contributions
from rehabdesk.notes.chaplaincy.sealed_words_model import sealed_words_in
from rehabdesk.notes.words_model import agreed_words
from rehabdesk.ui.autosave import Autosave
from rehabdesk.ui.dates import short
from rehabdesk.ui.kit import STRETCH, Kit, empty
from rehabdesk.ui.page import Page, Route

LONGEST = 2_000
HOW, CONSENT = "how", "consent"
"""Names of what is typed beside the wording, which is a draft of its own."""


class ContributionPage(Page):
    """`rule`: what the site says about sealed matters; `warn_of`: words that call for a second look."""

    def __init__(
        self, kit: Kit, contributions: Contributions, person_id: str, *, name: str, rule: str, warn_of: Terms[str]
    ) -> None:
        super().__init__(kit)
        self._contributions, self._person, self._name = contributions, person_id, name
        self._rule, self._warn_of = rule, warn_of
        self._autosave = Autosave(self, self._write)
        self._words = kit.text_area(contributions.kept_words(person_id), limit=LONGEST, lines=5)
        self._read_back = kit.check(tr("Read back to the person"))
        self._agreed = kit.choice([(each.value, agreed_words(each)) for each in Agreed])
        self._audience = kit.choice(
            [
                (Audience.TEAM.value, tr("The team")),
                (Audience.NAMED_FAITH_LEADER.value, tr("A community faith leader")),
            ],
            chosen=Audience.TEAM.value,
        )
        self._leader = kit.line(limit=120)
        self._warning = kit.label("", "small", wrap=True)
        self._consent_place = kit.column()
        self._fields = {
            "words": kit.field(tr("&Contribution, in the agreed wording"), self._words, required=True),
            "read_back": kit.field(tr("Reading back"), self._read_back, required=True),
            "agreed": kit.field(tr("How the wording was agreed"), self._agreed, required=True),
            "audience": kit.field(tr("Who it is for"), self._audience),
            "leader": kit.field(tr("&Name of the faith leader"), self._leader, required=True),
        }
        self._set_frame()
        self.forms.show(HOW, [self._fields[code] for code in ("read_back", "agreed", "audience", "leader")])
        self._audience.changed.connect(lambda _code: self._show_asked())
        self._words.textChanged.connect(self._typed)
        self._show_asked()

    def first_focus(self) -> QWidget | None:
        return self._words

    def main_act(self) -> None:
        """Asks for the signature, or says what is missing."""
        try:
            contribution = self._typed_contribution().resting_on("")
        except UserError as problem:
            self._complain(problem)
            return
        if self._contributions.consent(self._person) is None:
            self._ask_consent()
            return
        self._complain(None)
        sentence = tr("Giving this contribution about {name} to the team: you cannot edit it afterwards.")
        self.ask(sentence.format(name=isolate(self._name)), tr("Sign contribution"), lambda: self._give(contribution))

    def keep(self) -> None:
        self._autosave.now()

    def reopen(self, form: str) -> None:
        if form == CONSENT and self._contributions.consent(self._person) is None:
            self._ask_consent()

    # building

    def _set_frame(self) -> None:
        kit = self.kit
        title = kit.label(tr("Pastoral contribution"), "h1")
        who = kit.label(isolate(self._name), "small", tone="muted")
        level = kit.tag(tr("Team: case team and supervisor"), "grey", "users")
        self.set_head(kit.row(kit.box(kit.column(title, who, gap=0)), level, STRETCH, gap=3))
        self._warned = kit.card(
            "", kit.row(kit.picture("triangle-alert", "amber_fg", 16), (self._warning, 1)), kind="warn"
        )
        rule = kit.label(self._rule, "small", tone="hint", wrap=True)
        words = kit.card("", self._fields["words"], rule, self._warned, self._fields["read_back"])
        how = kit.card("", self._fields["agreed"], self._fields["audience"], self._fields["leader"])
        self.set_body(kit.box(kit.column(words, how, self._consent_place, STRETCH, gap=4)))
        back = kit.button(tr("Back"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit(Route(name="person", person=self._person, id="overview")))
        sign = kit.button(tr("Sign contribution"), kind="primary", icon="signature")
        sign.setToolTip(f"{tr('Sign contribution')} (Ctrl+Enter)")
        sign.clicked.connect(self.main_act)
        self.set_foot(kit.row(back, STRETCH, sign))
        self._show_consent()

    def _show_consent(self) -> None:
        """On what it rests: the consent that stands, or the offer to record one."""
        kit, consent = self.kit, self._contributions.consent(self._person)
        empty(self._consent_place)
        if consent is not None:
            given = consent.details.given_on
            words = tr("{name} agreed on {day} that a contribution goes to the team.").format(
                name=isolate(self._name), day=isolate("" if given is None else short(given))
            )
            self._consent_place.addWidget(kit.card(tr("Consent"), kit.label(words, wrap=True), kind="flat", gap=1))
            return
        ask = kit.button(tr("Record the consent"), icon="plus")
        ask.clicked.connect(self._ask_consent)
        words = tr("{name} has not agreed to a contribution yet. Ask, and record the answer here.")
        said = kit.label(words.format(name=isolate(self._name)), wrap=True)
        self._consent_place.addWidget(kit.card(tr("Consent"), said, kit.start(ask), kind="flat", gap=2))

    def _ask_consent(self) -> None:
        kit = self.kit
        spoken = kit.line(limit=60)
        how = kit.choice([(each.value, agreed_words(each)) for each in Agreed])
        language = kit.field(tr("&Explained in"), spoken, hint=tr("Language code, for example fr"), required=True)
        method = kit.field(tr("How it was given"), how, required=True)
        keep = kit.button(tr("Record the consent"), kind="primary")
        fields = {"explained_in": language, "method": method}

        def record() -> None:
            for field in fields.values():
                field.calm()
            code = how.code()
            try:
                self._contributions.record_consent(
                    self._person,
                    explained_in=spoken.text().strip(),
                    method=None if code is None else Agreed(code),
                )
            except UserError as problem:
                self.complain(problem.sentence, fields.get(problem.field or "", language))
                return
            self.problems([])
            self.forms.finish(CONSENT)
            self.said.emit(tr("Consent recorded."))
            self._show_consent()

        keep.clicked.connect(record)
        empty(self._consent_place)
        what = tr("{name} agrees that this contribution, in the wording above, goes to the team.")
        words = kit.label(what.format(name=isolate(self._name)), "strong", wrap=True)
        self._consent_place.addWidget(kit.card(tr("Consent"), words, language, method, kit.start(keep)))
        self.forms.show(CONSENT, [language, method])
        spoken.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_into_sight(keep)

    def _show_asked(self) -> None:
        self._fields["leader"].setVisible(self._audience.code() == Audience.NAMED_FAITH_LEADER.value)
        found = sealed_words_in(self._words.words(), self._warn_of)
        if found:
            words = tr("Look again at “{word}”. {rule}")
            self._warning.setText(words.format(word=isolate(found[0]), rule=isolate(self._rule)))
        self._warned.setVisible(bool(found))

    # keeping and giving

    def _typed(self) -> None:
        self._show_asked()
        self._autosave.touch()

    def _write(self) -> None:
        self._contributions.keep_words(self._person, self._words.words())

    def _typed_contribution(self) -> Contribution:
        agreed, audience = self._agreed.code(), Audience(self._audience.code() or Audience.TEAM.value)
        return Contribution(
            words=self._words.words(),
            read_back=self._read_back.isChecked(),
            consent="",
            audience=audience,
            agreed=None if agreed is None else Agreed(agreed),
            leader=self._leader.text().strip() if audience is Audience.NAMED_FAITH_LEADER else "",
        )

    def _give(self, contribution: Contribution) -> None:
        try:
            self._contributions.give(self._person, contribution)
        except UserError as problem:
            self._complain(problem)
            return
        self._autosave.forget()
        self.forms.finish(HOW)
        self.said.emit(tr("Signed. The team reads it on the timeline."))
        self.go.emit(Route(name="person", person=self._person, id="timeline"))

    def _complain(self, problem: UserError | None) -> None:
        for field in self._fields.values():
            field.calm()
        if problem is None:
            self.problems([])
            return
        self.complain(problem.sentence, self._fields.get(problem.field or "", self._fields["words"]))
