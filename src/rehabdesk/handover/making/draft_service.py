"""Packet drafts: choosing, filling, looking at the hits. Putting a packet together: assembly_service."""

import secrets
from collections.abc import Mapping, Sequence

from rehabdesk.access.model import Role
from rehabdesk.access.service import Desk
from rehabdesk.core.canon import Json, dump
from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import LANGUAGES, tr
from rehabdesk.core.payload import from_payload, to_payload
from rehabdesk.core.text import isolate
from rehabdesk.db.projection import TEAM
from rehabdesk.handover import store
from rehabdesk.handover.annex import annex_store
from rehabdesk.handover.collecting.content_check_model import (
    CheckList,
    Hit,
    check_content,
    named_by_choice,
    named_in_fields,
)
from rehabdesk.handover.collecting.inside_service import Inside
from rehabdesk.handover.collecting.names_service import OtherNames
from rehabdesk.handover.collecting.site_words_service import CheckWords, all_listed
from rehabdesk.handover.collecting.still_given_service import StillGiven
from rehabdesk.handover.content.number_model import PacketNumber
from rehabdesk.handover.content.packet_model import Handover, Sections
from rehabdesk.handover.content.section_words_model import place_title
from rehabdesk.handover.making.assembly_service import Assembly
from rehabdesk.handover.making.typed_model import TypedPacket
from rehabdesk.handover.records_model import Choices, Issue, PacketDraft
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.wire import decode_sections, plain
from rehabdesk.people.model import AgeRegime
from rehabdesk.people.service import People

DRAFT, TYPED = "packet", "packet_typed"


