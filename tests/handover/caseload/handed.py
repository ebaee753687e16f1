"""A packet of a random caseload through all hands: annex, two signatures, seal, own copy; what then lies outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.annex import annex_making_service as annex_making
from rehabdesk.handover.annex.annex_model import WITH_ANNEX
from rehabdesk.handover.annex.annex_records_model import TypedAnnex
from rehabdesk.handover.content.packet_model import Handover
from rehabdesk.handover.file_index.file_index_model import WITH_INDEX
from rehabdesk.handover.making import making_service as making
from rehabdesk.handover.making.own_copy_service import OwnPackets
from rehabdesk.seals import sealing
from tests.handover.caseload import never
from tests.handover.caseload.hand import CO, PSY
from tests.handover.caseload.marks import wrong
from tests.handover.caseload.reading import everything_in
from tests.handover.caseload.whole import Caseload, Choice
from tests.handover.test_annex import IDENTITY


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What a team has of a packet, opened, and what else was made of it. `annex`: empty where there is none; `words` is
    what the marks call its own.
    """

    made: Handover
    pdf: bytes
    copy: bytes
    annex: bytes
    words: str
    plain: dict[str, str]


def handed_over(caseload: Caseload, choice: Choice, folder: Path) -> Outside:
    """The whole way of one packet, with its clinical annex where this kind has one."""
    hand, person = caseload.hand, choice.person
    with hand.as_login(CO) as me:
        draft = me.preparing.keep(person.id, choice.typed, None)
        request = ""
        if choice.typed.kind.code in WITH_ANNEX:
            request = me.annex.requests.request(
                person.id, draft, hand.place.uids[PSY], profile=choice.typed.profile, team_name="River"
            ).id
    if request:
        _write_annex(caseload, choice, request)
    made = _signed(caseload, choice, draft)
    with hand.as_login(CO) as me:
        packet = me.packets.shelf.packets_of(person.id)[0].id
    hand.place.countersigned(packet)
    with hand.as_login(CO) as me:
        sent = me.packets.seal(packet, folder)
        copy = OwnPackets(me.desk, me.people, me.packets.shelf).paper(packet, choice.typed.language)()
    annex = b""
    if request:
        with hand.as_login(PSY) as me:
            annex = sealing.open_sealed(me.annex.writing.send(request, folder).read_bytes(), IDENTITY)
    return Outside(
        made=made,
        pdf=sealing.open_sealed(sent.file.read_bytes(), hand.place.identity),
        copy=copy,
        annex=annex,
        words=annex_words(request),
        plain={
            "names of files": "\n".join(each.name for each in folder.iterdir()),
            "slip": sent.slip.read_text("utf-8"),
            "what is sealed": sent.file.read_bytes().decode("latin-1"),
        },
    )


def annex_words(request: str) -> str:
    """The section of one annex: nothing of it is in another one about the same person."""
    return f"CX for {request}"


def _write_annex(caseload: Caseload, choice: Choice, request: str) -> None:
    hand, person = caseload.hand, choice.person
    with hand.as_login(PSY) as me:
        words = {
            part: hand.marks.goes(person.label, f"{part} of the annex", annex_words(request))
            for part in ("treatment_summary", "formulation", "onward_plan")
        }
        (clinician,) = me.annex.keys.known()
        typed = TypedAnnex(clinician=clinician.id, lang="en", **words)
        draft = me.annex.writing.keep(request, typed, None)
        pages = annex_making.lay(*me.annex.writing.assemble(request, typed))
        signing = me.annex.writing.allow_signature(request, pages, clinician.id, hand.place.site.keys(PSY))
        signed = annex_making.sign_and_seal(signing)
        me.annex.writing.keep_signed(request, pages, signed, clinician_id=clinician.id, draft_id=draft)


def _signed(caseload: Caseload, choice: Choice, draft: str) -> Handover:
    """The author looks at every place; while one of them is not looked at, nobody signs."""
    hand, keys = caseload.hand, caseload.hand.place.site.keys
    with hand.as_login(CO) as me:
        to_lay, hits = me.preparing.assemble(choice.person.id, choice.typed, draft)
        pages, ids = making.lay(to_lay), [hit.id for hit in hits]
        for each in ids[:1]:
            with pytest.raises(UserError, match="places"):
                me.preparing.allow_signature(pages, [other for other in ids if other != each], keys(CO))
        signing = me.preparing.allow_signature(pages, ids, keys(CO))
        me.preparing.keep_signed(pages, signing, making.sign(signing), ids)
        return pages.packet


def faults_outside(caseload: Caseload, choice: Choice, folder: Path) -> Iterator[str]:
    """Whatever is wrong in all that leaves."""
    out = handed_over(caseload, choice, folder)
    yield from never.faults_of_pages(out.pdf, out.made, caseload, choice)
    yield from never.faults_of_own_copy(out.copy, out.made, caseload, choice)
    yield from wrong(caseload.marks, out.plain, "nobody", ())
    if out.annex:
        yield from never.faults_of_annex(out.annex, out.words, caseload, choice)
    indexes = list(folder.glob("*-INDEX.pdf.age"))
    if bool(indexes) is not (choice.typed.kind.code in WITH_INDEX):
        yield f"{len(indexes)} file indexes go with {choice.typed.kind.code}"
    for index in indexes:
        pages = sealing.open_sealed(index.read_bytes(), caseload.hand.place.identity)
        yield from wrong(caseload.marks, everything_in(pages), "nobody", ())
