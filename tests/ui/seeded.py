"""A desk on which every list has something: notes, plan, checklist, contacts, an alert; for walks over all screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from rehabdesk.db.projection import CLINICAL
from rehabdesk.notes.forms.form_service import load_forms
from rehabdesk.notes.service import Notes
from rehabdesk.people.model import ContactConsent, ContactDetails, ContactKind
from rehabdesk.people.service import People
from rehabdesk.plans.domain_service import load_domains
from rehabdesk.plans.service import Plans
from rehabdesk.readiness.service import Releases
from rehabdesk.readiness.template_service import load_templates
from tests.notes.sessions import KEYWORK, SESSION
from tests.plans.cases import activate
from tests.plans.conferences import agree, conferences, hold, minutes
from tests.plans.programmes import course, programmes, session
from tests.windows import Hands, hands_on

PHONE = "+000 20 555 014"


@contextmanager
def seeded_hands(qtbot: QtBot, folder: Path) -> Iterator[Hands]:
    """As `hands_on`, with records of three roles on the first person."""
    with hands_on(qtbot, folder) as hands:
        seed(hands)
        yield hands


def seed(hands: Hands) -> None:
    site, person = hands.site, hands.people["Idrissa"]
    desk = site.open("case")
    people, forms = People(desk), load_forms()
    mother = ContactDetails(
        kind=ContactKind.FAMILY,
        name="Mariam Kada",
        relation="mother",
        phone=PHONE,
        consent_to_be_contacted=ContactConsent.YES,
    )
    people.circle.add(person, mother)
    activate(Plans(desk, people, load_domains()), person)
    releases = Releases(desk, people, load_templates())
    releases.open_list(person, date(2027, 1, 8))
    an_hour_ago = site.clock.now() - timedelta(hours=1)
    releases.open_list(hands.people["Amina"], an_hour_ago.date() + timedelta(days=2), short_notice=True)
    work = conferences(desk)
    agree(work, person, at=an_hour_ago)
    work.lay(hold(work, hands.people["Omar"], at=an_hour_ago), minutes(work.me), {})
    given_back = hold(work, hands.people["Amina"], at=an_hour_ago)
    work.lay(given_back, minutes(work.me), {})
    work.give_back(given_back, "Who meets her at the bus?")
    attended = programmes(desk, people)
    attended.record_session(session(attended.record(person, course()).rid, on=site.clock.now().date()))
    notes = Notes(desk, people, forms)
    notes.sign(notes.start("keywork", person, occurred_at=an_hour_ago, answers=KEYWORK))
    desk = site.open("psy")
    notes = Notes(desk, People(desk), forms)
    notes.sign(notes.start("psychologist_session", person, occurred_at=an_hour_ago, answers=SESSION))
    notes.start("psychologist_session", hands.people["Omar"], answers={"psy.P3.free": "Asked for the form."})
    site.close()


def signed_note(hands: Hands) -> str:
    """`comp:rid` of the newest signed note on Idrissa that this login reads."""
    entries = hands.session.services.notes.timeline.page(hands.people["Idrissa"])
    entry = next(one for one in entries if one.part.value == "note" and one.comp in (CLINICAL, "team"))
    return f"{entry.comp}:{entry.rid}"
