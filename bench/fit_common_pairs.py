"""Write the pairs of characters that tell nothing of the subject of a text, since any text may have them.

    python bench/fit_common_pairs.py ARTICLES

ARTICLES is as for bench/fit_continuation.py. Every genre counts alike, so that a word which is frequent
in one genre alone still tells of a subject. The result lies beside
rules/kanwu_rules/broken_paragraphs/foreign_blocks.py.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

from fit_continuation import read

from kanwu.analysis.subjects import pairs
from kanwu_rules.broken_paragraphs import foreign_blocks
from kanwu_rules.broken_paragraphs.foreign_blocks import FUNCTION

PASSAGE = 600
"""Characters of the passages that are counted."""
LEAST = 0.02
"""Of the passages of a genre, in the mean over all genres, so many have the pair."""


def main() -> None:
    """Write the pairs of the articles that the command line names."""
    passages: Counter[str] = Counter()
    having: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in read(Path(sys.argv[1])):
        text = "\n".join(article.paragraphs)
        for at in range(0, len(text), PASSAGE):
            passages[article.genre] += 1
            having[article.genre].update(pairs(text[at : at + PASSAGE]))
    shares: Counter[str] = Counter()
    for genre, counts in having.items():
        for pair, count in counts.items():
            shares[pair] += count / passages[genre] / len(having)  # type: ignore[assignment]
    kept = [p for p, share in shares.items() if share >= LEAST and FUNCTION.isdisjoint(p)]
    target = Path(foreign_blocks.__file__).with_name("common_pairs.txt")
    target.write_text("".join(sorted(kept)) + "\n", encoding="utf-8")
    print(len(kept), "pairs")


if __name__ == "__main__":
    main()
