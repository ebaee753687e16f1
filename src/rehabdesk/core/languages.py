"""Names of the languages that are offered, as people here say them. Others are kept by their code and shown by it."""

from rehabdesk.core.i18n import tr


def language_words(code: str) -> str:
    """The name of a language by its BCP 47 code; the code itself where there is no name."""
    return languages().get(code, code)


def offered_languages() -> list[tuple[str, str]]:
    """(code, name), by name in the language of the screen."""
    return sorted(languages().items(), key=lambda one: one[1].casefold())


def languages() -> dict[str, str]:
    """Every language that has a name here, by code."""
    return _west_africa() | _elsewhere()


def _west_africa() -> dict[str, str]:
    return {
        "bci": tr("Baoulé"),
        "bm": tr("Bambara"),
        "dje": tr("Zarma"),
        "dyu": tr("Dyula"),
        "ee": tr("Ewe"),
        "ff": tr("Fulfulde"),
        "ha": tr("Hausa"),
        "ig": tr("Igbo"),
        "kr": tr("Kanuri"),
        "mey": tr("Hassaniya"),
        "mnk": tr("Mandinka"),
        "mos": tr("Mooré"),
        "ses": tr("Songhay"),
        "snk": tr("Soninke"),
        "tmh": tr("Tamasheq"),
        "tw": tr("Twi"),
        "wo": tr("Wolof"),
        "yo": tr("Yoruba"),
    }


def _elsewhere() -> dict[str, str]:
    return {
        "am": tr("Amharic"),
        "ar": tr("Arabic"),
        "aeb": tr("Tunisian Arabic"),
        "arq": tr("Algerian Arabic"),
        "ary": tr("Moroccan Arabic"),
        "arz": tr("Egyptian Arabic"),
        "bn": tr("Bengali"),
        "bs": tr("Bosnian"),
        "de": tr("German"),
        "en": tr("English"),
        "es": tr("Spanish"),
        "fa": tr("Persian"),
        "fr": tr("French"),
        "it": tr("Italian"),
        "kab": tr("Kabyle"),
        "ku": tr("Kurdish"),
        "ln": tr("Lingala"),
        "nl": tr("Dutch"),
        "om": tr("Oromo"),
        "ps": tr("Pashto"),
        "pt": tr("Portuguese"),
        "rif": tr("Tarifit"),
        "ru": tr("Russian"),
        "shi": tr("Tashelhit"),
        "so": tr("Somali"),
        "sq": tr("Albanian"),
        "sw": tr("Swahili"),
        "ti": tr("Tigrinya"),
        "tr": tr("Turkish"),
        "tzm": tr("Tamazight"),
        "uk": tr("Ukrainian"),
        "ur": tr("Urdu"),
        "zgh": tr("Standard Amazigh"),
    }
