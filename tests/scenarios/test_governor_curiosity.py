"""domain.md 14.2: who governs and who administers try every way there is to a note, and read no word of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rehabdesk.access.model import Role
from rehabdesk.audit import store as audit_store
from rehabdesk.db.projection import CLINICAL, PASTORAL, TEAM, own_comp
from rehabdesk.notes.alerts import alert_store
from rehabdesk.notes.alerts.letter_service import Letters
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.service import People
from tests.all_roles import CLINICAL_WORDS, DISCLOSED, PASTORAL_WORDS
from tests.desks import STAFF
from tests.notes.alert_desk import TOLD
from tests.notes.sessions import MEETING, SESSION, VISIT
from tests.people.cases import NOON
from tests.scenarios.everything import walk_find_box, walk_routes, walk_services
from tests.torture.keyring import Keyring, readable_bytes
from tests.windows import Hands, hands_on

WORDS = (*CLINICAL_WORDS, *PASTORAL_WORDS, DISCLOSED, "Draft of calm words")
INSPECTED = (*STAFF, ("inspector", Role.AUD))


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    with hands_on(qtbot, tmp_path, staff=INSPECTED) as ready:
        yield ready


def write_confidences(hands: Hands) -> dict[str, str]:
    """Ids of a clinical note, a draft, a disclosure and its letter, and a pastoral note on one person."""
    person, site, ids = hands.people["Idrissa"], hands.site, {}
    site.clock.set(NOON)
    desk = site.open("psy")
    people = People(desk)
    notes = Notes(desk, people, load_forms())
    ids["clinical"] = notes.sign(
        notes.start("psychologist_session", person, occurred_at=MEETING, answers=SESSION)
    ).note.rid
    ids["draft"] = notes.start("psychologist_session", person, answers={"psy.P3.free": "Draft of calm words"})
    Letters(desk, people).hand_over(TOLD, person)
    ids["disclosure"] = alert_store.letters(desk.index(CLINICAL), CLINICAL)[0].rid
    desk = site.open("cha")
    notes = Notes(desk, People(desk), load_forms())
    ids["pastoral"] = notes.sign(
        notes.start("chaplain_engagement", person, occurred_at=MEETING, answers=VISIT)
    ).note.rid
    desk = site.open("inspector")
    ids["letter"] = alert_store.letters(desk.index(own_comp(desk.uid)), own_comp(desk.uid))[0].rid
    site.close()
    return ids


@pytest.mark.parametrize("sign_in", ["sup", "adm"])
def test_governor_curiosity(hands: Hands, sign_in: str) -> None:
    ids, person = write_confidences(hands), hands.people["Idrissa"]
    hands.sign_in(sign_in)
    session = hands.session
    before = session.desk.truth.head().n
    asked = [*ids.values(), *(f"{comp}:{rid}" for comp in (CLINICAL, PASTORAL, TEAM) for rid in ids.values())]

    said = list(walk_routes(hands, [person], asked))
    said += walk_find_box(hands, ["", "idr", "24-017", "note", "read", "sewing", "prayer", "marzipan"])
    found = list(walk_services(session, values_for(hands, ids)))
    said += [f"{name}: {gave}" for name, gave in found]

    whole = "\n".join(said)
    assert [word for word in WORDS if word in whole] == []
    assert {"notes.draft", "cosigning.cosign", "alerts.open", "letters.refusal"} <= {name for name, _ in found}
    refused = {
        entry.r
        for entry in audit_store.entries_between(session.desk.truth, before, session.desk.truth.head().n)
        if entry.a == "refused" and entry.u == session.desk.uid
    }
    assert {ids["clinical"], ids["pastoral"]} <= refused


@pytest.mark.parametrize("sign_in", ["sup", "adm"])
def test_governor_curiosity_the_files_hold_no_word_for_the_keys_of_this_login(hands: Hands, sign_in: str) -> None:
    write_confidences(hands)
    hands.site.open(sign_in)
    ring = Keyring(hands.site.keys(sign_in))
    hands.site.close()
    read = [plain for _, plain in readable_bytes(hands.site.folder, ring)]
    assert sum(map(len, read)) > 10_000, "the browser reads what there is to read"
    assert [word for word in WORDS if any(word.encode() in plain for plain in read)] == []


def values_for(hands: Hands, ids: dict[str, str]) -> dict[str, list[str]]:
    """What is tried for each parameter of a service."""
    records, person = list(ids.values()), hands.people["Idrissa"]
    comps = [CLINICAL, CLINICAL, CLINICAL, PASTORAL, CLINICAL]
    return {
        "rid": records,
        "comp": comps,
        "person_id": [person],
        "person": [person],
        "right_person": [hands.people["Omar"]],
        "draft_id": records,
        "meeting_id": records,
        "group_id": records,
        "packet_id": records,
        "consent_id": records,
        "contact_id": records,
        "words": ["sewing", "prayer", "marzipan", "calm"],
        "reason": ["Curious."],
        "month": [MEETING.strftime("%Y-%m")],
        "form_name": ["psychologist_session", "chaplain_engagement"],
        "uid": [ids["clinical"]],
        "requester": ["The governor"],
    }
