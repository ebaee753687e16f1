"""The sentences of every verdict in English, French and Arabic, word for word as in packet.md 9.

French and Arabic need the review of a native practitioner before they count as final. No verdict says valid or invalid.
"""

from collections.abc import Mapping
from datetime import date, datetime

from rehabdesk.core.text import isolate, isolate_ltr
from rehabdesk.handover.checking import verdict_model as codes
from rehabdesk.handover.checking.verdict_model import ListedAs, State, Verdict

LANGUAGES = ("en", "fr", "ar")
_Words = Mapping[str, str]

_GENUINE: _Words = {
    "en": "Genuine. Signed by {a}, approved by {s}, {site}. Nothing was changed.",
    "fr": "Authentique. Signé par {a}, approuvé par {s}, {site}. Rien n’a été modifié.",
    "ar": "أصلي. وقّعه {a} واعتمده {s}، {site}. لم يتغير شيء.",
}
_EXPRESS: _Words = {
    "en": "One signature so far: signed by {a}, {site}; nothing was changed. The second signature is due by {date}. "
    "For urgent needs only; call {site}.",
    "fr": "Une seule signature à ce stade : signé par {a}, {site} ; rien n’a été modifié. La deuxième signature est "
    "attendue avant le {date}. Pour l’urgence seulement ; appelez {site}.",
    "ar": "توقيع واحد حتى الآن: وقّعه {a}، {site}، ولم يتغير شيء. التوقيع الثاني منتظر قبل {date}. للحاجات العاجلة فقط، "
    "واتصلوا بـ{site}.",
}
_UNKNOWN: _Words = {
    "en": "Not changed since signing, but this computer does not know {site} yet. Call a number that you already know "
    "and compare the 24 digits before use.",
    "fr": "Intact depuis la signature, mais cet ordinateur ne connaît pas encore {site}. Appelez un numéro que vous "
    "connaissez déjà et comparez les 24 chiffres avant usage.",
    "ar": "لم يتغير منذ التوقيع، لكن هذا الحاسوب لا يعرف {site} بعد. اتصلوا على رقم تعرفونه من قبل وقارنوا الأرقام "
    "الـ24 قبل الاستعمال.",
}
_LIST: _Words = {
    "en": "Not changed since signing, but the status list of {site} is missing or too old ({date}). Ask {site} for a "
    "new one before use.",
    "fr": "Intact depuis la signature, mais la liste d’état de {site} manque ou est trop ancienne ({date}). "
    "Demandez-en une nouvelle avant usage.",
    "ar": "لم يتغير منذ التوقيع، لكن قائمة الحالة الخاصة بـ{site} غير موجودة أو قديمة جدًا ({date}). اطلبوا قائمة "
    "جديدة قبل الاستعمال.",
}
_CLOCK: _Words = {
    "en": "This computer says {date}. Check its clock.",
    "fr": "Cet ordinateur indique {date}. Vérifiez son horloge.",
    "ar": "يشير هذا الحاسوب إلى {date}. تحققوا من ساعته.",
}
_INCOMPLETE: _Words = {
    "en": "Not approved: the second signature is missing. Do not act on it. Tell {site}.",
    "fr": "Non validé : la deuxième signature manque. Ne pas agir sur cette base. Prévenez {site}.",
    "ar": "غير معتمد: التوقيع الثاني ناقص. لا تتصرفوا بناءً عليه. أخبروا {site}.",
}
_CHANGED: _Words = {
    "en": "This file was changed after signing. Do not use it. Tell {site}.",
    "fr": "Ce fichier a été modifié après signature. Ne l’utilisez pas. Prévenez {site}.",
    "ar": "تم تغيير هذا الملف بعد التوقيع. لا تستخدموه. أخبروا {site}.",
}
_REPLACED: _Words = {
    "en": "Genuine, but replaced by {number} on {date}. Use the newer one.",
    "fr": "Authentique, mais remplacé par {number} le {date}. Utilisez le plus récent.",
    "ar": "أصلي، لكنه استُبدل بالملف {number} بتاريخ {date}. استعملوا الأحدث.",
}
_WITHDRAWN: _Words = {
    "en": "Withdrawn by {site} on {date}: {reason}. Do not act on it.",
    "fr": "Retiré par {site} le {date} : {reason}. Ne pas agir sur cette base.",
    "ar": "سحبه {site} بتاريخ {date}: {reason}. لا تتصرفوا بناءً عليه.",
}
_KEY_WITHDRAWN: _Words = {
    "en": "{site} withdrew the key of {name} on {date}. Do not act on it. Call {site}.",
    "fr": "{site} a retiré la clé de {name} le {date}. Ne pas agir sur cette base. Appelez {site}.",
    "ar": "سحب {site} مفتاح {name} بتاريخ {date}. لا تتصرفوا بناءً عليه. اتصلوا بـ{site}.",
}
_OUT_OF_DATE: _Words = {
    "en": "Genuine, but its date has passed ({date}). Ask {site} if it is still right.",
    "fr": "Authentique, mais sa date est dépassée ({date}). Demandez à {site} si c’est encore exact.",
    "ar": "أصلي، لكن تاريخه انقضى ({date}). اسألوا {site} هل ما زال صحيحًا.",
}
_OTHER_TEAM: _Words = {
    "en": "Addressed to {team}. Close it and tell {site}.",
    "fr": "Destiné à {team}. Fermez-le et prévenez {site}.",
    "ar": "موجّه إلى {team}. أغلقوه وأخبروا {site}.",
}
_CANNOT_OPEN: _Words = {
    "en": "We cannot open it with this team’s key / these digits.",
    "fr": "Impossible de l’ouvrir avec la clé de cette équipe / ces chiffres.",
    "ar": "تعذّر فتحه بمفتاح هذا الفريق / بهذه الأرقام.",
}
_NEEDS_NEWER: _Words = {
    "en": "It was made by a newer RehabDesk, and this one cannot judge it. Update RehabDesk on this computer.",
    "fr": "Il a été fait par une version plus récente de RehabDesk, que celle-ci ne sait pas juger. Mettez RehabDesk à "
    "jour sur cet ordinateur.",
    "ar": "أُنشئ بإصدار أحدث من RehabDesk ولا يستطيع هذا الإصدار الحكم عليه. حدّثوا RehabDesk على هذا الحاسوب.",
}
_REFUSED: _Words = {
    "en": "Not a RehabDesk packet, or unsafe. Nothing was imported.",
    "fr": "Ce n’est pas un dossier RehabDesk, ou il n’est pas sûr. Rien n’a été importé.",
    "ar": "ليس ملف RehabDesk أو أنه غير آمن. لم يُستورد شيء.",
}
_SENDER: _Words = {"en": "the sender", "fr": "l’expéditeur", "ar": "المرسل"}
_QUOTED: _Words = {"en": "“{site}”", "fr": "« {site} »", "ar": "«{site}»"}
_NO_DATE: _Words = {"en": "no date", "fr": "sans date", "ar": "بلا تاريخ"}
_WHY: Mapping[str, _Words] = {
    "error": {"en": "it contained an error", "fr": "il contenait une erreur", "ar": "احتوى على خطأ"},
    "consent": {"en": "consent was withdrawn", "fr": "le consentement a été retiré", "ar": "سُحبت الموافقة"},
    "key": {"en": "a key was withdrawn", "fr": "une clé a été retirée", "ar": "سُحب مفتاح"},
    "other": {"en": "another reason", "fr": "autre raison", "ar": "سبب آخر"},
}
_PLAIN: Mapping[State, _Words] = {
    State.GENUINE: _GENUINE,
    State.EXPRESS_PENDING: _EXPRESS,
    State.UNKNOWN_SITE: _UNKNOWN,
    State.INCOMPLETE: _INCOMPLETE,
    State.CHANGED: _CHANGED,
    State.REPLACED: _REPLACED,
    State.WITHDRAWN: _WITHDRAWN,
    State.OUT_OF_DATE: _OUT_OF_DATE,
    State.NOT_FOR_THIS_TEAM: _OTHER_TEAM,
    State.CANNOT_OPEN: _CANNOT_OPEN,
    State.REFUSED: _REFUSED,
}


