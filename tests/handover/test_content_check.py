"""What the check of a packet's content finds, and what it leaves the author in peace about."""

import pytest

from rehabdesk.core.errors import UserError
from rehabdesk.core.text import without_isolates
from rehabdesk.handover.collecting.circle_names_model import Around, Circle
from rehabdesk.handover.collecting.content_check_model import CheckList, Hit, HitKind, check_content
from rehabdesk.handover.collecting.site_words_model import SiteWords, forms_of, read_words
from rehabdesk.handover.content.packet_model import PersonCopy
from rehabdesk.handover.making.told_model import require_told_before_copy
from rehabdesk.handover.making.view.beside_pages import hit_words
from tests.handover import sample

AROUND = (
    Around(name="Awa Diop (sister)"),
    Around(name="KONATÉ Bakary"),
    Around(name="Abou Bakr Traoré"),
    Around(name="فاطمة الزهراني"),
    Around(name="Fatoumata Cissé"),
    Around(name="Samba Quartz", hidden=True),
    Around(name="Ali Moro"),
    Around(name="pape ndiaye"),
)


def found(text: str) -> list[str]:
    circle = Circle(AROUND, own=["Idrissa Quartz", "إدريسا كوارتز"], others=["Ilyas Moro", "Marième Sow"])
    return [text[start:end] for start, end in circle.places(text)]


def hits_in(purpose: str, looked_for: CheckList) -> list[Hit]:
    made = sample.with_head(sample.whole_packet(), purpose=purpose)
    return [hit for hit in check_content(made, looked_for) if hit.where == "purpose"]


@pytest.mark.parametrize(
    "text",
    [
        *("Awa Diop came.", "Diop Awa came.", "AWA DIOP came.", "She called Madame Diop.", "Awa Diop (sister) came."),
        *("He lives with Konaté.", "Bakary Konaté drives.", "He asked Abu Bakr.", "Aboubakar Traore paid."),
        *("قالت الزهراني", "اتصل بالزهراني فاطمة", "Fatima Zahrani called", "فاطمة سيسي"),
        *("Samba goes to school.", "samba goes to school.", "Monsieur Ndiaye called.", "Ndiaye Pape came."),
    ],
)
def test_people_around_the_person_are_found_in_every_usual_form(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Awa came.", "a cisse of wood", "the diop is small", "Idrissa Quartz signed.", "Quartz signed."),
        *("Ilyas Moro answers.", "Moro answers.", "Madame Sow", "فاطمة", "Bakary or Awa", "Abu Dhabi", "Ali and Samb"),
    ],
)
def test_first_names_shared_names_and_plain_words_are_no_hits(text: str) -> None:
    assert found(text) == []


def test_a_pasted_list_is_read_and_nonsense_is_said_with_its_language() -> None:
    read = read_words("- black flag\r\n2. Katiba, katība؛ victim\n\n\tblack  flag\n", "en", ("victim",))
    assert (read.words, read.known) == (("black flag", "Katiba"), 3)
    for typed, words in (("ab", "too short"), ("--", "too short"), ("x" * 61, "too long"), ("bad\x00word", "U\\+0000")):
        with pytest.raises(UserError, match=words) as refused:
            read_words(typed, "fr", ())
        assert refused.value.field == "fr"
    with pytest.raises(UserError, match="500 at most") as refused:
        SiteWords(ar=tuple(f"word{number}" for number in range(501)))
    assert refused.value.field == "ar"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        *(("victim", "two victims"), ("informateur", "une informatrice"), ("dangereux", "les DANGEREUSES")),
        *(("témoin", "des temoins"), ("diagnosis", "both diagnoses"), ("risk score", "his risk scores")),
        *(("ضحية", "والضَّحايا الضحيات"), ("إرهابي", "الارهابيين"), ("جماعة مسلحة", "في الجماعة المسلّحة")),
        *(("مخبر", "للمخبر"), ("متطرف", "وبالمتطرفة")),
        *(("témoin protégé", "deux témoins protégés"), ("victime protégée", "les victimes protégées")),
    ],
)
def test_a_word_is_found_in_its_other_forms(word: str, text: str) -> None:
    hits = hits_in(text, CheckList(other_words=(word, *forms_of(word))))
    assert {hit.kind for hit in hits} == {HitKind.LISTED_WORD}
    assert "hive" not in forms_of("HIV")


def test_a_hit_on_a_shipped_word_stays_the_same_whatever_the_site_adds() -> None:
    said = "a victim support group met victims"
    plain = hits_in(said, CheckList(words=("victim",)))
    more = hits_in(said, CheckList(words=("victim",), other_words=("victim support", "victims", "group met")))
    assert {hit.id for hit in plain} <= {hit.id for hit in more}
    assert [hit.found for hit in more] == ["victim", "group met", "victims"]


@pytest.mark.parametrize(
    "number",
    ["+000 20 555 012", "+000  20  555  012", "000 20\n555 012", "000\u201120\u2011555\u2011012", "(000) 20-555-012"],
)
def test_a_telephone_number_is_found_however_it_is_written(number: str) -> None:
    assert [hit.kind for hit in hits_in(f"Call {number} at night.", CheckList())] == [HitKind.PHONE]


def test_days_and_short_numbers_are_no_telephone_numbers() -> None:
    assert hits_in("On 24/11/2026 and 2026-12-01, at 09:30, room 12, 3 of 40.", CheckList()) == []


def test_dots_stand_only_where_words_were_cut() -> None:
    short = hits_in("A victim.", CheckList(words=("victim",)))[0]
    assert without_isolates(hit_words(short)).endswith("“victim” in A victim.")
    long = hits_in(f"A victim {'and ' * 20}more.", CheckList(words=("victim",)))[0]
    assert without_isolates(hit_words(long)).endswith("and …")
    assert "… " not in hit_words(long)


@pytest.mark.parametrize("copy", list(PersonCopy))
def test_who_was_told_nothing_has_no_copy(copy: PersonCopy) -> None:
    require_told_before_copy(told=True, copy=copy, field="copy")
    if copy in (PersonCopy.NOT_SAFE, PersonCopy.NOT_POSSIBLE):
        require_told_before_copy(told=False, copy=copy, field="copy")
        return
    with pytest.raises(UserError, match="told by it") as refused:
        require_told_before_copy(told=False, copy=copy, field="copy")
    assert refused.value.field == "copy"
