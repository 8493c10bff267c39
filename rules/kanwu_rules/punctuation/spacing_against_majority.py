"""PUN010 spacing-against-majority."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Good, Option, Pattern, Rule, Safety, Span
from kanwu.analysis.languages import KANA, Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu.engine.triggers import TextTrigger
from kanwu_rules.punctuation.chinese_marks import outside
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding

JUNCTION = Pattern("[A-Za-z0-9%] (?= [ ]? [一-龥] ) | [一-龥] (?= [ ]? [A-Za-z0-9] )")
# Code, addresses, files, and what is quoted word for word.
LITERAL = Pattern(r"""
      ` [^`\n]{1,200} `
    | [A-Za-z]{2,10} :// [!-~]{1,2000}
    | www\. [!-~]{1,2000}
    | [“「『《〈【] [^”」』》〉】\n]{1,80} [”」』》〉】]
    | " [^"\n]{1,80} "
    | [A-Za-z0-9_-]{0,40} (?: [/\\_@] [A-Za-z0-9_.-]{1,60} ){1,20}
    | (?<! [A-Za-z0-9] ) [A-Za-z0-9_-]{1,40} (?: \. [A-Za-z]{1,8} )+ (?! [A-Za-z0-9] )
""")
PROSE = frozenset((Role.BODY, Role.LIST_ITEM, Role.CAPTION))
FEWEST = 8
"""Junctions of one kind from which a habit can be told."""
CLEAR = 0.8
"""Share of them that makes a majority."""
TABLE = Pattern(r"\t | [ ]{2} | \|")
HEAD = 6
"""Code points at the beginning of a line, where a space may stand behind a number or a label."""


class Junction(NamedTuple):
    """A place where Han meets a letter or a digit."""

    at: int
    """The offset of the space between them, or of the second of them."""
    spaced: bool
    digit: bool


class Junctions(TextTrigger):
    """What stands before each place where Han meets an ASCII letter or digit, with one space or none."""

    @property
    def key(self) -> tuple[object, ...]:
        return ("Han beside ASCII",)

    def find(self, text: str) -> Iterator[Span]:
        for match in JUNCTION.finditer(text):
            yield Span(*match.span())


class SpacingAgainstMajority(Rule):
    """Some spaces between Han and Latin letters or digits are set otherwise than in the rest of the text.

    Whether 使用Linux系统 or 使用 Linux 系统 looks better is a matter of taste: newspapers and official papers
    set no space, many technical writers do. A text that does both looks put together. The rule
    follows the majority of the document, for letters and for digits apart; with the option `spacing` it asks
    for a space everywhere, or nowhere.

    A document with more than five exceptions has one finding with their number, and one fix, which is
    safe.

    **What it leaves alone.** Documents with fewer than eight such places, or without a clear majority; code,
    addresses, names of files, and what stands in quotes and title marks; single letters, which make one word
    with Han (A股, T恤); titles and headings, whose halves a space may part; spaces near the beginning of a line, behind a number or a label (图1 结构); tables;
    lines that are not Chinese. Spaces beside punctuation.

    **Source.** W3C, Requirements for Chinese Text Layout, 3.2.2: a typesetting program parts Han and Latin by
    itself, and a space is not needed. That the document decides is this project's choice.
    """

    code = "PUN010"
    name = "spacing-against-majority"
    safety = Safety.SAFE
    default = False
    where = (Junctions(),)
    spacing = Option(
        "majority",
        "a space between Han and Latin letters or digits: always, never, or as in the majority of such "
        "places of the document",
        choices=("majority", "always", "never"),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "a space between Han and a Latin letter or digit is missing here, or too many: the rest of "
        "the text, or the setting, has it otherwise",
        "many": "{count} spaces between Han and Latin letters or digits are missing, or too many: the "
        "rest of the text, or the setting, has it otherwise",
        "again": "here too",
        "repair": "space them alike",
    }
    examples = (
        Bad(
            "今年我们在新的 Linux 系统上用 Python 编写脚本，再用 Docker 部署到 AWS 服务器，最后用Git管理。",
            "今年我们在新的 Linux 系统上用 Python 编写脚本，再用 Docker 部署到 AWS 服务器，最后用 Git 管理。",
            finds=("", ""),
        ),
        Bad(
            "2020年5月12日，共有300人参加，其中120人来自20个国家，另有 30人请假，2天后结束。",
            "2020年5月12日，共有300人参加，其中120人来自20个国家，另有30人请假，2天后结束。",
            finds=(" ",),
        ),
        Bad(
            "共有20人。",
            "共有 20 人。",
            finds=("", ""),
            options={"spacing": "always"},
        ),
        Good("在Linux系统上，用 Python 编写。"),
        Good(
            "购买A股、T恤，使用`x在y`，见《使用 Go 编程》和“用 C 编程”。",
            options={"spacing": "never"},
        ),
        Good("表1 结果\n1 引言\n图2 结构", options={"spacing": "never"}),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        slips: list[Slip] = []
        found = list(junctions(document, places))
        for digit in (False, True):
            group = [junction for junction in found if junction.digit is digit]
            spaced = self._is_spaced(group)
            if spaced is None:
                continue
            slips += (
                Slip(j.at, j.at + j.spaced, " " if spaced else "")
                for j in group
                if j.spaced is not spaced
            )
        yield from tell(self, document, sorted(slips))

    def _is_spaced(self, group: Sequence[Junction]) -> bool | None:
        """Whether there should be a space at some junctions; None where nobody says."""
        if self.spacing != "majority":
            return self.spacing == "always"
        spaced = sum(junction.spaced for junction in group)
        most = max(spaced, len(group) - spaced)
        if len(group) < FEWEST or most < CLEAR * len(group):
            return None
        return spaced == most


def junctions(document: Document, places: Sequence[Span]) -> Iterator[Junction]:
    """The junctions in Chinese prose at some places."""
    text = document.text
    lines, languages = document.get(Lines), document.get(Languages)
    literal = [(m.start(), m.end() + 1) for m in LITERAL.finditer(text)]
    judged, prose = -1, False
    for at in outside([end for _, end in places], literal):
        line = lines.index(at)
        if line != judged:
            judged = line
            row = lines[line]
            prose = (
                languages.of_line(line) is Language.ZH
                and not KANA.search(row)
                and not TABLE.search(row)
                and document.get(Roles).of_lines[line] in PROSE
            )
        if not prose:
            continue
        spaced = text[at] == " "
        ascii_first = text[at - 1].isascii()
        letter = at - 1 if ascii_first else at + spaced
        if spaced and at - lines.starts[line] < HEAD:
            continue
        if text[letter].isalpha() and is_single(text, letter):
            continue
        yield Junction(at, spaced, not text[letter].isalpha())


def is_single(text: str, at: int) -> bool:
    """Whether a letter stands alone."""
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return not any(c.isascii() and c.isalnum() for c in around)
