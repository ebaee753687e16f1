"""The rules of vault.md 4.4 one by one: what each lets through, and each attack that it stops."""

from dataclasses import replace

import pytest

from rehabdesk.core.errors import FormatError, Tampered
from rehabdesk.seals.identity import Domain
from rehabdesk.seals.membership import replay, statement_hash, trusted_epochs
from rehabdesk.seals.statement import SignedStatement, Statement, Status, parse_statement
from tests.seals.store.small_desk import (
    ADM,
    CHA,
    CO,
    FOUNDERS,
    NEW,
    PSY,
    PSY2,
    SUP,
    VAULT,
    admitted,
    after,
    compartment,
    genesis,
    identity,
    recovery,
    removed,
    rotated,
    signed,
    signed_genesis,
    user,
    with_comp,
)

DIGEST = statement_hash(genesis())


def accept(*later: SignedStatement) -> Statement:
    """Every statement also has to come back whole from its written form."""
    for step in later:
        assert parse_statement(step.statement.plain()) == step.statement
    return replay([signed_genesis(), *later], DIGEST)


def refuse(sentence: str, *later: SignedStatement) -> None:
    with pytest.raises(Tampered, match=sentence) as refused:
        replay([signed_genesis(), *later], DIGEST)
    assert "Call two administrators" in refused.value.sentence


def with_status(statement: Statement, uid: str, status: Status) -> Statement:
    return replace(statement, users={**statement.users, uid: replace(statement.users[uid], status=status)})


# What honest desks do


def test_genesis_alone() -> None:
    assert accept() == genesis()


def test_admission_to_team_and_clinical() -> None:
    new = after(admitted(genesis(), NEW, ["team", "clinical"]))
    assert accept(signed(new, ADM, SUP, PSY)) == new  # SUP is the member of team who consents


def test_removal_with_new_keys_for_everything_that_was_left() -> None:
    new = after(removed(genesis(), PSY2))
    assert accept(signed(new, ADM, SUP, PSY)).comps["clinical"].epoch == 2


def test_removal_without_a_member_present_leaves_the_compartment_due() -> None:
    new = after(removed(genesis(), CHA, due=["pastoral"]))
    assert accept(signed(new, ADM, SUP)).comps["pastoral"].members == (CHA,)


def test_member_alone_renews_a_due_compartment() -> None:
    waiting = after(removed(genesis(), PSY2, due=["clinical"]))
    renewed = after(rotated(replace(waiting, due=()), "clinical", [PSY]), waiting)
    assert accept(signed(waiting, ADM, SUP), signed(renewed, PSY)) == renewed


def test_compartment_under_suspicion_may_be_put_on_due_though_nobody_left() -> None:
    waiting = after(genesis(), due=("clinical",))
    renewed = after(rotated(replace(waiting, due=()), "clinical"), waiting)
    assert accept(signed(waiting, ADM, SUP), signed(renewed, PSY2)) == renewed


def test_recovery_key_admits_a_successor_and_is_renewed() -> None:
    new = rotated(admitted(genesis(), NEW, ["pastoral"]), "pastoral", [NEW])
    new = with_comp(new, "pastoral", rec=compartment("pastoral", [NEW], 2, 2).rec)
    assert accept(signed(after(new), ADM, SUP, "rec:pastoral")).comps["pastoral"].members == (NEW,)


def test_new_compartment_is_founded_by_its_members() -> None:
    new = admitted(genesis(), NEW, ["team"])
    new = replace(new, comps={**new.comps, "pastoral-2": compartment("pastoral-2", [NEW])})
    assert accept(signed(after(new), ADM, SUP, NEW)).comps["pastoral-2"].members == (NEW,)


def test_vault_and_shred_need_administrators_only() -> None:
    assert accept(signed(after(rotated(genesis(), "vault")), ADM, SUP)).comps["vault"].epoch == 2


# Rule 1


def test_forged_genesis_is_not_the_one_in_the_slot() -> None:
    """Same uids, same public keys, history rewritten and signed by whoever could write the file (trap 9)."""
    forged = with_comp(genesis(), "clinical", members=(CO, PSY))
    with pytest.raises(Tampered, match="does not begin with the one under which you joined"):
        replay([signed(forged, *FOUNDERS)], DIGEST)


