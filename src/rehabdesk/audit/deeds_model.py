"""Every deed of the log as a plain sentence. No name of a person in care and no text of a record stands in one."""

from collections.abc import Mapping

from rehabdesk.core.canon import Json
from rehabdesk.core.i18n import tr

LETTER = "letter"
"""The deed of what is told past the line of command: it says nothing of what it was (vault.md 3.3)."""


def sentence(deed: str, extra: Mapping[str, Json]) -> str:
    """What was done. A deed of a newer version is shown by its code."""
    found = _sentences().get(deed)
    if found is None:
        return tr("Did something that this version has no words for ({code}).").format(code=deed)
    number, count = extra.get("number"), extra.get("count")
    return found.format(number=number if isinstance(number, str) else "", count=count if isinstance(count, int) else 0)


def kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of deeds that a log can be narrowed to, as (code, words)."""
    return (
        ("door", tr("Signing in and keys")),
        ("people", tr("People")),
        ("work", tr("Notes, plans and lists")),
        ("handover", tr("Packets")),
    )


def deeds_of(kind: str) -> frozenset[str]:
    """The deeds of one of `kinds`."""
    return frozenset({"door": _door, "people": _people, "work": _work, "handover": _handover}[kind]())


def known_deeds() -> frozenset[str]:
    """The deeds that have a sentence."""
    return frozenset(_sentences())


def _sentences() -> dict[str, str]:
    return {
        **_door(),
        **_people(),
        **_work(),
        **_handover(),
    }


def _door() -> dict[str, str]:
    return {
        "create": tr("Made the desk."),
        "found_desk": tr("Opened the new desk for the first time."),
        "unlock": tr("Unlocked the desk."),
        "lock": tr("Locked the desk."),
        "recovered": tr("Came in with a recovery card."),
        "change_passphrase": tr("Changed the own passphrase."),
        "recovery_card": tr("Printed a recovery card."),
        "make_clinician_key": tr("Made the own key for clinical annexes."),
        "print_clinician_key": tr("Handed out the own key for clinical annexes."),
        "add_member": tr("Admitted a member."),
        "staff_card": tr("Wrote a staff card."),
        "site_settings": tr("Changed the settings of the site."),
        "settings": tr("Changed the settings of the site."),
        "refused": tr("Was refused a record."),
        "read": tr("Read a record."),
        "list": tr("Saw the beginnings of {count} records."),
        "check": tr("Checked the whole record."),
    }


def _people() -> dict[str, str]:
    return {
        "register": tr("Added a person to the register."),
        "import": tr("Brought in a list of {count} people."),
        "amend": tr("Changed the register."),
        "stage": tr("Recorded a legal stage."),
        "place": tr("Recorded a placement."),
        "contact": tr("Recorded a contact."),
        "safety_note": tr("Wrote a protected note on a contact."),
        "protect": tr("Wrote a protected note."),
        "children": tr("Counted the children of a person by age band."),
        "need": tr("Recorded a clinical need."),
        "lower_need": tr("Gave the practical side of a clinical need to the team."),
        "notice": tr("Made the notice of a withdrawn consent."),
        "assign": tr("Recorded who works with a person."),
        "consent": tr("Recorded a consent or a refusal."),
        "withdraw_consent": tr("Recorded a withdrawal of consent."),
        "withdraw": tr("Recorded a withdrawal of consent."),
    }


def _work() -> dict[str, str]:
    return {
        "sign": tr("Signed a note."),
        "addendum": tr("Added to a signed note."),
        "attach": tr("Attached a file to a signed note."),
        "copy_attachment": tr("Saved a copy of an attachment outside the desk."),
        "strike": tr("Struck a note that was entered in error."),
        "group": tr("Set up or changed a group."),
        "group_member": tr("Recorded who belongs to a group."),
        "sign_meeting": tr("Signed a group meeting with {count} people."),
        "sign_meeting_too": tr("Signed a group meeting of a colleague."),
        "correct_meeting": tr("Corrected a person's record of a group meeting."),
        "contribute": tr("Gave a pastoral contribution."),
        "assessment": tr("Recorded that an assessment exists elsewhere."),
        LETTER: tr("Wrote a letter."),
        "alert": tr("Raised a safety alert."),
        "alert_outcome": tr("Reviewed or closed a safety alert."),
        "print": tr("Printed pages."),
        "save_pages": tr("Saved pages outside the desk."),
        "tally": tr("Counted a confidential encounter."),
        "group_count": tr("Counted a gathering, without names."),
        "cosign": tr("Cosigned a note of somebody in training."),
        "return_note": tr("Returned a note to somebody in training."),
        "paper_destroyed": tr("Recorded that the paper form of a note was destroyed."),
        "follow_up": tr("Ticked a promise, or took the tick back."),
        "drop_draft": tr("Deleted an own draft."),
        "record_word": tr("Recorded progress in words."),
        "record_own_word": tr("Recorded a person's own word on progress."),
        "add_to_word": tr("Added words beside a recorded word on progress."),
        **_reviews(),
        **_plans(),
        **_releases(),
        **_own_copies(),
        **_conferences(),
    }


def _reviews() -> dict[str, str]:
    return {
        "sign_review": tr("Signed a plan review."),
        "move_review": tr("Noted what brings a plan review forward."),
        "put_off_review": tr("Noted that a plan review was not held."),
        "review_rules": tr("Set how often plans are reviewed."),
    }


def _plans() -> dict[str, str]:
    return {
        "propose_plan": tr("Proposed a plan."),
        "record_agreement": tr("Recorded the answer of a person to a plan."),
        "activate_plan": tr("Brought a plan into force."),
        "move_plan": tr("Changed the state of a plan."),
        "sign_off_plan": tr("Signed, countersigned or returned a plan."),
        "mark_plan": tr("Marked a goal or a step."),
        "comment_plan": tr("Commented on a plan."),
        "record_programme": tr("Recorded that a person takes part in a programme."),
        "begin_programme": tr("Recorded that a programme began."),
        "end_programme": tr("Recorded that a programme ended."),
        "resume_programme": tr("Recorded that a programme goes on."),
        "record_session": tr("Recorded a session of a programme."),
        "take_back_session": tr("Took a session that was recorded by mistake back."),
    }


def _releases() -> dict[str, str]:
    return {
        "open_checklist": tr("Opened a release checklist."),
        "move_release": tr("Moved a release date."),
        "end_checklist": tr("Closed a release checklist."),
        "mark_item": tr("Marked an item of a checklist."),
        "waive_item": tr("Waived an item of a checklist."),
        "not_applicable_item": tr("Agreed that an item of a checklist does not apply."),
        "set_due": tr("Set the day of an item of a checklist."),
        "assign_side": tr("Set who carries an item of a checklist."),
        "take_back_mark": tr("Took back what was marked at an item of a checklist."),
        "checklist_template": tr("Changed the site's own release checklist."),
        "content_check_words": tr("Changed the site's own words that packets are checked for."),
        "rest_days": tr("Changed the days on which offices are closed."),
        "condition": tr("Recorded a condition."),
        "explain_condition": tr("Recorded that a condition was explained."),
    }


def _own_copies() -> dict[str, str]:
    return {
        "print_own_plan": tr("Printed a plan for the person."),
        "save_own_plan": tr("Saved a plan for the person as pages outside the desk."),
        "print_own_list": tr("Printed a release checklist for the person."),
        "save_own_list": tr("Saved a release checklist for the person as pages outside the desk."),
        "print_own_packet": tr("Printed a copy of a packet for the person."),
        "save_own_packet": tr("Saved a copy of a packet for the person as pages outside the desk."),
        "print_cards": tr("Printed the cards of conditions for the person."),
        "save_cards": tr("Saved the cards of conditions for the person as pages outside the desk."),
    }


def _conferences() -> dict[str, str]:
    return {
        "schedule_conference": tr("Planned a conference."),
        "change_conference": tr("Changed a conference that was planned."),
        "hold_conference": tr("Recorded who came to a conference."),
        "cancel_conference": tr("Recorded that a conference did not take place."),
        "chair_conference": tr("Named another chair of a conference."),
        "withdraw_invitation": tr("Took an invitation to a conference back."),
        "lay_minutes": tr("Laid minutes before the chair."),
        "return_minutes": tr("Gave minutes back to be changed."),
        "agree_minutes": tr("Agreed the minutes of a conference."),
        "approve_minutes": tr("Approved the minutes of a conference."),
        "add_to_minutes": tr("Added to agreed minutes."),
        "mark_action": tr("Marked an action of a conference."),
        "give_summary": tr("Gave the summary of a conference to somebody outside."),
        "refuse_disclosure": tr("Refused to disclose something."),
    }


def _handover() -> dict[str, str]:
    return {
        "ask_certificate": tr("Asked for a signing key."),
        "issue_certificate": tr("Made the signing key of a member."),
        "found_site": tr("Made the root of the site."),
        "withdraw_key": tr("Withdrew a signing key."),
        "renew_key_list": tr("Renewed the list of withdrawn keys."),
        "renew_root": tr("Made a new root of the site."),
        "renew_card_key": tr("Renewed the key that signs the site's card."),
        "renew_site_card": tr("Renewed the site's card."),
        "hand_over_root": tr("Handed the site's root to those who keep it now."),
        "confirm_clock": tr("Said that the computer's clock is right."),
        "take_site_card": tr("Took the card of a site."),
        "renew_known_site": tr("Took a renewed card of a site that is known here."),
        "confirm_site": tr("Confirmed the card of a site."),
        "put_site_card_aside": tr("Put the card of a site aside."),
        "site_card_alarm": tr("Met two different cards of a site with one number."),
        "found_own_team": tr("Made the keys for receiving packets."),
        "renew_own_team": tr("Renewed the keys for receiving packets."),
        "hand_over_own_team": tr("Gave the key for receiving packets to members."),
        "take_team": tr("Took down a team that gets paper."),
        "renew_team_card": tr("Took a renewed card of a team that is known here."),
        "use_earlier_team_key": tr("Put a new key of a team aside."),
        "take_team_card": tr("Took the card of a team."),
        "take_team_key": tr("Took the key of a team."),
        "confirm_team": tr("Confirmed the key of a team."),
        **_annexes(),
        "sign_packet": tr("Signed packet {number}."),
        "countersign_packet": tr("Countersigned packet {number}."),
        "return_packet": tr("Returned a packet to its author."),
        "take_up_packet": tr("Took a returned packet up again."),
        "export_packet": tr("Sealed packet {number} and saved it outside the desk."),
        "close_envelope": tr("Closed the envelope with a packet."),
        "print_packet": tr("Printed a packet."),
        "print_file_index": tr("Printed the file index of packet {number}."),
        "save_file_index": tr("Saved the file index of packet {number} as pages outside the desk."),
        "deliver_packet": tr("Wrote down that a packet was handed over."),
        "acknowledge_packet": tr("Took the receipt code of a packet by phone."),
        "receipt_code_wrong": tr("A wrong receipt code was given for a packet."),
        "accept_receipt": tr("Accepted a receipt into the record."),
        "accept_feedback": tr("Accepted feedback into the record."),
        "see_return": tr("Looked at what came back about a packet."),
        "close_packet": tr("Closed a packet."),
        "withdraw_packet": tr("Withdrew a packet."),
        "make_status_list": tr("Made the status list of the site."),
        "export_status_list": tr("Saved the status list outside the desk."),
        "take_status_list": tr("Took the status list of a site."),
        "status_list_alarm": tr("Refused a status list that contradicts the one held."),
        **_inbox(),
    }


def _inbox() -> dict[str, str]:
    """What is done with what came from outside."""
    return {
        "first_seen": tr("Checked a packet for the first time."),
        "look_at_file": tr("Looked at a file from outside that is not kept."),
        "receive_packet": tr("Took a packet into the inbox."),
        "complete_packet": tr("Took in the second signature of a packet that came."),
        "judge_packet": tr("Checked a packet again, with another result."),
        "read_packet": tr("Read a packet that came from outside."),
        "set_packet_aside": tr("Set a packet aside."),
        "take_packet_up": tr("Took a packet up that was set aside."),
        "match_packet": tr("Said whom a packet is about."),
        "take_in": tr("Took a person in from a packet."),
        "accept_from_packet": tr("Accepted parts of a packet into a record."),
        "leave_of_packet": tr("Left parts of a packet."),
        "take_back_acceptance": tr("Took back something that was accepted from outside in error."),
    }


def _annexes() -> dict[str, str]:
    """Clinical annexes: that there is one, and for which packet; what it says is in no log."""
    return {
        "confirm_clinician": tr("Confirmed the key of a clinician."),
        "ask_annex": tr("Asked for a clinical annex to packet {number}."),
        "take_back_annex": tr("Took the request for a clinical annex back."),
        "decline_annex": tr("Handed on nothing as a clinical annex."),
        "sign_annex": tr("Signed and sealed the clinical annex to packet {number}."),
        "export_annex": tr("Saved the sealed annex to packet {number} outside the desk."),
        "keep_annex": tr("Kept a clinical annex from elsewhere, of packet {number}."),
    }
