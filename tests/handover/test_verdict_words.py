"""Every state of packet.md 9 in its exact words, in three languages: a changed word is a changed document."""

from dataclasses import replace

import pytest

from rehabdesk.core.text import without_isolates
from rehabdesk.handover.checking import verdict_model as v
from rehabdesk.handover.checking.verdict_model import Standing, State
from rehabdesk.handover.checking.verdict_words_model import LANGUAGES, sentence
from tests.handover.test_check_view import AUTHOR, CASES, FOUND, KNOWN, NOW

SITE = "Residence of the Three Wells"
WORDS: dict[State, tuple[str, str, str]] = {
    State.GENUINE: (
        f"Genuine. Signed by Claire Dumont, approved by Jonas Weyland, {SITE}. Nothing was changed.",
        f"Authentique. Signé par Claire Dumont, approuvé par Jonas Weyland, {SITE}. Rien n’a été modifié.",
        f"أصلي. وقّعه Claire Dumont واعتمده Jonas Weyland، {SITE}. لم يتغير شيء.",
    ),
    State.EXPRESS_PENDING: (
        (
            f"One signature so far: signed by Claire Dumont, {SITE}; nothing was changed. The second signature is due "
            f"by 2026-12-01 00:00 UTC. For urgent needs only; call {SITE}."
        ),
        (
            f"Une seule signature à ce stade : signé par Claire Dumont, {SITE} ; rien n’a été modifié. La deuxième "
            f"signature est attendue avant le 2026-12-01 00:00 UTC. Pour l’urgence seulement ; appelez {SITE}."
        ),
        (
            f"توقيع واحد حتى الآن: وقّعه Claire Dumont، {SITE}، ولم يتغير شيء. التوقيع الثاني منتظر قبل "
            f"2026-12-01 00:00 UTC. للحاجات العاجلة فقط، واتصلوا بـ{SITE}."
        ),
    ),
    State.UNKNOWN_SITE: (
        (
            f"Not changed since signing, but this computer does not know “{SITE}” yet. Call a number that you already "
            "know and compare the 24 digits before use."
        ),
        (
            f"Intact depuis la signature, mais cet ordinateur ne connaît pas encore « {SITE} ». Appelez un numéro que "
            "vous connaissez déjà et comparez les 24 chiffres avant usage."
        ),
        (
            f"لم يتغير منذ التوقيع، لكن هذا الحاسوب لا يعرف «{SITE}» بعد. اتصلوا على رقم تعرفونه من قبل وقارنوا "
            "الأرقام الـ24 قبل الاستعمال."
        ),
    ),
    State.INCOMPLETE: (
        f"Not approved: the second signature is missing. Do not act on it. Tell {SITE}.",
        f"Non validé : la deuxième signature manque. Ne pas agir sur cette base. Prévenez {SITE}.",
        f"غير معتمد: التوقيع الثاني ناقص. لا تتصرفوا بناءً عليه. أخبروا {SITE}.",
    ),
    State.CHANGED: (
        f"This file was changed after signing. Do not use it. Tell {SITE}.",
        f"Ce fichier a été modifié après signature. Ne l’utilisez pas. Prévenez {SITE}.",
        f"تم تغيير هذا الملف بعد التوقيع. لا تستخدموه. أخبروا {SITE}.",
    ),
    State.REPLACED: (
        "Genuine, but replaced by RD-DEMO-2026-000013-R on 2026-11-24. Use the newer one.",
        "Authentique, mais remplacé par RD-DEMO-2026-000013-R le 2026-11-24. Utilisez le plus récent.",
        "أصلي، لكنه استُبدل بالملف RD-DEMO-2026-000013-R بتاريخ 2026-11-24. استعملوا الأحدث.",
    ),
    State.WITHDRAWN: (
        f"Withdrawn by {SITE} on 2026-11-24: it contained an error. Do not act on it.",
        f"Retiré par {SITE} le 2026-11-24 : il contenait une erreur. Ne pas agir sur cette base.",
        f"سحبه {SITE} بتاريخ 2026-11-24: احتوى على خطأ. لا تتصرفوا بناءً عليه.",
    ),
    State.OUT_OF_DATE: (
        f"Genuine, but its date has passed (2026-01-01). Ask {SITE} if it is still right.",
        f"Authentique, mais sa date est dépassée (2026-01-01). Demandez à {SITE} si c’est encore exact.",
        f"أصلي، لكن تاريخه انقضى (2026-01-01). اسألوا {SITE} هل ما زال صحيحًا.",
    ),
    State.NOT_FOR_THIS_TEAM: (
        f"Addressed to River District Resettlement Team. Close it and tell {SITE}.",
        f"Destiné à River District Resettlement Team. Fermez-le et prévenez {SITE}.",
        f"موجّه إلى River District Resettlement Team. أغلقوه وأخبروا {SITE}.",
    ),
    State.CANNOT_OPEN: (
        "We cannot open it with this team’s key / these digits.",
        "Impossible de l’ouvrir avec la clé de cette équipe / ces chiffres.",
        "تعذّر فتحه بمفتاح هذا الفريق / بهذه الأرقام.",
    ),
    State.REFUSED: (
        "Not a RehabDesk packet, or unsafe. Nothing was imported.",
        "Ce n’est pas un dossier RehabDesk, ou il n’est pas sûr. Rien n’a été importé.",
        "ليس ملف RehabDesk أو أنه غير آمن. لم يُستورد شيء.",
    ),
}
REVOKED = replace(AUTHOR, revoked_at=NOW)
OF_REASONS: dict[str, tuple[Standing, tuple[str, str, str]]] = {
    v.LIST_EXPIRED: (
        Standing.LIST_EXPIRED,
        (
            (
                f"Not changed since signing, but the status list of {SITE} is missing or too old (2026-11-24 12:00 "
                f"UTC). Ask {SITE} for a new one before use."
            ),
            (
                f"Intact depuis la signature, mais la liste d’état de {SITE} manque ou est trop ancienne "
                "(2026-11-24 12:00 UTC). Demandez-en une nouvelle avant usage."
            ),
            (
                f"لم يتغير منذ التوقيع، لكن قائمة الحالة الخاصة بـ{SITE} غير موجودة أو قديمة جدًا (2026-11-24 12:00 "
                "UTC). اطلبوا قائمة جديدة قبل الاستعمال."
            ),
        ),
    ),
    v.KEY_WITHDRAWN: (
        Standing.REVOKED,
        (
            f"{SITE} withdrew the key of Claire Dumont on 2026-11-24 12:00 UTC. Do not act on it. Call {SITE}.",
            (
                f"{SITE} a retiré la clé de Claire Dumont le 2026-11-24 12:00 UTC. Ne pas agir sur cette base. Appelez "
                f"{SITE}."
            ),
            f"سحب {SITE} مفتاح Claire Dumont بتاريخ 2026-11-24 12:00 UTC. لا تتصرفوا بناءً عليه. اتصلوا بـ{SITE}.",
        ),
    ),
}


@pytest.mark.parametrize("state", State)
def test_a_state_is_said_word_for_word(state: State) -> None:
    verdict = v.judge(*CASES[state])
    assert verdict.state is state
    assert tuple(without_isolates(sentence(verdict, language)) for language in LANGUAGES) == WORDS[state]


@pytest.mark.parametrize("reason", OF_REASONS)
def test_some_reasons_have_words_of_their_own(reason: str) -> None:
    standing, words = OF_REASONS[reason]
    signers = (REVOKED, *FOUND.signers[1:]) if standing is Standing.REVOKED else FOUND.signers
    verdict = v.judge(replace(FOUND, standing=standing, signers=signers), KNOWN)
    assert reason in verdict.reasons
    assert tuple(without_isolates(sentence(verdict, language)) for language in LANGUAGES) == words
