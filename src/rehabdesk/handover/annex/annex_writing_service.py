"""A psychologist writes, signs and sends a clinical annex; its text lies with psychologists alone (packet.md 5.6)."""

from datetime import datetime
from pathlib import Path

from rehabdesk.access.keys_service import Keys
from rehabdesk.access.service import Desk
from rehabdesk.core import files
from rehabdesk.core.canon import sha256_hex
from rehabdesk.core.errors import SealBroken, UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.text import forbidden_character, nfc
from rehabdesk.db.projection import CLINICAL, NewRecord
from rehabdesk.handover.annex import annex_store as store
from rehabdesk.handover.annex.annex_making_service import AnnexPages, AnnexSigning, SealedAnnex
from rehabdesk.handover.annex.annex_model import ANNEX_FORMAT, ANNEX_VERSION, AnnexAuthor, AnnexState, ClinicalAnnex
from rehabdesk.handover.annex.annex_pdf import Sender, annex_language, annex_stamp
from rehabdesk.handover.annex.annex_records_model import AnnexPart, AnnexRecord, AskedAnnex, Bytes, TypedAnnex
from rehabdesk.handover.annex.annex_service import Annexes, step_of
from rehabdesk.handover.annex.clinician_key_service import ClinicianKeys
from rehabdesk.handover.content.sections_model import Text
from rehabdesk.handover.packets_model import WITH_ONE, PacketState
from rehabdesk.handover.parts_model import in_parts, whole
from rehabdesk.handover.records_model import PacketRow
from rehabdesk.handover.shelf_service import Shelf
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.wire import decode_annex
from rehabdesk.people.service import People
from rehabdesk.seals import certificates

TYPED = "annex_typed"
LONGEST = 20_000
RELEASED = (PacketState.COUNTERSIGNED, *WITH_ONE, PacketState.CLOSED)
"""States of a packet in which a supervisor has approved the release of its annex."""


