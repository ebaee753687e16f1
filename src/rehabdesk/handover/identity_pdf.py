"""Pages of S1 (who this is about) and S2 (dates and conditions)."""

from rehabdesk.handover.sections_model import S1, S2, Condition, PersonName
from rehabdesk.handover.words_pdf import code, day, joined, label, language_name, name, optional_day, own_words
from rehabdesk.paper.blocks import Block, Heading, KeyValues, Paragraph, Together, Voice, Words


def who_it_is_about(section: S1, language: str) -> list[Block]:
    """Identity as far as a service needs it; the name stands here and on no cover."""
    rows: list[tuple[Words, Words]] = [("Name", _name(each)) for each in section.names]
    variants = [variant for each in section.names for variant in each.variants]
    if variants:
        rows.append(("Also written", joined([name(variant) for variant in variants], ", ")))
    if section.birth_precision is not None:
        rows.append(("Date of birth", _birth(section)))
    if section.languages is not None:
        rows.append(
            (
                "Languages",
                joined(
                    [
                        f"{name(language_name(each.code))} ({each.level.replace('_', ' ')}"
                        f"{', preferred' if each.preferred else ''})"
                        for each in section.languages
                    ],
                    ", ",
                ),
            )
        )
    if section.literacy is not None:
        rows.append(("Reading and writing", label(section.literacy)))
    if section.interpreter_needed is not None:
        rows.append(("Interpreter", "Needed" if section.interpreter_needed else "Not needed"))
    for title, text in (
        ("Practical access needs", section.access_needs),
        ("Preferred way of contact", section.contact_preference),
        ("Safe times to call", section.safe_times),
    ):
        if text is not None:
            rows.append((title, own_words(text, language)))
    return [KeyValues(rows=tuple(rows))]


def dates_and_conditions(section: S2, language: str) -> list[Block]:
    """Each condition in its official words and, as large, in plain ones."""
    rows: tuple[tuple[Words, Words], ...] = (
        ("Release", day(section.release_date)),
        ("Way of release", label(section.release_route)),
        ("Source of the date", label(section.date_source)),
        ("Supervision ends", optional_day(section.supervision_end)),
    )
    blocks: list[Block] = [KeyValues(rows=rows)]
    if not section.conditions:
        blocks.append(Paragraph(words="No condition was set."))
    for condition in section.conditions:
        blocks.extend(_condition(condition, language))
    return blocks


def _condition(condition: Condition, language: str) -> list[Block]:
    spoken = name(language_name(condition.explained_lang))
    rows: list[tuple[Words, Words]] = [
        ("From, until", f"{day(condition.start)}, {optional_day(condition.end)}"),
        ("Source", name(condition.source)),
        ("Explained", f"{day(condition.explained_at)}, in {spoken}: {label(condition.understood).lower()}"),
    ]
    if condition.question_raised is not None:
        rows.append(("Question raised", own_words(condition.question_raised, language)))
    return [
        Together(
            blocks=(
                Heading(text=label(condition.category), level=3, bookmark=False),
                Voice(label="In official words", words=own_words(condition.official, language)),
                Voice(label="In plain words", words=own_words(condition.plain, language)),
                KeyValues(rows=tuple(rows)),
            )
        )
    ]


def _name(held: PersonName) -> str:
    return joined([name(held.whole()), f"({name(held.kunya)})" if held.kunya else None], " ")


def _birth(section: S1) -> str:
    precision = section.birth_precision
    if section.date_of_birth is None or precision is None:
        return "Not known"
    if precision in ("year", "estimated"):
        written = code(str(section.date_of_birth.year))
    else:
        written = day(section.date_of_birth)
    return written if precision == "day" else f"{written} ({label(precision)})"
