"""FIG018 translated-name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu import Bad, Finding, Good, Pattern, Severity, Span, read_words
from kanwu.analysis.line_words import line_words
from kanwu.analysis.patterns import WIDE_LETTER, trie_pattern
from kanwu_rules.figures.bilingual import Bilingual
from kanwu_rules.figures.romanisation import Romanised, one_letter_apart, renderings
from kanwu_rules.figures.translations import Difference, TranslationRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kanwu import Document
    from kanwu_rules.figures.bilingual import ParagraphPair
    from kanwu_rules.figures.romanisation import Rendering

# Shorter given names are one letter apart from too many others.
SHORTEST = 6


class TranslatedName(TranslationRule):
    """The romanisation of a name is not that of the Chinese name: 徐宗本 rendered as “Xu Zong”.

    Half of a given name is another person's name. The rule looks at names of three characters in full
    beside a title (院士、主任, 教授, 先生) and looks for the surname in the English paragraph that
    translates it. What stands beside it there should be the given name in pinyin. A part of it alone is
    a warning; one letter that differs is told for information.

    **What it leaves alone.** Names whose pinyin the paragraph holds, in any order, spelling and with any
    hyphen: Xu Zongben, Zongben Xu, XU Zong-ben. Surnames alone (Mr. Xu) and initials. English given
    names, Wade-Giles and Cantonese spellings, in which nothing equals the pinyin. Names of two
    characters, and what may be the name of somebody else in the Chinese paragraph.

    **Source.** A real bilingual report. ISO 7098:2015 on writing names in pinyin; readings are those of
    pypinyin's table.
    """

    code = "FIG018"
    name = "translated-name"
    messages: ClassVar[Mapping[str, str]] = {
        "cut": "“{en}” is only a part of “{zh}”, whose given name is “{given}” in pinyin",
        "near": "“{en}” differs in one letter from “{zh}”, whose given name is “{given}” in pinyin",
        "also": "the other language says this",
    }
    examples = (
        Bad(
            "实验室主任徐宗本亲自介绍了新的计划。\n\n"
            "Mr. Xu Zong, director of the laboratory, introduced the new plan in person.\n",
            finds=("徐宗本",),
        ),
        Bad(
            "“我们需要人才。”中国科学院院士陈建明说。\n\n"
            '"We are in need of talents," said Chen Ming, an academician of the CAS.\n',
            finds=("陈建明",),
        ),
        Bad(
            "参加会议的有李文渊教授和许多年轻的同事。\n\n"
            "The meeting was attended by Professor Li Wenyan and lots of young colleagues.\n",
            finds=("李文渊",),
        ),
        Good(
            "实验室主任徐宗本亲自介绍了新的计划。\n\n"
            "Mr. Xu Zongben, director of the laboratory, introduced the new plan in person.\n"
        ),
        Good(
            "实验室主任徐宗本亲自介绍了新的计划，同事徐宗也在场。\n\n"
            "The director of the laboratory introduced the new plan in person, with his colleague Xu Zong.\n"
        ),
        Good(
            "公司董事长李嘉诚表示，公司将继续增加投资。\n\n"
            "Li Ka-shing, chairman of the company, said that it would invest even more.\n"
        ),
        Good(
            "公司董事长马化腾表示，公司将继续增加投资。\n\n"
            "Pony Ma, chairman of the company, said that it would invest even more.\n"
        ),
    )

    def differences(self, document: Document) -> Iterator[Difference]:
        for pair in document.get(Bilingual).pairs:
            told: set[str] = set()
            for start, end in pair.zh:
                for at in full_names(document.text, start, end):
                    name = document.text[at : at + 3]
                    if name not in told:
                        told.add(name)
                        yield from self._in_pair(document, pair, at)

    def _in_pair(self, document: Document, pair: ParagraphPair, at: int) -> Iterator[Difference]:
        text = document.text
        name = text[at : at + 3]
        right = Romanised(name)
        found = list(renderings(text, pair.en, right.surname))
        if not right.given or any(one.given in right.given for one in found):
            return
        for one in found:
            cut = one.given in right.parts
            near = not cut and any(
                len(given) >= SHORTEST and one_letter_apart(one.given, given)
                for given in right.given
            )
            if (cut or near) and not names_another(text, pair, name, one):
                parameters = {
                    "zh": name,
                    "en": text[one.span.start : one.span.end],
                    "given": max(right.given, key=lambda g: (g.startswith(one.given[:3]), g)),
                }
                yield Difference(
                    Span(at, at + 3),
                    one.span,
                    "cut" if cut else "near",
                    parameters,
                    {
                        "pinyin": sorted(right.given)[:4],
                        "paired": "the same surname in aligned paragraphs",
                    },
                )
                return

    def finding(self, *given: Any, **more: Any) -> Finding:
        """A finding; what is only near is information."""
        told = super().finding(*given, **more)
        near = told.message.id.endswith("/near")
        return told._replace(severity=Severity.INFO) if near else told


@cache
def words() -> tuple[Pattern, Pattern, Pattern, frozenset[str]]:
    """Titles before a name and behind one, what else stands behind it, and characters of no name."""
    table = read_words(__file__, "translated_name.toml")
    before = Pattern(rf"(?:{trie_pattern(table['titles']['before'])})(?={WIDE_LETTER}{{3}})")
    titles = Pattern(rf"(?<={WIDE_LETTER}{{3}})(?:{trie_pattern(table['titles']['after'])})")
    follow = trie_pattern([*table["follow"]["words"], *table["titles"]["after"]])
    behind = Pattern(rf"(?:{follow})|(?!{WIDE_LETTER})")
    return before, titles, behind, frozenset("".join(table["follow"]["never"]))


def full_names(text: str, start: int, end: int) -> Iterator[int]:
    """Where names of three characters stand beside a title, what follows them being no part of them."""
    before, titles, behind, never = words()
    surnames = line_words().surnames

    def is_name(at: int) -> bool:
        return text[at] in surnames and never.isdisjoint(text[at + 1 : at + 3])

    for found in before.finditer(text, start, end):
        at = found.end()
        if is_name(at) and behind.match(text, at + 3):
            yield at
    for found in titles.finditer(text, start, end):
        at = found.start() - 3
        if at >= start and is_name(at):
            yield at


def names_another(text: str, pair: ParagraphPair, name: str, one: Rendering) -> bool:
    """Whether an English name may be that of somebody else in the Chinese paragraph."""
    for start, end in pair.zh:
        # The name itself gives no other.
        others = text[start:end].replace(name, "\n")
        at = others.find(name[0])
        while at >= 0:
            for size in (2, 3):
                other = others[at : at + size]
                if len(other) == size and one.given in Romanised(other).given:
                    return True
            at = others.find(name[0], at + 1)
    return False
