"""The one-page notice that a packet counts no more, in three languages at once (packet.md 10).

It names nobody: number, team and site alone. French and Arabic need the review of a native practitioner.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.after.status_list_model import WithdrawnBecause

LANGUAGES = ("en", "fr", "ar")
_TITLE = {
    "en": "Withdrawal of a resettlement file",
    "fr": "Retrait d’un dossier de réinsertion",
    "ar": "سحب ملف إعادة إدماج",
}
_BODY = {
    "en": "File {number} for {team} was withdrawn by {site} on {day}: {reason}. Do not act on it any more.",
    "fr": "Le dossier {number} destiné à {team} a été retiré par {site} le {day} : {reason}. N’agissez plus sur cette "
    "base.",
    "ar": "سحب {site} الملف {number} الموجّه إلى {team} بتاريخ {day}: {reason}. لا تتصرفوا بناءً عليه بعد الآن.",
}
_WHAT_TO_DO = {
    "en": "Put the paper and every copy aside, delete the file where you may, and tell {site} that you have done so. "
    "A copy that is outside cannot be erased from here: we ask you to do it.",
    "fr": "Mettez de côté le papier et toute copie, effacez le fichier si vous en avez le droit, et dites à {site} que "
    "c’est fait. Une copie sortie ne peut pas être effacée d’ici : nous vous demandons de le faire.",
    "ar": "ضعوا الورق وكل نسخة جانبًا، واحذفوا الملف إن كان يحق لكم ذلك، وأخبروا {site} بأنكم فعلتم. لا يمكن محو نسخة "
    "خرجت من هنا، ولذلك نطلب منكم القيام بذلك.",
}
_CALL = {
    "en": "To check this notice, call a number that you already know. The number of {site} is {phone}.",
    "fr": "Pour vérifier cet avis, appelez un numéro que vous connaissez déjà. Le numéro de {site} est {phone}.",
    "ar": "للتحقق من هذا الإشعار اتصلوا على رقم تعرفونه من قبل. رقم {site} هو {phone}.",
}
_WHY: Mapping[WithdrawnBecause, Mapping[str, str]] = {
    WithdrawnBecause.ERROR: {"en": "it contained an error", "fr": "il contenait une erreur", "ar": "احتوى على خطأ"},
    WithdrawnBecause.CONSENT: {
        "en": "consent was withdrawn",
        "fr": "le consentement a été retiré",
        "ar": "سُحبت الموافقة",
    },
    WithdrawnBecause.KEY: {"en": "a key was withdrawn", "fr": "une clé a été retirée", "ar": "سُحب مفتاح"},
    WithdrawnBecause.OTHER: {"en": "another reason", "fr": "autre raison", "ar": "سبب آخر"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the page says. `country`: of the site, whose months have names of their own."""

    number: str
    team: str
    site: str
    phone: str
    on: date
    country: str
    because: WithdrawnBecause

    def title(self, language: str) -> str:
        return _TITLE[language]

    def sentences(self, language: str, day: str) -> tuple[str, ...]:
        """What happened, what to do, and how to check it. `day`: of the withdrawal, in the words of `language`."""
        places = {
            "number": isolate_ltr(self.number),
            "team": isolate(self.team),
            "site": isolate(self.site),
            "phone": isolate_ltr(self.phone.replace(" ", "\u00a0")),  # a number is read in one line
            "day": isolate(day.replace(" ", "\u00a0")),
            "reason": isolate(_WHY[self.because][language]),
        }
        return tuple(words[language].format(**places) for words in (_BODY, _WHAT_TO_DO, _CALL))
