"""A checked file in a few lines of text for the terminal: the sentence first, then what a person may compare."""

from rehabdesk.core.clock import stamp
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate_ltr
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.examination_service import Checked
from rehabdesk.handover.checking.verdict_model import State, Verdict
from rehabdesk.handover.checking.verdict_words_model import sentence
from rehabdesk.handover.file_index.file_index_check_service import naming_lines

OPTION = " --"
_NOTES = {
    v.TEAM_NOT_JUDGED: "Without --team it was not judged whether this packet is for your team.",
    v.CLINICIAN_NOT_JUDGED: "Without --identity it was not judged whether this annex is for you.",
    v.CLOCK: "It says that it was issued in the future. Check this computer's clock.",
    v.KEY_WITHDRAWN_LATER: "A signer's key was withdrawn later; the signature was made before that.",
    v.LIST_OLD: "The status list of the site is more than 30 days old. Ask for a newer one.",
    v.LIST_VERY_OLD: "The status list of the site is more than 90 days old. Ask for a newer one before you rely on it.",
    v.COUNTERSIGNED_SINCE: "A supervisor has signed this packet since. Ask the site for the complete file.",
    v.NOT_UNDERSTOOD: "It was made by a newer RehabDesk: some of its data are not understood here. Read the pages.",
}
_HINTS = {
    v.NO_IDENTITY: "The file is sealed. Give the team's key file with --identity.",
    v.SEAL_DAMAGED: "The seal is damaged: the file was changed or cut off on its way.",
    v.OTHER_ROOT: "It is signed under another root than the one known here for this site. Call the site.",
    v.KEY_NOT_NAMED: "The signed content does not name the key that opened it: somebody else may have sealed it again.",
    v.OTHER_CLINICIAN: "It names another clinician than the one whose key was given: nobody else reads it.",
    v.TEAM_NOT_KNOWN: "Give the team's card with --site once its 24 digits have been compared by telephone.",
    v.NOT_PINNED: "Give the site's card with --site once its 24 digits have been compared by telephone.",
}


def report_lines(checked: Checked, language: str) -> list[str]:
    """What is said about a packet on a terminal."""
    verdict = checked.verdict
    lines = [sentence(verdict, language)]
    packet = verdict.packet
    if packet is not None:
        lines.append(tr("Number: {number}").format(number=packet.number))
    lines.extend(_signer_lines(verdict))
    if checked.packet_code is not None and verdict.state not in (State.REFUSED, State.CHANGED):
        lines.append(tr("Packet code: {code}").format(code=checked.packet_code))
        lines.append(tr("SHA-256 of the PDF: {hash}").format(hash=checked.sha256))
    lines.extend(naming_lines(checked.packet))
    lines.extend(
        tr("You vouch for {site}: its 24 digits are {digits}.").format(site=site.site.name, digits=site.digits)
        for site in checked.sites
    )
    if verdict.list_age_days is not None:
        lines.append(tr("Age of the status list in days: {days}").format(days=verdict.list_age_days))
    return [*lines, *remarks(verdict)]


def remark_lines(verdict: Verdict) -> list[str]:
    """What a person in front of a window should know besides, without the options of the command line."""
    shown = {_NOTES[note] for note in verdict.notes} | {_HINTS[code] for code in verdict.reasons if code in _HINTS}
    told_otherwise = {_NOTES[v.LIST_OLD], _NOTES[v.LIST_VERY_OLD]}  # the age of the list has a line of its own
    return [tr(words) for words in sorted(shown - told_otherwise) if OPTION not in words]


def detail_lines(checked: Checked) -> list[str]:
    """Codes, hashes and times, for whoever looks after the computers."""
    verdict = checked.verdict
    codes = isolate_ltr(", ".join(verdict.reasons)) if verdict.reasons else tr("none")
    lines = [tr("Reasons: {codes}").format(codes=codes)]
    if verdict.packet is not None:
        lines.append(tr("Number: {number}").format(number=isolate_ltr(verdict.packet.number or "")))
    lines.extend(_signer_lines(verdict))
    if checked.sha256 is not None:
        lines.append(tr("SHA-256 of the PDF: {hash}").format(hash=isolate_ltr(checked.sha256)))
    return [*lines, tr("Judged at {time}.").format(time=stamp(verdict.judged_at))]


def card_lines(checked: Checked) -> list[str]:
    """What is said about a card: it is either known here, or to be compared by telephone."""
    site, team = checked.site_card, checked.team_card
    name = site.site.name if site is not None else team.card.team.name if team is not None else ""
    digits = site.digits if site is not None else team.digits if team is not None else ""
    kind = tr("Site card of {name}, unchanged.") if site is not None else tr("Team card of {name}, unchanged.")
    known = checked.verdict.state is State.GENUINE
    lines = [kind.format(name=name if known else f"“{name}”"), tr("24 digits: {digits}").format(digits=digits)]
    if checked.verdict.state is State.REFUSED:
        lines.append(tr("Another root is known here for this site. Do not use this card; call the site."))
    elif known:
        lines.append(tr("Its root is the one that you vouch for."))
    else:
        lines.append(tr("Before use, call a number that you already know and read the 24 digits to each other."))
    return lines


def _signer_lines(verdict: Verdict) -> list[str]:
    return [
        tr("{role}: {name} ({staff_role}), stated by the signer: {time}").format(
            role=tr("Author") if signer.role == "author" else tr("Supervisor"),
            name=signer.name if verdict.trusted else f"“{signer.name}”",
            staff_role=signer.staff_role,
            time=f"{signer.stated_at:%Y-%m-%d %H:%M} UTC",
        )
        for signer in verdict.signers
    ]


def remarks(verdict: Verdict) -> list[str]:
    """Notes, hints and codes: the last lines of a report on a terminal."""
    lines = [tr(_NOTES[note]) for note in verdict.notes]
    hints = [reason for reason in verdict.reasons if reason in _HINTS]
    if v.OTHER_ROOT in hints:  # a card of another root would not make it right
        hints = [reason for reason in hints if reason != v.NOT_PINNED]
    lines.extend(tr(_HINTS[reason]) for reason in hints)
    if verdict.reasons:
        lines.append(tr("Reasons: {codes}").format(codes=", ".join(verdict.reasons)))
    lines.append(tr("Judged at {time}.").format(time=stamp(verdict.judged_at)))
    return lines
