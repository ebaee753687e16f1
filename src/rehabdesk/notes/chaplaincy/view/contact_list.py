"""The contacts that are typed and not signed yet, one line each."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate, join_words
from rehabdesk.notes.chaplaincy.contact_log_service import Logged
from rehabdesk.notes.chaplaincy.pastoral_model import KIND, NEEDS
from rehabdesk.notes.forms.answers_model import Answers
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.ui.dates import local, short
from rehabdesk.ui.kit import Kit, empty

CAME = "hdr.7"


def contact_list(
    kit: Kit,
    place: QVBoxLayout,
    logged: Sequence[Logged],
    form: Form,
    *,
    name_of: Callable[[str], str],
    take_up: Callable[[str], None],
    drop: Callable[[str], None],
) -> None:
    """Fills `place` anew. `take_up` and `drop` are called with the id of a draft."""
    empty(place)
    rows: list[QWidget] = []
    for one in logged:
        name = name_of(one.draft.person_id or "")
        change = kit.button(tr("Change"), kind="quiet", icon="pencil", name=tr("Change: {name}").format(name=name))
        change.clicked.connect(lambda _on=False, draft=one.draft.id: take_up(draft))
        away = kit.button("", kind="icon", icon="trash-2", name=tr("Delete the draft: {name}").format(name=name))
        away.clicked.connect(lambda _on=False, draft=one.draft.id: drop(draft))
        missing = len(one.problems)
        tag = (
            kit.tag(ntr("{count} answer missing", "{count} answers missing", missing), "amber")
            if missing
            else kit.tag(tr("Ready"), "grey")
        )
        day = "" if one.draft.occurred_at is None else short(local(one.draft.occurred_at).date())
        words = kit.column(
            kit.label(isolate(name), "strong", wrap=True),
            kit.label(_what(form, one.draft.answers, day), "small", tone="muted", wrap=True),
            gap=0,
        )
        rows += [kit.box(kit.row((kit.box(words), 1), tag, change, away, gap=3)), kit.rule()]
    if not rows:
        sentence = tr("No contacts today. Type a name, or press 0 for a confidential encounter.")
        place.addWidget(kit.card("", kit.label(sentence, tone="muted", wrap=True), kind="flat"))
        return
    place.addWidget(kit.card(tr("Typed, not signed"), *rows[:-1], gap=1))


def _what(form: Form, answers: Answers, day: str) -> str:
    """Kind, attendance where it was not just that the person came, and needs."""
    said = [day]
    for code in (KIND, CAME, NEEDS):
        field, value = form.field(code), answers.get(code)
        if field is None or value is None or (code == CAME and value == "came"):
            continue
        codes = value if isinstance(value, tuple) else (str(value),)
        chosen = [field.choice(each) for each in codes]
        said.append(join_words(tr(each.text) for each in chosen if each is not None))
    return " · ".join(isolate(each) for each in said if each)
