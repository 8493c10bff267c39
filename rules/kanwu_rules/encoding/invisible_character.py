"""ENC008 invisible-character."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Rule, Runs, Safety, place
from kanwu.engine.triggers import CharacterClass
from kanwu_rules.encoding.occurrences import apart_or_together, edits, is_chinese, names, others

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

JOINERS = frozenset("\u200b\u200c\u200d\u2060\u180e")
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
MATHEMATICAL = frozenset("\u2061\u2062\u2063\u2064")
FIRST_TAG = 0xE0000
LONGEST_SPELLED = 60
TAGS = CharacterClass(ranges=("\U000e0000\U000e007f",))
BLACK_FLAG = "\U0001f3f4"

# Scripts from Hebrew to Myanmar and from Khmer to Vedic, their presentation forms, and those of South
# Asia beyond the first plane: letters join there, and words are written without spaces.
JOINING_SCRIPTS = CharacterClass(
    ranges=(
        "\u0590\u109f",
        "\u1780\u1cff",
        "\ua800\uabff",
        "\ufb1d\ufdff",
        "\ufe70\ufefc",
        "\U00010a00\U00011fff",
    )
)
HANGUL = CharacterClass(
    ranges=("\u1100\u11ff", "\u3131\u318e", "\ua960\ua97f", "\uac00\ud7ff", "\uffa1\uffdc")
)
MARKS_OF_EMPHASIS = frozenset("*_~")
# Arrows, symbols and pictographs with the variation selector and the skin tones that may follow them.
EMOJI = CharacterClass("\ufe0f", ranges=("\u2190\u2bff", "\U0001f000\U0001faff"))


class InvisibleCharacter(Rule):
    """A character that cannot be seen stands inside the text.

    Zero-width spaces and joiners, byte-order marks left by joining files, soft hyphens and fillers come
    along when text is copied from web pages, chat programs and converters. Nobody sees them, but 创新
    with a U+200B between its two characters is found by no search, is another word to every index and
    model, and makes two equal paragraphs differ. Tag characters can hide whole sentences.

    A document with more than five such places has one finding with their number, and one fix. Removing
    them beside Chinese is safe, since neither words nor line breaks depend on them there. Between
    letters, digits and signs of other scripts the fix is unsafe, and so is removing fillers, which some
    fonts draw as a blank, and tags.

    **What it leaves alone.** A byte-order mark at the beginning (ENC003); U+200D inside an emoji and
    the tags of a flag; joiners and U+200B beside Arabic, Indic, Thai, Khmer, Mongolian and related
    scripts, which need them; U+200C between Latin, Greek or Cyrillic letters, and U+00AD anywhere away
    from Chinese; fillers beside Hangul; invisible operators of formulas; in Markdown, code, and whatever stands beside
    a mark of emphasis, which may need it to close. Direction marks and variation selectors are left to
    rules of their own.

    **Source.** Unicode Standard, chapter 23 (special areas and format characters); Unicode Technical
    Standard 51 (emoji ZWJ and tag sequences).
    """

    code = "ENC008"
    name = "invisible-character"
    safety = Safety.SAFE
    where = (
        Runs(
            "\u00ad\u115f\u1160\u180e\u200b\u200c\u200d\u3164\ufeff\uffa0",
            ranges=("\u2060\u2064", "\U000e0000\U000e007f"),
            at_least=1,
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "invisible here: {names}; search and comparison fail on it",
        "hidden": "tag characters that cannot be seen spell “{hidden}” here",
        "many": "{count} places hold what cannot be seen ({names}); search and comparison fail on it",
        "again": "here too",
        "remove": "remove what cannot be seen",
    }
    examples = (
        Bad("科技创\u200b新大会", "科技创新大会", finds=("\u200b",)),
        Bad(
            "每年输送绿电约\u200c23.59亿千瓦时\u200c。",
            "每年输送绿电约23.59亿千瓦时。",
            ("\u200c", "\u200c"),
        ),
        Bad("上篇完。\n\ufeff下篇开始。", "上篇完。\n下篇开始。"),
        Bad("使用 Adob\u200b\u200be 的软件", "使用 Adobe 的软件", finds=("\u200b\u200b",)),
        Bad("大\u00ad会", "大会"),
        Bad("你好\U000e0068\U000e0069", "你好", finds=("\U000e0068\U000e0069",)),
        Good("一家三口👨\u200d👩\u200d👧来了"),
        Good("波斯语写作 می\u200cخواهم，印地语写作 क्\u200dष"),
        Good("德语的 Donau\u00addampf\u00adschiff 很长"),
        Good("英格兰队🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f夺冠"),
        Good("**“注意”**\u200b后面的字", markup="markdown"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        safe: list[Span] = []
        unsafe: list[Span] = []
        for span in places:
            if not is_needed(document, span):
                (safe if is_removed_safely(document, span) else unsafe).append(span)
        for kind, found in ((Safety.SAFE, safe), (Safety.UNSAFE, unsafe)):
            for spans in apart_or_together(found):
                yield self._finding(document, spans, kind)

    def _finding(self, document: Document, spans: Sequence[Span], safety: Safety) -> Finding:
        text = document.text
        hidden = spelled(text[slice(*spans[0])])
        named = names(text, spans)
        if len(spans) > 1:
            message = self.say("many", count=len(spans), names=named)
        elif hidden:
            message = self.say("hidden", hidden=hidden)
        else:
            message = self.say("one", names=named)
        return self.finding(
            place(document, *spans[0]),
            message,
            related=others(document, spans, self.say("again")),
            evidence={"count": len(spans), "characters": str(named)},
            fix=Fix(safety, self.say("remove"), edits(document, ((span, "") for span in spans))),
        )


def spelled(run: str) -> str:
    """What tag characters spell, each of which stands for a character of ASCII."""
    tags = (chr(ord(c) - FIRST_TAG) for c in run[:LONGEST_SPELLED] if c in TAGS)
    return "".join(c for c in tags if c.isprintable())


def is_needed(document: Document, span: Span) -> bool:
    """Whether the characters of a span do something where they stand."""
    text = document.text
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    beside = [c for c in (before, after) if c]
    run = frozenset(text[span.start : span.end])
    away_from_chinese = not (is_chinese(before) or is_chinese(after))
    return (
        (document.markup == "markdown" and not MARKS_OF_EMPHASIS.isdisjoint(beside))
        or (run <= JOINERS and any(c in JOINING_SCRIPTS for c in beside))
        or (run == {"\u200d"} and len(beside) == 2 and all(c in EMOJI for c in beside))
        or (run == {"\u200c"} and away_from_chinese and before.isalpha() and after.isalpha())
        # Beside signs U+00AD is a byte of misread UTF-8 (中 becomes ä¸ and U+00AD): a repair needs it.
        or (run == {"\u00ad"} and away_from_chinese and any(c.strip() for c in beside))
        or (run == {"\u00ad"} and any("\x80" <= c <= "\xff" for c in beside))
        or (run <= FILLERS and any(c in HANGUL for c in beside))
        or (run <= MATHEMATICAL and away_from_chinese)
        or (run == {"\ufeff"} and not before)  # ENC003
        or (before == BLACK_FLAG and all(c in TAGS for c in run))
    )


def is_removed_safely(document: Document, span: Span) -> bool:
    """Whether nothing that anyone reads can change when the span is removed."""
    text = document.text
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if any(c in FILLERS or c in TAGS for c in set(text[span.start : span.end])):
        return False
    if is_chinese(before) or is_chinese(after):
        return True
    return document.markup == "plain" and not (before.strip() or after.strip())
