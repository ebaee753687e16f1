"""A consent counts for the team it was given for, while it stands; every refusal says what can be done (G6)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.handover.collecting.basis_service import Bases
from rehabdesk.handover.content.packet_model import LegalBasis
from rehabdesk.handover.trust.cards_model import OpensWith
from rehabdesk.handover.trust.trust_model import Team
from rehabdesk.people.consent_model import ConsentDetails, ConsentMethod, ConsentPurpose, ConsentStatus
from rehabdesk.people.service import People
from tests.people.cases import TODAY, CaseDesk

TEAM = Team(
    id="T-ATELIER",
    name="Atelier",
    org="River House",
    country="XX",
    phone="+000 20 555 1",
    age=(),
    opens_with=OpensWith.AGE,
    digits="",
)
GIVEN = ConsentDetails(
    purpose=ConsentPurpose.SHARE_WITH_NAMED_ORG,
    status=ConsentStatus.GIVEN,
    scope="What the team needs",
    recipient="river house",
    explained_in="fr",
    method=ConsentMethod.THUMBPRINT,
    given_on=TODAY - timedelta(days=30),
)
REFUSED = replace(GIVEN, status=ConsentStatus.REFUSED)
ENDED = replace(GIVEN, review_due=TODAY - timedelta(days=1))
TO_THE_DAY = replace(GIVEN, review_due=TODAY)
ELSEWHERE = replace(GIVEN, recipient="Lake House")
FAMILY = replace(GIVEN, purpose=ConsentPurpose.FAMILY_CONTACT)

NUMBERS = count(101)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> CaseDesk:
    folder: Path = tmp_path_factory.mktemp("basis")
    return CaseDesk(folder / "desk", folder / "profile")


@pytest.mark.parametrize(
    ("answers", "withdrawn", "says"),
    [
        ((GIVEN,), False, ""),
        ((TO_THE_DAY,), False, ""),
        ((REFUSED, GIVEN), False, ""),
        ((GIVEN, replace(GIVEN, recipient="Atelier")), False, ""),
        ((), False, "has not been asked"),
        ((ELSEWHERE,), False, "has not been asked"),
        ((replace(GIVEN, recipient="River Ho"),), False, "has not been asked"),
        ((FAMILY,), False, "has not been asked"),
        ((GIVEN,), True, "was withdrawn"),
        ((ENDED,), False, "ended on"),
        ((GIVEN, REFUSED), False, "did not agree"),
        ((GIVEN, replace(REFUSED, recipient="Atelier")), False, "did not agree"),
    ],
)
def test_consent(desk: CaseDesk, answers: tuple[ConsentDetails, ...], withdrawn: bool, says: str) -> None:
    person = desk.register(f"24-{next(NUMBERS)}")
    with desk.as_login("green-ferry") as login:
        people = People(login)
        ids = [people.consents.record(person, each).id for each in answers]
        if withdrawn:
            people.consents.withdraw(ids[-1], on=TODAY)
        bases = Bases(people, login.clock)
        assert bases.answer(person, TEAM).stands == (says == "")
        bases.require(person, TEAM, LegalBasis.COURT_ORDER, "")  # another basis asks nobody
        if says:
            with pytest.raises(UserError, match=says) as refused:
                bases.require(person, TEAM, LegalBasis.CONSENT, "")
            assert refused.value.field == "basis"
            assert "another basis" in refused.value.sentence
        else:
            bases.require(person, TEAM, LegalBasis.CONSENT, "")


def test_until_when_and_what_the_person_keeps_back(desk: CaseDesk) -> None:
    person, until = desk.register("24-900"), date(2027, 7, 8)
    with desk.as_login("green-ferry") as login:
        people = People(login)
        people.consents.record(person, replace(GIVEN, review_due=until, withheld="Nothing about the brother"))
        answer = Bases(people, login.clock).answer(person, TEAM)
        with pytest.raises(UserError, match="which law"):
            Bases(people, login.clock).require(person, TEAM, LegalBasis.OTHER, " ")
    assert (answer.until, answer.withheld) == (until, ("Nothing about the brother",))
