"""A conversation in another language is told apart; too little to tell is never a verdict."""

from __future__ import annotations

import pytest
from empathy_audit.language.identification import seems_foreign

TEXTS = {
    "en": "Hello, I have been waiting for my parcel for two weeks and nobody can tell me where it is. Can you please help me with this?",
    "es": "Hola, estoy esperando mi paquete desde hace dos semanas y nadie me puede decir dónde está. ¿Me puede ayudar con esto por favor?",
    "fr": "Bonjour, j'attends mon colis depuis deux semaines et personne ne peut me dire où il est. Est-ce que vous pouvez m'aider avec cela ?",
    "de": "Hallo, ich warte seit zwei Wochen auf mein Paket und niemand kann mir sagen, wo es ist. Können Sie mir dabei bitte helfen?",
    "it": "Buongiorno, aspetto il mio pacco da due settimane e nessuno mi sa dire dove è. Mi può aiutare con questo per favore? Sono molto deluso.",
    "pt": "Olá, estou à espera da minha encomenda há duas semanas e ninguém me sabe dizer onde está. Você pode ajudar com isso, por favor?",
    "nl": "Hallo, ik wacht al twee weken op mijn pakket en niemand kan mij zeggen waar het is. Kunt u mij hier alstublieft mee helpen?",
}
FURTHER = {
    "ru": "Здравствуйте, я жду свою посылку уже две недели, и никто не может сказать, где она.",
    "ja": "こんにちは、二週間も荷物を待っていますが、どこにあるのか誰も教えてくれません。",
    "ar": "مرحبا، أنتظر طردي منذ أسبوعين ولا أحد يستطيع أن يخبرني أين هو.",
}


@pytest.mark.parametrize("language", [*TEXTS, *FURTHER])
def test_every_language_is_told_from_english(language: str) -> None:
    assert seems_foreign([(TEXTS | FURTHER)[language]], "en") is (language != "en")


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_is_at_home_in_its_own_rubric(language: str) -> None:
    assert not seems_foreign([TEXTS[language]], language)
    assert seems_foreign([TEXTS["de" if language != "de" else "en"]], language)


def test_regional_codes_are_the_language() -> None:
    assert not seems_foreign([TEXTS["en"]], "en-GB")
    assert seems_foreign([TEXTS["de"]], "en-GB")


@pytest.mark.parametrize("texts", [[], [""], ["Guten Tag"], ["ok", "danke", "ja bitte"], ["440 719 22", "!!!"]])
def test_too_little_to_tell_is_no_verdict(texts: list[str]) -> None:
    assert not seems_foreign(texts, "en")


def test_a_language_that_is_not_known_is_never_refused() -> None:
    assert not seems_foreign([TEXTS["de"]], "fi")


@pytest.mark.parametrize(
    "texts",
    [
        ["WHERE IS MY REFUND", "THIS IS THE THIRD TIME I HAVE HAD TO ASK YOU ABOUT IT"],
        ["hi whats going on with my order i havent had any update and its been a week now"],
        [
            "My name is José Müller-Élysée.",
            "I live in the Rue de la Paix and my parcel for the Hotel Zur Post is late.",
        ],
        [
            "Error E-1204, then E-1204 again, then E-1207.",
            "Model XR500v2?",
            "Yes. Firmware 2.3.2.114, LED amber.",
            "Reset it.",
        ],
    ],
)
def test_english_with_names_capitals_and_codes_stays_english(texts: list[str]) -> None:
    assert not seems_foreign(texts, "en")
