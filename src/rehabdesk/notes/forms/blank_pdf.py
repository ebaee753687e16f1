"""A form as an empty A4 sheet with the numbering of the screen, to be filled in by hand (domain.md 7)."""

from collections.abc import Sequence
from datetime import datetime

from rehabdesk.core.choices import OTHER
from rehabdesk.core.i18n import language, tr
from rehabdesk.core.text import isolate, isolate_ltr, join_words
from rehabdesk.notes.forms.blank_model import Blank, asked_on_paper, followers, is_short, lines_for, paper_code
from rehabdesk.notes.forms.form_model import Field, FieldChoice, FieldType, Form, Level
from rehabdesk.notes.model import pre_trial_banner
from rehabdesk.notes.words_model import level_words, person_can_read
from rehabdesk.paper.blocks import (
    Align,
    Block,
    Column,
    Columns,
    Note,
    Paragraph,
    Question,
    TickBox,
    TickBoxes,
    TickTable,
    Together,
    Tone,
    WriteTable,
    WritingLines,
)
from rehabdesk.paper.pages import TRAINING, PageFrame, Paper, build

_ROOMS = (0.35, 0.45, 0.55, 0.65, 0.8, 1.0, 1.25, 1.5, 1.8)
"""From the least room to write that is of use to the most."""
_SHORT_LINE = 300
"""Characters that fit on the line at the side of a question."""
_BELOW = (FieldType.TEXT, FieldType.GRID, FieldType.STEPS, FieldType.TABLE)
"""What is answered across the page, below the question."""
_FREE_ROWS = 3
_TO_LINES = 2


def blank_pages(blank: Blank, *, issued: datetime) -> Paper:
    """The sheet in the language in use: on as few pages as it needs, with as much room to write as these give."""
    form = blank.form.for_person(convicted=blank.convicted)
    frame = _frame(blank, form, issued)
    paper = build(frame, _blocks(blank, form, _ROOMS[0]))
    fewest, low, high = paper.page_count, 1, len(_ROOMS)
    while low < high:  # more room never takes fewer pages
        middle = (low + high) // 2
        wider = build(frame, _blocks(blank, form, _ROOMS[middle]))
        if wider.page_count > fewest:
            high = middle
        else:
            paper, low = wider, middle + 1
    return paper


def _frame(blank: Blank, form: Form, issued: datetime) -> PageFrame:
    title, spoken = tr(form.title), language()
    version = tr("{form}, version {number}").format(form=isolate(title), number=isolate_ltr(str(form.version)))
    return PageFrame(
        title=title,
        author=blank.site,
        creator="RehabDesk",
        language=spoken if spoken in ("en", "fr", "ar") else "en",
        issued=issued,
        heading=blank.site,
        watermark="",
        foot=f"{version} · {isolate_ltr(f'{form.prefix} {spoken}')}",
        page_words=tr("Page {page} of {pages}"),
        banner=TRAINING if blank.training else "",
        wide=True,
    )


def _blocks(blank: Blank, form: Form, room: float) -> list[Block]:
    title = Paragraph(words=tr(form.title), size=15, bold=True, align=Align.PAGE, space_after=4)
    blocks: list[Block] = [title, *_readers(form)]
    if not blank.convicted:
        words = Paragraph(words=pre_trial_banner(), bold=True, align=Align.PAGE, space_after=0)
        blocks.append(Note(blocks=(words,), tone=Tone.WARNING))
    blocks += [_small(words) for words in _rules(form)]
    if blank.rule:
        blocks.append(Paragraph(words=tr(blank.rule), size=8.5, bold=True, align=Align.PAGE, space_after=3))
    blocks += _questions(form, room)
    return [*blocks, _signing(form)]


def _questions(form: Form, room: float) -> list[Block]:
    """All questions, short ones in pairs."""
    found: list[Block] = []
    alone: Field | None = None
    for fields in asked_on_paper(form):
        field = fields[0] if len(fields) == 1 else None
        question = _alternatives(form, fields, room) if field is None else _question(form, field, room)
        if field is not None and is_short(form, field) and alone is not None:
            found[-1] = _pair(found[-1], question)
            alone = None
        else:
            found.append(question)
            alone = field if field is not None and is_short(form, field) else None
    return found


