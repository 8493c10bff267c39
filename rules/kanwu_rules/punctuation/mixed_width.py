"""PUN003 mixed-width."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import (
    Bad,
    Between,
    CharacterClass,
    Characters,
    Good,
    Literals,
    Matches,
    Pattern,
    Rule,
    Safety,
    Span,
)
from kanwu.analysis.lines import Lines
from kanwu_rules.punctuation.marked_line import HAN_OR_KANA
from kanwu_rules.punctuation.slips import tell
from kanwu_rules.punctuation.width_mixtures import (
    CLOCK,
    PERCENT,
    exceptions,
    in_chinese,
    in_english,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding
    from kanwu_rules.punctuation.slips import Slip

LETTERS = ("09", "AZ", "az")
ASCII = CharacterClass(".", ranges=LETTERS)
# An ASCII letter or digit with a full-width mark behind it that goes on in ASCII.
BEHIND_ASCII = Matches(
    Pattern(r"""
    [0-9A-Za-z.] [，；：？！．％）]
    (?: (?<= ％ ) | (?<= [，；：？！．] ) (?= [ ]? [0-9A-Za-z] ) | (?<= ） ) (?= [ ] [A-Za-z] ) )
    """),
    Between("，；：？！．）", before=ASCII, behind=CharacterClass(" ", ranges=LETTERS)),
    Between("％", before=ASCII),
)

PAIRS = (
    "，,",
    ",，",
    "。,",
    ",。",
    "；,",
    ",；",
    "：,",
    ",：",
    "、,",
    ",、",
    "；;",
    ";；",
    "：:",
    ":：",
    "。.",
    ".。",
)
WORD = Pattern(r"(?<! [A-Za-z] ) [A-Za-z]{1,30} (?= [ ] )")
FEWEST_WORDS = 6
"""Words of a line that can be an English sentence."""
LONGEST_LINE = 5000
"""Code points; a longer line is no paragraph, and is left alone."""


class MixedWidth(Rule):
    """What belongs together is written half in one width and half in the other.

    A number such as 3．5 or 25，300人, a pair of brackets such as ［1], two forms of one mark side by side
    (，,), an English sentence with full-width commas, and a document that writes 20% here and 20％ there:
    an input method was switched too late, or two sources came together. No search for one form finds the
    other, and programs read neither number.

    Full-width marks in English become half-width, with a space behind them where one is missing. Times
    (9:30, 9：30) become half-width, and of the percent sign the form stays that the document writes more
    often. These fixes are safe; where two different marks stand side by side, and for thousands, they are unsafe.

    **What it leaves alone.** A half-width mark beside Han, letters and digits that are full-width, and
    round brackets in Chinese, all of which have rules of their own; full-width marks between Latin words
    of a Chinese sentence, which are right; percent signs and times that are full-width throughout; ratios
    and scores (3：2); the numbers of lists and sections at the beginning of a line (1．2020年); lists of
    numbers (101，102，103); half-width katakana.

    **Source.** GB/T 15834—2011, 5.1, on the place that marks take; GB/T 15835—2011, 5.2, on numbers; the
    rest is consistency alone.
    """

    code = "PUN003"
    name = "mixed-width"
    safety = Safety.SAFE
    where = (
        BEHIND_ASCII,
        Literals(*PAIRS),
        Characters("［］｛｝"),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” mixes full and half width; what belongs together takes one: “{repaired}”",
        "many": "full and half width are mixed in {count} places, the first is “{found}”",
        "again": "here too",
        "repair": "write one width",
    }
    examples = (
        Bad(
            "同比增长3．5个百分点，共有25，300人参加。",
            "同比增长3.5个百分点，共有25,300人参加。",
            ("3．5", "25，300"),
        ),
        Bad(
            "见参考文献［1]，其他的不多，,很难找。",
            "见参考文献[1]，其他的不多，很难找。",
            ("［1]", "，,"),
        ),
        Bad(
            "第一季度增长20%，第二季度增长30%，第三季度增长25％。",
            "第一季度增长20%，第二季度增长30%，第三季度增长25%。",
            ("25％",),
        ),
        Bad(
            "The conference was held in Guangzhou，and guests from many countries attended it.",
            "The conference was held in Guangzhou, and guests from many countries attended it.",
            ("，",),
        ),
        Good("支持Windows，Linux和macOS，以3：2取胜，增长20％。"),
        Good("1．2020年工作总结\n2．2021年工作要点\n房间号是101，102，103。"),
        Good("请输入“，,”两个符号。半角片假名ｱｲｳ不算。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines = document.get(Lines)
        slips: list[Slip] = []
        for line in dict.fromkeys(lines.index(at) for at, _ in places):
            start, end = lines.starts[line], lines.ends[line]
            if end - start > LONGEST_LINE:
                continue
            if HAN_OR_KANA.search(text, start, end):
                slips += in_chinese(text, start, end)
            elif len(WORD.compiled.findall(text, start, end)) >= FEWEST_WORDS:
                slips += in_english(text, start, end)
        marks = {text[end - 1] for _, end in places}
        if "：" in marks:
            slips += exceptions(text, CLOCK, "：")
        if "％" in marks:
            slips += exceptions(text, PERCENT, "％")
        yield from tell(self, document, sorted(slips))
