"""What kanwu, ftfy, autocorrect-py and zhlint make of the same damaged texts, side by side.

    python bench/peers.py SOURCE... [--articles NUMBER] [--write FILE]

A source is a file or a folder of clean UTF-8 texts, or a .jsonl or .jsonl.gz file with "text" or
"paragraphs" in each line. Every text is damaged in one known way at a time, by this program, and each
contestant repairs it as a user would have it do: kanwu with all rules of the families concerned, once
with safe fixes and once with unsafe ones too. zhlint takes part if it is installed (`npm install --global zhlint`).
Exact is what comes out as the text was before it was damaged; better and worse are told by the number of
characters that differ from it; on sound texts every change is harm.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import kanwu
from kanwu_rules.encoding.misreadings import LATIN, REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FAMILIES = ("ENC", "PUN")
# Half-width marks beside Han, full-width letters, odd blanks, entities, a closing quote that opens.
SLIP = re.compile(
    r"[一-鿿][,.:;?!()]|[,.:;?!()][一-鿿]|[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    r"|[\u00a0\u200b\u3000\ufeff]|&[#a-z]|(?:^|[一-鿿])”[一-鿿]{1,9}”|[一-鿿] [一-鿿]"
)
LONGEST = 300
"""Code points of a text that are used: whole paragraphs up to so many."""
FEWEST = 60
HALF_WIDTH = str.maketrans("，。：；？！（）", ",.:;?!()")
FULL_WIDTH = {code: code + 0xFEE0 for code in (*range(48, 58), *range(65, 91), *range(97, 123))}
HAN_PAIR = re.compile(r"(?<=[一-鿿])(?=[一-鿿])")
UNUSED_IN_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


class Channel(NamedTuple):
    """A kind of damage."""

    name: str
    damage: Callable[[str], str]


ZHLINT = ("npx", "--no-install", "zhlint")


def windows_1252(data: bytes) -> str:
    """Bytes as browsers read them in Windows-1252."""
    return "".join(
        chr(byte) if byte in UNUSED_IN_1252 else bytes([byte]).decode("cp1252") for byte in data
    )


def some(pattern: re.Pattern[str], put: str, share: float) -> Callable[[str], str]:
    """Damage that puts something at a share of the places of a pattern, the same at every call."""

    def damage(text: str) -> str:
        draw = random.Random(len(text))
        return pattern.sub(lambda _: put if draw.random() < share else "", text)

    return damage


CHANNELS = (
    Channel("sound", lambda text: text),
    Channel("UTF-8 as GB 18030", lambda text: text.encode().decode("gb18030", "replace")),
    Channel("UTF-8 as GBK", lambda text: text.encode().decode("gbk", "replace")),
    Channel("UTF-8 as Latin-1", lambda text: text.encode().decode("latin-1")),
    Channel(f"UTF-8 as {LATIN}", lambda text: windows_1252(text.encode())),
    Channel(
        f"the same twice ({LATIN})",
        lambda text: windows_1252(windows_1252(text.encode()).encode()),
    ),
    Channel("UTF-8 as Shift-JIS", lambda text: text.encode().decode("cp932", "replace")),
    Channel("GBK as Latin-1", lambda text: text.encode("gbk").decode("latin-1")),
    Channel("GBK as Big5", lambda text: text.encode("gbk").decode("big5", "replace")),
    Channel("Big5 as GBK", lambda text: text.encode("big5").decode("gbk", "replace")),
    Channel("half-width punctuation", lambda text: text.translate(HALF_WIDTH)),
    Channel("full-width letters and digits", lambda text: text.translate(FULL_WIDTH)),
    Channel("spaces between Han", some(HAN_PAIR, " ", 0.05)),
    Channel("zero-width spaces", some(HAN_PAIR, "\u200b", 0.05)),
    Channel("no-break spaces at line ends", lambda text: text.replace("\n", "\xa0\n")),
    Channel("entities", lambda text: text.replace("“", "&ldquo;").replace("”", "&rdquo;")),
)


def with_kanwu(*, unsafe: bool) -> Callable[[list[str]], list[str]]:
    """What `kanwu fix` writes."""
    words = ["--unsafe-fixes"] if unsafe else []

    def repair(texts: list[str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            written(folder, texts)
            command = [sys.executable, "-m", "kanwu", "fix", ".", *words, "--isolated"]
            command += ["--no-cache", "--select", ",".join(FAMILIES), "--exit-zero", "--quiet"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(done.stderr)
            return read(folder, len(texts))

    return repair


def with_ftfy(texts: list[str]) -> list[str]:
    """What `ftfy.fix_text` returns."""
    from ftfy import fix_text

    return [fix_text(text) for text in texts]


def with_autocorrect(texts: list[str]) -> list[str]:
    """What `autocorrect_py.format` returns."""
    from autocorrect_py import format as autocorrect

    return [autocorrect(text) for text in texts]


def with_zhlint(texts: list[str]) -> list[str]:
    """What `zhlint --fix` writes."""
    with tempfile.TemporaryDirectory() as folder:
        written(folder, texts)
        # It takes patterns, and a process each would take half a second a text.
        subprocess.run([*ZHLINT, "--fix", "*.txt"], cwd=folder, capture_output=True, check=False)
        return read(folder, len(texts))


def written(folder: str, texts: Sequence[str]) -> None:
    """Write each text as a file of a folder."""
    for number, text in enumerate(texts):
        Path(folder, f"{number}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))


def read(folder: str, count: int) -> list[str]:
    """The texts of those files."""
    return [
        Path(folder, f"{number}.txt").read_bytes().decode("utf-8", "surrogatepass")
        for number in range(count)
    ]


def contestants() -> Iterator[tuple[str, Callable[[list[str]], list[str]]]]:
    """Who takes part, with versions."""
    yield f"kanwu {kanwu.__version__}", with_kanwu(unsafe=False)
    yield "kanwu, unsafe fixes too", with_kanwu(unsafe=True)
    yield f"ftfy {version('ftfy')}", with_ftfy
    yield f"autocorrect-py {version('autocorrect-py')}", with_autocorrect
    if shutil.which("npx"):
        # Its --version fails, and npm knows.
        done = subprocess.run(
            ["npm", "ls", "--global", "--json", "zhlint"],
            capture_output=True,
            text=True,
            check=False,
        )
        found = json.loads(done.stdout or "{}").get("dependencies", {})
        if "zhlint" in found:
            yield f"zhlint {found['zhlint']['version']}", with_zhlint
            return
    print("zhlint is not installed and does not take part", file=sys.stderr)


def sources(paths: Sequence[str]) -> Iterator[str]:
    """The texts of some files and folders, each cut after a paragraph to no more than is used."""
    for path in map(Path, paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if ".jsonl" in file.name:
                opened = gzip.open if file.suffix == ".gz" else open
                with opened(file, "rt", encoding="utf-8") as lines:
                    for line in lines:
                        row = json.loads(line)
                        yield shortened(row.get("paragraphs") or row["text"].splitlines())
            elif file.is_file():
                yield shortened(file.read_text(encoding="utf-8").splitlines())


def shortened(paragraphs: Sequence[str]) -> str:
    """The first paragraphs, as many as are used."""
    kept: list[str] = []
    length = 0
    for paragraph in filter(None, map(str.strip, paragraphs)):
        length += len(paragraph)
        if kept and length > LONGEST:
            break
        kept.append(paragraph)
    return "\n".join(kept) + "\n"


def chosen(texts: Iterator[str], number: int) -> list[str]:
    """So many texts, drawn evenly, that are long enough and that every channel can carry."""
    fit = [
        text
        for text in texts
        if FEWEST <= len(text) <= 2 * LONGEST and "，" in text and is_sound(text)
    ]
    random.Random(1).shuffle(fit)
    return fit[:number]


def is_sound(text: str) -> bool:
    """Whether a text has none of the damage that is to be made, as far as a simple look tells."""
    return SLIP.search(text) is None and text.count("“") == text.count("”")


def distance(one: str, other: str) -> int:
    """How many characters each of two texts has that the other lacks, wherever they stand."""
    has, needs = Counter(one), Counter(other)
    return (has - needs).total() + (needs - has).total()


def outcome(text: str, damaged: str, repaired: str) -> str:
    """What became of one text."""
    if damaged == text:
        return "exact" if repaired == text else "harmed"
    if repaired == text:
        return "exact"
    if repaired == damaged:
        return "untouched"
    return "better" if distance(text, repaired) < distance(text, damaged) else "worse"


def rows(texts: Sequence[str]) -> Iterator[str]:
    """The lines of the table, one channel after the other."""
    known = list(contestants())
    yield "| damage | texts | " + " | ".join(name for name, _ in known) + " |"
    yield "| --- | ---: |" + " --- |" * len(known)
    for channel in CHANNELS:
        pairs = []
        for text in texts:
            try:
                damaged = channel.damage(text)
            except UnicodeEncodeError:
                continue
            if channel.name == "sound" or damaged != text:
                pairs.append((text, damaged))
        cells = [channel.name, str(len(pairs))]
        for _, repair in known:
            repaired = repair([damaged for _, damaged in pairs])
            counts = Counter(
                outcome(text, damaged, result)
                for (text, damaged), result in zip(pairs, repaired, strict=True)
            )
            cells.append(
                ", ".join(
                    f"{counts[word]} {word}"
                    for word in ("exact", "better", "untouched", "worse", "harmed")
                    if counts[word]
                )
            )
        print("|", " | ".join(cells), "|", file=sys.stderr, flush=True)
        yield f"| {' | '.join(cells)} |"


PAGE = """\
# Comparison

