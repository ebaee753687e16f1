"""The words of annexes as they stand on screens (interface.md 8.2)."""

from rehabdesk.core.i18n import tr
from rehabdesk.handover.annex.annex_model import AnnexState
from rehabdesk.handover.state_words_model import Tagged


def annex_words(state: AnnexState) -> Tagged:
    return {
        AnnexState.ASKED: (tr("Asked"), "blue"),
        AnnexState.READY: (tr("Ready"), "green"),
        AnnexState.SENT: (tr("Saved to be sent"), "green"),
        AnnexState.DECLINED: (tr("Nothing to hand on"), "grey"),
        AnnexState.TAKEN_BACK: (tr("Taken back"), "grey"),
    }[state]
