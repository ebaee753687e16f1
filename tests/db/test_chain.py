"""What a walk along the chain says of every way to change it (reliability.md P4, without the keys of another login)."""

from collections.abc import Callable

import pytest

from rehabdesk.core.canon import H, dump
from rehabdesk.core.errors import FormatError
from rehabdesk.db.chain import Entry, Fault, Head, entry_hash, genesis, parse_entry, walk
from tests.db.stores import VAULT, Scribe

Link = tuple[int, bytes, bytes, bytes]
STATEMENTS = {1: "aa" * 32, 2: "bb" * 32}
SCRIBE = Scribe("uabcdefg")


def entry(n: int, previous: bytes, *, gen: int = 1, first: bool = False) -> Entry:
    named = {"st": STATEMENTS[gen]} if first else {}
    return Entry(
        n=n, t="2026-01-01T00:00:00.000Z", m=n, u=SCRIBE.uid, a="put", c="team", r="0" * 32, v=n, h="1" * 64, g=gen,
        p=previous.hex(), x=named,
    )  # fmt: skip


def linked(made: Entry) -> Link:
    h = entry_hash(bytes.fromhex(made.p), made.body())
    return made.n, made.body(), h, SCRIBE.sign(h)


def chain(length: int, *, second_generation_at: int = 4) -> list[Link]:
    links: list[Link] = []
    for n in range(1, length + 1):
        previous = links[-1][2] if links else genesis(VAULT)
        gen = 1 if n < second_generation_at else 2
        links.append(linked(entry(n, previous, gen=gen, first=n in (1, second_generation_at))))
    return links


def faults(links: list[Link], *, verify_after: int = 0) -> set[str]:
    found = walk(
        links,
        start=Head(n=0, h=genesis(VAULT)),
        gen=0,
        verify=lambda uid, gen, h, sig: uid == SCRIBE.uid and SCRIBE.signed(h, sig),
        verify_after=verify_after,
        statement_hashes=STATEMENTS,
    )
    return {step.code for step in found if isinstance(step, Fault)}


def test_a_genuine_chain_has_no_fault() -> None:
    assert faults(chain(8)) == set()


def test_the_genesis_hash_depends_on_the_vault() -> None:
    assert genesis(VAULT) == H(b"rd/audit/genesis/1", bytes.fromhex(VAULT))
    assert genesis(VAULT) != genesis("ac" * 16)


def edited(links: list[Link], at: int, body: bytes) -> list[Link]:
    n, _, h, sig = links[at]
    return [*links[:at], (n, body, h, sig), *links[at + 1 :]]


def _edit(links: list[Link]) -> list[Link]:
    return edited(links, 3, links[3][1].replace(b'"a":"put"', b'"a":"rut"'))


def _delete(links: list[Link]) -> list[Link]:
    return links[:3] + links[4:]


def _delete_and_number_anew(links: list[Link]) -> list[Link]:
    return links[:3] + [(n - 1, body, h, sig) for n, body, h, sig in links[4:]]


def _insert(links: list[Link]) -> list[Link]:
    extra = linked(entry(4, links[2][2], gen=2, first=True))
    return links[:3] + [extra] + [(n + 1, body, h, sig) for n, body, h, sig in links[3:]]


def _reorder(links: list[Link]) -> list[Link]:
    (n, *third), (m, *fourth) = links[5], links[6]
    return [*links[:5], (n, *fourth), (m, *third), *links[7:]]  # type: ignore[list-item]  # three fields each


def _sign_by_another(links: list[Link]) -> list[Link]:
    n, body, h, _ = links[5]
    return [*links[:5], (n, body, h, Scribe("uother00").sign(h)), *links[6:]]


def _cut_the_beginning(links: list[Link]) -> list[Link]:
    return links[2:]


def _chain_of_another_vault(links: list[Link]) -> list[Link]:
    return [linked(entry(1, genesis("ac" * 16), first=True))]


ATTACKS: tuple[tuple[Callable[[list[Link]], list[Link]], str], ...] = (
    (_edit, "chain_broken"),
    (_delete, "entry_missing"),
    (_delete_and_number_anew, "chain_broken"),
    (_insert, "chain_broken"),
    (_reorder, "chain_broken"),
    (_sign_by_another, "signature"),
    (_cut_the_beginning, "entry_missing"),
    (_chain_of_another_vault, "chain_broken"),
)


@pytest.mark.parametrize(("attack", "code"), ATTACKS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_attack_is_named(attack: Callable[[list[Link]], list[Link]], code: str) -> None:
    assert code in faults(attack(chain(8)))


@pytest.mark.parametrize("at", range(8))
def test_every_byte_of_a_body_counts(at: int) -> None:
    links = chain(8)
    body = links[at][1]
    for place in range(0, len(body), 7):
        changed = bytes([*body[:place], body[place] ^ 1, *body[place + 1 :]])
        assert faults(edited(links, at, changed)) & {"chain_broken", "entry_unreadable"}


def test_a_cut_end_shows_only_against_what_was_seen_earlier() -> None:
    assert faults(chain(8)[:5]) == set()


def test_a_chain_made_anew_under_the_same_login_differs_from_an_earlier_head() -> None:
    original, anew = chain(8), chain(9, second_generation_at=5)
    assert faults(anew) == set()
    assert original[-1][2] != anew[7][2]


def test_a_generation_never_falls() -> None:
    links = chain(4)
    links.append(linked(entry(5, links[-1][2], gen=1)))
    assert faults(links) == {"generation_fell"}


def test_a_generation_begins_by_naming_its_statement() -> None:
    links = chain(3)
    links.append(linked(entry(4, links[-1][2], gen=2)))
    assert faults(links) == {"statement_not_named"}


def test_old_signatures_are_not_looked_at_again_but_their_links_are() -> None:
    assert faults(_sign_by_another(chain(8)), verify_after=6) == set()
    assert faults(_edit(chain(8)), verify_after=8) == {"chain_broken"}


def test_a_body_is_read_as_it_was_written() -> None:
    made = entry(1, genesis(VAULT), first=True)
    assert parse_entry(made.body()) == made


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        dump({"n": 1}),
        entry(1, genesis(VAULT)).body().replace(b'"v":1', b'"v":true'),
        entry(1, genesis(VAULT)).body().replace(b'"v":1', b'"v":"1"'),
        entry(1, genesis(VAULT)).body().replace(b'"v":1', b'"v":1,"w":1'),
        entry(1, genesis(VAULT)).body().replace(b'"v":1', b'"v":1,"x":[]'),
        entry(1, genesis(VAULT)).body() + b" ",
    ],
)
def test_anything_else_is_no_entry(body: bytes) -> None:
    with pytest.raises(FormatError):
        parse_entry(body)
