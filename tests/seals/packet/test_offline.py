"""What the examiner's process loads, and what it refuses to load."""

import sys

import pytest

from rehabdesk.core.process import ChildLimits, Ended, run_limited
from rehabdesk.seals.children import ExaminationRequest, read_findings
from rehabdesk.seals.findings import Outcome
from rehabdesk.seals.offline import NETWORK
from tests.seals.packet.workshop import AT, Site, flipped

MOST_MODULES = 420
"""Of 357 that are loaded for one packet; with all that pyHanko loads for signing it was 600."""
_EXAMINER = f"""
import sys
sys.path[:0] = {[each for each in sys.path if each]!r}
from rehabdesk.seals.offline import load_examiner
load_examiner()
"""
_REPORT = """
from rehabdesk.seals.children import examiner_child
sys.stdout.buffer.write(examiner_child(sys.stdin.buffer.read()))
sys.stdout.buffer.write(("\\n".join(sys.modules)).encode())
"""


def examined(site: Site, pdf: bytes) -> tuple[bytes, set[str]]:
    request = ExaminationRequest(pdf=pdf, roots=(site.root.certificate,), crls=(site.crl,), moment=AT)
    result = run_limited([sys.executable, "-I", "-c", _EXAMINER + _REPORT], request.to_bytes(), ChildLimits())
    assert result.ended is Ended.FINISHED
    line, _, modules = result.output.partition(b"\n")
    return line, set(modules.decode().split())


def test_a_packet_is_examined_without_what_signs_and_what_reaches_a_network(site: Site) -> None:
    line, modules = examined(site, site.packet)

    assert read_findings(line) == site.examine(site.packet)
    assert not NETWORK & modules
    assert not {each for each in modules if each.startswith(("pyhanko.sign.signers", "pyhanko.sign.timestamps"))}
    assert len(modules) < MOST_MODULES


def test_the_same_is_found_wrong(site: Site) -> None:
    for spoiled in (
        site.certified,
        site.packet + b"\n",
        flipped(site.packet, len(site.packet) // 3),
        site.sign_twice(site.prepared, second=site.author),
    ):
        line, _ = examined(site, spoiled)
        assert read_findings(line) == site.examine(spoiled)
        assert read_findings(line).outcome is not Outcome.INTACT


@pytest.mark.parametrize("name", ["aiohttp", "requests", "ssl", "urllib.request", "http.client"])
def test_what_reaches_a_network_is_refused_loudly(name: str) -> None:
    said = f"try: import {name}\nexcept ImportError as problem: print(problem)\nelse: print('loaded')\n"

    result = run_limited([sys.executable, "-I", "-c", _EXAMINER + said], b"", ChildLimits())

    assert b"where foreign files are examined" in result.output
