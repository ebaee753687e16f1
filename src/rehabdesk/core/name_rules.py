"""The spellings of names that `names.py` knows, as data: letters, particles, names whose spellings follow no rule.

Sources: the romanisation tables ALA-LC and BGN/PCGN 1956 for Arabic, read backwards; the way in which French and
English registries of the Sahel, the Maghreb and the Gulf write the same names (Ousmane / Othman, Cheikh / Sheikh,
Djamal / Jamal); domain.md 5.4. A rule is here only if it makes one name found under another spelling of the same name.
"""

from collections.abc import Mapping

A, I, U = "A", "I", "U"  # noqa: E741 - the three vowels of Arabic; what else is written is one of them
WRITTEN = "!"
"""Behind a vowel that Arabic always writes with a letter, because it is long or a diphthong."""

CONSONANTS: Mapping[str, tuple[str, ...]] = {
    "tch": ("c",), "sch": ("c",), "ch": ("c",), "sh": ("c",), "dj": ("j",), "kh": ("k",), "gh": ("g",), "ph": ("f",),
    "th": ("t", "s"), "dh": ("d", "z"), "ck": ("k",), "qu": ("k",), "q": ("k",), "x": ("ks",), "v": ("f",),
}  # fmt: skip
"""Latin letters that stand for one sound, the longest first; a letter that is not here stands for itself."""

ARABIC: Mapping[str, tuple[str, ...]] = {
    "ب": ("b",), "ت": ("t",), "ث": ("t", "s"), "ج": ("j", "g"), "ح": ("h",), "خ": ("k",), "د": ("d",),
    "ذ": ("d", "z"), "ر": ("r",), "ز": ("z",), "س": ("s",), "ش": ("c",), "ص": ("s",), "ض": ("d",), "ط": ("t",),
    "ظ": ("z", "d"), "غ": ("g",), "ف": ("f",), "ق": ("k", "g"), "ك": ("k",), "ک": ("k",), "ل": ("l",), "م": ("m",),
    "ن": ("n",), "ه": ("h",), "پ": ("p",), "چ": ("c",), "ڤ": ("f",), "گ": ("g",), "ڭ": ("g",),
}  # fmt: skip
"""Arabic consonants as the Latin sounds above. Ayn and hamza leave no trace in Latin names."""

ARABIC_VOWELS: Mapping[str, str] = {"ا": A, "و": U, "ي": I}
SILENT = frozenset("عء")

VOWELS: Mapping[str, tuple[str, ...]] = {
    "a": (A,), "aa": (A,), "e": (A, I), "i": (I,), "ii": (I,), "o": (U,), "u": (U,), "oo": (U,), "ou": (U,),
    "uu": (U,), "ee": (I + WRITTEN,), "ie": (I,), "ia": (I, A), "io": (U, I), "iou": (U, I), "iu": (U, I),
    "ai": (I + WRITTEN,), "ei": (I + WRITTEN,), "ae": (I + WRITTEN,), "aie": (I + WRITTEN,), "eii": (I + WRITTEN,),
    "aii": (I + WRITTEN,), "au": (U + WRITTEN,), "ao": (U + WRITTEN,), "aou": (U + WRITTEN,), "eo": (U + WRITTEN,),
    "auu": (U + WRITTEN,), "auo": (U + WRITTEN,), "oui": (I,), "ui": (I,), "oua": (A, U), "ua": (A, U), "ue": (A, I, U),
}  # fmt: skip
"""Latin vowels that stand together (y as i, w as u), as the vowels of Arabic that they may be."""

PARTICLES = frozenset(
    {
        *("ould", "wuld", "ag", "agg", "ben", "bin", "ibn", "bint", "bent", "mint", "walet", "welet", "oulad", "ouled"),
        *("ait", "al", "el", "ولد", "بن", "ابن", "بنت", "منت", "ال", "آل", "اغ", "اق"),
    }
)
"""Words between names that one registry writes and another leaves out; they are not asked for."""