@pytest.mark.parametrize("absent", FOUNDERS)
def test_genesis_is_signed_by_every_uid(absent: str) -> None:
    with pytest.raises(Tampered, match="not signed by everybody"):
        replay([signed(genesis(), *(uid for uid in FOUNDERS if uid != absent))], DIGEST)


@pytest.mark.parametrize("change", [{"gen": 2}, {"prev": b"\0" * 32}])
def test_genesis_is_numbered_as_the_first(change: dict[str, object]) -> None:
    first = replace(genesis(), **change)  # type: ignore[arg-type] # any field
    with pytest.raises(Tampered, match="not numbered as the first"):
        replay([signed(first, *FOUNDERS)], statement_hash(first))


def test_genesis_with_a_removed_login_is_not_signed_by_it() -> None:
    first = with_status(genesis(), CO, Status.REMOVED)
    with pytest.raises(Tampered, match="not signed by everybody"):
        replay([signed(first, *FOUNDERS)], statement_hash(first))


def test_empty_history() -> None:
    with pytest.raises(Tampered, match="is empty"):
        replay([], DIGEST)


# Rule 2


@pytest.mark.parametrize(
    "change", [{"gen": 3}, {"gen": 1}, {"prev": b""}, {"prev": b"\1" * 32}, {"vault": "f" * 32}], ids=str
)
def test_statement_follows_the_one_before(change: dict[str, object]) -> None:
    refuse("does not follow the one before", signed(after(genesis(), None, **change), *FOUNDERS))


def test_replayed_statement() -> None:
    step = signed(after(rotated(genesis(), "vault")), ADM, SUP)
    refuse("does not follow the one before", step, step)


def test_history_with_a_statement_left_out() -> None:
    one = after(rotated(genesis(), "vault"))
    two = after(rotated(one, "vault"), one)
    refuse("does not follow the one before", signed(two, ADM, SUP))


# Rule 3


@pytest.mark.parametrize("signers", [(), (ADM,), (SUP,), (ADM, PSY, PSY2, CHA, CO), ("rec:vault:1",)])
def test_two_administrators_sign(signers: tuple[str, ...]) -> None:
    new = after(rotated(genesis(), "vault"))
    if "rec:vault:1" in signers:
        new = with_comp(new, "vault", rec=compartment("vault", FOUNDERS, 2, 2).rec)
    refuse("not signed by two administrators", signed(new, *signers))


def test_administrator_named_by_the_same_statement_does_not_count() -> None:
    refuse("not signed by two administrators", signed(after(genesis(), admins=(ADM, CO)), ADM, CO))


@pytest.mark.parametrize("quorum", [1, 3])
def test_lowered_or_impossible_quorum(quorum: int) -> None:
    refuse("Fewer than two administrators", signed(after(genesis(), quorum=quorum), ADM, SUP))


def test_last_but_one_administrator_cannot_go() -> None:
    refuse("Fewer than two administrators", signed(after(genesis(), admins=(ADM,)), ADM, SUP))


def test_signature_of_another_domain_does_not_count() -> None:
    new = after(rotated(genesis(), "vault"))
    step = signed(new, ADM)
    foreign = identity(SUP).sign(Domain.AUDIT, new.canonical())
    refuse("not signed by two", replace(step, signatures={**step.signatures, SUP: foreign}))


def test_signature_under_another_name_does_not_count() -> None:
    step = signed(after(rotated(genesis(), "vault")), ADM)
    refuse("not signed by two", replace(step, signatures={**step.signatures, SUP: step.signatures[ADM]}))


def test_one_key_under_two_names() -> None:
    twin = replace(user(NEW), e=identity(ADM).e)
    new = admitted(genesis(), NEW, [])
    refuse("same key", signed(after(replace(new, users={**new.users, NEW: twin})), ADM, SUP))


# Rule 4