class AnnexWriting:
    """The annexes that were asked of one psychologist. UserError for everybody else."""

    def __init__(
        self, desk: Desk, people: People, annexes: Annexes, keys: ClinicianKeys, trust: Trust, shelf: Shelf
    ) -> None:
        self._desk, self._people, self._annexes = desk, people, annexes
        self.keys, self._trust, self._shelf = keys, trust, shelf

    # what is being typed, which only its author opens

    def start(self, request_id: str) -> tuple[str | None, TypedAnnex]:
        """The draft for a request, else what was last signed about the same person, else nothing."""
        asked = self.mine(request_id)
        for draft in self._desk.drafts(TYPED):
            if draft.payload.get("request") == request_id:
                return draft.id, _typed(draft.payload)
        return None, self._last_signed(asked) or TypedAnnex()

    def keep(self, request_id: str, typed: TypedAnnex, draft_id: str | None) -> str:
        """Autosave; gives the draft's id."""
        asked = self.mine(request_id)
        payload = {**to_payload(typed), "request": request_id}
        return self._desk.save_draft(TYPED, payload, person=asked.person, draft_id=draft_id)

    def drop(self, draft_id: str) -> None:
        """Throws away what was typed."""
        self._desk.drop_draft(draft_id)

    def decline(self, request_id: str, draft_id: str | None) -> None:
        """Nothing is handed on; why not stays with the psychologist."""
        asked = self.mine(request_id)
        if asked.state is not AnnexState.ASKED:
            raise UserError(tr("This annex is not waited for any more. Ask the case officer if it is needed again."))
        drafts = () if draft_id is None else (draft_id,)
        self._desk.commit("decline_annex", [step_of(asked, AnnexState.DECLINED)], drop_drafts=drafts)

    # pages and signature

    def cannot_sign(self) -> str:
        """Why this login could not sign it now, in one sentence with the next step, or ""."""
        try:
            self._trust.signing_key()
        except UserError as problem:
            return problem.sentence
        return ""

    def assemble(self, request_id: str, typed: TypedAnnex) -> tuple[ClinicalAnnex, Sender]:
        """The annex as it will be signed. UserError names what is missing."""
        asked = self.mine(request_id)
        if asked.state is not AnnexState.ASKED:
            raise _not_waited_for()
        if not typed.clinician:
            raise UserError(tr("Choose the clinician whose key opens it."), field="clinician")
        clinician = self.keys.clinician(typed.clinician)
        summary = _text(typed, "treatment_summary", tr("Write what the treatment was."))
        formulation = _text(typed, "formulation", "")
        plan = _text(typed, "onward_plan", tr("Write how it goes on."))
        if summary is None or plan is None:
            raise UserError(tr("Write what the treatment was."), field="treatment_summary")
        facts = certificates.facts(self._trust.signing_key().pair.certificate)
        settings, at = self._desk.settings(), self._desk.clock.now().replace(microsecond=0)
        annex = ClinicalAnnex(
            format=ANNEX_FORMAT,
            version=ANNEX_VERSION,
            number=asked.number,
            for_=clinician.name,
            author=AnnexAuthor(name=facts.name, cert_sha256=facts.sha256),
            treatment_summary=summary,
            formulation=formulation,
            onward_plan=plan,
            age=clinician.age,
        )
        reference = self._people.person(asked.person).details.case_ref
        sender = Sender(
            site=settings.name,
            country=settings.country,
            phone=settings.phone,
            person_ref=reference,
            language=typed.lang or annex_language(),
            issued=at,
        )
        return annex, sender

    def allow_signature(
        self, request_id: str, pages: AnnexPages, clinician_id: str, typed_again: object
    ) -> AnnexSigning:
        """The guards of the one signature. UserError names the one that does not hold."""
        if not isinstance(typed_again, Keys) or typed_again.uid != self._desk.uid:
            raise UserError(tr("Type your own passphrase: an annex is signed by the person who is signed in."))
        asked = self.mine(request_id)
        if asked.state is not AnnexState.ASKED or pages.annex.number != asked.number:
            raise _not_waited_for()
        clinician = self.keys.clinician(clinician_id)
        key, now = self._trust.signing_key(), self._desk.clock.now()
        facts = certificates.facts(key.pair.certificate)
        if pages.annex.author.cert_sha256 != facts.sha256 or (pages.annex.for_, pages.annex.age) != (
            clinician.name,
            clinician.age,
        ):
            raise UserError(tr("These are not the pages that you looked at. Look at them again."))
        appearance = annex_stamp(
            signer=facts.name,
            at=now,
            certificate=key.pair.certificate,
            issued=pages.sender.issued,
            spoken=pages.sender.language,
        )
        return AnnexSigning(pdf=pages.prepared, key=key, stamp=appearance, at=now, recipient=clinician.age)

    def keep_signed(
        self, request_id: str, pages: AnnexPages, made: SealedAnnex, *, clinician_id: str, draft_id: str | None
    ) -> AskedAnnex:
        """Text and bytes go to the psychologists' compartment; the team learns hash and addressee. The draft goes."""
        asked, rid = self.mine(request_id), self._desk.ids()
        if asked.state is not AnnexState.ASKED:
            raise _not_waited_for()
        record = AnnexRecord(
            request=request_id,
            number=asked.number,
            clinician=clinician_id,
            for_name=pages.annex.for_,
            issued=pages.sender.issued,
            content=pages.json.decode("utf-8"),
            pdf_sha256=made.signed_sha256,
            sealed_sha256=sha256_hex(made.sealed),
        )
        items = [
            NewRecord(comp=CLINICAL, kind=store.ANNEX, pv=1, person=asked.person, payload=to_payload(record), rid=rid),
            *_parts(rid, asked.person, Bytes.SIGNED, made.signed),
            *_parts(rid, asked.person, Bytes.SEALED, made.sealed),
            step_of(
                asked,
                AnnexState.READY,
                for_name=record.for_name,
                pdf_sha256=record.pdf_sha256,
                sealed_sha256=record.sealed_sha256,
            ),
        ]
        drafts = () if draft_id is None else (draft_id,)
        self._desk.commit("sign_annex", items, drop_drafts=drafts, extra={"number": asked.number})
        return self._annexes.asked(request_id)

    # on its way

    def signed_pdf(self, request_id: str) -> bytes:
        """The signed pages, as they were."""
        return self._bytes(self.mine(request_id), Bytes.SIGNED)

    def may_leave(self, asked: AskedAnnex) -> bool:
        """Whether a supervisor has approved the packet that names it, so that it can be sent."""
        row = self._packet_of(asked)
        return asked.state in (AnnexState.READY, AnnexState.SENT) and row is not None and row.state in RELEASED

    def send(self, request_id: str, folder: Path) -> Path:
        """Writes the sealed file into `folder` and reads it back.

        UserError until its packet is countersigned, and once a consent on which that rests is withdrawn.
        """
        asked = self.mine(request_id)
        row = self._packet_of(asked)
        if row is None or not self.may_leave(asked):
            raise UserError(tr("The annex goes out with its packet. Wait until a supervisor has countersigned that."))
        self._annexes.require_allowed(self._shelf.packet(row.id))
        sealed, file = self._bytes(asked, Bytes.SEALED), folder / f"{asked.number}-CX.pdf.age"
        if not folder.is_dir():
            raise UserError(tr("There is no folder {name}. Choose where the sealed file goes.").format(name=folder))
        if file.exists():
            sentence = tr("{name} is there already and is not written over. Delete it there, or choose another folder.")
            raise UserError(sentence.format(name=file.name))
        with files.on_foreign_medium():
            files.durable_write(file, sealed)
            if files.read_limited(file, len(sealed) + 1) != sealed:
                files.remove(file)
                raise SealBroken(
                    tr("The medium did not keep what was written. Nothing on it can be relied on; use another one.")
                )
        extra = {"number": asked.number, "pdf_sha256": asked.pdf_sha256, "sealed_sha256": sha256_hex(sealed)}
        self._desk.commit("export_annex", [step_of(asked, AnnexState.SENT)], extra=extra)
        return file

    def mine(self, request_id: str) -> AskedAnnex:
        """UserError where it was not asked of this psychologist."""
        asked = self._annexes.asked(request_id)
        if not self.keys.may_use or asked.request.psychologist != self._desk.uid:
            raise UserError(tr("Only the psychologist who was asked writes this annex."))
        self._people.caseload.require(asked.person)
        return asked

    def language(self) -> str:
        """In which an annex begins: that of the window, as far as paper speaks it."""
        return annex_language()

    def now(self) -> datetime:
        """By the desk's clock."""
        return self._desk.clock.now()

    # inside

    def _packet_of(self, asked: AskedAnnex) -> PacketRow | None:
        rows = self._shelf.packets_of(asked.person)
        return next((row for row in rows if row.number == asked.number), None)

    def _bytes(self, asked: AskedAnnex, which: Bytes) -> bytes:
        index = self._desk.index(CLINICAL)
        rid = store.written_for(index, asked.id)
        rids = () if rid is None else store.parts_of(index, rid, which)
        parts = [from_payload(AnnexPart, self._desk.read(CLINICAL, one).payload) for one in rids]
        if (content := whole(parts)) is None:
            raise SealBroken(tr("The signed pages of this annex are not whole. Check the desk."))
        return content

    def _last_signed(self, asked: AskedAnnex) -> TypedAnnex | None:
        """What an earlier request about the same person was answered with: a packet that is made anew needs it anew."""
        index = self._desk.index(CLINICAL)
        for earlier in self._annexes.of_person(asked.person):
            rid = None if earlier.id == asked.id else store.written_for(index, earlier.id)
            if rid is not None:
                return _typed_again(from_payload(AnnexRecord, self._desk.read(CLINICAL, rid).payload))
        return None


