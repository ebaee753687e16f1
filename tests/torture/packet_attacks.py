"""Attacks on finished packets (reliability.md X1): flipped, cut, lengthened, and a signature container taken apart."""

from __future__ import annotations

import random
import resource
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rehabdesk.handover.making.layout_service import lay_out
from rehabdesk.seals.container import HEX_DIGITS
from rehabdesk.seals.findings import Findings, Outcome
from rehabdesk.seals.pdf_signature import certify, countersign
from rehabdesk.seals.raw_scan import find_ranges
from tests.handover import sample
from tests.seals.packet.workshop import AT, STAMP, Site, prepared, tiny_pdf

SECONDS, MEMORY = 20, 512 << 20
"""What one file may cost (packet.md 8.5)."""
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256: another s with the same meaning is `_ORDER - s`."""
_CONSTRUCTED = 0x20
_INTEGER, _BITS, _OCTETS, _NULL, _SEQUENCE, _SET = 0x02, 0x03, 0x04, 0x05, 0x30, 0x31


class TooSlow(Exception):
    """One file took longer than it may."""


def smallest() -> tuple[Site, bytes]:
    """A packet of one bare page, and the site that signed it."""
    site = Site.new()
    return site, _signed(site, prepared(tiny_pdf(1), attachment=b'{"format":"rehabdesk-handover"}'))


def large(site: Site) -> bytes:
    """A packet of many pages, with every section, as the program lays it out."""
    whole = sample.whole_packet()
    section = whole.sections.S13
    assert section is not None
    long = replace(whole, sections=replace(whole.sections, S13=replace(section, contacts=section.contacts * 40)))
    return _signed(site, lay_out(long, version="0").prepared)


def _signed(site: Site, pdf: bytes) -> bytes:
    once = certify(pdf, key=site.author, stamp=STAMP, at=AT)
    return countersign(once, key=site.supervisor, stamp=STAMP, at=AT)


# what is done to a file


def every_byte(packet: bytes, chance: random.Random) -> Iterator[bytes]:
    """Each byte once, one of its bits chosen by chance."""
    for at in range(len(packet)):
        yield flip(packet, at, chance.randrange(8))


def flips(packet: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield flip(packet, chance.randrange(len(packet)), chance.randrange(8))


def flip(packet: bytes, at: int, bit: int) -> bytes:
    return packet[:at] + bytes([packet[at] ^ 1 << bit]) + packet[at + 1 :]


def cuts(packet: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield packet[: chance.randrange(len(packet))]


def lengthened(packet: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """Something behind the last byte, and something before the first one."""
    for _ in range(count):
        more = chance.choice([b"\n", b"%%EOF\n", bytes(1), chance.randbytes(chance.randrange(1, 4000))])
        yield packet + more
        yield more + packet


def containers(packet: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    """One to three nodes of a signature container changed; it is encoded again as a good container is."""
    ranges, _ = find_ranges(packet)
    for _ in range(count):
        place = ranges[chance.choice([0, 1, 1, 1])]
        raw = bytes.fromhex(packet[place.gap_start + 1 : place.gap_end - 1].decode("ascii"))
        tree, _ = parse(raw, 0)
        for _ in range(chance.randint(1, 3)):
            change(tree, chance)
        made = encode(tree)
        if len(made) * 2 > HEX_DIGITS or made == raw[: len(made)]:
            continue
        digits = (made + bytes(HEX_DIGITS // 2 - len(made))).hex().upper().encode("ascii")
        yield packet[: place.gap_start + 1] + digits + packet[place.gap_end - 1 :]


# a container as a tree


@dataclass(slots=True)
class Node:
    """A DER element: `parts` where it is constructed, else `content`. `ber`: of indefinite length."""

    tag: int
    content: bytes = b""
    parts: list[Node] | None = None
    ber: bool = False


def parse(raw: bytes, at: int) -> tuple[Node, int]:
    """The element at `at`, and where it ends. Only for good containers."""
    tag, length, at = raw[at], raw[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length, at = int.from_bytes(raw[at : at + size]), at + size
    end = at + length
    if not tag & _CONSTRUCTED:
        return Node(tag, raw[at:end]), end
    parts = []
    while at < end:
        part, at = parse(raw, at)
        parts.append(part)
    return Node(tag, parts=parts), end


def encode(node: Node) -> bytes:
    content = node.content if node.parts is None else b"".join(map(encode, node.parts))
    if node.ber:
        return bytes([node.tag, 0x80]) + content + bytes(2)
    if len(content) < 0x80:
        return bytes([node.tag, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8)
    return bytes([node.tag, 0x80 | len(size)]) + size + content


def change(tree: Node, chance: random.Random) -> None:
    """One node somewhere in the tree is another afterwards, or is gone, doubled, moved."""
    nodes = list(_walk(tree))
    node = chance.choice(nodes)
    within = [each for each in nodes if each.parts] or [tree]
    kind = chance.choice(("drop", "double", "swap", "content", "integer", "tag", "attribute", "low s", "ber", "empty"))
    if kind in ("drop", "double", "swap", "attribute"):
        _change_parts(chance.choice(within), kind, chance)
    elif kind == "low s":
        _other_s(nodes)
    elif kind == "ber":
        chance.choice(within).ber = True
    elif kind == "tag":
        node.tag = chance.choice((_INTEGER, _BITS, _OCTETS, _NULL, _SEQUENCE, _SET, node.tag ^ 0x80, node.tag ^ 1))
    elif node.parts is None:
        _change_content(node, kind, chance)
    else:
        node.parts = [] if kind == "empty" else list(reversed(node.parts))


def _change_parts(node: Node, kind: str, chance: random.Random) -> None:
    parts = node.parts
    if not parts:
        return
    at = chance.randrange(len(parts))
    if kind == "drop":
        del parts[at]
    elif kind == "double":
        parts.insert(at, parts[at])
    elif kind == "swap":
        chance.shuffle(parts)
    else:  # an attribute that nothing signs, behind what is there
        parts.append(Node(0xA1, parts=[Node(_SEQUENCE, parts=[Node(0x06, b"\x2a\x03\x04"), Node(_SET, parts=[])])]))


def _change_content(node: Node, kind: str, chance: random.Random) -> None:
    content = node.content
    if kind == "empty" or not content:
        node.content = b"" if content else chance.randbytes(1)
    elif kind == "integer":
        node.content = chance.choice((b"\0", b"\xff", b"\0" + content, (1 << 63).to_bytes(9), content[:-1], bytes(64)))
    else:
        at = chance.randrange(len(content))
        node.content = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _other_s(nodes: Sequence[Node]) -> None:
    """The signature's second number, so that it still holds and reads otherwise."""
    octets = [each for each in nodes if each.tag == _OCTETS and each.content[:1] == b"\x30"]
    if not octets:
        return
    pair, _ = parse(octets[-1].content, 0)
    if pair.parts and len(pair.parts) == 2:
        other = _ORDER - int.from_bytes(pair.parts[1].content)
        pair.parts[1].content = other.to_bytes(33).lstrip(b"\0").rjust(33, b"\0")[-33:]
        octets[-1].content = encode(pair)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts or ():
        yield from _walk(part)


# what must hold


def fault(site: Site, spoiled: bytes) -> str:
    """What is wrong with how a spoiled file was judged; "" if it was not accepted, in time and without a crash."""
    try:
        findings = _in_time(site, spoiled)
    except TooSlow:
        return f"took over {SECONDS} s"
    except MemoryError:
        return f"took over {MEMORY >> 20} MB"
    except Exception as error:  # noqa: BLE001 - whatever gets out of the examiner is what is looked for
        return f"crashed with {type(error).__name__}"
    return "was accepted" if findings.outcome is Outcome.INTACT else ""


def _in_time(site: Site, spoiled: bytes) -> Findings:
    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        return site.examine(spoiled)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def limit_memory() -> None:
    """From now on this process gets no more than an examiner's child does, on top of what it holds already."""
    held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
