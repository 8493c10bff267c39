"""ENC016 variation-selector."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule, Runs, Safety
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.engine.triggers import HAN
from kanwu_rules.encoding.occurrences import apart_or_together, is_chinese, names, removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

EMOJI_STYLE = frozenset("\ufe0e\ufe0f")
# Among Chinese signs these have an emoji.
WITH_EMOJI = frozenset("〰〽㊗㊙")
KEY = "\u20e3"


class VariationSelector(Rule):
    """A variation selector stands where it selects nothing, or a form that only few fonts have.

    U+FE0F asks for a coloured emoji; where the emoji was removed or never was, it stays behind after a
    comma, a letter or a Han character. U+E0100 and the following choose a form of a Han character for
    Japanese names. None of them can be seen, and search and comparison fail on them.

    Removing U+FE0E and U+FE0F is safe where no emoji is; removing what chooses a form of a Han
    character is unsafe, since somebody may have meant that form. A document with more than five of one
    kind has one finding.

    **What it leaves alone.** Selectors after emoji and signs, after the digits of a keycap, and after
    letters of other scripts, such as Mongolian; lines in Japanese; and Markdown code.

    **Source.** Unicode Standard, chapter 23.4 (variation selectors); Unicode Technical Standards 37
    (ideographic variation database) and 51 (emoji).
    """

    code = "ENC016"
    name = "variation-selector"
    safety = Safety.SAFE
    where = (Runs(ranges=("\ufe00\ufe0f", "\U000e0100\U000e01ef"), at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "{names} selects nothing here; search and comparison fail on it",
        "many": "{count} places hold variation selectors ({names}) that select nothing",
        "form": "{names} chooses a form of “{base}” that few fonts have; search and comparison fail on it",
        "forms": "{count} places hold variation selectors ({names}), the first after “{base}”; search and "
        "comparison fail on them",
        "again": "here too",
        "remove": "remove the variation selector",
    }
    examples = (
        Bad("科技\ufe0f创新，\ufe0f大会", "科技创新，大会", finds=("\ufe0f", "\ufe0f")),
        Bad("\ufe0f\n正文", "\n正文", finds=("\ufe0f",)),
        Bad("第1\ufe0f条", "第1条", finds=("\ufe0f",)),
        Bad("葛\U000e0100市", "葛市", finds=("\U000e0100",)),
        Good("❤\ufe0f、☀\ufe0e、1\ufe0f\u20e3、㊗\ufe0f"),
        Good("日本の葛\U000e0100城市に行きました"),
        Good("大会在广州举行"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines, languages = document.get(Lines), document.get(Languages)
        stray: list[Span] = []
        forms: list[Span] = []
        for span in places:
            base, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
            chosen = not EMOJI_STYLE.issuperset(text[span.start : span.end])
            if chosen:
                japanese = languages.of_line(lines.index(span.start)) is Language.JA
                if base and base in HAN and not japanese:
                    forms.append(span)
            elif selects_nothing(base) and after != KEY:
                stray.append(span)
        for spans, safety, one, many in (
            (stray, Safety.SAFE, "one", "many"),
            (forms, Safety.UNSAFE, "form", "forms"),
        ):
            for some in apart_or_together(spans):
                said = self.say(
                    one if len(some) == 1 else many,
                    names=names(text, some),
                    base=text[max(0, some[0].start - 1) : some[0].start],
                    count=len(some),
                )
                yield removed(self, document, some, said, safety)


def selects_nothing(base: str) -> bool:
    """Whether the character before a selector of an emoji has none, or is missing."""
    if not base.strip() or (base.isascii() and base.isprintable()):
        return True
    return is_chinese(base) and base not in WITH_EMOJI
