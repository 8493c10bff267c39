"""Fit the table of frequent Chinese characters.

    python bench/fit_character_frequencies.py ARTICLES "what they are" > character_frequencies.toml

ARTICLES is a folder of UTF-8 text files, or a .jsonl.gz file whose rows have "paragraphs" and "genre".
Genres (a folder is one) count alike, however much there is of each. A character's level is the
negative natural logarithm of its share of all characters, rounded; what is rarer than the last level
is left out. Within a level characters stand in order of code.

The table goes to lint/kanwu/documents/, where it tells encodings apart.
"""

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

LAST_LEVEL = 11
INDENTATION_LEVEL = 5
WIDTH = 72

HEADER = """\
# The most frequent characters of Chinese text outside ASCII, simplified and traditional.
#
# Source: counted by bench/fit_character_frequencies.py over {size:,} characters of
# {what},
# {genres} genres of equal weight. It holds frequencies of single characters, which are facts, and no text.
#
# Each level is the negative natural logarithm of a character's share, rounded to a whole number.
# U+3000 was set by hand: it indents paragraphs in files, and those counted had been trimmed.

[characters]
"""


def articles(source: Path) -> Iterator[tuple[str, str]]:
    """Each text with its genre."""
    if source.is_dir():
        for path in sorted(source.rglob("*.txt")):
            yield "", path.read_text(encoding="utf-8")
        return
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["genre"], "\n".join(row["paragraphs"])


def main() -> None:
    """Count, and print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for genre, text in articles(Path(sys.argv[1])):
        counts[genre].update(text)
    shares: Counter[str] = Counter()
    for count in counts.values():
        size = count.total()
        for character, number in count.items():
            shares[character] += number / size / len(counts)
    levels = defaultdict(list)
    for character, share in sorted(shares.items()):
        if character >= "\x80" and character.isprintable():
            levels[round(-math.log(share))].append(character)
    levels[INDENTATION_LEVEL].append("\\u3000")
    size = sum(count.total() for count in counts.values())
    print(HEADER.format(size=size, genres=len(counts), what=sys.argv[2]), end="")
    for level in range(min(levels), LAST_LEVEL + 1):
        text = "".join(levels[level])
        lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
        print(f'{level} = """', *lines, '"""', sep="\n")


if __name__ == "__main__":
    main()
