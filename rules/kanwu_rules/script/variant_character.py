"""SCR002 variant-character."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Good, Related, Rule, Safety, Severity, edit, place, read_table
from kanwu.analysis.line_words import is_han
from kanwu.engine.finding import Fix
from kanwu_rules.script.passages import Scripts, outside_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# The second, rarer form of each pair in variants.toml; a test holds the two together.
RARER = "佈佔値僞凉剎吳啓喫夠嫻嬀峯巖強恒惟捝擡敎敘敚昇柺査棁榲歎汙洩涚淸溼潙潨災煙熅爲牀痺癡皂盃祕稜竈簷粧糉糭絶綫縕繡纔羣脣臺菸著蒕蔿蘊衆衞裏裠覈註証説豔賬贊账跡踴蹤轀週遊醞鉢鉤鋭鍼鏽鑒閲韁韵鬭鯰鰮鷄鹹麵黃齶"
MAJORITY = 3
"""So many times as often must a document write one form for the other to be its exception."""
LISTED = 20
MOST = 200
"""Places of the rarer form that are looked at."""


class VariantCharacter(Rule):
    """A document writes one and the same word with two forms of a character: 這裡 and 這裏.

    Many characters of traditional Chinese, and a few of simplified, have two forms that mean the same:
    裡 and 裏, 着 and 著, 台 and 臺, 群 and 羣, 線 and 綫. Which one is right is for an editor, a region or a
    publisher to decide, but a text that writes both looks put together, and a search for one form of a
    word does not find the other.

    Each pair of forms has one finding a document, at the first place of the form that it writes less
    often; the others are related. The fix writes the usual form there. It is unsafe: a name may have to stay.

    **What it leaves alone.** A form without a word that the document writes in the other form too, and so
    nearly all names; a document that writes one form less than three times as often as the other and so has
    no habit; what stands in quotes, title marks and brackets; texts in two scripts, of which mixed-script
    speaks. Forms that differ in meaning are in no pair.

    **Source.** The variants of Taiwan and Hong Kong in OpenCC, and some more; see `variants.toml`.
    """

    code = "SCR002"
    name = "variant-character"
    severity = Severity.INFO
    safety = Safety.UNSAFE
    where = (Characters(RARER),)
    messages: ClassVar[Mapping[str, str]] = {
        "habit": "“{found}” ({count} times) in a text that mostly writes “{usual}” ({usually} times), "
        "as in {word}; write one form",
        "again": "here too",
        "repair": "write {usual}",
    }
    examples = (
        Bad(
            "他住在這裡，那裡沒有人。這裡的路他很熟，那裡的路也一樣。家裡有人，可是這裏的燈還沒有亮。",
            "他住在這裡，那裡沒有人。這裡的路他很熟，那裡的路也一樣。家裡有人，可是這裡的燈還沒有亮。",
            finds=("裏",),
        ),
        Bad(
            "看著遠方，想著家鄉，唱著歌，走著路，看着天，聽著風，想著你。忙著，等著。",
            "看著遠方，想著家鄉，唱著歌，走著路，看著天，聽著風，想著你。忙著，等著。",
            finds=("着",),
        ),
        Bad(
            "群眾來了，群島很美，人群散了，群山也靜了，羣眾又來了。",
            "群眾來了，群島很美，人群散了，群山也靜了，群眾又來了。",
            finds=("羣",),
        ),
        Good("他住在這裡，那裡沒有人。他引用了一句老話：「這裏的路」。家裡有人，這裡也有人。"),
        Good("群眾來了，群島很美，人群散了，群山也靜了，詩人劉夢羣走了。"),
        Good("台灣和臺灣，台北和臺北，都有人寫。"),
        Good("他著名的著作說：看着遠方，想着家鄉，唱着歌。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        rare = dict.fromkeys(text[at] for at, _ in places)
        found = [pair for form in rare for pair in pairs()[form] if pair[0] in text]
        if not found or ((mixed := document.get(Scripts).mixture) and mixed.passages):
            return
        for pair in found:
            usual, other = sorted(pair, key=text.count, reverse=True)
            yield from self._compare(document, usual, other)

    def _compare(self, document: Document, usual: str, other: str) -> Iterator[Finding]:
        text = document.text
        usually = text.count(usual)
        if usually < MAJORITY * text.count(other):
            return
        spots, word = [], ""
        for at in outside_quotations(
            text, (0, len(text)), list(islice(offsets(text, other), MOST))
        ):
            same = next((w for w in words(text, at, usual) if w in text), None)
            if same is not None:
                spots.append(at)
                word = word or same
        if not spots:
            return
        again, count = self.say("again"), len(spots)
        repair = (edit(document, at, at + 1, usual) for at in spots)
        yield self.finding(
            place(document, spots[0], spots[0] + 1),
            self.say("habit", found=other, usual=usual, count=count, usually=usually, word=word),
            related=[Related(place(document, at, at + 1), again) for at in spots[1 : 1 + LISTED]],
            evidence={"count": count, "usual": usual, "usually": usually, "word": word},
            fix=Fix(Safety.UNSAFE, self.say("repair", usual=usual), tuple(repair)),
        )


@cache
def pairs() -> Mapping[str, list[tuple[str, str]]]:
    """The pairs of forms by the second, rarer one."""
    by_second: dict[str, list[tuple[str, str]]] = {}
    for first, second in read_table(__file__, "variants.toml")["pairs"].split():
        by_second.setdefault(second, []).append((first, second))
    return by_second


def offsets(text: str, character: str) -> Iterator[int]:
    """Where a character stands in a text."""
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


def words(text: str, at: int, usual: str) -> Iterator[str]:
    """What the two characters around an offset make with the usual form in its place."""
    if at and is_han(text[at - 1]):
        yield text[at - 1] + usual
    if is_han(text[at + 1 : at + 2] or " "):
        yield usual + text[at + 1]
