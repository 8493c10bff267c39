"""How well encodings are told, and how exactly texts are read.

    python bench/reading.py SOURCE... [--sizes 50 200 1000] [--cuts 200] [--limit 100] [--show 3]

A SOURCE is a file or folder of texts in UTF-8, or a .jsonl or .jsonl.gz file whose rows have "text", or
"paragraphs" and perhaps "title". Every text is written in every encoding (for Big5 and EUC-TW in
traditional characters, if opencc is there), and read whole and in cuts: `cut` begins and ends with a
character, `torn` wherever it falls. A text counts as right if every character in it is; of a torn one
those at the ends are left out, two whole ones at the beginning, where half a character may take some bytes
of the next. Characters that an encoding lacks are dropped. UTF-8 is read with one
bad byte put in (`cut`) or put over another (`torn`).

With --encoded NAME the sources are files in that encoding as they are, and are read whole.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpora import texts

from kanwu.documents.decoding import decode
from kanwu.documents.transcoding import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CODECS = (
    "gb18030", "big5hkscs", "euc-tw", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be",
)  # fmt: skip
TRADITIONAL = {"big5hkscs", "euc-tw"}


@cache
def traditional() -> Callable[[str], str]:
    """What writes a text in traditional characters."""
    try:
        from opencc import OpenCC
    except ImportError:
        return str
    converted: Callable[[str], str] = OpenCC("s2t").convert
    return converted


def encoded(text: str, codec: str) -> tuple[str, list[bytes]]:
    """The characters of a text that an encoding has, together and one by one in it."""
    codes: dict[str, bytes] = {}
    for character in set(text):
        with contextlib.suppress(UnicodeEncodeError):
            codes[character] = write(codec, character)
    kept = "".join(filter(codes.__contains__, text))
    return kept, [codes[c] for c in kept]


class Table:
    """Counts by encoding and kind of cut."""

    def __init__(self, show: int) -> None:
        self.right: dict[tuple[str, str], int] = defaultdict(int)
        self.tried: dict[tuple[str, str], int] = defaultdict(int)
        self.show = show

    def count(self, codec: str, kind: str, data: bytes, wanted: str, *, torn: bool = False) -> None:
        """Read some bytes and see whether they are read as they should be."""
        decoded = decode(data)
        found = decoded.text
        right = wanted[2:-1] in found if torn else found == wanted
        self.tried[codec, kind] += 1
        self.right[codec, kind] += right
        if not right and self.tried[codec, kind] - self.right[codec, kind] <= self.show:
            print(
                f"{codec} {kind}: {decoded.encoding} {found[:40]!r} for {wanted[:40]!r}",
                file=sys.stderr,
            )

    def lines(self) -> Iterator[str]:
        """The table in Markdown."""
        kinds = list(dict.fromkeys(kind for _, kind in self.tried))
        yield "| encoding | " + " | ".join(kinds) + " |"
        yield "| --- |" + " --: |" * len(kinds)
        for codec in dict.fromkeys(codec for codec, _ in self.tried):
            cells = [self.cell(codec, kind) for kind in kinds]
            yield f"| {codec} | " + " | ".join(cells) + " |"

    def cell(self, codec: str, kind: str) -> str:
        """How many of how many were right, in per cent."""
        tried = self.tried[codec, kind]
        return f"{100 * self.right[codec, kind] / tried:.2f} ({tried:,})" if tried else ""


def measure(table: Table, text: str, sizes: list[int], cuts: int, chance: random.Random) -> None:
    """Read a text in every encoding, whole and in cuts."""
    converted = {True: traditional()(text), False: text}
    for codec in CODECS:
        kept, codes = encoded(converted[codec in TRADITIONAL], codec)
        data = b"".join(codes)
        ends = list(accumulate(map(len, codes), initial=0))
        table.count(codec, "whole", data, kept)
        for size in sizes:
            for start in places(len(data) - size, cuts, chance):
                first, last = bisect_left(ends, start), bisect_right(ends, start + size) - 1
                wanted = kept[first:last]
                if wanted.isascii():
                    continue
                table.count(codec, f"{size} cut", data[ends[first] : ends[last]], wanted)
                table.count(codec, f"{size} torn", data[start : start + size], wanted, torn=True)
    table.count("hz", "whole", *reversed(hz(text)))
    data = text.encode()
    for size in sizes:
        for start in places(len(data) - size, cuts, chance):
            piece = data[start : start + size].decode(errors="ignore").encode()
            at, byte = chance.randrange(len(piece)), bytes([chance.randrange(0x80, 0x100)])
            for kind, rest in (("cut", piece[at:]), ("torn", piece[at + 1 :])):
                bad = piece[:at] + byte + rest
                if not piece.isascii():
                    wanted = bad.decode("utf-8", "surrogateescape")
                    table.count("utf-8, one bad byte", f"{size} {kind}", bad, wanted)


def hz(text: str) -> tuple[str, bytes]:
    """What HZ has of a text, and its bytes."""
    data = text.encode("hz", "ignore")
    return data.decode("hz"), data


def places(last: int, most: int, chance: random.Random) -> Sequence[int]:
    """Where cuts begin."""
    everywhere = range(max(0, last))
    return everywhere if len(everywhere) <= most else chance.sample(everywhere, most)


def files(folder: Path) -> Iterator[bytes]:
    """The bytes of a file, or of all files of a folder."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.is_file():
            yield path.read_bytes()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How well encodings are told.")
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[50, 200, 1000], help="bytes of a cut"
    )
    parser.add_argument("--limit", type=int, help="take so many texts of a source at most")
    parser.add_argument("--cuts", type=int, default=200, help="so many cuts of a text and size")
    parser.add_argument("--show", type=int, default=0, help="so many failures of each kind")
    parser.add_argument("--encoded", help="the Python codec in which the sources are written")
    given = parser.parse_args()
    table = Table(given.show)
    chance = random.Random(1)
    for source in given.sources:
        if given.encoded:
            for data in files(source):
                wanted = data.decode(given.encoded, "surrogateescape")
                table.count(given.encoded, "whole", data, wanted)
        else:
            for text in islice(texts(source), given.limit):
                measure(table, text, given.sizes, given.cuts, chance)
    print(*table.lines(), sep="\n")


if __name__ == "__main__":
    main()