def _not_waited_for() -> UserError:
    return UserError(tr("This annex is signed already, or not waited for any more."))


def _typed(payload: object) -> TypedAnnex:
    held = dict(payload) if isinstance(payload, dict) else {}
    held.pop("request", None)
    return from_payload(TypedAnnex, held)


def _typed_again(record: AnnexRecord) -> TypedAnnex:
    annex = decode_annex(record.content.encode("utf-8")).value
    return TypedAnnex(
        clinician=record.clinician,
        treatment_summary=annex.treatment_summary.text,
        formulation="" if annex.formulation is None else annex.formulation.text,
        onward_plan=annex.onward_plan.text,
        lang=annex.treatment_summary.lang,
    )


def _text(typed: TypedAnnex, name: str, missing: str) -> Text | None:
    """The words of a field. UserError with the sentence `missing` where they are needed and not there."""
    words = nfc(str(getattr(typed, name))).replace("\r\n", "\n").strip()
    if not words:
        if missing:
            raise UserError(missing, field=name)
        return None
    if len(words) > LONGEST:
        sentence = tr("This is too long: at most {count} characters.")
        raise UserError(sentence.format(count=LONGEST), field=name)
    if (found := forbidden_character(words)) is not None:
        sentence = tr("The text holds an invisible character that cannot be printed ({code}). Type the words anew.")
        raise UserError(sentence.format(code=found), field=name)
    return Text(text=words, lang=typed.lang or "und")


def _parts(annex: str, person: str, which: Bytes, content: bytes) -> list[NewRecord]:
    return [
        NewRecord(
            comp=CLINICAL,
            kind=store.PART,
            pv=1,
            person=person,
            payload=to_payload(AnnexPart(annex=annex, which=which, **part)),
        )
        for part in in_parts(content)
    ]
