"""A site changes its forms: nothing that was signed reads otherwise than it was signed."""

from collections.abc import Callable

import pytest

from rehabdesk.access.service import Desk
from rehabdesk.core import resources
from rehabdesk.db.projection import CLINICAL, HOUSE, TEAM, NewRecord
from rehabdesk.notes.forms.answer_words_model import answer_words, answers_in_words
from rehabdesk.notes.forms.form_model import Form
from rehabdesk.notes.forms.form_service import Forms
from rehabdesk.notes.model import Note, NotePart
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from tests.notes.sessions import KEYWORK, MEETING, SESSION
from tests.notes.test_service import deeds
from tests.people.cases import CaseDesk

FILE = "forms/keywork.toml"
TEXTS = {file: resources.read_text(file) for file in resources.names("forms", ".toml")}
REMOVED = (
    '[[field]]\ncode = "key.K6"\ntext = "Good thing seen this period"\ntype = "text"\nrequired = true\nlongest = 2000\n'
)


def notes_of(desk: Desk, change: Callable[[str], str] = str) -> Notes:
    return Notes(desk, People(desk), Forms({**TEXTS, FILE: change(TEXTS[FILE])}))


def shuffled(text: str) -> str:
    """A question reworded, a choice retired, a question removed, two in another order."""
    assert REMOVED in text
    text = text.replace(REMOVED, "")
    text = text.replace("What the person wanted to talk about, in their words", "What was said")
    text = text.replace('text = "Weekly" }', 'text = "Every week", retired = true }').replace(
        'preset = "weekly"', 'preset = "request"'
    )
    head, *fields = text.split("[[field]]")
    fields[0], fields[1] = fields[1], fields[0]
    return "[[field]]".join([head, *fields])


def said(notes: Notes, note: Note) -> list[tuple[str, str]]:
    return list(answers_in_words(notes.kept.form_of(note.part), note.part, is_author=True))


def signed(desk: Desk, person: str, change: Callable[[str], str] = str) -> Note:
    notes = notes_of(desk, change)
    return notes.sign(notes.start("keywork", person, occurred_at=MEETING, answers=KEYWORK)).note


def test_a_note_reads_as_it_was_signed_whatever_became_of_its_form(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        note = signed(opened, person)
        before = said(notes_of(opened), note)
    with desk.as_login("silver-reed") as opened:
        notes = notes_of(opened, shuffled)
        again = notes.timeline.open(TEAM, note.rid)
        assert said(notes, again) == before
    captions = [caption for caption, _ in before]
    assert ("Why we met", "Weekly") in before
    assert "Good thing seen this period" in captions
    assert captions.index("Why we met") < captions.index("What the person wanted to talk about, in their words")


def test_a_note_of_a_form_that_is_gone_still_reads(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        note = signed(opened, person)
        before = said(notes_of(opened), note)
        texts = {file: text for file, text in TEXTS.items() if file != FILE}
        forms = Forms(texts)
        notes = Notes(opened, People(opened), forms)
        assert said(notes, notes.timeline.open(TEAM, note.rid)) == before
        assert forms.title("keywork") == "Note"


def test_the_text_of_a_form_is_kept_once_in_the_commit_of_the_first_note(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        for change in (str, str, shuffled, shuffled, str):
            answers = {**KEYWORK, "key.K1": "request"}
            if change is shuffled:
                del answers["key.K6"]
            notes = notes_of(opened, change)
            notes.sign(notes.start("keywork", person, occurred_at=MEETING, answers=answers))
        kept = [comp for deed, comp, _ in deeds(opened) if deed == "sign" and comp == HOUSE]
        assert len(kept) == 2


def test_a_note_without_digest_opens_with_the_present_form(desk: CaseDesk) -> None:
    """Payload version 1: what the present form does not ask is still shown."""
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        part = NotePart(
            note=opened.ids(),
            form="keywork",
            form_version=1,
            occurred_at=MEETING,
            words={"key.K2": "I want to sew.", "key.K6": "Helped another man."},
            marks={"key.K1": "weekly"},
        )
        record = NewRecord(comp=TEAM, kind="note", pv=1, person=person, payload=part.to_payload())
        (written,) = opened.commit("sign", [record])
        notes = notes_of(opened, shuffled)
        lines = said(notes, notes.timeline.open(TEAM, written.rid))
        assert lines == [
            ("What was said", "I want to sew."),
            ("Why we met", "Every week"),
            ("Also written", "Helped another man."),
        ]


def test_a_false_record_changes_no_note(desk: CaseDesk) -> None:
    """The digest is reckoned from the text: a record that claims to be another form is found under its own alone."""
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        note = signed(opened, person)
        before = said(notes_of(opened), note)
        payload = {"name": "keywork", "text": shuffled(TEXTS[FILE]), "header": TEXTS["forms/header.toml"]}
        opened.commit("sign", [NewRecord(comp=HOUSE, kind="note_form", pv=1, person=None, payload=payload)])
        broken = {"name": "keywork", "text": "not [ toml", "header": ""}
        opened.commit("sign", [NewRecord(comp=HOUSE, kind="note_form", pv=1, person=None, payload=broken)])
        notes = notes_of(opened, shuffled)
        assert said(notes, notes.timeline.open(TEAM, note.rid)) == before
        assert notes.kept.questions("keywork", "key.K6")


def test_a_question_of_an_older_draft_is_named(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("green-ferry") as opened:
        signed(opened, person)
        kept = notes_of(opened, shuffled).kept
        assert [one.text for one in kept.questions("keywork", "key.K6")] == ["Good thing seen this period"]
        assert kept.questions("keywork", "key.K2")[0].text == "What was said"
        assert kept.questions("keywork", "key.K99") == ()


def test_the_summary_bears_the_form_too(desk: CaseDesk) -> None:
    person = desk.register()
    with desk.as_login("calm-harbour") as opened:
        notes = Notes(opened, People(opened), Forms(TEXTS))
        notes.sign(notes.start("psychologist_session", person, occurred_at=MEETING, answers=SESSION))
        entries = {entry.comp: entry for entry in notes.timeline.page(person)}
        digests = {notes.timeline.open(comp, entries[comp].rid).part.form_digest for comp in (TEAM, CLINICAL)}
        assert digests == {Forms(TEXTS).form("psychologist_session").digest}


@pytest.mark.parametrize("text", ["", "# one more word\n"])
def test_another_wording_is_another_form(text: str) -> None:
    changed = Forms({**TEXTS, FILE: TEXTS[FILE] + text}).form("keywork")
    header = Forms({**TEXTS, "forms/header.toml": TEXTS["forms/header.toml"] + text}).form("keywork")
    present: Form = Forms(TEXTS).form("keywork")
    assert (changed.digest == present.digest) is not bool(text)
    assert (header.digest == present.digest) is not bool(text)


def test_choices_read_in_words(desk: CaseDesk) -> None:
    form = Forms(TEXTS).form("keywork")
    grid = form.field("key.K3")
    assert grid is not None
    assert answer_words(grid, {"sleep_food": "so_so"}) == "Sleep and food: So-so"
