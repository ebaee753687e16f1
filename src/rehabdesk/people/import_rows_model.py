"""What each line of a list becomes: a person with a legal stage, or sentences that say what is wrong in it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehabdesk.core.dates import parse_day
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.names import asked_keys, stored_keys
from rehabdesk.core.text import fold, forbidden_character, isolate, isolate_ltr
from rehabdesk.people.import_columns_model import DATES, Columns, Field, field_words, sex_of, stage_of
from rehabdesk.people.import_model import Line, Sheet
from rehabdesk.people.legal_model import DateSource, LegalDates, LegalEpisode, Stage
from rehabdesk.people.model import AgeRegime, BirthPrecision, PersonDetails, PersonName, Script, Sex

GROWN_UP = 18
MOST_LIKE = 3
MOST_OF_ONE_NAME = 50
"""Of a name in a year so many are compared: enough to warn, and no list can make it slow."""
Report = Callable[[int, int], None]
_ARABIC = re.compile("[\u0600-\u06ff]")
_DIGITS = {0x660 + digit: str(digit) for digit in range(10)} | {0x6F0 + digit: str(digit) for digit in range(10)}
_ABOUT = re.compile(r"^(?:~|≈|about|abt|circa|ca|c|vers|env|environ|né vers|حوالي|نحو)[.\s]*(?=\d)", re.IGNORECASE)
_PAST = frozenset({Field.SINCE, Field.ARREST, Field.REMAND, Field.CONVICTION, Field.SENTENCE})
"""Days of what has happened already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows of a person, as far as doubles are looked for."""

    id: str
    case_ref: str
    name: str
    name_arabic: str
    birth_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that is wrong: the line in the file, the column, and the sentence."""

    line: int
    field: Field | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A person of the list. `in_register`: the case number is taken, so that nothing can be brought in.

    `like`: who has a similar name and the same birth year, as words for the screen.
    """

    line: int
    details: PersonDetails
    legal: LegalEpisode
    unit: str
    in_register: bool = False
    like: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole list, read: who would come in, and everything that is wrong. With one wrong line nothing comes in."""

    people: tuple[Incoming, ...]
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a list does not say: the country of its cases, the day, and the stage of lines without one."""

    country: str
    today: date
    stage: Stage | None


def plan_of(
    sheet: Sheet, columns: Columns, site: Site, known: Sequence[Known], report: Report = lambda _done, _of: None
) -> Plan:
    """Every line judged, also after the first wrong one, and compared with the register and with the lines before."""
    people: list[Incoming] = []
    wrong: list[Wrong] = []
    taken = {_number(one.case_ref) for one in known}
    lines_of: dict[str, int] = {}
    doubles = _Doubles(known)
    for done, line in enumerate(sheet.lines):
        report(done, len(sheet.lines))
        reader = _LineReader(line, columns, site)
        incoming = reader.person()
        wrong += reader.wrong
        if incoming is None:
            continue
        case_ref = incoming.details.case_ref
        if (number := _number(case_ref)) in lines_of:
            sentence = tr("Line {line}: the case number {number} stands on line {other} already.")
            sentence = sentence.format(line=line.number, number=isolate_ltr(case_ref), other=lines_of[number])
            wrong.append(Wrong(line=line.number, field=Field.CASE_REF, sentence=sentence))
            continue
        lines_of[number] = line.number
        people.append(doubles.told(incoming, in_register=number in taken))
    return Plan(people=tuple(people), wrong=tuple(wrong))


def _number(case_ref: str) -> str:
    """A case number, in whatever digits and letters it is written."""
    return fold(case_ref).casefold()


class _Doubles:
    """Who of the register, or of the lines before, may be the same person: born in the same year, of a similar name."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._words: list[str] = []
        self._lengths: list[int] = []
        self._by_key: dict[tuple[int, str], list[int]] = defaultdict(list)
        for one in known:
            if one.birth_year is not None:
                words = tr("{name}, case {number}").format(name=isolate(one.name), number=isolate_ltr(one.case_ref))
                self._add(one.birth_year, [name for name in (one.name, one.name_arabic) if name], words)

    def told(self, incoming: Incoming, *, in_register: bool) -> Incoming:
        """The person with who is like them; from now on the person counts too."""
        birth, names = incoming.details.birth_date, [name.full for name in incoming.details.names]
        if birth is None:
            return replace(incoming, in_register=in_register)
        like: dict[int, None] = {}
        for name in () if in_register else names:
            like.update(dict.fromkeys(self._like(birth.year, name)))
        words = tr("line {line}: {name}").format(line=incoming.line, name=isolate(names[0]))
        self._add(birth.year, names, words)
        shown = tuple(dict.fromkeys(self._words[number] for number in like))
        return replace(incoming, in_register=in_register, like=shown[:MOST_LIKE])

    def _add(self, year: int, names: Sequence[str], words: str) -> None:
        for name in names:
            number = len(self._words)
            self._words.append(words)
            self._lengths.append(len(asked_keys(name)))
            for key in stored_keys(name):
                of_key = self._by_key[year, key]
                if len(of_key) < MOST_OF_ONE_NAME:
                    of_key.append(number)

    def _like(self, year: int, name: str) -> list[int]:
        """Entries of which every word is in this name, or this name's in theirs."""
        asked = asked_keys(name)
        shared: Counter[int] = Counter()
        for keys in asked:
            shared.update({number for key in keys for number in self._by_key.get((year, key), ())})
        return [number for number, count in shared.items() if count >= min(len(asked), self._lengths[number])]