def test_two_colluding_administrators_cannot_let_themselves_into_clinical() -> None:
    new = admitted(genesis(), NEW, ["clinical"])
    refuse("clinical was changed without the signature of a member", signed(after(new), ADM, SUP, NEW, CHA, CO))


def test_two_colluding_administrators_cannot_exchange_the_key() -> None:
    refuse("clinical was changed without", signed(after(rotated(genesis(), "clinical")), ADM, SUP))


def test_two_colluding_administrators_cannot_set_a_recovery_key() -> None:
    rec = compartment("clinical", [PSY], 1, 2).rec
    refuse("clinical was changed without", signed(after(with_comp(genesis(), "clinical", rec=rec)), ADM, SUP))


def test_leaver_cannot_sign_for_the_compartment_afterwards() -> None:
    gone = after(removed(genesis(), PSY2))
    refuse(
        "clinical was changed without",
        signed(gone, ADM, SUP, PSY),
        signed(after(admitted(gone, NEW, ["clinical"]), gone), ADM, SUP, PSY2),
    )


def test_removed_login_on_due_cannot_sign_for_the_compartment() -> None:
    gone = after(removed(genesis(), PSY2, due=["clinical"]))
    new = with_comp(admitted(gone, NEW, []), "clinical", members=tuple(sorted((NEW, PSY, PSY2))))
    refuse("clinical was changed without", signed(gone, ADM, SUP), signed(after(new, gone), ADM, SUP, PSY2))


def test_recovery_key_of_another_compartment_does_not_count() -> None:
    new = rotated(admitted(genesis(), NEW, ["clinical"]), "clinical")
    new = with_comp(new, "clinical", rec=compartment("clinical", [], 2, 2).rec)
    new = with_comp(rotated(new, "vault"), "vault", rec=compartment("vault", [], 2, 2).rec)
    refuse("clinical was changed without", signed(after(new), ADM, SUP, "rec:vault"))


@pytest.mark.parametrize("what", ["same epoch", "same recovery key", "no recovery key"])
def test_recovery_key_that_is_used_and_not_renewed(what: str) -> None:
    new = with_comp(admitted(genesis(), NEW, []), "pastoral", members=tuple(sorted((CHA, NEW))))
    if what != "same epoch":
        new = rotated(new, "pastoral")
    if what != "same recovery key":
        number = None if what == "no recovery key" else 2
        new = with_comp(new, "pastoral", rec=compartment("pastoral", [], 1, number).rec)
    refuse("recovery key of the compartment pastoral was used", signed(after(new), ADM, SUP, "rec:pastoral"))


def test_recovery_key_does_not_replace_an_administrator() -> None:
    new = with_comp(rotated(genesis(), "pastoral"), "pastoral", rec=compartment("pastoral", [], 2, 2).rec)
    refuse("not signed by two administrators", signed(after(new), ADM, "rec:pastoral"))


def test_old_recovery_key_is_void() -> None:
    new = with_comp(rotated(genesis(), "pastoral"), "pastoral", rec=compartment("pastoral", [], 2, 2).rec)
    one = after(new)
    two = after(with_comp(rotated(one, "pastoral"), "pastoral", rec=compartment("pastoral", [], 3, 3).rec), one)
    refuse(
        "pastoral was changed without", signed(one, ADM, SUP, "rec:pastoral"), signed(two, ADM, SUP, "rec:pastoral:1")
    )


# Rules 5 and 6


def test_compartment_disappears() -> None:
    comps = {comp: held for comp, held in genesis().comps.items() if comp != "pastoral"}
    refuse("pastoral disappeared", signed(after(genesis(), comps=comps), *FOUNDERS))


def test_new_compartment_without_the_signature_of_a_member() -> None:
    comps = {**genesis().comps, "protected": compartment("protected", [PSY, PSY2])}
    refuse("protected is not signed by each", signed(after(genesis(), comps=comps), ADM, SUP, PSY))


@pytest.mark.parametrize(("members", "epoch"), [((), 1), ((PSY,), 2)])
def test_new_compartment_begins_with_a_member_and_epoch_one(members: tuple[str, ...], epoch: int) -> None:
    comps = {**genesis().comps, "protected": compartment("protected", members, epoch)}
    refuse("protected does not begin", signed(after(genesis(), comps=comps), ADM, SUP, PSY))