ARTICLES = frozenset(
    {
        *("al", "el", "il", "ul", "oul", "ar", "er", "ur", "as", "es", "us", "an", "en", "ad", "ed", "ud", "az", "ez"),
        *("at", "et", "ach", "ash"),
    }
)
SERVANT = frozenset({"abd", "abdel", "abdal", "abdul", "abdoul", "abdil", "عبد"})
FATHER = frozenset({"abu", "abou", "aboo", "abi", "ابو", "ابي"})
FAITH = frozenset({"din", "dine", "deen", "eddin", "eddine", "edine", "uddin", "oudine", "addin", "الدين", "دين"})

GROUPS: tuple[tuple[str, str], ...] = (
    ("mohamed muhammad محمد", "mamadou mamadu mahamadou mahamadu mahamat mouhamadou muhamadu mohd mohamadou"),
    ("fatima fatma فاطمه", "fatoumata fatimata fatou fatime fadimata fatimatou fatna fatuma"),
    ("aicha عائشه", "aissatou aissata aichatou aishatu aissetou عايشه"),
    ("khadija خديجه", "kadidia kadidiatou hadiza khadidiatou kadiatou khadidja kadija hadijatou"),
    ("ousmane othman عثمان", "osman usman uthman otman ousman osmane"),
    ("youssef yusuf يوسف", "youssouf yousif yousuf yusef issoufou issouf"),
    ("omar عمر", "oumarou umaru oumar umar oumara"),
    ("ali علي على", "aliou aliyu alioune aly"),
    ("moussa موسى", "musa mousa moussah"),
    ("issa عيسى", "aissa isa eissa"),
    ("yahya يحيى", "yaya yahia yehia yehya يحي"),
    ("ibrahim ابراهيم", "ibrahima brahima brahim boureima bourahima ibrahime"),
    ("abdallah عبدالله", "abdullah abdoulaye abdullahi abdoullah abdoulahi abdalla abdulla abdellah abdella"),
    ("mariam maryam مريم", "mariama meriem myriam meryem mariem maryama mariame"),
    ("hussein حسين", "houcine hocine houssein ousseini ousseynou husseini housseini alhousseini husayn"),
    ("hassan حسن", "hassane alhassane lassana alassane assane lassane alassan"),
    ("ismail اسماعيل", "ismael smail smaila ismaila soumaila"),
    ("souleymane suleiman سليمان", "slimane soulaymane souleiman sulayman sliman solomane"),
    ("zakaria زكريا", "zakari zekeria zakariya zakariyya"),
    ("ilyas elias الياس", "ilias elyas lyes ilyes"),
    ("ishak اسحاق", "isaac ishaq issiaka ishaka ishaaq اسحق"),
    ("yakoub يعقوب", "yacoub yaqub yacouba yakubu jakub yaacoub"),
    ("djibril جبريل", "jibril gibril jibrin djibrilla jibrilla gabriel"),
    ("haroun هارون", "aaron harouna haruna harun هرون"),
    ("daouda داود", "dawud daoud dauda dawda david داوود"),
    ("nouh نوح", "noah nuhu nouhou nuh"),
    ("mahmoud محمود", "mahmud mahmoudou mamoudou mahamoudou mamudu"),
    ("abdou عبده", "abdu abdo"),
    ("amadou amadu", "ahmadou ahmadu amado"),
    ("zeinab زينب", "zainab zeynab zaynab zenab zeinabou zaynabu"),
    ("aminata اميناتا", "aminatou aminatu"),
    ("cheikh شيخ", "sheikh cheick shaykh chekh cheik seikh shehu cheikhou"),
    ("diallo ديالو", "jallow jalloh dialo djallo"),
    ("camara كمارا", "kamara"),
    ("oumou ام", "oum umm oumm um"),
    ("yasmina ياسمينه", "yasmine yasmin jasmin ياسمين"),
    ("mostafa مصطفى", "moustapha mustafa mustapha moustafa mostapha"),
    ("tahar طاهر", "taher tahir tahirou"),
    (
        "boubacar ابوبكر",
        "aboubacar abubakar abubakr aboubakar abubacar abu+bakr abu+bacar abu+bakar abu+bakary abu+بكر",
    ),
    ("jamal جمال", "gamal djamel djemal jamel"),
)
"""Names whose spellings follow no rule: (those for which it is enough to sound alike, those that count as written)."""
