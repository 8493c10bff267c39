"""ENC009 bidi-control."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Pattern, Rule, Runs, Safety
from kanwu.analysis.lines import Lines
from kanwu_rules.encoding.occurrences import apart_or_together, names, removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# These turn letters round wherever they stand; the others do nothing beside Chinese and Latin letters.
OVERRIDES = frozenset("\u202d\u202e")
RIGHT_TO_LEFT = frozenset("\u202b\u2067\u2068")
LETTER_FROM_RIGHT = Pattern(
    r"[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class BidiControl(Rule):
    """A mark for the direction of writing stands in a line that is written from left to right.

    Such marks order Arabic and Hebrew. In other lines they come along from file names, contact cards and
    web pages; they cannot be seen, and search and comparison fail on them. U+202E even shows what
    follows backwards, so that a reader sees another text than a program.

    Removing them is safe in a line without letters that run from right to left, as nothing moves there,
    but for the overrides U+202D and U+202E and for embeddings from right to left, which may move
    punctuation: there it is unsafe. A document with more than five places has one finding.

    **What it leaves alone.** Lines with letters of Arabic, Hebrew and their relatives; Markdown code.

    **Source.** Unicode Standard Annex 9 (bidirectional algorithm); Unicode Technical Standard 55
    (source code handling).
    """

    code = "ENC009"
    name = "bidi-control"
    safety = Safety.SAFE
    where = (Runs("\u061c", ranges=("\u200e\u200f", "\u202a\u202e", "\u2066\u2069"), at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "{names} in a line that runs from left to right; search and comparison fail on it",
        "many": "{count} places hold marks of direction ({names}) in lines that run from left to right",
        "again": "here too",
        "remove": "remove the marks of direction",
    }
    examples = (
        Bad("电话：\u202a020-12345678\u202c", "电话：020-12345678", finds=("\u202a", "\u202c")),
        Bad("大会\u200e在广州举行", "大会在广州举行", finds=("\u200e",)),
        Bad("报告\u202etxt.exe", "报告txt.exe", finds=("\u202e",)),
        Good("阿拉伯语“\u202bمرحبا\u202c”意为“你好”"),
        Good("希伯来语 שלום\u200f!"),
        Good("大会在广州举行"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines = document.get(Lines)
        safe: list[Span] = []
        unsafe: list[Span] = []
        known: dict[int, bool] = {}
        turned: set[int] = set()
        for span in places:
            index = lines.index(span.start)
            if index not in known:
                from_right = LETTER_FROM_RIGHT.search(text, lines.starts[index], lines.ends[index])
                known[index] = from_right is not None
            if known[index]:
                continue
            if any(c in OVERRIDES or c in RIGHT_TO_LEFT for c in set(text[slice(*span)])):
                turned.add(index)
            # What closes an override goes with it, or not at all.
            (unsafe if index in turned else safe).append(span)
        for safety, found in ((Safety.SAFE, safe), (Safety.UNSAFE, unsafe)):
            for some in apart_or_together(found):
                said = self.say(
                    "one" if len(some) == 1 else "many", count=len(some), names=names(text, some)
                )
                yield removed(self, document, some, said, safety)
