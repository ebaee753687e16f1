"""What the columns of a list mean, by the headings and words that registries use in English, French and Arabic."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from rehabdesk.core.i18n import tr
from rehabdesk.core.text import fold
from rehabdesk.people.legal_model import Stage
from rehabdesk.people.model import Sex


class Field(StrEnum):
    """What is taken over from a list; nothing else ever is (domain.md 11.2)."""

    CASE_REF = "case_ref"
    NAME = "name"
    GIVEN = "given"
    FATHER = "father"
    FAMILY = "family"
    NAME_ARABIC = "name_arabic"
    BIRTH = "birth"
    SEX = "sex"
    UNIT = "unit"
    STAGE = "stage"
    SINCE = "since"
    ARREST = "arrest"
    REMAND = "remand"
    CONVICTION = "conviction"
    SENTENCE = "sentence"
    ELIGIBLE = "conditional_release_eligible"
    RELEASE = "planned_release"
    SUPERVISION_END = "supervision_end"


DATES = (
    Field.SINCE,
    Field.ARREST,
    Field.REMAND,
    Field.CONVICTION,
    Field.SENTENCE,
    Field.ELIGIBLE,
    Field.RELEASE,
    Field.SUPERVISION_END,
)
Columns = Mapping[Field, int]
"""Of each field the place of its column."""

_HEADINGS: Mapping[Field, str] = {
    Field.CASE_REF: "case number|case no|case|file number|prison number|register number|number|no|id|ref|numéro"
    "|numéro de dossier|n° dossier|dossier|n° écrou|écrou|numéro d'écrou|matricule|رقم|رقم الملف|رقم القضية"
    "|رقم الاعتقال",
    Field.NAME: "name|full name|surname and name|nom complet|nom et prénom|nom et prénoms|noms et prénoms|prénom et nom"
    "|الاسم|الاسم الكامل|الاسم واللقب",
    Field.GIVEN: "given name|first name|given names|forename|prénom|prénoms|الاسم الشخصي|الاسم الاول",
    Field.FATHER: "father|father's name|name of father|nom du père|père|prénom du père|اسم الاب|الاب",
    Field.FAMILY: "family name|last name|surname|nom|nom de famille|اللقب|الاسم العائلي|اسم العائلة|النسب",
    Field.NAME_ARABIC: "name in arabic|arabic name|nom en arabe|nom arabe|الاسم بالعربية",
    Field.BIRTH: "born|birth|birth date|date of birth|dob|birth year|year of birth|né le|née le|né(e) le|date de"
    " naissance|année de naissance|naissance|تاريخ الميلاد|تاريخ الازدياد|سنة الميلاد|الميلاد",
    Field.SEX: "sex|gender|sexe|genre|الجنس",
    Field.UNIT: "unit|wing|block|cell|house|unité|quartier|bâtiment|cellule|aile|الجناح|الوحدة|الزنزانة|الحي",
    Field.STAGE: "stage|legal stage|status|legal status|situation pénale|statut|situation|stade|الوضعية"
    "|الوضعية الجنائية|الحالة|المرحلة",
    Field.SINCE: "since|stage since|entry|date of entry|admission|admission date|depuis|depuis le|date d'entrée|entrée"
    "|منذ|تاريخ الدخول|تاريخ الايداع",
    Field.ARREST: "arrest|arrest date|date of arrest|arrestation|date d'arrestation|تاريخ التوقيف|تاريخ الاعتقال",
    Field.REMAND: "remand|remand date|mandat de dépôt|date du mandat|mise en détention|تاريخ الحبس الاحتياطي",
    Field.CONVICTION: "conviction|conviction date|date of conviction|condamnation|date de condamnation|تاريخ الادانة",
    Field.SENTENCE: "sentence|sentence date|date of sentence|jugement|date du jugement|peine|تاريخ الحكم",
    Field.ELIGIBLE: "conditional release|eligible|eligible from|parole|libération conditionnelle|conditionnable"
    "|تاريخ الافراج المشروط",
    Field.RELEASE: "release|release date|planned release|date of release|expected release|libération|date de libération"
    "|sortie|date de sortie|fin de peine|تاريخ الافراج|تاريخ الخروج|تاريخ انتهاء العقوبة",
    Field.SUPERVISION_END: "supervision end|end of supervision|fin de suivi|fin du suivi|نهاية المراقبة",
}

_STAGES: Mapping[Stage, str] = {
    Stage.PRE_TRIAL: "pre_trial|pre-trial|pretrial|remand|on remand|awaiting trial|not convicted|prévenu|prévenue"
    "|détention provisoire|accusé|accusée|inculpé|inculpée|متهم|موقوف|احتياطي|حبس احتياطي",
    Stage.CONVICTED: "convicted|guilty|reconnu coupable|مدان",
    Stage.SENTENCED: "sentenced|serving|condamné|condamnée|محكوم|محكوم عليه",
    Stage.PRE_RELEASE: "pre_release|pre-release|before release|libérable|sortant|قبل الافراج",
    Stage.RECALLED: "recalled|recall|réintégré|réincarcéré|معاد",
    Stage.HOSPITAL: "hospital|in hospital|hôpital|hospitalisé|مستشفى",
}
_SEXES: Mapping[Sex, str] = {
    Sex.FEMALE: "f|female|woman|femme|féminin|w|انثى|امراة|أنثى",
    Sex.MALE: "m|male|man|homme|masculin|h|ذكر|رجل",
    Sex.OTHER: "other|x|autre|اخر",
    Sex.NOT_RECORDED: "not recorded|unknown|inconnu|non renseigné|?|-|غير معروف",
}


def field_words(field: Field) -> str:
    """What a field is called on the screen and in errors."""
    return {
        Field.CASE_REF: tr("Case number"),
        Field.NAME: tr("Whole name"),
        Field.GIVEN: tr("Given name"),
        Field.FATHER: tr("Father's name"),
        Field.FAMILY: tr("Family name"),
        Field.NAME_ARABIC: tr("Name in Arabic"),
        Field.BIRTH: tr("Birth date or year"),
        Field.SEX: tr("Sex"),
        Field.UNIT: tr("Unit"),
        Field.STAGE: tr("Legal stage"),
        Field.SINCE: tr("Stage since"),
        Field.ARREST: tr("Arrest date"),
        Field.REMAND: tr("Remand date"),
        Field.CONVICTION: tr("Conviction date"),
        Field.SENTENCE: tr("Sentence date"),
        Field.ELIGIBLE: tr("Conditional release from"),
        Field.RELEASE: tr("Release date"),
        Field.SUPERVISION_END: tr("End of supervision"),
    }[field]


def guess_columns(headings: Sequence[str]) -> dict[Field, int]:
    """Of each field the first column whose heading is one of its usual ones; the rest is chosen by hand."""
    found: dict[Field, int] = {}
    for place, heading in enumerate(headings):
        field = _FIELD_OF.get(plain(heading))
        if field is not None and field not in found:
            found[field] = place
    return found


def stage_of(words: str) -> Stage | None:
    """The stage that a registry means; None where its word is not known here."""
    return _STAGE_OF.get(plain(words))


def sex_of(words: str) -> Sex | None:
    """As `stage_of`."""
    return _SEX_OF.get(plain(words))


def plain(words: str) -> str:
    """Letters as they are compared: small, without accents of the usual kind, ends and doubled blanks."""
    small = fold(words).casefold().translate(_ACCENTS)
    return " ".join(small.replace("_", " ").replace(":", " ").replace("'", " ").replace("’", " ").split())


_ACCENTS = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")
_FIELD_OF = {plain(heading): field for field, words in _HEADINGS.items() for heading in words.split("|")}
_STAGE_OF = {plain(word): stage for stage, words in _STAGES.items() for word in words.split("|")}
_SEX_OF = {plain(word): sex for sex, words in _SEXES.items() for word in words.split("|")}
