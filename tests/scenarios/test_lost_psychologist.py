"""domain.md 14.17, as far as reading goes: a successor with history reads what the one who left wrote; nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.access.members_service import Founder, add_member
from rehabdesk.access.model import Newcomer, Role
from rehabdesk.core.errors import RehabDeskError
from rehabdesk.db.projection import CLINICAL
from rehabdesk.people.model import Capacity
from tests.all_roles import ADM, AUD, CHA, CLINICAL_WORDS, CO, CSUP, FAC, OTHER_PSY, PSY, SUP, AllRoles
from tests.desks import CHEAP, passphrase
from tests.torture.keyring import Keyring, readable_rows

SUCCESSOR = "early-meadow"


@pytest.mark.parametrize("role", [Role.PSY, Role.CSUP])
def test_lost_psychologist(tmp_path: Path, role: Role) -> None:
    work = AllRoles(tmp_path)
    work.write_everything()
    rid, person = work.ids["clinical"], work.person
    admit(work, role)
    work.clock_on(timedelta(days=3))
    with work.as_login(CO) as me:
        left = next(one for one in me.people.assignments(person) if one.details.staff == work.uids[PSY])
        me.people.end_assignment(left.id, until=me.clock.now().date())
        if role is Role.PSY:
            with_psychologist = work.assigned(SUCCESSOR, Capacity.PSYCHOLOGIST)
            me.people.assign(person, with_psychologist)

    with work.as_login(SUCCESSOR) as me:
        note = me.notes.timeline.open(CLINICAL, rid)
        assert note.author == work.uids[PSY]
        assert CLINICAL_WORDS[0] in repr(note)
        assert CLINICAL_WORDS[0] in repr(me.notes.timeline.search("sewing"))
        for deed in (me.notes.draft, me.notes.sign, me.desk.draft):
            with pytest.raises(RehabDeskError):
                deed(work.ids["draft"])
        with pytest.raises(RehabDeskError):  # the note stays that of its author
            me.notes.entered_in_error(CLINICAL, rid, "Not mine.")
    for sign_in in (OTHER_PSY, CHA, CO, SUP, ADM, AUD, FAC):
        with work.as_login(sign_in) as me:
            with pytest.raises(RehabDeskError):
                me.notes.timeline.open(CLINICAL, rid)
            assert CLINICAL_WORDS[0] not in repr(me.notes.timeline.page(person))


def test_lost_psychologist_no_key_of_the_successor_opens_a_draft_that_was_left(tmp_path: Path) -> None:
    work = AllRoles(tmp_path)
    work.write_everything()
    admit(work, Role.PSY)
    work.site.open(SUCCESSOR)
    ring = Keyring(work.site.keys(SUCCESSOR))
    work.site.close()
    opened = b"\n".join(plain for _, plain in readable_rows(work.site.folder, ring))
    assert CLINICAL_WORDS[0].encode() in opened
    assert b"Draft of calm words" not in opened


def test_lost_psychologist_before_anybody_is_assigned_the_successor_knows_that_notes_exist(tmp_path: Path) -> None:
    work = AllRoles(tmp_path)
    work.write_everything()
    admit(work, Role.PSY)
    with work.as_login(SUCCESSOR) as me:
        with pytest.raises(RehabDeskError, match="assigned"):
            me.notes.timeline.open(CLINICAL, work.ids["clinical"])
        assert CLINICAL_WORDS[0] not in repr(me.notes.timeline.page(work.person))


def admit(work: AllRoles, role: Role) -> None:
    """The successor, with the history of the clinical compartment, handed over by the clinical supervisor."""
    site = work.site
    desk = site.open(SUP)
    newcomer = Newcomer(sign_in=SUCCESSOR, name="Name of the successor", alias="S.", role=role)
    joining = Founder(newcomer=newcomer, passphrase=passphrase(SUCCESSOR))
    work.uids[SUCCESSOR] = add_member(desk, joining, [site.keys(ADM), site.keys(CSUP)], site.means, CHEAP, history=True)
    site.close()
