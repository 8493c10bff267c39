"""What `growth.py` runs every rule over: ordinary text, and inputs made to provoke a rule."""

from __future__ import annotations

import random
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kanwu.documents.document import Markup

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


class Input(NamedTuple):
    """A text of any length: what it is called, and how it is made."""

    name: str
    text: Callable[[int], str]
    """From a number of characters to a text of so many."""
    markup: Markup = "plain"
    whole: bool = False
    """Whether it is doubled up to three megabytes, however well smaller ones can be measured."""

    def document(self, size: int) -> Document:
        return Document(self.text(size), markup=self.markup)


def repeated(unit: str) -> Callable[[int], str]:
    """One string over and over."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def joined(parts: Callable[[], Iterator[str]]) -> Callable[[int], str]:
    """The parts of an endless series, one after another; the same at every call."""

    def text(size: int) -> str:
        taken: list[str] = []
        length = 0
        for part in parts():
            taken.append(part)
            length += len(part)
            if length >= size:
                break
        return "".join(taken)[:size]

    return text


def prose(end: str) -> Iterator[str]:
    """Paragraphs of five sentences of the seeds, drawn at random."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    known = [
        sentence + "。" for line in text.splitlines() for sentence in line.split("。") if sentence
    ]
    draw = random.Random(1)
    while True:
        yield "".join(draw.choices(known, k=5)) + end


def numbered(template: str) -> Iterator[str]:
    """Lines that differ in a number of nine digits."""
    draw = random.Random(2)
    while True:
        yield template.format(draw.randrange(10**8, 10**9))


def opened_then_closed(opener: str, closer: str) -> Iterator[str]:
    """Only openers and then only closers, in blocks that get longer and longer."""
    for depth in count(11):
        yield opener * 2**depth + closer * 2**depth


RUNS = {
    "spaces": " ",
    "no-break spaces": "\xa0",
    "ideographic spaces": "\u3000",
    "tabs": "\t",
    "line ends": "\n",
    "CRLF": "\r\n",
    "form feeds": "\f",
    "NUL": "\0",
    "digits": "1",
    "full-width digits": "１",
    "dots": ".",
    "full stops": "。",
    "commas": ",",
    "full-width commas": "，",
    "colons": ":",
    "hyphens": "-",
    "dashes": "—",
    "ellipses": "…",
    "underscores": "_",
    "slashes": "/",
    "stars": "*",
    "hashes": "#",
    "at signs": "@",
    "ampersands": "&",
    "greater-than signs": ">",
    "less-than signs": "<",
    "opening brackets": "(",
    "closing brackets": ")",
    "full-width opening brackets": "（",
    "opening square brackets": "[",
    "opening title marks": "《",
    "closing title marks": "》",
    "opening quotes": "“",
    "closing quotes": "”",
    "straight quotes": '"',
    "apostrophes": "'",
    "backticks": "`",
    "one letter": "a",
    "one Han character": "看",
    "two Han characters": "研究",
    "replacement characters": "\ufffd",
    "zero-width spaces": "\u200b",
    "bidi controls": "\u202e",
    "private-use characters": "\ue000",
    "undecodable bytes": "\udcb0",
    "astral characters": "\U00020000",
    "empty brackets": "()",
    "empty title marks": "《》",
    "brackets around Han": "（看）",
    "Han and commas": "看,",
    "Han and spaces": "看 ",
    "Han, comma, space": "看, ",
    "letters and dots": "a.",
    "digits and dots": "1.",
    "digits and commas": "1,",
    "entities": "&amp;",
    "Han and entities": "看&amp;",
    "Han and escapes": "看\\u4e2d\\u6587",
    "Han and percent signs": "看%E4%B8%AD%E6%96%87",
    "Han and CR": "看\r",
    "all ends of lines": "看\r看\r\n看\n",
    "Han and control characters": "看\x08",
    "Han and private use": "看\ue601",
    "Han and no-break spaces": "看\xa0",
    "Han and zero-width spaces": "看\u200b",
    "Han and bidi controls": "看\u202e",
    "Han and variation selectors": "看\U000e0100",
    "Han and replacement characters": "看\ufffd",
    "Han and question marks": "，??看",
    "radicals": "⼈",
    "combining marks": "e\u0301",
    "pinyin in brackets": "會(huì)",
    "remains of bytes": "锟斤拷看",
    "lines with a misread word": "大会在骞垮窞举行。\n",
    "bytes as Latin letters": "ä¸\xadå›½",
    "addresses": "http://",
    "mail addresses": "a@b.",
    "breadcrumbs": "首页 > ",
    "contact words": "QQ群",
    "short lines": "看\n",
    "short sentences": "看。\n",
    "lines of two marks": ",，\n",
    "lines of brackets": "（\n",
    "blank lines with spaces": " \n",
    "paragraphs of one character": "看\n\n",
    "the same paragraph": "研究人员指出，这项工作在一九九八年就已经开始，并且一直没有停止。\n\n",
}
MARKDOWN = {
    "backticks": "`",
    "code spans": "`a`",
    "unequal backticks": "`` ` ",
    "stars": "*a",
    "opening square brackets": "[",
    "links": "[看](a) ",
    "unclosed links": "[看](",
    "images": "![",
    "less-than signs": "<",
    "tags": "<a ",
    "comments": "<!--",
    "quotes": "> ",
    "nested lists": "- ",
    "list lines": "- 看\n",
    "headings": "# 看\n",
    "fences": "```\n",
    "table rows": "| 看 ",
    "reference definitions": "[看]: a\n",
    "dollars": "$",
    "escapes": "\\",
}


def inputs() -> list[Input]:
    """What every rule is run over."""
    return [
        Input("ordinary text", joined(lambda: prose("\n\n"))),
        Input("ordinary Markdown", joined(lambda: prose("\n\n")), "markdown"),
        Input("one line of ordinary text", joined(lambda: prose("")), whole=True),
        Input("hundreds of thousands of short lines", repeated("看，1\n"), whole=True),
        Input(
            "paragraphs without an end",
            repeated("他说这个项目的建设取得了很大的发展，我们将继续努力做好（\n"),
            whole=True,
        ),
        Input("numbered groups", joined(lambda: numbered("微信群：{}\n"))),
        Input("numbered names", joined(lambda: numbered("第{0}群 {0}\n"))),
        Input("nested brackets", joined(lambda: opened_then_closed("（", "）"))),
        Input("nested title marks", joined(lambda: opened_then_closed("《", "》"))),
        *(Input(name, repeated(unit)) for name, unit in RUNS.items()),
        *(
            Input(f"{name}, Markdown", repeated(unit), "markdown")
            for name, unit in MARKDOWN.items()
        ),
    ]