class _LineReader:
    """One line; what is wrong in it gathers in `wrong`."""

    def __init__(self, line: Line, columns: Columns, site: Site) -> None:
        self._line, self._columns, self._site = line, columns, site
        self.wrong: list[Wrong] = []

    def person(self) -> Incoming | None:
        names, case_ref = self._names(), self._cell(Field.CASE_REF)
        if not case_ref:
            self._say(Field.CASE_REF, tr("Line {line}: the case number is missing."))
        birth, precision = self._birth()
        sex, stage, days = self._sex(), self._stage(), {field: self._day(field) for field in DATES}
        unit = self._cell(Field.UNIT)
        if self.wrong or not names or stage is None:
            return None
        try:
            details = PersonDetails(
                case_ref=case_ref,
                display_alias=_alias(names[0]),
                names=names,
                sex=sex,
                age_regime=self._age(birth),
                birth_date=birth,
                birth_precision=precision,
            )
            legal = self._episode(stage, days)
        except UserError as problem:
            sentence = tr("Line {line}: {problem}").format(line=self._line.number, problem=problem.sentence)
            self.wrong.append(Wrong(line=self._line.number, field=None, sentence=sentence))
            return None
        if len(unit) > 60:
            self._say(Field.UNIT, tr("Line {line}: the unit is longer than 60 letters."))
            return None
        return Incoming(line=self._line.number, details=details, legal=legal, unit=unit)

    def _episode(self, stage: Stage, days: dict[Field, date | None]) -> LegalEpisode:
        began = {
            Stage.PRE_TRIAL: days[Field.REMAND] or days[Field.ARREST],
            Stage.CONVICTED: days[Field.CONVICTION],
            Stage.SENTENCED: days[Field.SENTENCE] or days[Field.CONVICTION],
        }.get(stage)
        return LegalEpisode(
            stage=stage,
            since=days[Field.SINCE] or began or self._site.today,
            source=DateSource.REGISTRY,
            country=self._site.country,
            dates=LegalDates(**{field.value: days[field] for field in DATES if field is not Field.SINCE}),
        )

    def _age(self, birth: date | None) -> AgeRegime:
        today = self._site.today
        if birth is None:
            return AgeRegime.ADULT
        years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
        return AgeRegime.CHILD if years < GROWN_UP else AgeRegime.ADULT

    def _names(self) -> tuple[PersonName, ...]:
        given, father, family = (self._cell(field) for field in (Field.GIVEN, Field.FATHER, Field.FAMILY))
        whole, arabic = self._cell(Field.NAME), self._cell(Field.NAME_ARABIC)
        if not given:
            given, family = (whole, family) if whole and family else _parted(whole or family)
        if not given and not arabic:
            self._say(Field.NAME, tr("Line {line}: the name is missing."))
            return ()
        try:
            found = [_name(given, father, family)] if given else []
            if arabic and not any(name.script is Script.ARABIC for name in found):
                second, last = _parted(arabic)
                found.append(_name(second, "", last))
        except UserError as problem:
            sentence = tr("Line {line}: {problem}").format(line=self._line.number, problem=problem.sentence)
            self.wrong.append(Wrong(line=self._line.number, field=Field.NAME, sentence=sentence))
            return ()
        return tuple(found)

    def _birth(self) -> tuple[date | None, BirthPrecision]:
        """`14/03/1991`, `03/1991`, `1991` or `about 1991`; 1 January stands for a year whose day nobody knows."""
        typed = self._cell(Field.BIRTH)
        if not typed:
            return None, BirthPrecision.UNKNOWN
        bare = _ABOUT.sub("", typed.translate(_DIGITS)).strip()
        if re.fullmatch(r"\d{4}", bare):
            precision = BirthPrecision.ESTIMATED if bare != typed.translate(_DIGITS).strip() else BirthPrecision.YEAR
            return self._born(Field.BIRTH, f"1/1/{bare}", typed), precision
        if month := re.fullmatch(r"(\d{1,2})[/.\-](\d{4})|(\d{4})[/.\-](\d{1,2})", bare):
            text = f"1/{month[1] or month[4]}/{month[2] or month[3]}"
            return self._born(Field.BIRTH, text, typed), BirthPrecision.MONTH
        day = self._born(Field.BIRTH, bare, typed)
        is_first = day is not None and (day.day, day.month) == (1, 1)
        return day, BirthPrecision.YEAR if is_first else BirthPrecision.DAY

    def _born(self, field: Field, text: str, typed: str) -> date | None:
        day = self._parsed(field, text, typed)
        if day is not None and day > self._site.today and re.search(r"\D\d\d$", text):
            day = day.replace(year=day.year - 100)  # of two figures the century that has been
        if day is not None and day > self._site.today:
            self._say(field, tr("Line {line}: the birth date {typed} lies in the future."), typed)
            return None
        return day

    def _day(self, field: Field) -> date | None:
        typed = self._cell(field)
        if not typed:
            return None
        day = self._parsed(field, typed.translate(_DIGITS), typed)
        if day is not None and field in _PAST and day > self._site.today:
            self._say(field, tr("Line {line}: {field} {typed} lies in the future."), typed)
            return None
        return day

    def _parsed(self, field: Field, text: str, typed: str) -> date | None:
        """A whole day: what needs to be guessed at, as `yesterday` or `-3`, is no date in a list."""
        parts = re.fullmatch(r"\s*(\d{1,4})[\s/.\-]+(\w+)[\s/.\-]+(\d{2,4})(?:[ T]+[\d:.]+)?\s*", text)
        if parts is None or re.fullmatch(r"0\d{2,3}", parts[3]):  # of two figures the year may be short, of four not
            self._say(field, tr("Line {line}: {field} {typed} is not a date like 31/12/2027."), typed)
            return None
        try:
            return parse_day(f"{parts[1]}/{parts[2]}/{parts[3]}", self._site.today)
        except UserError:
            self._say(field, tr("Line {line}: {field} {typed} does not exist."), typed)
            return None

    def _sex(self) -> Sex:
        typed = self._cell(Field.SEX)
        found = sex_of(typed) if typed else Sex.NOT_RECORDED
        if found is None:
            self._say(Field.SEX, tr("Line {line}: the sex {typed} is not known here. Write f or m."), typed)
        return found or Sex.NOT_RECORDED

    def _stage(self) -> Stage | None:
        typed = self._cell(Field.STAGE)
        found = stage_of(typed) if typed else self._site.stage
        if typed and found is None:
            sentence = tr("Line {line}: the legal stage {typed} is not known here. Write it in other words.")
            self._say(Field.STAGE, sentence, typed)
        elif found is None:
            sentence = tr("Line {line}: the legal stage is missing. Choose above which one such lines have.")
            self._say(Field.STAGE, sentence)
        return found

    def _cell(self, field: Field) -> str:
        place = self._columns.get(field)
        if place is None or place >= len(self._line.cells):
            return ""
        text = " ".join(self._line.cells[place].split())
        if forbidden_character(text) is not None:
            self._say(field, tr("Line {line}: {field} holds an invisible character. Mend it in the file."))
            return ""
        return text

    def _say(self, field: Field, sentence: str, typed: str = "") -> None:
        shown = isolate(typed if len(typed) <= 40 else typed[:39] + "…")
        words = sentence.format(line=self._line.number, field=isolate(field_words(field)), typed=shown)
        self.wrong.append(Wrong(line=self._line.number, field=field, sentence=words))


def _name(given: str, father: str, family: str) -> PersonName:
    script = Script.ARABIC if _ARABIC.search(given) else Script.LATIN
    return PersonName(script=script, given=given, father=father, family=family)


def _parted(whole: str) -> tuple[str, str]:
    """Given and family name of a name in one cell: the last word is the family's."""
    words = whole.split()
    return (whole, "") if len(words) < 2 else (" ".join(words[:-1]), words[-1])


def _alias(name: PersonName) -> str:
    return f"{name.given} {name.family[:1]}." if name.family else name.given