def _readers(form: Form) -> list[Block]:
    """Who reads what is written here, in plain words (interface.md 1.5)."""
    readers, others = level_words(form.compartment), person_can_read(form.compartment)
    if form.readers:
        readers, others = tr(form.readers), ""
    words = tr("Who reads this: {readers}. {others}") if others else tr("Who reads this: {readers}.")
    return [_small(words.format(readers=isolate(readers), others=others))]


def _rules(form: Form) -> list[str]:
    rules = [tr("Questions with * are always answered.")]
    if any(field.type is FieldType.TEXT for field in form.fields):
        further = tr("Go on on another sheet: write the code of the question first.")
        rules = [f"{rules[0]} {further}"]
    if form.one_of:
        codes = dict.fromkeys(paper_code(code) for code in form.one_of)
        words = tr("At least one of these is answered: {codes}.")
        rules.append(words.format(codes=join_words(isolate_ltr(code) for code in codes)))
    return rules


def _question(form: Form, field: Field, room: float) -> Question:
    notes, beside = _notes(form, field), field.type not in _BELOW
    return Question(
        code=isolate_ltr(paper_code(field.code)),
        words=_asked(field),
        notes=tuple(notes) if beside or not notes else (_in_one_line(notes),),
        answer=_answer(form, field, room),
        beside=beside,
    )


def _alternatives(form: Form, fields: Sequence[Field], room: float) -> Question:
    """Texts of which an answer calls for some: all are named, and written in the same place."""
    when = fields[0].when
    asked = None if when is None else form.field(when.field)
    by_answers: dict[tuple[str, ...], list[Field]] = {}
    for field in fields:
        by_answers.setdefault(field.when.answers if field.when else (), []).append(field)
    notes = [
        tr("{line}: {answer}").format(
            line=_answer_words(asked, answers), answer=" · ".join(isolate(_asked(each)) for each in texts)
        )
        for answers, texts in by_answers.items()
    ]
    longest = max(sum(_written(field.longest, room) for field in texts) for texts in by_answers.values())
    most = max(_written(field.longest, room) for field in fields)
    return Question(
        code=isolate_ltr(paper_code(fields[0].code)),
        words=tr("As ticked in {code} ({question})").format(
            code=isolate_ltr(paper_code(when.field if when else "")), question=isolate(tr(asked.text) if asked else "")
        ),
        notes=tuple(notes),
        answer=(WritingLines(count=min(longest, most + _TO_LINES)),),
    )


def _written(longest: int, room: float) -> int:
    return lines_for(longest, room)


def _in_one_line(words: Sequence[str]) -> str:
    """The first gives the line its direction."""
    return " · ".join([words[0], *(isolate(each) for each in words[1:])])


def _asked(field: Field) -> str:
    return f"{tr(field.text)}\u00a0*" if field.required else tr(field.text)


def _notes(form: Form, field: Field) -> list[str]:
    """What stands smaller below a question: when it is asked, its help, who reads it, what an answer calls for."""
    found = []
    asked = None if field.when is None else form.field(field.when.field)
    if field.when is not None and not _asked_of_all(asked, field.when.answers):
        words = tr("Only if {code} is: {answers}")
        code = isolate_ltr(paper_code(field.when.field))
        found.append(words.format(code=code, answers=isolate(_answer_words(asked, field.when.answers))))
    if field.help:
        found.append(tr(field.help))
    if field.level is Level.SHARED and form.compartment != "team":
        found.append(level_words("team"))
    elif field.level is Level.PROTECTED:
        found.append(level_words("protected"))
    elif field.level is Level.AUTHOR and not field.help:
        found.append(tr("Only you read this answer."))
    for choice in _choices(field):
        if choice.closes:
            found.append(tr("{answer}: nothing else is written here.").format(answer=isolate(tr(choice.text))))
        if choice.opens == "safety_alert":
            found.append(tr("{answer}: fill in a safety alert too.").format(answer=isolate(tr(choice.text))))
    return found


