"""Fit the weights of the signs that a paragraph is half of one, by logistic regression.

    python bench/fit_halves.py TORN

TORN is a .jsonl.gz file of documents that were torn on purpose: rows with "lines" and "gold", a list of
breaks with "kind", "line" and, where the other half is there, "line2", both from 0. Prints a table for
each kind of sign as rules/kanwu_rules/broken_paragraphs/halves.toml has them. Weights there that differ
were set by hand, as its head says.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Mapping

import numpy as np

from kanwu.analysis.roles import Role
from kanwu.documents.document import Document
from kanwu_rules.broken_paragraphs.halves import join_signs, label_signs
from kanwu_rules.broken_paragraphs.paragraphs import paragraphs_of
from kanwu_rules.broken_paragraphs.torn_search import FARTHEST, TORN, Search

FOREIGN = "interleave_para"
ROUNDS, RIDGE = 60, 0.3

Example = tuple[str, Mapping[str, float], bool]


def main() -> None:
    """Print the weights that fit the documents that the command line names."""
    examples: dict[str, list[tuple[Mapping[str, float], bool]]] = {}
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            for kind, signs, true in examples_of(row):
                examples.setdefault(kind, []).append((signs, true))
    for kind, some in examples.items():
        names = list(some[0][0])
        values = np.array([[float(signs[name]) for name in names] for signs, _ in some])
        weights = regression(values, np.array([true for _, true in some], float))
        print(f"[{kind}]  # {len(some)} examples, {sum(true for _, true in some)} of them true")
        for name, weight in zip(["constant", *names], weights, strict=True):
            print(f"{name} = {weight:.2f}")


def examples_of(row: Mapping) -> Iterator[Example]:
    """The labels, heads and pairs of a document with their signs, and whether they are halves."""
    breaks = [g for g in row["gold"] if g["kind"] != FOREIGN]
    rest = {g["line"]: g["line2"] for g in breaks if "line2" in g}
    tails = {g["line"] for g in breaks if g["kind"] != "head_cut"}
    heads = {g["line"] for g in breaks if g["kind"] == "head_cut"}
    text = "\n".join(row["lines"]) + "\n"
    search = Search(text, list(paragraphs_of(Document(text))))
    paragraphs = search.paragraphs
    for i, before in enumerate(paragraphs):
        if i in search.tails:
            if not before.is_prose:
                signs = label_signs(before, first=i == 0, titled=search.titled)
                yield "label", signs, before.line in tails
            for j in range(i + 1, min(len(paragraphs), i + 1 + FARTHEST)):
                after = paragraphs[j]
                if after.role in TORN:
                    signs = join_signs(text, before, after, paragraphs[i + 1 : j])
                    yield "join", signs, rest.get(before.line) == after.line
        if before.role is Role.BODY and before.line not in rest.values():
            yield "head", search.head_signs(i), before.line in heads


def regression(values: np.ndarray, true: np.ndarray) -> np.ndarray:
    """The constant and the weights of a logistic regression, by Newton's method with a small ridge."""
    design = np.column_stack([np.ones(len(values)), values])
    weights = np.zeros(design.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    ridge[0, 0] = 0
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (true - chance) - ridge @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
