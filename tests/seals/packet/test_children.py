"""Hostile files through a real child process: bounded time and memory, and an answer that says no."""

import sys
import time
import zlib
from dataclasses import replace
from typing import Any

import pytest

from rehabdesk.core.errors import FormatError, NoKey, SealBroken
from rehabdesk.core.process import ChildLimits, ChildResult, Ended, run_limited
from rehabdesk.seals import children
from rehabdesk.seals.children import ExaminationRequest, read_findings, read_opened
from rehabdesk.seals.findings import Findings, Outcome, Reason, Trust
from rehabdesk.seals.sealing import new_identity, recipient_of, seal
from tests.seals.packet.workshop import AT, Site, prepared, rewritten

_CHILD = """
import sys
sys.path[:0] = {path!r}
from rehabdesk.core.process import ChildLimits, limit_this_process
from rehabdesk.seals import children
limit_this_process(ChildLimits(seconds={seconds}))
sys.stdout.buffer.write(children.{work}(sys.stdin.buffer.read()))
"""


def _child(work: str, stdin: bytes, limits: ChildLimits | None = None) -> ChildResult:
    limits = limits or ChildLimits()
    program = _CHILD.format(path=[each for each in sys.path if each], work=work, seconds=limits.seconds)
    return run_limited([sys.executable, "-I", "-c", program], stdin, limits)


def _examined(site: Site, pdf: bytes) -> Findings:
    request = ExaminationRequest(pdf=pdf, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)
    result = _child("examiner_child", request.to_bytes())
    assert result.ended is Ended.FINISHED
    return read_findings(result.output)


def test_a_good_packet_needs_less_than_the_limits(site: Site) -> None:
    findings = _examined(site, site.packet)

    assert (findings.outcome, findings.trust) == (Outcome.INTACT, Trust.TRUSTED)
    assert findings == site.examine(site.packet)


def test_a_request_survives_the_pipe(site: Site) -> None:
    request = ExaminationRequest(pdf=b"\n\0" + site.packet, roots=(b"r", b"s"), crls=(), moment=AT)

    assert ExaminationRequest.from_bytes(request.to_bytes()) == request
    for wrong in (b"", b"{}\n", b'{"crls":[],"moment":"now","roots":[]}\n', b"[]\n"):
        with pytest.raises(FormatError):
            ExaminationRequest.from_bytes(wrong)


def test_a_bomb_inside_a_genuinely_signed_packet(site: Site) -> None:
    bomb = site.sign_twice(_with_attachment_stream(_packed_zeros(300 << 20)))
    assert len(bomb) < 1 << 20

    started = time.perf_counter()
    findings = _examined(site, bomb)

    assert findings.outcome is Outcome.REFUSED
    assert findings.reasons == (Reason.DECODE_LIMIT,)
    assert time.perf_counter() - started < 10


def test_a_bomb_packed_twice(site: Site) -> None:
    twice = zlib.compress(_packed_zeros(300 << 20), 9)

    findings = _examined(site, site.sign_twice(_with_attachment_stream(twice, filters=2)))

    assert findings.reasons == (Reason.DECODE_LIMIT,)


