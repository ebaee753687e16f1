"""The short form of X1: flips and cuts stand in tests/seals/packet/test_attacks.py, here containers are taken apart."""

import random
from collections import Counter

from rehabdesk.seals.raw_scan import find_ranges
from tests.torture import packet_attacks as attacks
from tests.torture.conftest import Report

TRIED = 120


def test_a_container_taken_apart_is_never_accepted(seed: int, report: Report) -> None:
    site, packet = attacks.smallest()
    chance = random.Random(seed)
    tried = list(attacks.containers(packet, chance, TRIED))
    faults = Counter(filter(None, (attacks.fault(site, spoiled) for spoiled in tried)))
    report(containers_tried=len(tried))

    assert not faults
    assert len(tried) > TRIED // 2


def test_the_judge_of_attacks_has_teeth() -> None:
    site, packet = attacks.smallest()

    assert attacks.fault(site, packet) == "was accepted"
    assert attacks.fault(site, attacks.flip(packet, len(packet) // 3, 0)) == ""


def test_a_container_is_put_together_as_it_was_taken_apart() -> None:
    _, packet = attacks.smallest()
    ranges, _ = find_ranges(packet)
    for place in ranges:
        raw = bytes.fromhex(packet[place.gap_start + 1 : place.gap_end - 1].decode("ascii"))
        tree, end = attacks.parse(raw, 0)
        assert attacks.encode(tree) == raw[:end]
