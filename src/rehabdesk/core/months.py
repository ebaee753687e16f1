"""The names of the months in Arabic, which differ from land to land, as the CLDR has them. They are never shortened."""

import re

_EGYPT = "يناير، فبراير، مارس، أبريل، مايو، يونيو، يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر"
_MOROCCO = "يناير، فبراير، مارس، أبريل، ماي، يونيو، يوليوز، غشت، شتنبر، أكتوبر، نونبر، دجنبر"
_ALGERIA = "جانفي، فيفري، مارس، أفريل، ماي، جوان، جويلية، أوت، سبتمبر، أكتوبر، نوفمبر، ديسمبر"
_MAURITANIA = "يناير، فبراير، مارس، إبريل، مايو، يونيو، يوليو، أغشت، شتمبر، أكتوبر، نوفمبر، دجمبر"
_LEVANT = "كانون الثاني، شباط، آذار، نيسان، أيار، حزيران، تموز، آب، أيلول، تشرين الأول، تشرين الثاني، كانون الأول"
_COUNTRIES = {
    "DZ": _ALGERIA,
    "IQ": _LEVANT,
    "JO": _LEVANT,
    "LB": _LEVANT,
    "MA": _MOROCCO,
    "MR": _MAURITANIA,
    "PS": _LEVANT,
    "SY": _LEVANT,
    "TN": _ALGERIA,
}
"""Every other country names them as Egypt and the Gulf do."""
_ALEFS = re.compile("[أإآ]")


def arabic_months(country: str) -> tuple[str, ...]:
    """January to December as a country (ISO 3166 alpha-2) names them."""
    return tuple(_COUNTRIES.get(country, _EGYPT).split("، "))


def arabic_month(words: str) -> str:
    """The number of a month, `1` to `12`, by its name in any country, with or without hamza; empty for other words."""
    return _NUMBERS.get(_plain(words), "")


def _plain(words: str) -> str:
    return _ALEFS.sub("ا", words)


_NUMBERS = {
    _plain(name): str(number)
    for names in (_EGYPT, *_COUNTRIES.values())
    for number, name in enumerate(names.split("، "), 1)
}
