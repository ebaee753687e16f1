"""How words, dates and names become lines on the pages of a packet. The words for codes: labels_pdf.

A packet speaks its own language, whatever the window speaks: `pdf.in_words` makes all blocks within
`core.i18n.speaking`. So, for a new section or paper of a packet:

- every word is written with `tr()` or `ntr()` inside the function that makes the block, never in a constant of a
  module, which would be fixed before anybody has said a language; sentences are whole, with named places, not glued;
- a code becomes words by `label(code)`; its words are entered in labels_pdf;
- what goes into a place or beside other words is wrapped: `name()` for names and everything that somebody typed,
  `code()` for ids, phones, e-mail addresses, numbers in parts and file names, `day()` and `moment()` for dates;
- free text is `own_words(text, language)` and stands alone in its cell or paragraph, where it keeps its own direction;
  in a line with other words it is `beside(text, language)`;
- parts side by side are `joined([...])`, in reading order; columns and marks are mirrored by paper/.

tests/handover/test_pdf_languages.py walks all pages in three languages for what is not wrapped.
"""

from collections.abc import Iterable
from datetime import date, datetime

from rehabdesk.core.i18n import country, language, tr
from rehabdesk.core.languages import languages
from rehabdesk.core.text import isolate, isolate_ltr, numbers_kept
from rehabdesk.handover.content.packet_model import Recipient
from rehabdesk.handover.content.sections_model import ShortText, Text
from rehabdesk.paper.blocks import SOFT_INK, Run, Words
from rehabdesk.paper.locales import day_words, language_words, month_words


def language_name(tag: str) -> str:
    """The name of a language in the one that is spoken, as the screen has it; its code where it has none here."""
    code = tag.partition("-")[0]
    ours = languages() | {"ber": tr("Berber"), "und": tr("language not known")}
    return ours.get(code) or language_words(code, language()) or tag


def day(when: date) -> str:
    """`8 Jan 2027`, kept together: day, month and year in the order of the language that is spoken."""
    return isolate(day_words(when, language(), country()))


def month(when: date) -> str:
    """`Jan 2027`."""
    return isolate(month_words(when, language(), country()))


def moment(when: datetime) -> str:
    """`8 Jan 2027, 09:30 UTC`."""
    said = tr("{day}, {time} UTC").format(day=day_words(when.date(), language(), country()), time=f"{when:%H:%M}")
    return isolate(said)


def local_moment(when: datetime) -> str:
    """`8 Jan 2027, 10:30`: by the clocks of the place that makes the pages, for those who have to be there."""
    here = when.astimezone()
    said = tr("{day}, {time}").format(day=day_words(here.date(), language(), country()), time=f"{here:%H:%M}")
    return isolate(said)


def optional_day(when: date | None) -> str:
    return "–" if when is None else day(when)


def name(text: str) -> str:
    """A name or other words of unknown direction inside a line of ours."""
    return isolate(numbers_kept(text))


def code(text: str) -> str:
    """A number, code or telephone number."""
    return isolate_ltr(text)


def whom(recipient: Recipient) -> str:
    """A recipient with the role."""
    return tr("{name}, {role}").format(name=name(recipient.name), role=name(recipient.role))


def own_words(text: Text | ShortText, packet_language: str) -> Words:
    """Free text as it was written, marked with its language where that is known and not the packet's."""
    said = numbers_kept(text.text)
    if text.lang.split("-")[0] in (packet_language.split("-")[0], "und"):
        return said
    return (Run(text=said), Run(text=f"  ({isolate(language_name(text.lang))})", colour=SOFT_INK))


def beside(text: Text | ShortText, packet_language: str) -> tuple[Run, ...]:
    """As `own_words`, for a line that holds other words too."""
    own = own_words(text, packet_language)
    runs = (Run(text=own),) if isinstance(own, str) else own
    return (Run(text=isolate(runs[0].text)), *runs[1:])


def joined(parts: Iterable[str | None], separator: str = " · ") -> str:
    """The parts that are there, in one line."""
    return separator.join(part for part in parts if part)