class PacketDrafts:
    """The drafts of one login. A draft is its author's own until it is signed."""

    def __init__(self, desk: Desk, people: People, trust: Trust) -> None:
        self._desk, self._people = desk, people
        self.assembly = Assembly(desk, people, trust)
        self._inside, self._names, self._words = Inside(desk, people), OtherNames(people), CheckWords(desk)
        self.still_given = StillGiven(desk, people)

    def start(self, person_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()) -> str:
        """A new draft about a person; gives its id. UserError for a profile that this version does not make."""
        self._require_author()
        self._people.person(person_id)
        return self._save(person_id, choices, sections, unsigned, None)

    def filled(
        self, draft_id: str, person_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()
    ) -> PacketDraft:
        """What was typed in the draft `draft_id`, made whole for its pages; nothing more is written.

        UserError as for `start`.
        """
        self._require_author()
        self._people.person(person_id)
        _require_offered(choices)
        return PacketDraft(id=draft_id, person=person_id, choices=choices, sections=sections, unsigned=tuple(unsigned))

    def change(self, draft_id: str, choices: Choices, sections: Sections, *, unsigned: Sequence[str] = ()) -> None:
        """Overwrites a draft."""
        self._save(self.draft(draft_id).person, choices, sections, unsigned, draft_id)

    def draft(self, draft_id: str) -> PacketDraft:
        """UserError where this login has no such packet draft."""
        found = self._desk.draft(draft_id)
        if found.kind != DRAFT or found.person is None:
            raise UserError(tr("That draft is not there any more."))
        held = found.payload
        choices, content, unsigned = held.get("choices"), held.get("sections"), held.get("unsigned")
        if not (isinstance(choices, dict) and isinstance(content, str) and isinstance(unsigned, list)):
            raise UserError(tr("That draft cannot be read any more. Start a new one."))
        return PacketDraft(
            id=draft_id,
            person=found.person,
            choices=from_payload(Choices, choices),
            sections=decode_sections(content.encode("utf-8")),
            unsigned=tuple(str(path) for path in unsigned),
        )

    def keep_typed(self, person_id: str, typed: TypedPacket, draft_id: str | None = None) -> str:
        """Autosave of a packet as it is being prepared, complete or not; gives the draft's id."""
        self._require_author()
        return self._desk.save_draft(TYPED, to_payload(typed), person=person_id, draft_id=draft_id)

    def typed(self, person_id: str = "") -> tuple[tuple[str, str, TypedPacket], ...]:
        """This login's packets in preparation as (draft id, person, what is typed); of one person, or all."""
        return tuple(
            (draft.id, draft.person or "", _read_typed(draft.payload))
            for draft in self._desk.drafts(TYPED)
            if person_id in ("", draft.person)
        )

    def drop(self, draft_id: str) -> None:
        """Throws a draft away."""
        self._desk.drop_draft(draft_id)

    def hits(self, draft_id: str) -> tuple[Hit, ...]:
        """The places that the signer must look at before signing (domain.md 10.5)."""
        draft = self.draft(draft_id)
        # the number of this look may go to another packet: only signing takes it
        return self.hits_in(self.assembled(draft, self.issue()), draft.person, draft.unsigned)

    def hits_in(self, made: Handover, person_id: str, unsigned: tuple[str, ...]) -> tuple[Hit, ...]:
        """As `hits`, for a packet that is put together."""
        looked_for = CheckList(
            words=all_listed("check"),
            other_words=self._words.others,
            unsigned=unsigned,
            names_in=self._names.of(person_id, named_by_choice(made), named_in_fields(made)),
            inside=self._inside.texts(person_id),
            association=self._association(person_id),
        )
        return check_content(made, looked_for)

    def lasting_hits(self, made: Handover, unsigned: tuple[str, ...]) -> tuple[Hit, ...]:
        """Those of `hits_in` that are the same on every day: what the register, a note or the site's own list says
        later adds none.
        """
        return check_content(made, CheckList(words=all_listed("check"), unsigned=unsigned))

    def assembled(self, draft: PacketDraft, issue: Issue) -> Handover:
        """As `Assembly.assembled`. UserError where a packet about a child says that it belongs to anything (G27)."""
        made = self.assembly.assembled(draft, issue)
        found = check_content(made, CheckList(association=self._association(draft.person)))
        for hit in (hit for hit in found if hit.stops):
            raise UserError(
                tr(
                    "A packet about somebody under 18 says nothing of belonging to anything. In “{section}” stands "
                    "“{words}”: change it where it was written, then prepare the packet again."
                ).format(section=isolate(place_title(hit.where)), words=isolate(hit.around.strip())),
                field="association",
            )
        return made

    def issue(self) -> Issue:
        """The next number of this installation, now, in whole seconds, with a random receipt code."""
        settings, at = self._desk.settings(), self._desk.clock.now().replace(microsecond=0)
        place = (self._desk.index(TEAM), settings.site, at.year, settings.installation)
        # a number that was kept for an annex is given to its packet alone
        count = 1 + max(store.newest_count(*place), annex_store.newest_count(*place))
        number = PacketNumber(site=settings.site, year=at.year, installation=settings.installation, count=count)
        return Issue(number=str(number), at=at, receipt_code=f"{secrets.randbelow(10**8):08d}")

    def is_given(self, number: str) -> bool:
        """Whether a packet bears this number."""
        return store.is_given(self._desk.index(TEAM), number)

    # inside

    def _association(self, person_id: str) -> tuple[str, ...]:
        """The words that are a stop, for somebody under 18 only."""
        child = self._people.known.age_regime(person_id) is AgeRegime.CHILD
        return all_listed("association") if child else ()

    def _require_author(self) -> None:
        if self._desk.role is not Role.CO:
            raise UserError(tr("A case officer prepares packets."))

    def _save(
        self, person_id: str, choices: Choices, sections: Sections, unsigned: Sequence[str], draft_id: str | None
    ) -> str:
        _require_offered(choices)
        payload: dict[str, Json] = {
            "choices": dict(to_payload(choices)),
            "sections": dump(plain(sections)).decode("utf-8"),
            "unsigned": list(unsigned),
        }
        return self._desk.save_draft(DRAFT, payload, person=person_id, draft_id=draft_id)


def _require_offered(choices: Choices) -> None:
    if choices.language not in LANGUAGES:
        raise UserError(tr("Choose English, French or Arabic for the packet."), field="language")


def _read_typed(payload: Mapping[str, Json]) -> TypedPacket:
    """As it was kept, also before sections could be chosen one by one."""
    kept = dict(payload)
    asked = kept.pop("with_conference", False)
    return from_payload(TypedPacket, {**kept, "put_in": ["S14"]} if asked else kept)
