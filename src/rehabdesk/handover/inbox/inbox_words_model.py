"""The words of the Inbox: what a file is, what was done with it, and where it can be acted on."""

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.inbox.inbox_model import FileKind, Handled, ReceivedRow

Tagged = tuple[str, str]


def handled_words(handled: Handled) -> Tagged:
    """What was done here. Green: finished; blue: waits for somebody."""
    return {
        Handled.NEW: (tr("New"), "blue"),
        Handled.READ: (tr("Was read"), "blue"),
        Handled.IN_PART: (tr("Accepted in part"), "blue"),
        Handled.ACCEPTED: (tr("Accepted"), "green"),
        Handled.SET_ASIDE: (tr("Set aside"), "grey"),
    }[handled]


def kind_words(kind: FileKind) -> str:
    """What a file is."""
    return {
        FileKind.PACKET: tr("Packet"),
        FileKind.ANNEX: tr("Clinical annex"),
        FileKind.SITE_CARD: tr("Card of a site"),
        FileKind.TEAM_CARD: tr("Card of a team"),
        FileKind.STATUS_LIST: tr("Status list"),
        FileKind.RECEIPT: tr("Receipt"),
        FileKind.FEEDBACK: tr("Feedback"),
        FileKind.FILE_INDEX: tr("File index"),
        FileKind.OTHER: tr("File"),
    }[kind]


def profile_words(profile: str) -> str:
    """For whom a packet was made (domain.md 10.3)."""
    return {
        "supervising_officer": tr("for a supervising officer"),
        "ngo_mentor": tr("for a mentor"),
        "community_psychologist": tr("for a psychologist"),
        "faith_mentor": tr("for a faith mentor"),
        "receiving_prison": tr("from prison to prison"),
        "lawyer_person": tr("for a lawyer or the person"),
        "court_board": tr("for a court or board"),
        "express": tr("express"),
    }.get(profile, "")


def row_title(row: ReceivedRow) -> str:
    """Number and sender, by the name under which the sender is trusted here."""
    words = tr("Packet {number} from {site}")
    return words.format(number=isolate_ltr(row.packet.number), site=isolate(row.packet.site_name))


def next_words(kind: FileKind) -> str:
    """The button that leads to where such a file is acted on."""
    return {
        FileKind.ANNEX: tr("Open with the psychologist's key"),
        FileKind.SITE_CARD: tr("Take the card and compare digits"),
        FileKind.TEAM_CARD: tr("Take the card and compare digits"),
        FileKind.STATUS_LIST: tr("Take the list"),
        FileKind.RECEIPT: tr("Read the receipt"),
        FileKind.FEEDBACK: tr("Read the feedback"),
    }.get(kind, "")


def nobody_words(kind: FileKind) -> str:
    """Where such a file goes, for a login that has no page for it."""
    if kind is FileKind.ANNEX:
        return tr(
            "Only the psychologist to whom it is sealed opens it, under Packets, Open a clinical annex. Hand the stick "
            "on; its packet says to whom, under About this packet. Nothing of it is kept here."
        )
    return tr("It is intact. Your role does nothing with it.")
