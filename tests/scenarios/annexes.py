"""A clinical annex from the psychologist of one prison to the one of another, by the hands of both."""

import subprocess
from pathlib import Path

import pytest

from rehabdesk.core.errors import NoKey, UserError
from rehabdesk.db.projection import CLINICAL, PASTORAL, PROTECTED, TEAM
from rehabdesk.handover.annex import annex_making_service as making
from rehabdesk.handover.annex.annex_records_model import TypedAnnex
from rehabdesk.handover.checking.verdict_model import State
from rehabdesk.handover.content.profile_model import ProfileCode
from rehabdesk.handover.inbox.inbox_model import FileKind
from rehabdesk.people.model import AssignmentDetails, Capacity
from tests.desks import START
from tests.handover.inbox_desk import InProcess
from tests.handover.test_annex import new_clinician
from tests.people.cases import TODAY
from tests.scenarios.prisons import Prison, Working

CLINICAL_WORDS = "Quittenbaum: he talks of the flood, eleven sessions."


def give_to_psychologist(officer: Working, place: Prison, person: str) -> None:
    officer.people.assign(
        person,
        AssignmentDetails(
            staff=place.site.uid("calm-harbour"), capacity=Capacity.PSYCHOLOGIST, since=TODAY, person_told=True
        ),
    )


def ask(officer: Working, place: Prison, person: str, draft: str) -> str:
    """Gives the id of the request."""
    psychologist = place.site.uid("calm-harbour")
    return officer.packets.annexes.request(
        person, draft, psychologist, profile=ProfileCode.RECEIVING_PRISON, team_name="Lake Prison"
    ).id


def write(psychologist: Working, place: Prison, request: str, key: str) -> None:
    """Written, signed and sealed to the key whose digits were compared."""
    work = psychologist.annexes
    clinician = work.keys.take(new_clinician(key, org="Lake Prison"), START.date()).id
    typed = TypedAnnex(clinician=clinician, treatment_summary=CLINICAL_WORDS, onward_plan="Weekly.", lang="en")
    draft = work.writing.keep(request, typed, None)
    pages = making.lay(*work.writing.assemble(request, typed))
    signing = work.writing.allow_signature(request, pages, clinician, place.site.keys("calm-harbour"))
    signed = making.sign_and_seal(signing)
    work.writing.keep_signed(request, pages, signed, clinician_id=clinician, draft_id=draft)


def opens_for_its_psychologist_alone(new: Prison, file: Path, person: str) -> str:
    """At the new prison, after the packet came. Gives the words of its pages."""
    raw = file.read_bytes()
    with new.open("green-ferry") as officer:
        looked = officer.inbox.looking().look(raw, file.name)
        assert (looked.kind, looked.checked.pdf, looked.checked.packet) == (FileKind.ANNEX, None, None)
    for sign_in in ("green-ferry", "silver-reed"):
        with new.open(sign_in) as other:
            with pytest.raises(UserError, match="Only psychologists"):
                other.annexes.reading.job(raw, cards=other.sites.pinned(), packet=None)
            with pytest.raises(NoKey):
                other.desk.index(CLINICAL)
    with new.open("calm-harbour") as psychologist:
        reading, cards, now = psychologist.annexes.reading, psychologist.sites.pinned(), new.site.clock.now()
        number = file.name.removesuffix("-CX.pdf.age")
        at_hand = reading.packet_at_hand(number)
        assert at_hand is not None
        packet = InProcess(cards).check(at_hand, moment=now)
        found = reading.job(raw, cards=cards, packet=packet, moment=now).run()
        assert found.verdict.state is State.GENUINE
        assert found.annex is not None
        assert found.annex.treatment_summary.text == CLINICAL_WORDS
        reading.keep(found, person)
        return str(found.annex)


def printed(pdf: bytes) -> str:
    """The words of the pages as any reader takes them out."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def everything_held(place: Prison, sign_in: str) -> str:
    """Every row of every compartment that this login opens."""
    found = []
    with place.open(sign_in) as at:
        for compartment in (TEAM, CLINICAL, PASTORAL, PROTECTED):
            if at.desk.holds(compartment):
                index = at.desk.index(compartment)
                tables = index.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
                found += [str(index.rows(f'SELECT * FROM "{table}"')) for (table,) in tables]
    return "\n".join(found)
