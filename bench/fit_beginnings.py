"""Write the pairs of characters with which whole sentences begin.

    python bench/fit_beginnings.py ARTICLES

ARTICLES is as for bench/fit_continuation.py. Left out are pairs after which the model of continuations
would take a paragraph for the rest of a sentence, and pairs that stand inside sentences far more often. The result lies beside
rules/kanwu_rules/broken_paragraphs/first_look.py, which looks no further where a paragraph begins so.
"""

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from fit_continuation import read

from kanwu_rules.broken_paragraphs import first_look
from kanwu_rules.broken_paragraphs.continuation import continuation

SAFE = 2.0
"""Odds, in nats, of being the rest of a sentence, by two characters alone."""
LEAST_SHARE, LATER = 0.01, 0.3
"""How many of the places where a pair stands are beginnings of paragraphs; those of later sentences count less."""

# Words that begin like the rest of a sentence, and that the articles may not have.
WORDS = "的确的士的哥了解了却了得着手着力着眼着重着实和平和谐和睦与会与其地方地区得到得知得益"


def main() -> None:
    """Write the pairs of the articles that the command line names."""
    model = continuation()
    begins: Counter[str] = Counter()
    stands: Counter[str] = Counter()
    for article in read(Path(sys.argv[1])):
        for paragraph in article.paragraphs:
            for number, said in enumerate(
                map(str.strip, paragraph.replace("。", "。\n").split("\n"))
            ):
                if len(said) > 1:
                    begins[said[:2]] += LATER if number else 1
                    stands.update(map("".join, pairwise(said)))
    kept = {
        pair
        for pair, count in begins.items()
        if count > LEAST_SHARE * stands[pair] and model.cut_head(pair) < SAFE
    }
    kept.update(WORDS[at : at + 2] for at in range(0, len(WORDS), 2))
    target = Path(first_look.__file__).with_name("beginnings.txt")
    target.write_text("".join(sorted(kept)) + "\n", encoding="utf-8")
    print(len(kept), "pairs")


if __name__ == "__main__":
    main()
