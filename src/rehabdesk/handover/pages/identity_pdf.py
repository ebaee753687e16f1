"""Pages of S1 (who this is about) and S2 (dates and conditions)."""

from rehabdesk.core.i18n import tr
from rehabdesk.handover.content.sections_model import S1, S2, BirthPrecision, Condition, PersonName, SpokenLanguage
from rehabdesk.handover.pages.labels_pdf import label, release_route
from rehabdesk.handover.pages.words_pdf import code, day, joined, language_name, month, name, optional_day, own_words
from rehabdesk.paper.blocks import Block, Heading, KeyValues, Paragraph, Together, Voice, Words


def who_it_is_about(section: S1, language: str) -> list[Block]:
    """Identity as far as a service needs it; the name stands here and on no cover."""
    rows: list[tuple[Words, Words]] = [(tr("Name"), _name(each)) for each in section.names]
    variants = [variant for each in section.names for variant in each.variants]
    if variants:
        rows.append((tr("Also written"), joined([name(variant) for variant in variants])))
    if section.birth_precision is not None:
        rows.append((tr("Date of birth"), _birth(section)))
    if section.languages is not None:
        rows.append((tr("Languages"), joined([_language(each) for each in section.languages]) or tr("Not known")))
    if section.literacy is not None:
        rows.append((tr("Reading and writing"), label(section.literacy)))
    if section.interpreter_needed is not None:
        rows.append((tr("Interpreter"), tr("Needed") if section.interpreter_needed else tr("Not needed")))
    for title, text in (
        (tr("Practical access needs"), section.access_needs),
        (tr("Preferred way of contact"), section.contact_preference),
        (tr("Safe times to call"), section.safe_times),
    ):
        if text is not None:
            rows.append((title, own_words(text, language)))
    return [KeyValues(rows=tuple(rows))]


def dates_and_conditions(section: S2, language: str) -> list[Block]:
    """Each condition in its official words and, as large, in plain ones."""
    rows: tuple[tuple[Words, Words], ...] = (
        (tr("Release"), day(section.release_date)),
        (tr("Way of release"), release_route(section.release_route)),
        (tr("Source of the date"), label(section.date_source)),
        (tr("Supervision ends"), optional_day(section.supervision_end)),
    )
    blocks: list[Block] = [KeyValues(rows=rows)]
    if not section.conditions:
        blocks.append(Paragraph(words=tr("No condition was set.")))
    for condition in section.conditions:
        blocks.extend(_condition(condition, language))
    return blocks


def _condition(condition: Condition, language: str) -> list[Block]:
    explained = tr("{day}, in this language: {language}. {answer}").format(
        day=day(condition.explained_at),
        language=name(language_name(condition.explained_lang)),
        answer=label(condition.understood),
    )
    rows: list[tuple[Words, Words]] = [
        (tr("From, until"), joined([day(condition.start), optional_day(condition.end)])),
        (tr("Source"), name(condition.source)),
        (tr("Explained"), explained),
    ]
    if condition.question_raised is not None:
        rows.append((tr("Question raised"), own_words(condition.question_raised, language)))
    return [
        Together(
            blocks=(
                Heading(text=label(condition.category), level=3, bookmark=False),
                Voice(label=tr("In official words"), words=own_words(condition.official, language)),
                Voice(label=tr("In plain words"), words=own_words(condition.plain, language)),
                KeyValues(rows=tuple(rows)),
            )
        )
    ]


def _language(spoken: SpokenLanguage) -> str:
    sentence = tr("{language} ({level}, preferred)") if spoken.preferred else tr("{language} ({level})")
    return sentence.format(language=name(language_name(spoken.code)), level=label(spoken.level))


def _name(held: PersonName) -> str:
    return joined([name(held.whole()), f"({name(held.kunya)})" if held.kunya else None], " ")


def _birth(section: S1) -> str:
    precision = section.birth_precision
    if section.date_of_birth is None or precision is None:
        return tr("Not known")
    if precision is BirthPrecision.DAY:
        return day(section.date_of_birth)
    born = section.date_of_birth
    known = month(born) if precision is BirthPrecision.MONTH else code(str(born.year))
    return tr("{day} ({how_exact})").format(day=known, how_exact=label(precision))
