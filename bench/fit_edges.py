"""Fit the model that tells whether the beginning or the end of a line was torn off.

    python bench/fit_edges.py ARTICLES PAGES

ARTICLES is as for bench/fit_continuation.py. PAGES is a .jsonl.gz file of web pages: rows with "lines", each
with its "text". Their lines without a full stop are taken for whole ones. The model is fitted on 85 % of both and judged on the
others; then it is fitted on all, and written beside rules/kanwu_rules/broken_paragraphs/edges.py.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from struct import pack
from typing import NamedTuple

import numpy as np
from fit_continuation import SEED, read
from gaps import NO_CUT_AFTER, PUNCTUATED, Article, area, recall

from kanwu.analysis.languages import Language
from kanwu.analysis.roles import Role
from kanwu.documents.document import Document
from kanwu_rules.broken_paragraphs import edges as model
from kanwu_rules.broken_paragraphs.paragraphs import INSIDE, LONG, End, Paragraph, paragraphs_of

# Code points of what is cut, of each side of a cut, and of a whole paragraph.
LONG_ENOUGH_TO_CUT, LEAST_SIDE, LEAST_WHOLE = 30, 6, 8
# Cuts of each paragraph, and so many times more of an encyclopaedia, which has few.
CUTS, CUTS_TIMES = 4, 4
# Beginnings of sentences inside a paragraph that are taken for whole ones, and what each weighs.
SENTENCES, SENTENCE_WEIGHT = 3, 0.25
SENTENCE = re.compile(r"(?<=[。！？])[”」』]?\s*(?=[^”」』）)。！？\s].{7})")
# Torn lines to each whole one.
TORN_TIMES = 3
# Adagrad over batches: its rate, what its rate is divided by at first, what draws the weights to zero.
BATCH, PASSES, RATE, FIRST, DECAY = 128, 6, 0.1, 10.0, 3e-5


PAGE, PAGE_WEIGHT = "web page", 2.0


class Example(NamedTuple):
    """A text, whether its edge is torn, and what it weighs."""

    text: str
    torn: bool
    weight: float = 1.0


def pages(source: Path) -> Iterator[Article]:
    """The web pages of a file."""
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield Article(PAGE, "", [line["text"].replace("\n", " ") for line in row["lines"]])


def paragraphs_in(article: Article) -> list[Paragraph]:
    """The Chinese paragraphs of an article, headings included."""
    text = "\n\n".join([article.title, *article.paragraphs]) + "\n"
    return [p for p in paragraphs_of(Document(text)) if p.language is Language.ZH]


def heads(articles: Iterable[Article], rng: random.Random) -> Iterator[Example]:
    """Beginnings of paragraphs and of sentences, and what is left of paragraphs behind a cut."""
    for article in articles:
        if article.genre == PAGE:
            continue
        times = CUTS * (CUTS_TIMES if article.genre.startswith("wiki") else 1)
        for paragraph in paragraphs_in(article):
            text = paragraph.text
            if paragraph.role is not Role.BODY or len(text) < LEAST_WHOLE:
                continue
            yield Example(text, torn=False)
            for start in [found.end() for found in SENTENCE.finditer(text)][:SENTENCES]:
                yield Example(text[start:], torn=False, weight=SENTENCE_WEIGHT)
            yield from (Example(head, torn=True) for _, head in cuts(text, len(text), times, rng))


def lines(articles: Iterable[Article], rng: random.Random) -> Iterator[Example]:
    """Headlines and other lines without a full stop, and the beginnings of paragraphs up to a cut."""
    whole, torn = [], []
    for article in articles:
        whole += labels(article)
        if article.genre == PAGE:
            continue
        for paragraph in paragraphs_in(article):
            text = paragraph.text
            if paragraph.role is Role.BODY:
                torn += [
                    Example(tail, torn=True)
                    for tail, _ in cuts(text, LONG, CUTS, rng)
                    if may_be_heading(tail)
                    and tail[-1] not in INSIDE
                    and tail[-1] not in PUNCTUATED
                ]
    yield from whole
    yield from rng.sample(torn, min(len(torn), TORN_TIMES * len(whole)))


def labels(article: Article) -> Iterator[Example]:
    """The lines of an article that may be headlines, and of a page all that may be."""
    for paragraph in paragraphs_in(article):
        if may_be_heading(paragraph.text) and paragraph.ends in (End.OPEN, End.BRACKET):
            yield Example(
                paragraph.text, torn=False, weight=PAGE_WEIGHT if article.genre == PAGE else 1
            )


def may_be_heading(text: str) -> bool:
    """Whether a line is short, and of one or two clauses."""
    return len(text) < LONG and sum(map(text.count, INSIDE)) < 2 and not set("。！？；") & set(text)


def cuts(text: str, last: int, times: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Both sides of cuts of a text that are uniform over its characters, up to some place."""
    if len(text) < LONG_ENOUGH_TO_CUT:
        return
    for _ in range(times):
        at = rng.randrange(LEAST_SIDE, min(last, len(text) - LEAST_SIDE + 1))
        tail, head = text[:at].rstrip(), text[at:].lstrip()
        if head and tail[-1] not in NO_CUT_AFTER:
            yield tail, head


