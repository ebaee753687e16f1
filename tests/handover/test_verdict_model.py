"""Which verdict wins, with which reasons, and in exactly which words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.verdict_model import (
    Examined,
    Known,
    Listing,
    Outcome,
    PacketFacts,
    SignerFacts,
    Standing,
    State,
)
from rehabdesk.handover.checking.verdict_words_model import LANGUAGES, sentence

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PACKET = PacketFacts(
    number="RD-NORD-2026-000124-Y",
    site="NORD",
    site_name="Claimed name",
    team="T-RIVER",
    team_name="River team",
    team_keys=("age1x",),
    issued=NOW - timedelta(hours=3),
    expires=date(2027, 5, 24),
)
EXPRESS = replace(PACKET, countersign_due=NOW + timedelta(hours=1))
AUTHOR = SignerFacts(role="author", staff_role="CO", name="Amal", cert_sha256="aa", stated_at=NOW)
SUPERVISOR = SignerFacts(role="supervisor", staff_role="SUP", name="Sam", cert_sha256="bb", stated_at=NOW)
GOOD = Examined(
    outcome=Outcome.INTACT,
    reasons=(),
    standing=Standing.TRUSTED,
    packet=PACKET,
    signers=(AUTHOR, SUPERVISOR),
    list_issued=NOW - timedelta(days=5),
    list_due=NOW + timedelta(days=395),
)
KNOWN = Known(judged_at=NOW, site_name="North site", team="T-RIVER", own_key="age1x")
WITHDRAWN = Listing(listed_as=v.ListedAs.WITHDRAWN, at=date(2026, 11, 20), reason="error")
REPLACED = Listing(listed_as=v.ListedAs.SUPERSEDED, at=date(2026, 11, 20), by="RD-NORD-2026-000125-W")


def half(*reasons: str, packet: PacketFacts = PACKET) -> Examined:
    return replace(GOOD, outcome=Outcome.INCOMPLETE, reasons=reasons, packet=packet, signers=(AUTHOR,))


DUE = replace(KNOWN, judged_at=NOW + timedelta(hours=1))
LATE = replace(KNOWN, judged_at=DUE.judged_at + timedelta(milliseconds=1))
NEXT_YEAR = replace(KNOWN, judged_at=datetime(2027, 5, 25, tzinfo=UTC))

CASES: list[tuple[Examined, Known, State, tuple[str, ...], int]] = [
    (GOOD, KNOWN, State.GENUINE, (), 0),
    (half("second_signature_missing", packet=EXPRESS), KNOWN, State.EXPRESS_PENDING, ("second_signature_missing",), 2),
    (half("second_signature_missing", packet=EXPRESS), DUE, State.EXPRESS_PENDING, ("second_signature_missing",), 2),
    (half("second_signature_missing", packet=EXPRESS), LATE, State.INCOMPLETE, ("express_overdue",), 1),
    (half("second_signature_missing"), KNOWN, State.INCOMPLETE, ("second_signature_missing",), 1),
    (half("same_key"), KNOWN, State.INCOMPLETE, ("same_key",), 1),
    (half("same_person", packet=EXPRESS), KNOWN, State.INCOMPLETE, ("same_person",), 1),
    (replace(GOOD, standing=Standing.UNKNOWN_ROOT), KNOWN, State.UNKNOWN_SITE, ("site_not_known_here",), 2),
    (replace(GOOD, standing=Standing.LIST_MISSING), KNOWN, State.UNKNOWN_SITE, ("status_list_missing",), 2),
    (replace(GOOD, standing=Standing.LIST_EXPIRED), KNOWN, State.UNKNOWN_SITE, ("status_list_expired",), 2),
    (replace(GOOD, standing=Standing.NOT_YET_VALID), KNOWN, State.UNKNOWN_SITE, ("clock",), 2),
    (replace(GOOD, standing=Standing.REVOKED), KNOWN, State.WITHDRAWN, ("signer_key_withdrawn",), 1),
    (replace(GOOD, standing=Standing.EXPIRED), KNOWN, State.OUT_OF_DATE, ("signer_certificate_expired",), 1),
    (replace(GOOD, standing=None), KNOWN, State.UNKNOWN_SITE, ("site_not_known_here",), 2),
    (GOOD, replace(KNOWN, listing=WITHDRAWN), State.WITHDRAWN, ("withdrawn",), 1),
    (GOOD, replace(KNOWN, listing=REPLACED), State.REPLACED, ("replaced",), 1),
    (GOOD, NEXT_YEAR, State.OUT_OF_DATE, ("date_passed",), 1),
    (GOOD, replace(KNOWN, team="T-HILL"), State.NOT_FOR_THIS_TEAM, ("other_team",), 1),
    (GOOD, replace(KNOWN, own_key="age1y"), State.NOT_FOR_THIS_TEAM, ("key_not_named",), 1),
    (GOOD, replace(KNOWN, other_root=True), State.REFUSED, ("other_root",), 1),
    (GOOD, replace(KNOWN, at_given=True), State.GENUINE, ("judged_at_given_time",), 0),
    (Examined(outcome=Outcome.CHANGED, reasons=("extra_bytes",)), KNOWN, State.CHANGED, ("extra_bytes",), 1),
    (Examined(outcome=Outcome.REFUSED, reasons=("active_content",)), KNOWN, State.REFUSED, ("active_content",), 1),
    (Examined(outcome=Outcome.CANNOT_OPEN, reasons=("x",)), KNOWN, State.CANNOT_OPEN, ("x",), 2),
]  # fmt: skip


@pytest.mark.parametrize(("found", "known", "state", "reasons", "status"), CASES)
def test_each_finding_has_its_state_reasons_and_exit_status(
    found: Examined, known: Known, state: State, reasons: tuple[str, ...], status: int
) -> None:
    verdict = v.judge(found, known)
    assert (verdict.state, verdict.reasons, verdict.exit_status) == (state, reasons, status)


def test_the_first_state_in_the_order_wins_and_all_reasons_are_listed() -> None:
    """Everything wrong at once, then one thing after the other put right."""
    found = replace(half("second_signature_missing"), standing=Standing.UNKNOWN_ROOT)
    known = replace(NEXT_YEAR, team="T-HILL", listing=REPLACED, other_root=True)
    expected = [
        (found, known, State.REFUSED),
        (found, replace(known, other_root=False), State.INCOMPLETE),
        (replace(found, outcome=Outcome.INTACT, reasons=()), replace(known, other_root=False), State.UNKNOWN_SITE),
        (replace(GOOD, standing=Standing.REVOKED), replace(known, other_root=False), State.WITHDRAWN),
        (GOOD, replace(known, other_root=False), State.REPLACED),
        (GOOD, replace(known, other_root=False, listing=None), State.NOT_FOR_THIS_TEAM),
        (GOOD, replace(known, other_root=False, listing=None, team="T-RIVER"), State.OUT_OF_DATE),
        (GOOD, KNOWN, State.GENUINE),
    ]
    assert [v.judge(each, what).state for each, what, _ in expected] == [state for _, _, state in expected]
    assert v.judge(found, known).reasons == (
        "other_root",
        "second_signature_missing",
        "site_not_known_here",
        "replaced",
        "other_team",
        "date_passed",
    )


@pytest.mark.parametrize("outcome", [Outcome.CANNOT_OPEN, Outcome.REFUSED, Outcome.CHANGED])
def test_nothing_in_a_file_that_is_not_intact_is_repeated(outcome: Outcome) -> None:
    verdict = v.judge(replace(GOOD, outcome=outcome, reasons=("x",)), KNOWN)
    assert verdict.packet is None
    assert verdict.signers == ()
    assert not verdict.trusted
    assert "Claimed name" not in sentence(verdict, "en")


def test_a_claim_is_marked_as_one() -> None:
    unknown = v.judge(replace(GOOD, standing=Standing.UNKNOWN_ROOT), replace(KNOWN, site_name=""))
    assert not unknown.trusted
    assert "“Claimed name”" in sentence(unknown, "en")
    assert v.judge(GOOD, KNOWN).trusted


def test_notes_say_what_else_to_know() -> None:
    future = replace(GOOD, packet=replace(PACKET, issued=NOW + timedelta(hours=25)))
    assert v.judge(future, KNOWN).notes == ("clock",)
    assert v.judge(GOOD, replace(KNOWN, team=None)).notes == ("team_not_judged",)
    for days, note in ((31, "status_list_old"), (91, "status_list_very_old")):
        assert v.judge(replace(GOOD, list_issued=NOW - timedelta(days=days)), KNOWN).notes == (note,)
    later = replace(GOOD, signers=(replace(AUTHOR, revoked_at=NOW + timedelta(days=1)), SUPERVISOR))
    assert v.judge(later, KNOWN).notes == ("signer_key_withdrawn_later",)


def test_several_files_end_with_the_worst_status() -> None:
    assert v.worst_exit_status([0, 2, 1]) == 1
    assert v.worst_exit_status([0, 2]) == 2
    assert v.worst_exit_status([0, 0]) == 0


def plain(text: str) -> str:
    return text.translate(dict.fromkeys((0x2066, 0x2068, 0x2069)))


EXPECTED_EN = {
    State.GENUINE: "Genuine. Signed by Amal, approved by Sam, North site. Nothing was changed.",
    State.EXPRESS_PENDING: "One signature so far: signed by Amal, North site; nothing was changed. The second "
    "signature is due by 2026-11-24 13:00 UTC. For urgent needs only; call North site.",
    State.CHANGED: "This file was changed after signing. Do not use it. Tell North site.",
    State.INCOMPLETE: "Not approved: the second signature is missing. Do not act on it. Tell North site.",
    State.REPLACED: "Genuine, but replaced by RD-NORD-2026-000125-W on 2026-11-20. Use the newer one.",
    State.NOT_FOR_THIS_TEAM: "Addressed to River team. Close it and tell North site.",
    State.REFUSED: "Not a RehabDesk packet, or unsafe. Nothing was imported.",
    State.CANNOT_OPEN: "We cannot open it with this team’s key / these digits.",
}


@pytest.mark.parametrize(("found", "known", "state", "reasons", "status"), CASES)
def test_sentences_are_whole_in_three_languages(
    found: Examined, known: Known, state: State, reasons: tuple[str, ...], status: int
) -> None:
    verdict = v.judge(found, known)
    for language in LANGUAGES:
        spoken = sentence(verdict, language)
        assert "{" not in spoken
        assert "valid" not in spoken.replace("validé", "").lower()
        assert spoken.count("\u2069") == spoken.count("\u2068") + spoken.count("\u2066")
    if state in EXPECTED_EN and state is not State.GENUINE:
        assert plain(sentence(verdict, "en")) == EXPECTED_EN[state]


def test_the_words_of_a_genuine_packet() -> None:
    verdict = v.judge(GOOD, KNOWN)
    assert plain(sentence(verdict, "en")) == EXPECTED_EN[State.GENUINE]
    assert plain(sentence(verdict, "fr")) == (
        "Authentique. Signé par Amal, approuvé par Sam, North site. Rien n’a été modifié."
    )
    assert plain(sentence(verdict, "ar")) == "أصلي. وقّعه Amal واعتمده Sam، North site. لم يتغير شيء."


def test_the_words_of_a_withdrawal_name_key_or_reason() -> None:
    listed = v.judge(GOOD, replace(KNOWN, listing=WITHDRAWN))
    assert plain(sentence(listed, "en")) == (
        "Withdrawn by North site on 2026-11-20: it contained an error. Do not act on it."
    )
    revoked = replace(AUTHOR, revoked_at=datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    key = v.judge(replace(GOOD, standing=Standing.REVOKED, signers=(revoked, SUPERVISOR)), KNOWN)
    assert plain(sentence(key, "en")) == (
        "North site withdrew the key of Amal on 2026-11-22 08:00 UTC. Do not act on it. Call North site."
    )


def test_a_late_list_and_a_wrong_clock_have_words_of_their_own() -> None:
    late = v.judge(replace(GOOD, standing=Standing.LIST_EXPIRED), KNOWN)
    assert "the status list of North site is missing or too old (2027-12-24 12:00 UTC)" in plain(sentence(late, "en"))
    clock = v.judge(replace(GOOD, standing=Standing.NOT_YET_VALID), KNOWN)
    assert plain(sentence(clock, "en")) == "This computer says 2026-11-24 12:00 UTC. Check its clock."
