"""PUN002 full-width-alphanumeric."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Pattern, Rule, Runs, Safety
from kanwu.analysis.languages import KANA
from kanwu.analysis.lines import Lines
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

OFFSET = ord("Ａ") - ord("A")
HALF = {code + OFFSET: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
# A point or a percent sign belongs to the number; a colon and commas are for other rules.
NUMBER = Pattern(r"(?: [．.] [０-９]{1,20} ){1,3} [％]? | ％")
HALF_WITH_MARKS = HALF | {ord("．"): ".", ord("％"): "%"}
FACES = frozenset("＾￣｀´＿＼／（＝；：>＞<＜ωДдεз∀▽△´`^_~～;*＊・")
KANA_NEAR = 10


class FullWidthAlphanumeric(Rule):
    """Letters or digits are as wide as Han: ２０２０年, ＡＢＣ.

    Old typesetting systems and input methods write them so. No search for 2020 finds ２０２０, no program
    reads a number in it, and sorting puts it elsewhere. Points between such digits, and a percent sign
    behind them, are part of the number.

    A document with more than five such places has one finding with their number, and one fix, which is
    safe: the characters mean the same.

    **What it leaves alone.** Faces such as （ＴｏＴ） and ＼ｏ／; lines of Japanese, which sets single
    letters and digits so; other full-width signs, most of which are right in Chinese.

    **Source.** GB/T 15835—2011, 5.2: Arabic numerals are set half-width; Unicode Standard, chapter 18.5,
    on full-width forms, which exist for exchange with old character sets.
    """

    code = "PUN002"
    name = "full-width-alphanumeric"
    safety = Safety.SAFE
    where = (Runs(ranges=("０９", "ＡＺ", "ａｚ"), at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "full-width “{found}”, which no search for {repaired} finds",
        "many": "full-width letters or digits in {count} places, the first is “{found}”; searches miss them",
        "again": "here too",
        "repair": "write half-width letters and digits",
    }
    examples = (
        Bad("会议于２０２０年在广州举行。", "会议于2020年在广州举行。", finds=("２０２０",)),
        Bad("增长３．５％，涉及ＡＩ领域。", "增长3.5%，涉及AI领域。", finds=("３．５％", "ＡＩ")),
        Bad("Ａ股上涨，Ｔ恤热销。", "A股上涨，T恤热销。", finds=("Ａ", "Ｔ")),
        Good("会议于2020年在广州举行，增长3.5%，涉及AI领域。"),
        Good("大家都哭了（ＴｏＴ），＼ｏ／。"),
        Good("これはＡ社の製品です。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        slips: list[Slip] = []
        japanese = japanese_lines(document)
        lines = document.get(Lines)
        for start, end in places:
            if slips and start < slips[-1].end:
                continue
            if is_face(text, start, end) or (japanese and lines.index(start) in japanese):
                continue
            last = end
            if "０" <= text[end - 1] <= "９" and (more := NUMBER.match(text, end)):
                last = more.end()
            slips.append(Slip(start, last, text[start:last].translate(HALF_WITH_MARKS)))
        yield from tell(self, document, slips)


def is_face(text: str, start: int, end: int) -> bool:
    """Whether some letters are the eyes or the mouth of a face."""
    if end - start > 3 or text[start] <= "９":
        return False
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    run = text[start:end]
    return (
        before in FACES and after in FACES - {"："} | {"）"} and bool(before)
    ) or run == "ＴｏＴ"


def japanese_lines(document: Document) -> frozenset[int]:
    """The indices of the lines with kana."""
    lines = document.get(Lines)
    kana = (match.start() for match in KANA.finditer(document.text))
    return frozenset(map(lines.index, kana))