@pytest.mark.parametrize("name", ["pastoral-1", "pastoral-10", "Clinical", "clinical-2", "rec:team", "", "own:x"])
def test_compartment_ids_are_those_of_the_table(name: str) -> None:
    plain = replace(genesis(), comps={**genesis().comps, name: compartment("team", [PSY])}).plain()
    with pytest.raises(FormatError):
        parse_statement(plain)


@pytest.mark.parametrize("epoch", [1, 4, 5])
def test_epoch_rises_by_one(epoch: int) -> None:
    one = after(rotated(genesis(), "clinical"))
    two = after(with_comp(one, "clinical", epoch=epoch), one)
    refuse("not the same and not the next one", signed(one, ADM, SUP, PSY), signed(two, ADM, SUP, PSY))


@pytest.mark.parametrize("field", ["kc", "letter"])
def test_key_is_exchanged_within_an_epoch(field: str) -> None:
    refuse(
        "clinical was exchanged unseen",
        signed(after(with_comp(genesis(), "clinical", **{field: b"\7" * 32})), ADM, SUP, PSY),
    )


@pytest.mark.parametrize("field", ["kc", "letter"])
def test_new_epoch_with_the_old_key(field: str) -> None:
    old = getattr(genesis().comps["clinical"], field)
    new = with_comp(rotated(genesis(), "clinical"), "clinical", **{field: old})
    refuse("clinical was renewed with the old one", signed(after(new), ADM, SUP, PSY))


def test_member_leaves_without_a_new_key() -> None:
    refuse(
        "left the compartment clinical", signed(after(with_comp(genesis(), "clinical", members=(PSY,))), ADM, SUP, PSY)
    )


def test_login_disappears() -> None:
    new = removed(genesis(), CO)
    users = {uid: held for uid, held in new.users.items() if uid != CO}
    refuse(f"{CO} disappeared", signed(after(new, users=users), ADM, SUP))


@pytest.mark.parametrize("half", ["x", "e"])
def test_swapped_public_key(half: str) -> None:
    swapped = replace(genesis().users[PSY], **{half: getattr(identity(NEW), half)})
    refuse(f"{PSY} were replaced", signed(after(genesis(), users={**genesis().users, PSY: swapped}), ADM, SUP, PSY))


def test_removed_is_final() -> None:
    gone = after(removed(genesis(), CO))
    back = with_status(gone, CO, Status.ACTIVE)
    for comp in ("vault", "shred"):
        back = with_comp(back, comp, members=tuple(sorted((*back.comps[comp].members, CO))))
    refuse(f"{CO} came back", signed(gone, ADM, SUP), signed(after(back, gone), ADM, SUP))


# Rules 7 and 9


def test_removed_login_stays_a_member() -> None:
    new = removed(genesis(), CHA, due=["pastoral"])
    refuse("still a member of the compartment pastoral", signed(after(replace(new, due=())), ADM, SUP))


def test_removed_administrator_stays_one() -> None:
    refuse("not an active login", signed(after(removed(genesis(), ADM)), ADM, SUP))


def test_newcomer_is_in_vault_and_shred() -> None:
    new = replace(genesis(), users={**genesis().users, NEW: user(NEW)})
    refuse("Not every active login is in the compartment vault", signed(after(new), ADM, SUP))


def test_unknown_uid_is_a_member() -> None:
    refuse(
        "is no login",
        signed(after(with_comp(genesis(), "team", members=(CO, NEW, SUP, PSY, PSY2, CHA))), ADM, SUP, PSY),
    )


def test_removed_login_is_admitted_while_due() -> None:
    gone = after(removed(genesis(), CO), due=("clinical",))
    new = with_comp(gone, "clinical", members=tuple(sorted((PSY, PSY2, CO))))
    refuse("A removed login was admitted", signed(gone, ADM, SUP), signed(after(new, gone), ADM, SUP, PSY))


