"""The page of rights: what a person can ask for about the own file, in plain words (G37, G39, G40)."""

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.paper.blocks import Block, Bullets


def rights(site: str, phone: str) -> list[Block]:
    """Without a title: whoever prints it gives one of its own. `site`, `phone`: whom to ask."""
    return [Bullets(items=(line,)) for line in (*_rights(), _whom(site, phone))]


def _rights() -> tuple[str, ...]:
    return (
        tr("I can ask what is written about me, and who has read it. I get a list of everything."),
        tr("I can get a copy on paper, or have it read to me in a language that I understand."),
        tr("I can say that something is wrong. My words are then added beside it and stay there."),
        tr("I can take back a consent at any time. That has no bad consequences for me."),
        tr("I can refuse a talk, a course or a question. That is written down without blame."),
        tr("What I say to a psychologist or a chaplain stays with them. They tell me first where that ends."),
        tr("Nobody gives me points or grades, and no computer writes or decides anything about me."),
        tr("I can bring a lawyer, or somebody I trust, and I can complain to the inspector."),
    )


def _whom(site: str, phone: str) -> str:
    return tr("I ask at {site}, telephone {phone}.").format(site=isolate(site), phone=isolate_ltr(phone))