class Table:
    """A weight for each feature, and a constant."""

    def __init__(self, features: Callable[[str], Iterable[int]], size: int) -> None:
        self.features = features
        self.weights = np.zeros(size)
        self.constant = 0.0

    def rows(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The features of texts, one text after another, and where each text begins."""
        rows = [sorted({f % len(self.weights) for f in set(self.features(text))}) for text in texts]
        first = np.cumsum([0, *map(len, rows)])
        return np.array([feature for row in rows for feature in row], np.int32), first

    def learn(self, examples: Sequence[Example]) -> None:
        """Logistic regression by Adagrad."""
        rng = np.random.default_rng(SEED)
        features, first = self.rows([example.text for example in examples])
        torn = np.array([example.torn for example in examples], float)
        weight = np.array([example.weight for example in examples])
        self.constant = float(np.log((weight * torn).sum() / (weight * (1 - torn)).sum()))
        seen = np.full(len(self.weights), FIRST)
        for number in range(PASSES):
            order = rng.permutation(len(examples))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                sizes = first[batch + 1] - first[batch]
                at = np.concatenate([features[first[i] : first[i + 1]] for i in batch])
                ends = np.cumsum(sizes)
                odds = self.constant + np.add.reduceat(self.weights[at], ends - sizes)
                slope = weight[batch] * (1 / (1 + np.exp(-odds)) - torn[batch])
                slopes = np.repeat(slope, sizes)
                np.add.at(seen, at, slopes**2)
                step = RATE * (0.5 if number == PASSES - 1 else 1)
                np.add.at(self.weights, at, -step * slopes / np.sqrt(seen[at]))
            self.weights *= 1 - DECAY * len(order) / BATCH

    def packed(self) -> tuple[float, float, bytes]:
        """The constant, what one unit of a weight stands for, and the weights as small numbers."""
        unit = float(np.quantile(np.abs(self.weights), 0.9998)) / 127
        small = np.clip(np.round(self.weights / unit), -127, 127).astype("i1")
        return self.constant, unit, small.tobytes()


KINDS = {
    "head": (heads, model.head_features, model.HEAD_WEIGHTS),
    "line": (lines, model.line_features, model.LINE_WEIGHTS),
}


def fitted(articles: Sequence[Article]) -> bytes:
    """The file: two constants with their units, two tables of weights."""
    tables = []
    for sample, features, size in KINDS.values():
        table = Table(features, size)
        table.learn([*sample(articles, random.Random(SEED))])
        tables.append(table.packed())
    numbers = [number for constant, unit, _ in tables for number in (constant, unit)]
    return pack("<4f", *numbers) + b"".join(weights for _, _, weights in tables)


def report(edges: model.Edges, articles: Sequence[Article]) -> None:
    """Print how the model does on articles that it has not seen."""
    for name, score in (("head", edges.torn_head), ("line", edges.torn_line)):
        examples = [*KINDS[name][0](articles, random.Random(SEED))]
        torn = [score(example.text) for example in examples if example.torn]
        whole = [score(e.text) for e in examples if not e.torn and e.weight >= 1]
        rates = [f"{recall(torn, whole, precision):.2f}" for precision in (0.97, 0.99)]
        print("|", " | ".join([name, f"{area(torn, whole):.3f}", *rates]), "|")


def main() -> None:
    """Fit, judge, and write."""
    articles = [*read(Path(sys.argv[1])), *pages(Path(sys.argv[2]))]
    random.Random(SEED).shuffle(articles)
    cut = int(len(articles) * 0.85)
    report(model.Edges(fitted(articles[:cut])), articles[cut:])
    data = fitted(articles)
    Path(model.__file__).with_suffix(".bin").write_bytes(data)
    print(len(data), "bytes")


if __name__ == "__main__":
    main()