@pytest.mark.parametrize("comp", ["vault", "shred", "protected"])
def test_due_names_only_compartments_that_can_wait(comp: str) -> None:
    refuse("cannot wait", signed(after(genesis(), due=(comp,)), ADM, SUP))


@pytest.mark.parametrize("comp", ["clinical", "pastoral", "protected", "pastoral-2"])
def test_no_administrator_in_a_confidential_compartment(comp: str) -> None:
    new = genesis()
    members = tuple(sorted((*(new.comps[comp].members if comp in new.comps else ()), SUP)))
    new = replace(new, comps={**new.comps, comp: compartment(comp, members)})
    refuse(f"administrator is a member of the compartment {comp}", signed(after(new), *FOUNDERS))


def test_member_of_clinical_cannot_become_administrator() -> None:
    admins = tuple(sorted((ADM, SUP, PSY)))
    refuse("administrator is a member of the compartment clinical", signed(after(genesis(), admins=admins), *FOUNDERS))


# Rule 8


def test_member_rotates_nothing_that_is_not_due() -> None:
    refuse("not signed by two administrators", signed(after(rotated(genesis(), "clinical")), PSY))


@pytest.mark.parametrize(
    "more",
    [
        "admits somebody",
        "keeps the removed",
        "drops a colleague",
        "new recovery key",
        "another compartment",
        "stays due",
    ],
)
def test_member_does_only_the_rotation(more: str) -> None:
    waiting = after(removed(genesis(), PSY2, due=["clinical"]))
    new = rotated(replace(waiting, due=()), "clinical", [PSY])
    match more:
        case "admits somebody":
            new = with_comp(new, "clinical", members=tuple(sorted((PSY, CO))))
        case "keeps the removed":
            new = replace(with_comp(new, "clinical", members=tuple(sorted((PSY, PSY2)))), due=("clinical",))
        case "drops a colleague":
            new = rotated(new, "team", [CO, PSY, CHA])
        case "new recovery key":
            new = with_comp(new, "clinical", rec=compartment("clinical", [], 2, 2).rec)
        case "another compartment":
            new = rotated(new, "team")
        case _:
            new = replace(new, due=("clinical",))
    step = signed(after(new, waiting), PSY)
    refuse("not signed by two administrators", signed(waiting, ADM, SUP), step)


@pytest.mark.parametrize("signer", [PSY2, CO, ADM, "rec:clinical"])
def test_rotation_by_somebody_who_does_not_remain(signer: str) -> None:
    waiting = after(removed(genesis(), PSY2, due=["clinical"]))
    new = rotated(replace(waiting, due=()), "clinical", [PSY])
    with pytest.raises(Tampered):
        replay(
            [
                signed_genesis(),
                signed(waiting, ADM, SUP),
                signed(after(new, waiting), signer),
            ],
            DIGEST,
        )


# What the history makes trustworthy


def test_whose_wraps_count_for_which_epoch() -> None:
    one = after(removed(genesis(), PSY2))
    two = after(admitted(one, NEW, ["clinical"]), one)
    epochs = trusted_epochs([signed_genesis(), signed(one), signed(two)])
    assert set(epochs["clinical", 1].wrappers) == {PSY, PSY2, NEW, "rec:clinical"}  # a later member passes on the past
    assert set(epochs["clinical", 2].wrappers) == {PSY, NEW, "rec:clinical"}  # an earlier one not the future
    assert epochs["clinical", 1].kc == genesis().comps["clinical"].kc
    assert ("clinical", 3) not in epochs


def test_earlier_recovery_key_counts_for_its_own_time_only() -> None:
    new = with_comp(rotated(genesis(), "pastoral"), "pastoral", rec=compartment("pastoral", [], 2, 2).rec)
    epochs = trusted_epochs([signed_genesis(), signed(after(new))])
    old_key, new_key = recovery("pastoral", 1).e, recovery("pastoral", 2).e
    assert epochs["pastoral", 1].wrappers["rec:pastoral"] == {old_key, new_key}
    assert epochs["pastoral", 2].wrappers["rec:pastoral"] == {new_key}


def test_vault_id_of_all_is_the_same() -> None:
    assert accept().vault == VAULT