def test_loops_in_the_page_tree_and_in_references(site: Site) -> None:
    def own_child(writer: Any) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"].append(writer.root.raw_get("/Pages"))

    findings = site.examine(site.sign_twice(rewritten(site.prepared, own_child)))
    assert findings.outcome is Outcome.REFUSED

    looped = site.packet[: site.packet.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % (len(site.packet) - 200)
    assert site.examine(looped).outcome is not Outcome.INTACT


def test_more_objects_than_allowed(site: Site) -> None:
    from pyhanko.pdf_utils import generic

    library: Any = generic

    def many(writer: Any) -> None:
        members = [writer.add_object(library.NumberObject(each)) for each in range(20_100)]
        writer.root["/ViewerPreferences"][library.NameObject("/Many")] = library.ArrayObject(members)

    findings = _examined(site, site.sign_twice(rewritten(site.prepared, many)))

    assert findings.reasons == (Reason.TOO_MANY_OBJECTS,)


def test_values_nested_deeper_than_a_parser_can_follow(site: Site) -> None:
    from pyhanko.pdf_utils import generic

    library: Any = generic

    class Nested(library.NullObject):  # type: ignore[misc]  # the library's classes are not typed by their authors
        def write_to_stream(self, stream: Any, handler: object = None, container_ref: object = None) -> None:
            stream.write(b"[" * 50_000 + b"]" * 50_000)

    def deep(writer: Any) -> None:
        writer.root["/ViewerPreferences"][library.NameObject("/Deep")] = writer.add_object(Nested())

    findings = _examined(site, site.sign_twice(rewritten(site.prepared, deep)))

    assert findings.outcome is Outcome.REFUSED


def test_a_child_that_is_too_slow_or_says_too_much_is_ended() -> None:
    slow = run_limited([sys.executable, "-I", "-c", "while True: pass"], b"", ChildLimits(seconds=1))
    loud = run_limited([sys.executable, "-I", "-c", "print('x' * 9999)"], b"", ChildLimits(output_bytes=100))

    assert slow.ended is not Ended.FINISHED
    assert loud.ended is Ended.TOO_MUCH_OUTPUT
    assert children.over_the_limit(b"x").outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{}\n", b'{"outcome":"intact"}\n', b"[1]\n", b"null\n", b"x" * 100, b"{" * 5000]
)
def test_nonsense_from_a_child_is_not_believed(line: bytes) -> None:
    with pytest.raises(FormatError):
        read_findings(line)


def test_contradicting_findings_are_not_believed(site: Site) -> None:
    with pytest.raises(FormatError):
        replace(site.examine(site.certified), outcome=Outcome.INTACT)


def test_the_opener_child(site: Site) -> None:
    identity = new_identity()
    sealed = seal(site.packet, [recipient_of(identity)])

    def answer(file: bytes, key: str = identity) -> bytes:
        result = _child("opener_child", children.opening_request(file, key), children.OPENER_LIMITS)
        assert result.ended is Ended.FINISHED
        return read_opened(result.output)

    assert answer(sealed) == site.packet
    with pytest.raises(NoKey):
        answer(sealed, new_identity())
    with pytest.raises(SealBroken):
        answer(sealed[:-9] + bytes([sealed[-9] ^ 1]) + sealed[-8:])


def test_what_the_opener_never_passes_on() -> None:
    identity = new_identity()
    inner = seal(b"%PDF-2.0\n", [recipient_of(identity)])
    for inside in (inner, b"PK\x03\x04", b" %PDF-2.0\n", b"x"):
        request = children.opening_request(seal(inside, [recipient_of(identity)]), identity)
        with pytest.raises(FormatError):
            read_opened(children.opener_child(request))
    for wrong in (b"", b"{}\n", b'{"state":"other"}\n', b"not JSON\n"):
        with pytest.raises(FormatError):
            read_opened(wrong)


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    program = (
        f"import sys; sys.path[:0] = {[each for each in sys.path if each]!r}\n"
        "import rehabdesk.seals.children, rehabdesk.seals.cards, rehabdesk.seals.pdf_signature\n"
        "import rehabdesk.seals.site_root\n"
        "print({'cryptography', 'pyhanko', 'pyrage', 'asn1crypto', 'asyncio'} & set(sys.modules))"
    )

    said = run_limited([sys.executable, "-I", "-c", program], b"", ChildLimits())

    assert said.output.strip() == b"set()"


def _packed_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b"0" * (1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20))
    return packed + packer.flush()


def _with_attachment_stream(encoded: bytes, filters: int = 1) -> bytes:
    """A prepared packet whose attachment is `encoded` as it is."""
    from pyhanko.pdf_utils import generic

    marker = b"REPLACED" * 3

    def put(writer: Any) -> None:
        streams = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
        reference = streams.raw_get("/F")
        stream = generic.StreamObject(dict_data=dict(reference.get_object()), encoded_data=encoded)
        decoders = [generic.NameObject("/FlateDecode")] * filters
        stream[generic.NameObject("/Filter")] = generic.ArrayObject(decoders) if filters > 1 else decoders[0]
        writer.objects[(0, reference.idnum)] = stream

    return rewritten(prepared(attachment=marker), put)
