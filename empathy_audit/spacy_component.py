"""A component for spaCy's own pipelines: the tags of a text, or the cues of a customer's, as spans of the doc.

    nlp = spacy.blank("en")
    nlp.add_pipe("empathy_audit")
    doc = nlp("I can see why you are upset. I'll call you tomorrow.")
    [(span.text, span.label_, span.id_) for span in doc.spans["empathy"]]

spaCy finds it by the entry point `spacy_factories`. It asks that factories register when their module is imported,
which makes this the one module that imports spaCy at its top; nothing else in the package imports it.
"""

# Annotations stay values here: spaCy reads those of the factory to check what a configuration file says.
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from empathy_audit.audit import Auditor
from empathy_audit.errors import InputError
from empathy_audit.judgement.tagging import Entries, merge, tag_turn
from empathy_audit.model.audit import Evidence
from empathy_audit.model.reading import TurnReading
from empathy_audit.model.transcript import Transcript, Turn
from empathy_audit.rubric import load

FACTORY = "empathy_audit"

Side = Literal["agent", "customer"]


class Found(NamedTuple):
    """Words of a text and what they are: `label` is a tag, or a cue's emotion or kind; `entry` the marker or cue; `score` its confidence."""

    place: Evidence
    label: str
    entry: str
    score: float


class EmpathyAudit:
    """Puts what a rubric finds in a text into `doc.spans[spans_key]`.

    Each doc is one turn that stands alone, so what needs the turn before it (an `echo`, how a reply answers) is not found here.
    """

    def __init__(self, name: str, rubric: str, role: Side, spans_key: str, signals: str | None) -> None:
        self._given = (name, rubric, role, spans_key, signals)
        self._role: Side = role
        self._spans_key = spans_key
        self.rubric = load(rubric)
        self._entries = Entries.of(self.rubric)
        self._auditor = Auditor(self.rubric, Path(signals) if signals is not None else None)

    def __reduce__(self) -> tuple[object, ...]:
        """Processes of `nlp.pipe(n_process=...)` build their own from the configuration."""
        return type(self), self._given

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its spans, in the order of the text; a group that was there under the key is replaced."""
        (reading,) = self._auditor.read(Transcript("doc", (Turn(self._role, doc.text),)))
        found = self._tags(reading) if self._role == "agent" else self._cues(reading)
        spans: list[Span] = []
        scores: list[float] = []
        for one in sorted(found):
            start, end = one.place.start, one.place.end
            span = doc.char_span(start, end, label=one.label, span_id=one.entry, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                scores.append(one.score)
        doc.spans[self._spans_key] = SpanGroup(doc, name=self._spans_key, spans=spans, attrs={"scores": scores})
        return doc

    def _tags(self, reading: TurnReading) -> list[Found]:
        tags = tag_turn(reading, self._entries).tags
        return [Found(place, tag.tag, tag.marker, tag.confidence) for tag in tags for place in tag.evidence]

    def _cues(self, reading: TurnReading) -> list[Found]:
        found = []
        for cue in self._entries.cues.values():
            hits = [hit for hit in reading.hits if hit.entry == cue.id and hit.dropped is None]
            score = max((cue.confidence if h.probability is None else h.probability for h in hits), default=0.0)
            for place in merge((hit.start, hit.end) for hit in hits):
                found.append(Found(place, cue.emotion or cue.kind, cue.id, score))
        return found


@Language.factory(
    FACTORY,
    assigns=["doc.spans"],
    default_config={"rubric": "empathy", "role": "agent", "spans_key": "empathy", "signals": None},
)
def create(nlp: Language, name: str, rubric: str, role: Side, spans_key: str, signals: str | None) -> EmpathyAudit:
    """The component for a pipeline.

    Args:
        nlp: the pipeline; any that keeps the text of its docs will do.
        name: what the component is called there.
        rubric: a rubric's name, `name@version`, or file.
        role: whose words the docs are: an agent's get tags, a customer's cues.
        spans_key: the key of `doc.spans`.
        signals: a weights file instead of the shipped one.

    Raises:
        RubricError: the rubric cannot be used.
        InputError: the pipeline is for another language than the rubric, or the weights cannot be read.
    """
    component = EmpathyAudit(name, rubric, role, spans_key, signals)
    if nlp.lang not in (component.rubric.language, "xx"):
        raise InputError(
            f"the rubric {component.rubric.id} is for '{component.rubric.language}', the pipeline for '{nlp.lang}'; "
            "expected the same language; choose another rubric or pipeline"
        )
    return component
