"""Gaps between pieces of text, true and false, for fitting and judging the model of continuation."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

LONG_ENOUGH_TO_CUT = 60
LONG_HEADING = 35
LINES_OF_ONE = 40
WINDOW = 6
NO_CUT_AFTER = "。！？!?；;：:”’」』)）"
PUNCTUATED = NO_CUT_AFTER + "…"
DATE = re.compile(r"\(\d{4}-\d\d-\d\d\)$")


class Article(NamedTuple):
    """A text with where it comes from; the title may be empty."""

    genre: str
    title: str
    paragraphs: Sequence[str]

    def lines(self) -> list[str]:
        """Title and paragraphs; titles without Chinese are not those of the text."""
        lines = [line for p in self.paragraphs if (line := p.strip())]
        title = DATE.sub("", self.title)
        if re.search("[一-鿿]", title) and title not in lines[:1]:
            lines.insert(0, title)
        return lines

    def whole(self, line: str) -> bool:
        """False where a long line stops without punctuation: encyclopaedia extracts are cut so."""
        return not (self.genre.startswith("wiki") and len(line) > 60 and line[-1] not in PUNCTUATED)


class Gap(NamedTuple):
    """What stands before a gap and after it."""

    genre: str
    tail: str
    head: str


@dataclass
class Gaps:
    """Gaps of one kind each, the first cut in mid-sentence, all others whole lines."""

    cuts: list[Gap] = field(default_factory=list)
    boundaries: list[Gap] = field(default_factory=list)
    plain_ends: list[Gap] = field(default_factory=list)
    punctuated_ends: list[Gap] = field(default_factory=list)
    headings: list[Gap] = field(default_factory=list)
    paragraphs: list[Gap] = field(default_factory=list)

    def of(self, genre: str) -> "Gaps":
        """Those of one genre."""
        return Gaps(*([gap for gap in kind if gap.genre == genre] for kind in vars(self).values()))

    def pairs(self, rng: random.Random, limit: int) -> dict[str, list[Gap]]:
        """True pairs under "true", and false ones by kind."""
        true = rng.sample(self.cuts, min(limit, len(self.cuts)))
        heads, starts = defaultdict(list), defaultdict(list)
        for gap in self.cuts:
            heads[gap.genre].append(gap.head)
        for gap in [*self.paragraphs, *self.headings]:
            starts[gap.genre].append(gap.head)
        ends = self.plain_ends
        return {
            "true": true,
            "boundary": rng.sample(self.boundaries, min(limit // 2, len(self.boundaries))),
            "after a heading": [g for g in self.boundaries if g.tail[-1] not in PUNCTUATED],
            "another's rest": [g._replace(head=rng.choice(heads[g.genre])) for g in true],
            "a true start": [
                g._replace(head=rng.choice(starts[g.genre])) for g in true if starts[g.genre]
            ],
            "heading, a rest": [
                g._replace(head=rng.choice(heads[g.genre])) for g in ends if heads[g.genre]
            ],
        }


# How much each kind of false pair weighs in the fit.
SHARES = {
    "boundary": 0.1,
    "after a heading": 0.2,
    "another's rest": 0.4,
    "a true start": 0.15,
    "heading, a rest": 0.15,
}


def gaps(articles: Sequence[Article], rng: random.Random, per_paragraph: int = 3) -> Gaps:
    """Sample gaps: cuts uniform over characters, and the true ends and beginnings of lines."""
    found = Gaps()
    for article in articles:
        genre = article.genre
        lines = article.lines()
        at = rng.randrange(max(1, len(lines) - LINES_OF_ONE))
        lines = lines[at : at + LINES_OF_ONE]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if len(line) >= LONG_ENOUGH_TO_CUT:
                for _ in range(per_paragraph * (3 if genre.startswith("wiki") else 1)):
                    cut = rng.randrange(3, len(line) - 3)
                    tail, head = line[:cut].rstrip(), line[cut:].lstrip()
                    if tail[-1] not in NO_CUT_AFTER:
                        found.cuts.append(Gap(genre, tail, head))
            plain = line[-1] not in PUNCTUATED
            if article.whole(line):
                (found.plain_ends if plain else found.punctuated_ends).append(Gap(genre, line, ""))
                if following:
                    found.boundaries.append(Gap(genre, line, following))
            heading = plain and len(line) < LONG_HEADING
            (found.headings if heading else found.paragraphs).append(Gap(genre, "", line))
    return found


def regression(groups: Sequence[tuple[np.ndarray, int, float]]) -> list[float]:
    """Logistic regression: features, the answer and the weight of each group; constant first."""
    x = np.concatenate([np.c_[np.ones(len(f)), f] for f, _, _ in groups])
    y = np.concatenate([np.full(len(f), float(answer)) for f, answer, _ in groups])
    w = np.concatenate([np.full(len(f), share / len(f)) for f, _, share in groups])
    w *= len(w) / w.sum()
    # Columns on one scale, so that the slight pull towards zero is the same for all.
    scale = np.maximum(x.std(0), 1e-9)
    scale[0] = 1
    x = x / scale
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.eye(len(weights))
        weights -= np.linalg.solve(hessian, x.T @ (w * (p - y)) + weights)
    return [float(f"{weight:.4g}") for weight in weights / scale]


def area(true: Sequence[float], false: Sequence[float]) -> float:
    """The area under the curve: how often a true one scores above a false one."""
    false = np.sort(false)
    below = np.searchsorted(false, true, "left") + np.searchsorted(false, true, "right")
    return float(below.mean() / 2 / len(false))


def recall(true: Sequence[float], false: Sequence[float], precision: float) -> float:
    """The greatest recall at a precision, were there as many false ones as true ones."""
    true, false = np.sort(true)[::-1], np.sort(false)
    wrong = 1 - np.searchsorted(false, true, "left") / len(false)
    right = np.arange(1, len(true) + 1) / len(true)
    enough = right >= precision * (right + wrong)
    return float(right[enough].max(initial=0))


def judged(name: str, score: Callable[[Gap], float], true: list[Gap], false: list[Gap]) -> None:
    """Print a row of the report."""
    if len(true) < 40 or len(false) < 40:
        return
    yes, no = [score(gap) for gap in true], [score(gap) for gap in false]
    row = [f"{area(yes, no):.3f}", *(f"{recall(yes, no, p):.2f}" for p in (0.97, 0.99))]
    print("|", " | ".join([name, f"{len(yes)}/{len(no)}", *row]), "|", flush=True)