<!-- Written by bench/peers.py; do not edit. -->

What other fixers make of the same damaged texts: {count} Chinese articles in which a simple look finds no slip, their first paragraphs up to
{longest} characters, each damaged in one way at a time. "Exact" texts came out as they were before the damage,
"better" ones nearer to that, "worse" ones farther from it. What was sound has to stay as it is: a change
there is harm. Where a wrong reading loses bytes ({lost}) nothing can be exact but texts that happened to lose none.

kanwu repairs with the rules of {families}. ftfy and autocorrect-py are called as they come; neither was
made for all of this: ftfy mends the mojibake of European languages and writes half-width forms, autocorrect puts
spaces between Chinese and Latin letters, which counts as harm here although some want it, and in every
row. {zhlint}

{table}

{when}, Python {python}.
"""


def main() -> None:
    """Print the table, or write the page."""
    parser = argparse.ArgumentParser(description="Put kanwu and its peers side by side.")
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--articles", type=int, default=200, metavar="NUMBER")
    parser.add_argument("--write", metavar="FILE")
    words = parser.parse_args()
    texts = chosen(sources(words.sources), words.articles)
    table = "\n".join(rows(texts))
    if not words.write:
        print(table)
        return
    page = PAGE.format(
        count=len(texts),
        longest=LONGEST,
        lost=REPLACEMENT,
        families=" and ".join(FAMILIES),
        zhlint="" if "zhlint" in table else "zhlint was not installed.",
        table=table,
        when=datetime.now(tz=UTC).date().isoformat(),
        python=platform.python_version(),
    )
    Path(words.write).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
