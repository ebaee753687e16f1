"""Feedback (domain.md 14, scenario 9): a stick comes back, a person accepts, and no word on progress changes."""

from datetime import timedelta
from pathlib import Path

from rehabdesk.core.i18n import tr
from rehabdesk.handover.after.after_seal_service import AfterSealing
from rehabdesk.handover.after.feedback_entry_service import feedback_entry
from rehabdesk.handover.after.feedback_model import FeedbackKind
from rehabdesk.handover.after.receipt_model import Decision
from rehabdesk.handover.after.receipt_service import held_packet, make_receipt
from rehabdesk.handover.after.returns_model import ReasonKind, reason_words
from rehabdesk.handover.after.returns_service import Returns
from rehabdesk.handover.checking.examination_service import PacketCheck
from rehabdesk.handover.packets_model import PacketState
from rehabdesk.notes.model import Part
from rehabdesk.notes.timeline_service import Timeline
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.progress.progress_model import NotRatedBecause, Progress, Voice, Word
from rehabdesk.plans.progress.progress_service import ProgressWords
from rehabdesk.readiness.model import ItemStatus
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.handover.aftermath import Outside
from tests.handover.packet_window import PacketDesk
from tests.handover.workplace import Signed
from tests.people.cases import TODAY

WORDS = "First appointment missed – no bus fare"


class River(PacketDesk):
    """The desk, and the team that answers it."""

    outside: Outside

    def team_card(self, identity: str | None = None) -> bytes:
        self.outside = Outside(identity or self.identity)
        return self.outside.card


def returns_of(at: Signed) -> tuple[AfterSealing, Returns]:
    sealing = AfterSealing(at.desk, at.packets.shelf, at.packets.drafts)
    return sealing, Returns(at.desk, at.packets.shelf, at.trust, sealing.codes, feedback_entry)


def test_feedback(tmp_path: Path) -> None:
    """The receipt settles RR-K1; RR-K2 shows a practical reason; no rating changes."""
    desk = River(tmp_path)
    person = desk.person
    with desk.open("green-ferry") as officer:
        Releases(officer.desk, officer.people, load_templates()).open_list(person, TODAY)
        rating = Progress(
            domain="PD-7",
            voice=Voice.SELF,
            word=Word.NOT_RATED,
            basis="",
            period_from=TODAY - timedelta(days=60),
            period_to=TODAY,
            not_rated_because=NotRatedBecause.PERSON_PREFERS_NOT,
            declined=True,
        )
        ProgressWords(officer.desk, officer.people, load_domains()).record_self(person, rating)
    packet = desk.signed(person)
    desk.countersigned(packet)
    desk.sealed(packet, desk.outbox)

    with desk.open("green-ferry") as officer:
        sealing, returns = returns_of(officer)
        releases = Releases(officer.desk, officer.people, load_templates())
        progress = ProgressWords(officer.desk, officer.people, load_domains())
        ratings = dict(progress.history(person))
        row, now = officer.packets.shelf.row(packet), desk.clock.now()
        pdf = officer.packets.shelf.newest_pdf(packet)
        held = held_packet(PacketCheck([officer.trust.site_card()]).check(pdf, moment=now))
        name, receipt = make_receipt(held, decision=Decision.ACCEPTED, by="Marième Sow", key=desk.outside.key, at=now)
        looked = returns.accept(receipt, name)
        assert officer.packets.shelf.row(packet).state is PacketState.ACKNOWLEDGED
        assert [offer.code for offer in looked.offers] == ["RR-K1"]
        releases.mark(person, "RR-K1", ItemStatus.DONE, evidence=row.number)

        written = desk.outside.feedback(row.number, now, FeedbackKind.NO_SHOW, q1="Yes", q9=WORDS)
        looked = returns.accept(written, f"{row.number}.rdfeedback")
        (offer,) = looked.offers
        assert (offer.code, offer.done) == ("RR-K2", False)
        reason = reason_words(ReasonKind.PRACTICAL, WORDS)
        settled = releases.mark(person, offer.code, ItemStatus.IN_PROGRESS, reason=reason)
        assert settled.item("RR-K1").status is ItemStatus.DONE
        assert settled.item("RR-K2").reason == f"Practical reason: {WORDS}"
        assert settled.item("RR-K2").open

        timeline = Timeline(officer.desk, officer.people)
        entry = next(each for each in timeline.page(person) if each.part is Part.OUTSIDE)
        assert WORDS in entry.preview or tr("Did not come") in entry.preview
        assert dict(progress.history(person)) == ratings
        assert sealing.of(packet).feedback[-1].answers["q9"] == WORDS
