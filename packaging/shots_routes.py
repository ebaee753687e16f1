"""Which pages the pictures of `shots.py` are of, by role, and the person that they are about."""

from collections.abc import Iterator

from shots_roles import TRAINEE

from rehabdesk.app_record import record_places
from rehabdesk.app_session import Session
from rehabdesk.handover.shelf_service import MAY_READ
from rehabdesk.overview.month_service import MyMonth
from rehabdesk.overview.supervision_model import WorkKind
from rehabdesk.ui.page import Route

ONLY_OVERVIEW = ("CSUP", TRAINEE, "FAC", "AUD")
"""Roles of which only the pages of their menu are taken; the others are as those of a role that is taken whole."""


def shown_person(session: Session) -> str:
    """Somebody with a packet where the role reads packets, else the first of the own cases."""
    services = session.services
    people = [*services.people.own_cases(), *services.people.register_page(limit=40)]
    packets = services.packets.shelf
    with_packet = (row.id for row in people if services.desk.role in MAY_READ and packets.packets_of(row.id))
    return next(with_packet, people[0].id if people else "")


def routes(role: str, person: str, session: Session) -> Iterator[tuple[str, Route]]:
    """Every page of a role, with the name of its picture."""
    for name, _words, _icon, _foot in session.pages.menu():
        yield f"{role}-{name}", Route(name=name)
    yield from overview(role, session)
    if role in ONLY_OVERVIEW:
        return
    yield f"{role}-alert-new", Route(name="alert_new", person=person)
    if role in ("CO", "ADM"):
        yield f"{role}-sites_teams", Route(name="sites_teams")
        yield f"{role}-guide", Route(name="guide")
        yield f"{role}-signing-keys", Route(name="signing_keys")
    if role == "ADM":
        return
    for tab in ("overview", "timeline", "notes", "plan", "release", "contacts", "packets"):
        if any(each.code == tab for each in session.pages._tabs.of(session.services.people.row(person))):
            yield f"{role}-person-{tab}", Route(name="person", person=person, id=tab)
    for name, _words in record_places(session.services):
        yield f"{role}-record-{name}", Route(name=name, person=person)
    yield from notes(role, person, session)
    for row in session.services.alerts.live_of(person)[:1]:
        yield f"{role}-alert", Route(name="alert", person=person, id=f"team:{row.rid}")
    if session.services.letters.may_refuse:
        yield f"{role}-refusal", Route(name="refusal", person=person)
    if role == "CO":
        yield from case_work(person, session)
    if role in ("CO", "PSY", "SUP"):
        yield f"{role}-conferences", Route(name="conferences", person=person)
        for held in session.services.conferences.reading.of_person(person)[:1]:
            yield f"{role}-conference", Route(name="conference", person=person, id=held.rid)
    yield from reviews(role, person, session)
    if role == "PSY":
        yield "PSY-assessments", Route(name="assessments", person=person)
        yield "PSY-annex-keys", Route(name="clinician_keys")
        yield "PSY-annex-inbox", Route(name="inbox_annex")
        for asked in session.services.packets.annexes.to_me()[:1]:
            yield "PSY-annex", Route(name="annex", person=asked.person, id=asked.id)
        yield from attached(person, session)
    if role == "CHA":
        for name in ("encounter", "contact_log", "contribution"):
            yield f"CHA-{name}", Route(name=name, person=person)
    yield f"{role}-search", Route(name="search", id="the")
    group = next(iter(session.services.groups.all()), None)
    if group is not None and role == "PSY":
        yield "PSY-group", Route(name="group", id=group.id)
        yield "PSY-meeting", Route(name="meeting", id=f"group:{group.id}")
        yield "PSY-meeting-read", Route(name="meeting_read", id=session.services.meetings_read.of_group(group.id)[0].id)
    yield f"{role}-packet-check", Route(name="packet_check")
    yield f"{role}-writing", Route(name="writing")


