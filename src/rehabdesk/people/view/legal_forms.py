"""The forms of the legal page: what followed, a release, dates and papers, a correction."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr, tr_as
from rehabdesk.core.text import isolate
from rehabdesk.people.legal_model import DateSource, ReleaseRoute, SentenceType, Stage
from rehabdesk.people.legal_service import LegalStages
from rehabdesk.people.record_words_model import sentence_words, source_words
from rehabdesk.people.view.record_page import RecordOf, RecordPage, shown_if
from rehabdesk.people.words_model import route_words, stage_words
from rehabdesk.ui.choices import Choice, Combo
from rehabdesk.ui.field import Field
from rehabdesk.ui.fields import DateField

TYPED_DATES = (
    "arrest",
    "remand",
    "conviction",
    "sentence",
    "conditional_release_eligible",
    "planned_release",
    "supervision_end",
)
AFTER_CONVICTION = frozenset({"conviction", "sentence", "conditional_release_eligible", "supervision_end"})


class LegalForms:
    """They take the place of the page's body. Everything typed stays while an error is put right."""

    def __init__(self, page: RecordPage, legal: LegalStages, record: RecordOf) -> None:
        self._page, self._legal, self._record = page, legal, record

    def ask_change(self) -> None:
        """What followed: only what may follow, with its day and where the day comes from."""
        kit = self._page.kit
        stages = [(each.value, stage_words(each)) for each in self._legal.offered(self._record.person)]
        stage, (day, source) = kit.combo(stages, empty=tr("Choose")), self._day_and_source()
        fields = {
            "stage": kit.field(tr("What followed?"), stage, required=True),
            "since": kit.field(tr("On which day?"), day, required=True),
            "source": kit.field(tr("Where does the day come from?"), source, required=True),
        }

        def keep() -> None:
            to = Stage(_chosen(stage, "stage", tr("Choose what followed.")))
            self._legal.change(self._record.person, to, on=_read(day, "since"), source=_source(source))
            self._done(tr("Recorded: {stage}.").format(stage=stage_words(to)))

        self._page.ask_in_form(tr("Change the stage"), fields, tr("Record the change"), keep, first=stage)

    def ask_release(self) -> None:
        """Day, route, source, and nothing else that could keep anybody in: how the person left follows the route."""
        kit, person = self._page.kit, self._record.person
        routes = [(each.value, route_words(each)) for each in ReleaseRoute]
        known = self._legal.now(person).release_route
        route, (day, source) = kit.combo(routes, chosen=known.value if known else None), self._day_and_source()
        words = kit.line(limit=200)
        ways = [(each.value, stage_words(each)) for each in self._legal.ways_out(person)]
        way = kit.choice(ways)
        other = kit.field(tr("Which other way?"), words)

        def follow(code: str) -> None:
            chosen = ReleaseRoute(code or "unknown")
            way.choose(self._legal.usual_way(person, chosen).value)
            shown_if(other, chosen is ReleaseRoute.OTHER)

        route.changed.connect(follow)
        follow(route.code() or "")
        fields = {
            "since": kit.field(tr("On which day?"), day, required=True),
            "route": kit.field(tr("By which way of release?"), route, required=True),
            "release_route": other,
            "source": kit.field(tr("Where does the day come from?"), source, required=True),
            "stage": kit.field(tr("How did {name} leave?").format(name=isolate(self._record.name)), way),
        }

        def keep() -> None:
            self._legal.release(
                person,
                Stage(way.code() or Stage.RELEASED_UNSUPERVISED.value),
                on=_read(day, "since"),
                source=_source(source),
                route=ReleaseRoute(route.code() or "unknown"),
                route_words=words.text().strip() if route.code() == ReleaseRoute.OTHER.value else "",
            )
            self._done(tr("The release is recorded."))

        self._page.ask_in_form(tr("Record the release"), fields, tr("Record the release"), keep, first=day.line)

    def ask_correction(self) -> None:
        """Any stage, with the reason; the history keeps both."""
        kit, now = self._page.kit, self._legal.now(self._record.person)
        stage = kit.combo([(each.value, stage_words(each)) for each in Stage], chosen=now.stage.value)
        day, source = self._day_and_source(now.since, now.source)
        reason = kit.line(limit=300)
        fields = {
            "stage": kit.field(tr("What is right?"), stage, required=True),
            "since": kit.field(tr("Since which day?"), day, required=True),
            "source": kit.field(tr("Where does the day come from?"), source, required=True),
            "correction": kit.field(tr("Why is it corrected?"), reason, required=True),
        }

        def keep() -> None:
            self._legal.correct(
                self._record.person,
                Stage(stage.code() or now.stage.value),
                on=_read(day, "since"),
                source=_source(source),
                reason=reason.text().strip(),
            )
            self._done(tr("Corrected; the history keeps both."))

        self._page.ask_in_form(tr("Correct a mistake"), fields, tr("Correct"), keep, first=stage)

    def ask_facts(self) -> None:
        """Authority, number, appeal, days. While the person is not convicted nothing about an offence."""
        kit, now = self._page.kit, self._legal.now(self._record.person)
        authority, number = kit.line(now.authority, limit=120), kit.line(now.file_no, limit=60)
        label = kit.line(now.offence_label_short, limit=120)
        kind = kit.choice([(each.value, sentence_words(each)) for each in SentenceType], chosen=now.sentence_type.value)
        appeal = kit.check(tr("Under appeal"), now.under_appeal)
        contested = kit.check(tr("The person contests it"), now.is_contested)
        source = self._source_choice(now.source)
        days = {
            name: kit.date_field(getattr(now.dates, name))
            for name in TYPED_DATES
            if now.convicted or name not in AFTER_CONVICTION
        }
        dated = {name: kit.field(caption_of_date(name), field) for name, field in days.items()}
        fields: dict[str, QWidget] = {
            "authority": kit.field(tr("Authority"), authority),
            "file_no": kit.field(tr("File number"), number),
        }
        if now.convicted:
            fields["offence_label_short"] = kit.field(
                tr("Short label"),
                label,
                hint=tr("As the judgment calls it. It stands in no file name."),
            )
            fields["sentence_type"] = kit.field(tr("Sentence"), kind)
        flags = kit.flow(appeal, contested, gap=4)
        fields |= {"flags": flags, "dates": self._in_pairs(dated)}
        fields["source"] = kit.field(tr("Where do the days come from?"), source)

        def keep() -> None:
            typed = {name: _optional(field, name) for name, field in days.items()}
            facts = replace(
                now,
                authority=authority.text().strip(),
                file_no=number.text().strip(),
                offence_label_short=label.text().strip(),
                sentence_type=SentenceType(kind.code() or "none"),
                under_appeal=appeal.isChecked(),
                is_contested=contested.isChecked(),
                source=_source(source),
                dates=replace(now.dates, **typed),
            )
            self._legal.change_facts(self._record.person, facts)
            self._done(tr("Saved."))

        self._page.ask_in_form(tr("Dates and papers"), fields, tr("Save"), keep, first=authority)

    # inside

    def _done(self, sentence: str) -> None:
        self._page.done(sentence, self._take_back)

    def _take_back(self) -> None:
        self._legal.take_back(self._record.person)

    def _in_pairs(self, named: dict[str, Field]) -> QWidget:
        """Fields two in a row, each known by its name."""
        kit, fields, rows = self._page.kit, list(named.values()), []
        for name, field in named.items():
            field.setObjectName(name)
        for start in range(0, len(fields), 2):
            pair = fields[start : start + 2]
            rows.append(kit.row((pair[0], 1), (pair[1] if len(pair) == 2 else kit.label(""), 1), gap=3))
        return kit.box(kit.column(*rows, gap=3))

    def _day_and_source(self, day: date | None = None, source: DateSource | None = None) -> tuple[DateField, Choice]:
        kit = self._page.kit
        return kit.date_field(day or kit.today()), self._source_choice(source)

    def _source_choice(self, source: DateSource | None) -> Choice:
        options = [(each.value, source_words(each)) for each in DateSource]
        return self._page.kit.choice(options, chosen=source.value if source else None)


def caption_of_date(name: str) -> str:
    """What a day of the case is called."""
    return {
        "arrest": tr("Arrest"),
        "remand": tr("Remand"),
        "conviction": tr("Conviction"),
        "sentence": tr("Judgment on the sentence"),
        "conditional_release_eligible": tr("Conditional release possible from"),
        "planned_release": tr("Planned release"),
        "actual_release": tr_as("Released", "day"),
        "supervision_end": tr("End of supervision"),
    }[name]


def _read(field: DateField, name: str) -> date:
    try:
        return field.required()
    except UserError as problem:
        raise UserError(problem.sentence, field=name) from None


def _optional(field: DateField, name: str) -> date | None:
    return _read(field, name) if field.line.text().strip() else None


def _source(choice: Choice) -> DateSource:
    code = choice.code()
    if code is None:
        raise UserError(tr("Say where the day comes from."), field="source")
    return DateSource(code)


def _chosen(combo: Combo, name: str, sentence: str) -> str:
    code = combo.code()
    if code is None:
        raise UserError(sentence, field=name)
    return code
