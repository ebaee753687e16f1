"""The table of packet.md 7.4, row by row."""

from datetime import datetime, timedelta

import pytest

from rehabdesk.seals.certificates import RevocationReason, Revoked, facts, revocation_list
from rehabdesk.seals.examiner import examine
from rehabdesk.seals.findings import Findings, Outcome, Trust
from rehabdesk.seals.pdf_signature import SigningKey
from tests.seals.packet.workshop import AT, Site

DAY = timedelta(days=1)


def _list(
    site: Site, *, number: int = 2, at: datetime = AT, key: SigningKey | None = None, revoked_at: datetime = AT
) -> bytes:
    entries = []
    if key is not None:
        serial = facts(key.pair.certificate).serial
        entries.append(Revoked(serial=serial, at=revoked_at, reason=RevocationReason.KEY_COMPROMISED))
    return revocation_list(site.root, number=number, at=at, revoked=entries)


def _judged(site: Site, *crls: bytes, moment: datetime = AT) -> Findings:
    findings = examine(site.packet, roots=(site.root.certificate,), crls=crls, moment=moment)
    assert findings.outcome is Outcome.INTACT
    return findings


def test_a_clean_list_that_covers_the_moment(site: Site) -> None:
    findings = _judged(site, site.crl)

    assert findings.trust is Trust.TRUSTED
    assert findings.list_issued == AT
    assert findings.list_due == AT + 400 * DAY


@pytest.mark.parametrize("before", [DAY, timedelta(0)])
def test_a_signer_revoked_at_or_before_first_seen(site: Site, before: timedelta) -> None:
    crl = _list(site, at=AT, key=site.author, revoked_at=AT - before)

    findings = _judged(site, crl)

    assert findings.trust is Trust.REVOKED
    assert findings.signatures[0].trust is Trust.REVOKED
    assert findings.signatures[0].revoked_at == AT - before
    assert findings.signatures[1].trust is Trust.TRUSTED


def test_a_signer_revoked_after_first_seen_stays_trusted_with_a_date(site: Site) -> None:
    crl = _list(site, at=AT + 5 * DAY, key=site.supervisor, revoked_at=AT + 2 * DAY)

    findings = _judged(site, crl)

    assert findings.trust is Trust.TRUSTED
    assert findings.signatures[1].revoked_at == AT + 2 * DAY


def test_a_list_issued_after_first_seen_counts(site: Site) -> None:
    assert _judged(site, _list(site, at=AT + 30 * DAY)).trust is Trust.TRUSTED


def test_no_list(site: Site) -> None:
    assert _judged(site).trust is Trust.LIST_MISSING


def test_a_list_of_another_site_does_not_count(site: Site) -> None:
    assert _judged(site, Site.new().crl, b"no list").trust is Trust.LIST_MISSING


def test_first_seen_after_the_list_ran_out(site: Site) -> None:
    assert _judged(site, site.crl, moment=AT + 401 * DAY).trust is Trust.LIST_EXPIRED


def test_a_certificate_that_has_expired(site: Site) -> None:
    moment = AT + 731 * DAY

    assert _judged(site, _list(site, at=moment - DAY), moment=moment).trust is Trust.EXPIRED


def test_a_clock_before_not_before(site: Site) -> None:
    assert _judged(site, site.crl, moment=AT - 2 * DAY).trust is Trust.NOT_YET_VALID


def test_the_list_with_the_highest_number_counts(site: Site) -> None:
    older = _list(site, number=2, at=AT)
    newer = _list(site, number=3, at=AT - DAY, key=site.author, revoked_at=AT - DAY)

    for crls in ((older, newer), (newer, older)):
        assert _judged(site, *crls).trust is Trust.REVOKED