def case_work(person: str, session: Session) -> Iterator[tuple[str, Route]]:
    """What a case officer writes."""
    yield "CO-register", Route(name="register")
    yield "CO-import", Route(name="import")
    yield "CO-plan-write", Route(name="plan_write", person=person, id="next")
    yield "CO-plan-history", Route(name="plan_history", person=person)
    yield "CO-programmes", Route(name="programmes", person=person)
    for paper in ("plan", "list", "cards"):
        yield f"CO-own-{paper}", Route(name=f"own_{paper}", person=person)
    yield "CO-conference-plan", Route(name="conference_plan", person=person)
    yield "CO-packet-recipient", Route(name="packet", person=person)
    for sealed in session.services.packets.shelf.packets_of(person)[:1]:
        yield "CO-packet-sealed", Route(name="packet_view", person=person, id=sealed.id)
        yield "CO-packet-copy", Route(name="packet_copy", person=person, id=sealed.id)
    for came in session.services.inbox.rows()[:1]:
        yield "CO-inbox-packet", Route(name="inbox_packet", id=came.id)
    yield from short_notice(session)


def overview(role: str, session: Session) -> Iterator[tuple[str, Route]]:
    """The own month, and the lists behind a supervisor's numbers."""
    months = MyMonth(session.desk)
    if months.may_see:
        yield f"{role}-my-month", Route(name="my_month")
        yield f"{role}-my-month-paper", Route(name="my_month_paper", id=months.months()[0])
    if role == "SUP":
        for kind in WorkKind:
            yield f"SUP-work-{kind.value}", Route(name="work", id=kind.value)


def reviews(role: str, person: str, session: Session) -> Iterator[tuple[str, Route]]:
    """Words of progress and reviews; the signed one is about another person than the thread's."""
    if role in ("CO", "PSY", "SUP", "CHA"):
        yield f"{role}-words", Route(name="words", person=person, id="PD-7")
    if role in ("CO", "SUP"):
        yield f"{role}-reviews", Route(name="reviews", person=person)
        yield f"{role}-review-rules", Route(name="review_rules", person=person)
    if role == "CO":
        yield "CO-progress", Route(name="progress", person=person, id="PD-7")
        yield "CO-review", Route(name="review", person=person)
        of_others = (session.services.reviews.history(each.id) for each in session.services.people.own_cases())
        for signed in next((found for found in of_others if found), ())[:1]:
            yield "CO-review-read", Route(name="review_read", person=signed.person, id=signed.rid)


def short_notice(session: Session) -> Iterator[tuple[str, Route]]:
    """The release at short notice, and its Express packet."""
    for coming in session.services.board.dated(mine=True):
        found = session.services.releases.of_person(coming.person)
        if found is not None and found.checklist.short_notice_since is not None:
            yield "CO-short-1-list", Route(name="person", person=coming.person, id="release")
            yield "CO-short-5-express", Route(name="packet", person=coming.person, id="express")


def notes(role: str, person: str, session: Session) -> Iterator[tuple[str, Route]]:
    """The forms of the role, and the newest note that it reads."""
    if session.pages.note_form:
        yield f"{role}-note", Route(name="note", person=person, id=f"form:{session.pages.note_form}")
        for form in session.pages.note_forms[1:]:
            yield f"{role}-note-{form.name}", Route(name="note", person=person, id=f"form:{form.name}")
        newest = next((one for one in session.services.notes.timeline.page(person) if one.part.value == "note"), None)
        if newest is not None:
            yield f"{role}-note-read", Route(name="note_read", person=person, id=f"{newest.comp}:{newest.rid}")
            yield f"{role}-note-paper", Route(name="note_paper", person=person, id=f"{newest.comp}:{newest.rid}")


def attached(person: str, session: Session) -> Iterator[tuple[str, Route]]:
    """The note that a letter is attached to, the letter, and the page where one attaches another."""
    held = session.services.attachments
    for entry in session.services.notes.timeline.page(person):
        note = f"{entry.comp}:{entry.rid}"
        for one in held.of(entry.comp, entry.rid) if entry.part.value == "note" else ():
            yield "PSY-note-with-letter", Route(name="note_read", person=person, id=note)
            yield "PSY-attach", Route(name="attach", person=person, id=note)
            yield "PSY-attachment", Route(name="attachment", person=person, id=f"{note}:{one.rid}")
            return
