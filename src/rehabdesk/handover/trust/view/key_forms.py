"""The forms in which two people do something with the root of the site; each gives its act, for Ctrl+Enter."""

from collections.abc import Callable

from rehabdesk.core.errors import UserError
from rehabdesk.core.i18n import tr
from rehabdesk.core.text import isolate
from rehabdesk.handover.trust.trust_authority_service import OtherKeys, SecondPeople
from rehabdesk.handover.trust.trust_model import KeyLine, KeyRequest, WithdrawnBecause
from rehabdesk.handover.trust.trust_service import Trust
from rehabdesk.handover.trust.trust_words_model import because_words, staff_role_words
from rehabdesk.handover.trust.view.two_people import SecondPerson
from rehabdesk.ui.page import Page


class KeyForms:
    """On one page, in place of its body."""

    def __init__(self, page: Page, trust: Trust, second: SecondPeople) -> None:
        self._page, self._trust, self._second = page, trust, second

    def issue(self, request: KeyRequest) -> Callable[[], None]:
        """After the member was seen in person."""
        kit, name = self._page.kit, isolate(request.name)
        seen = kit.check(tr("We have seen {name} in person, and this is the role.").format(name=name))
        second = SecondPerson(self._page, self._second)
        field = kit.field(tr("Seen in person"), seen, required=True)
        field.setObjectName("seen")

        def make() -> object:
            if not seen.isChecked():
                raise UserError(tr("A key is made only after you have seen the person. Tick it then."), field="seen")
            return second.do(
                lambda other: self._trust.issue(request.uid, other, seen_in_person=True),
                tr("The signing key of {name} is made.").format(name=name),
            )

        title = tr("Signing key of {name}, {role}").format(name=name, role=staff_role_words(request.staff_role))
        return self._page.show_form(
            title, [field, *second.fields], tr("Make the key"), make, first=seen, name=f"issue {request.uid}"
        )

    def withdraw(self, line: KeyLine) -> Callable[[], None]:
        """For good, with a reason."""
        kit, name = self._page.kit, isolate(line.name)
        why = kit.choice([(each.value, because_words(each)) for each in WithdrawnBecause])
        second = SecondPerson(self._page, self._second)
        field = kit.field(tr("Why"), why, required=True)
        field.setObjectName("why")
        told = tr(
            "Packets that others see for the first time from now on and that bear this signature count as withdrawn. "
            "It cannot be taken back. Send the new card of the site to everybody who has the old one."
        )

        def take_away() -> object:
            code = why.code()
            if code is None:
                raise UserError(tr("Say why the key is withdrawn."), field="why")
            return second.do(
                lambda other: self._trust.authority.withdraw(line.serial, other, because=WithdrawnBecause(code)),
                tr("Withdrawn. The new card of the site is ready to be sent."),
            )

        return self._page.show_form(
            tr("Withdraw the signing key of {name}").format(name=name),
            [kit.label(told, wrap=True), field, *second.fields],
            tr("Withdraw"),
            take_away,
            first=why,
            name=f"withdraw {line.serial}",
        )

    def root(self, words: str, deed: Callable[[OtherKeys], object], follows: str) -> Callable[[], None]:
        """One act with the root; `words` on its button. `follows`: what it asks of everybody, or ""."""
        kit, second = self._page.kit, SecondPerson(self._page, self._second)
        told = kit.label(tr("The root is opened by two people for this one act, and closed again."), wrap=True)
        warning = [kit.card("", kit.label(follows, wrap=True), kind="warn")] if follows else []
        return self._page.show_form(
            words,
            [*warning, told, *second.fields],
            words,
            lambda: second.do(deed, tr("Done. The new card of the site is ready to be sent.")),
            first=second.first,
            name=words,
        )