def _asked_of_all(asked: Field | None, answers: Sequence[str]) -> bool:
    """Whether only those who did not take part are not asked, which needs no words."""
    if asked is None or not asked.choices:
        return False
    return all(choice.absent for choice in _choices(asked) if choice.code not in answers)


def _answer_words(asked: Field | None, answers: Sequence[str]) -> str:
    """The answers that a question is asked after, as that question words them."""
    if asked is None:
        return ""
    if asked.type is FieldType.YES_NO:
        return join_words({"yes": tr("Yes"), "no": tr("No")}[answer] for answer in answers)
    chosen = [asked.choice(answer) for answer in answers]
    return join_words(tr(choice.text) for choice in chosen if choice is not None)


def _choices(field: Field) -> list[FieldChoice]:
    return [choice for choice in field.choices if not choice.retired]


def _answer(form: Form, field: Field, room: float) -> tuple[Block, ...]:
    """Where the answer is written or ticked."""
    columns = tuple(tr(choice.text) for choice in _choices(field))
    match field.type:
        case FieldType.TEXT:
            return (WritingLines(count=lines_for(field.longest, room)),)
        case FieldType.LINE:
            return (WritingLines(count=min(_TO_LINES, 1 + field.longest // (_SHORT_LINE + 1))),)
        case FieldType.NUMBER if field.suggestions:
            free = TickBox(words=tr("Another"), writes=True)
            return (TickBoxes(boxes=(*(TickBox(words=each) for each in field.suggestions), free)),)
        case FieldType.YES_NO | FieldType.TICK | FieldType.CHOICE | FieldType.CHOICES:
            return (_boxes(form, field),)
        case FieldType.GRID:
            return (TickTable(columns=columns, rows=tuple(tr(row.text) for row in field.rows)),)
        case FieldType.STEPS:
            return (TickTable(columns=columns, rows=("",) * _FREE_ROWS),)
        case FieldType.TABLE:
            asked = tuple(Column(title=tr(choice.text), share=choice.share) for choice in _choices(field))
            return (WriteTable(columns=asked, rows=max(field.lines, round(field.lines * room))),)
        case FieldType.CONTACTS | FieldType.CONSENT if columns:
            return (WritingLines(count=1), _boxes(form, field))
        case _:
            return (WritingLines(count=1),)


def _boxes(form: Form, field: Field) -> TickBoxes:
    """A box for each answer; what is only asked after one of them stands behind it, with a line."""
    answers = [(choice.code, tr(choice.text)) for choice in _choices(field)]
    if field.type is FieldType.YES_NO:
        answers = [("yes", tr("Yes")), ("no", tr("No"))]
    elif field.type is FieldType.TICK:
        answers = [("yes", tr("Yes"))]
    behind, found = followers(form), []
    for code, words in answers:
        asked = behind.get((field.code, code))
        # what comes first is not isolated: it gives the line its direction
        more = "" if asked is None else tr("{words} ({more})").format(words=words, more=isolate(_asked(asked)))
        found.append(TickBox(words=more or words, writes=asked is not None or code == OTHER))
    return TickBoxes(boxes=tuple(found))


def _signing(form: Form) -> Block:
    """Who wrote the sheet, and what became of it (domain.md 14.15)."""
    line = (WritingLines(count=1),)
    written = Question(code="", words=tr("Written by, signature, day"), answer=line, beside=True)
    entered = Question(code="", words=tr("Entered on, by; sheet destroyed on"), answer=line, beside=True)
    if not form.stores_content:
        return entered
    return _pair(written, entered)


def _pair(one: Block, other: Block) -> Block:
    """Side by side, on one page."""
    return Together(blocks=(Columns(cells=((one,), (other,)), shares=(1, 1), space_after=0),))


def _small(words: str) -> Paragraph:
    return Paragraph(words=words, size=8.5, align=Align.PAGE, space_after=3)