def sentence(verdict: Verdict, language: str) -> str:
    """The one sentence of the verdict in `en`, `fr` or `ar`, every name and number isolated."""
    return _words_for(verdict)[language].format(**_places(verdict, language))


def _words_for(verdict: Verdict) -> _Words:
    reasons = verdict.reasons
    if verdict.state is State.UNKNOWN_SITE and codes.NOT_PINNED not in reasons:
        return _CLOCK if codes.CLOCK in reasons else _LIST
    if verdict.state is State.WITHDRAWN and codes.WITHDRAWN not in reasons:
        return _KEY_WITHDRAWN
    if verdict.state is State.CANNOT_OPEN and codes.NEEDS_NEWER in reasons:
        return _NEEDS_NEWER
    return _PLAIN[verdict.state]


def _places(verdict: Verdict, language: str) -> dict[str, str]:
    packet, listing = verdict.packet, verdict.listing
    author = next((each.name for each in verdict.signers if each.role == "author"), "")
    supervisor = next((each.name for each in verdict.signers if each.role == "supervisor"), "")
    withdrawn = next((each.name for each in verdict.signers if each.revoked_at is not None), author)
    reason = listing.reason if listing and listing.reason in _WHY else "other"
    return {
        "a": isolate(author),
        "s": isolate(supervisor),
        "name": isolate(withdrawn),
        "site": _site(verdict, language),
        "team": isolate(packet.team_name if packet else ""),
        "number": isolate_ltr(listing.by if listing else ""),
        "reason": isolate(_WHY[reason][language]),
        "date": _date(verdict, language),
    }


def _site(verdict: Verdict, language: str) -> str:
    """The pinned name; a claimed one only for an unknown site, and then in quotation marks."""
    if verdict.known_site:
        return isolate(verdict.known_site)
    if verdict.state is State.UNKNOWN_SITE and verdict.packet is not None:
        return isolate(_QUOTED[language].format(site=verdict.packet.site_name))
    return _SENDER[language]


def _date(verdict: Verdict, language: str) -> str:
    """The one date that belongs to the verdict's sentence, year first as everywhere on paper."""
    packet, listing = verdict.packet, verdict.listing
    revoked = [each.revoked_at for each in verdict.signers if each.revoked_at is not None]
    when: date | datetime | None = None
    if verdict.state is State.EXPRESS_PENDING and packet is not None:
        when = packet.countersign_due
    elif verdict.state is State.UNKNOWN_SITE:
        when = verdict.judged_at if codes.CLOCK in verdict.reasons else verdict.list_due
    elif verdict.state is State.REPLACED or (listing is not None and listing.listed_as is ListedAs.WITHDRAWN):
        when = listing.at if listing else None
    elif verdict.state is State.WITHDRAWN:
        when = min(revoked, default=None)
    elif packet is not None:
        when = packet.expires
    if when is None:
        return _NO_DATE[language]
    return isolate_ltr(f"{when:%Y-%m-%d %H:%M} UTC" if isinstance(when, datetime) else when.isoformat())
