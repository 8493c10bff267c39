"""Fit the table of the characters that tell Japanese, Korean and West European text.

    python bench/fit_foreign_frequencies.py FOLDER "what it is" > foreign_frequencies.toml

FOLDER holds translations in files called `LANGUAGE/LC_MESSAGES/*.po`, as programs have them. Kana are
counted in Japanese, syllables in Korean and accented letters in ten languages that are written in
Windows-1252. A character's level is the negative natural logarithm of its share of all characters
outside ASCII, rounded, as in the table of Chinese characters; Latin letters are made three levels rarer,
as a file has but a few of them.

The table goes to lint/kanwu/documents/, where it tells encodings apart.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

LANGUAGES = {
    "japanese": (("ja",), re.compile("[\u3041-\u30ff]")),
    "korean": (("ko",), re.compile("[\uac00-\ud7a3]")),
    "latin": (
        ("da", "de", "es", "fi", "fr", "it", "nb", "nl", "pt", "sv"),
        re.compile("[\u00c0-\u00ff\u0152\u0153]"),
    ),
}
LAST_LEVEL = 9
RARER = {"latin": 3}
WIDTH = 72

HEADER = """\
# The characters that tell Japanese, Korean and West European text, where Chinese is looked for.
#
# Source: counted by bench/fit_foreign_frequencies.py over {size:,} characters of
# {what}.
# It holds frequencies of single characters, which are facts, and no text.
#
# Each level is the negative natural logarithm of a character's share, rounded to a whole number.
"""


def main() -> None:
    """Count, and print the table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(Path(sys.argv[1]).rglob("*/LC_MESSAGES/*.po")):
        for name, (languages, _) in LANGUAGES.items():
            if path.parts[-3] in languages:
                counts[name].update(c for c in path.read_text("utf-8") if c >= "\x80")
    print(HEADER.format(size=sum(c.total() for c in counts.values()), what=sys.argv[2]), end="")
    for name, (_, own) in LANGUAGES.items():
        levels = defaultdict(list)
        for character, count in sorted(counts[name].items()):
            if own.match(character):
                level = round(-math.log(count / counts[name].total()))
                if level <= LAST_LEVEL:
                    levels[level + RARER.get(name, 0)].append(character)
        print(f"\n[{name}]")
        for level in sorted(levels):
            text = "".join(levels[level])
            lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
            print(f'{level} = """', *lines, '"""', sep="\n")


if __name__ == "__main__":
    main()
