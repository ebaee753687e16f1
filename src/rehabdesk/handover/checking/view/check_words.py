"""What was checked about a packet, line by line, as the check page shows it below its one large sentence."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehabdesk.core.i18n import ntr, tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.verdict_model import PacketFacts, State, Verdict
from rehabdesk.ui.dates import long

LIST_OLD_DAYS = 30
TOLD_NOTHING = frozenset({State.CANNOT_OPEN, State.REFUSED, State.CHANGED})
"""States in which nothing that the file says is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """`good` None: neither good nor bad, a person judges."""

    good: bool | None
    words: str


def checked_lines(verdict: Verdict, *, vouched: bool = False) -> tuple[CheckedLine, ...]:
    """Empty where the file says nothing that can be repeated. `vouched`: the site's card was chosen for this check."""
    if verdict.state in TOLD_NOTHING or verdict.packet is None:
        return ()
    return (
        _line(True, tr("Nothing was changed after signing.")),
        _signatures(verdict),
        _site(verdict, vouched=vouched),
        *_withdrawn(verdict),
        *_ended(verdict),
        *_listed(verdict),
        _team(verdict, verdict.packet),
        _dates(verdict, verdict.packet),
        _list(verdict),
    )


def _line(good: bool | None, words: str) -> CheckedLine:
    return CheckedLine(good=good, words=words)


def _claimed(verdict: Verdict, name: str) -> str:
    """A name as it may be repeated: in quotation marks where nobody here vouches for the site."""
    return isolate(name if verdict.trusted else f"“{name}”")


def _signatures(verdict: Verdict) -> CheckedLine:
    names = [_claimed(verdict, signer.name) for signer in verdict.signers]
    if verdict.state is not State.INCOMPLETE and len(names) == 2:
        return _line(
            True, tr("Two people signed: {author} and {supervisor}.").format(author=names[0], supervisor=names[1])
        )
    if names:
        return _line(False, tr("Only one person signed: {author}.").format(author=names[0]))
    return _line(False, tr("The signatures are not complete."))


def _site(verdict: Verdict, *, vouched: bool) -> CheckedLine:
    if verdict.known_site and vouched:
        words = tr("The card of {site} was chosen for this check; its digits are still to be compared.")
        return _line(None, words.format(site=isolate(verdict.known_site)))
    if verdict.known_site:
        return _line(True, tr("{site} is known on this computer.").format(site=isolate(verdict.known_site)))
    return _line(False, tr("This computer does not know the site."))


def _withdrawn(verdict: Verdict) -> Iterator[CheckedLine]:
    for signer in verdict.signers:
        if signer.revoked_at is not None:
            words = tr("The key of {name} was withdrawn on {day}.")
            day = long(signer.revoked_at.date())
            yield _line(False, words.format(name=_claimed(verdict, signer.name), day=day))


def _listed(verdict: Verdict) -> Iterator[CheckedLine]:
    if v.WITHDRAWN in verdict.reasons:
        yield _line(False, tr("The site withdrew this packet."))
    if v.REPLACED in verdict.reasons:
        yield _line(False, tr("The site has sent a newer packet instead."))


def _ended(verdict: Verdict) -> Iterator[CheckedLine]:
    if v.CERTIFICATE_EXPIRED in verdict.reasons:
        yield _line(False, tr("The time of a signer's key had ended."))


def _team(verdict: Verdict, packet: PacketFacts) -> CheckedLine:
    team = _claimed(verdict, packet.team_name)
    if verdict.state is State.NOT_FOR_THIS_TEAM:
        return _line(False, tr("Addressed to {team}, not to you.").format(team=team))
    if {v.TEAM_NOT_JUDGED, v.CLINICIAN_NOT_JUDGED}.intersection(verdict.notes):
        return _line(None, tr("Addressed to {team}. Look whether that is you.").format(team=team))
    return _line(True, tr("Addressed to {team}: that is you.").format(team=team))


def _dates(verdict: Verdict, packet: PacketFacts) -> CheckedLine:
    day = long(packet.expires)
    if v.PAST_EXPIRY in verdict.reasons:
        return _line(False, tr("Its date has passed: {day}.").format(day=day))
    return _line(True, tr("In date, to {day}.").format(day=day))


def _list(verdict: Verdict) -> CheckedLine:
    days = verdict.list_age_days
    if days is None:
        return _line(False, tr("There is no status list of the site here."))
    if days == 0:
        return _line(True, tr("The status list is of today."))
    words = ntr("The status list is {count} day old.", "The status list is {count} days old.", days)
    return _line(days <= LIST_OLD_DAYS and v.LIST_EXPIRED not in verdict.reasons, words)
