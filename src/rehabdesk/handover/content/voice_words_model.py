"""What a person is asked for the own words in a packet (S3), as it stands on paper and on the screen."""

from rehabdesk.core.i18n import tr


def voice_question(code: str) -> str:
    """What the person was asked for S3."""
    return {
        "V1": tr("What has changed for me"),
        "V2": tr("What I am proud of"),
        "V3": tr("What helps me stay on track"),
        "V4": tr("What makes it hard"),
        "V5": tr("What I want the people outside to know, or not to do"),
        "V6": tr("Who I want in my circle"),
        "V7": tr("What I think of my plan"),
    }[code]
