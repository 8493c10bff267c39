"""PUN004 repeated-punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Option, Rule, Runs, Safety
from kanwu.analysis.line_words import is_han
from kanwu_rules.punctuation.slips import Slip, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# From the slightest pause to the end of a sentence.
PAUSES = "、，：；。"
MOST_ALIKE = {"three": 3, "one": 1}
CLOSING = frozenset("”’」』）》】)")


class RepeatedPunctuation(Rule):
    """A mark of punctuation is set twice, or two that exclude each other stand side by side.

    ，， and 。。 are slips of the keyboard, or what is left where a word was deleted between two marks;
    so are pairs such as ，。 and 、，: a pause is a slight or a strong one. Sentences are counted and cut
    wrongly at them.

    Of two equal marks the fix removes one, which is safe. Of two different ones it keeps the stronger,
    and of 。。, which some write for an ellipsis, one; these fixes are unsafe, and with a colon only a suggestion, since a word
    may be missing between the two.

    **What it leaves alone.** Three full stops and more, which stand for an ellipsis and belong to
    wrong-ellipsis; marks that are spoken of and not used, in quotes or brackets of their own or apart
    from any word; half-width marks. Of exclamation and question marks up to three in a row, as the
    standard allows; `emphasis` makes it stricter or more lenient.

    **Source.** GB/T 15834—2011, 4.2.3 and 4.3.3: at most three question or exclamation marks in a row;
    4.1 to 4.7 give each pause one mark.
    """

    code = "PUN004"
    name = "repeated-punctuation"
    safety = Safety.SAFE
    where = (Runs(PAUSES, at_least=2), Runs("！？", at_least=2))
    emphasis = Option(
        "three",
        "how many exclamation or question marks may stand in a row: any, three or one (？！ counts as one)",
        choices=("any", "three", "one"),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{found}” in a row where “{repaired}” is enough",
        "many": "marks of punctuation in a row in {count} places, the first is “{found}”; one is enough",
        "again": "here too",
        "repair": "keep one",
    }
    examples = (
        Bad("会议在广州举行，，代表共二百人。", "会议在广州举行，代表共二百人。", finds=("，，",)),
        Bad("项目很多，。人才也很多。", "项目很多。人才也很多。", finds=("，。",)),
        Bad("太好了！！！！！", "太好了！！！", finds=("！！！！！",)),
        Bad("真的吗？？", "真的吗？", finds=("？？",), options={"emphasis": "one"}),
        Good("太好了！！！真的吗？！"),
        Good("我想一想。。。算了。"),
        Good("不要连用“，，”这样的标点，、。等符号也不要。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        found = (self._slip(text, *span) for span in places)
        yield from tell(self, document, [slip for slip in found if slip])

    def _slip(self, text: str, start: int, end: int) -> Slip | None:
        run = text[start:end]
        if run[0] in "！？":
            return self._emphasis(start, end, run)
        before = text[start - 1 : start] if start else ""
        if not (is_han(before or " ") or before.isalnum() or before in CLOSING):
            return None
        kinds = set(run)
        if run.count("。") > 2:
            return None
        if len(kinds) == 1:
            return Slip(start, end, run[0], Safety.UNSAFE if run[0] == "。" else Safety.SAFE)
        if len(run) > 2:
            return None  # a list of marks
        # Behind a colon something is missing.
        safety = Safety.SHOWN if "：" in kinds else Safety.UNSAFE
        return Slip(start, end, max(run, key=PAUSES.index), safety)

    def _emphasis(self, start: int, end: int, run: str) -> Slip | None:
        if self.emphasis == "any":
            return None
        most = MOST_ALIKE[self.emphasis]
        if len(run) <= most:
            return None
        kept = "".join(dict.fromkeys(run))
        if len(kept) == 1:
            kept *= most
        if kept == run:
            return None
        return Slip(start, end, kept, Safety.UNSAFE)
