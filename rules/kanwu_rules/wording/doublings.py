"""Which doublings are slips: the judgement behind doubled-word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.documents.tables import read_table
from kanwu.engine.triggers import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping

# Words of grammar: no compound begins or ends with them.
PARTICLES = frozenset(
    "的了在是和与及或等为对从到由被把将以而且但并也都就又还要会能可不之其这那该各本我你他她它们地得着过"
)
# A list goes on after 、, and a clause after a closing mark.
JOINED = frozenset("、”’》）」』")
# What may end a clause after its last word.
ENDINGS = frozenset("啊吧呀呢哦噢嘛喔哟哈嗯吗么")
# What makes a longer stretch one that is said twice on purpose: 一个村一个村, 很喜欢很喜欢.
EMPHASIS = frozenset("一几两多很太好最真极挺超够非没不别了吗呢")
# After these a verb is doubled to make it sound light, whichever verb it is.
LIGHT = Pattern("(?: 好好 | 一起 | 互相 | 自己 | 咱们 | 多多 | 慢慢 | 后来 | 再 ) \\Z")
# 管理|管理员: whoever or whatever does a thing may be its object too.
AGENTS = frozenset("员者人器")
# 告诉我们|我们要做什么: whom the first clause ends with, the second may begin with.
TELLING = frozenset("诉给让对跟问帮请教系助醒")
# 标准输入|输入到: of a noun and its verb, the second has a complement.
COMPLEMENTS = frozenset("到至给")
LINKS = frozenset("的和与或及而为")
# 《祖国祖国我爱你》: whom one speaks to is called twice.
ADDRESS = frozenset("我你您真啊")
# A stretch that is longer than two words of four characters, and a bit, holds three copies.
LONGEST = 11
LETTER = Pattern("[A-Za-z0-9'’_-]")


class Doubling(NamedTuple):
    """A word set twice: where it stands, and where its second copy (with a space before it) does."""

    word: str
    start: int
    copy: int
    end: int


class Lexicon(NamedTuple):
    """The lists of doubled_word.toml."""

    words: frozenset[str]
    """Common words of two characters."""
    repeated: frozenset[str]
    """Those of them that are doubled on purpose."""
    longer: frozenset[str]
    """Words of three characters that begin or end with a common one."""
    single: Mapping[str, tuple[str, str]]
    """Function characters, and what makes a word with them from the left and from the right."""
    folds: Mapping[int, int]
    """From traditional characters to those of the lists."""


@cache
def lexicon() -> Lexicon:
    """Read the lists, once."""
    data = read_table(__file__, "doubled_word.toml")
    words = {line[0] + second for line in data["words"].split() for second in line[1:]}
    longer = set()
    for line in data["longer-after"].split():
        longer |= {line[at : at + 2] + line[0] for at in range(1, len(line), 2)}
    for line in data["longer-before"].split():
        longer |= {line[0] + line[at : at + 2] for at in range(1, len(line), 2)}
    return Lexicon(
        frozenset(words),
        frozenset(word for kind in data["reduplicated"].values() for word in kind.split()),
        frozenset(longer),
        {character: (left, right) for character, (left, right) in data["single"].items()},
        str.maketrans(data["traditional"], data["simplified"]),
    )


def doubling(text: str, start: int, end: int) -> Doubling | None:
    """What is doubled by mistake in a stretch of text that repeats itself, if anything is."""
    if text[start].isascii():
        return english(text, start, end)
    if end - start > LONGEST:
        return None
    known = lexicon()
    left, stretch, right = (
        part.translate(known.folds)
        for part in (text[max(0, start - 2) : start], text[start:end], text[end : end + 1])
    )
    size = period(stretch)
    if size == 1:
        slip = len(stretch) == 2 and is_single(known, left[-1:], stretch[0], right)
        return Doubling(text[start], start, start + 1, end) if slip else None
    if len(stretch) >= 3 * size or LIGHT.search(left):
        return None
    for shift in range(len(stretch) - 2 * size + 1):
        first, last = shift + size, shift + 2 * size
        before, after = (left + stretch[:shift])[-1:], (stretch[last:] + right)[:1]
        if is_slip(known, before, stretch[shift:first], after):
            return Doubling(
                text[start + shift : start + first], start + shift, start + first, start + last
            )
    return None


def is_slip(known: Lexicon, before: str, word: str, after: str) -> bool:
    """Whether nobody sets a word twice between these two characters."""
    return (
        is_common(known, word)
        and not stands_alone(before, after)
        and not meets(known, before, word, after)
    )


def english(text: str, start: int, end: int) -> Doubling | None:
    """A doubled English word; a capital in the second copy belongs to a name, as in the The Hague."""
    size = (end - start) // 2
    second = text[start + size + 1 : end]
    if not second.islower() or text[start + 1 : start + size] != second[1:]:
        return None
    if LETTER.match(text, start - 1, start) or LETTER.match(text, end):
        return None
    return Doubling(second, start, start + size, end)


def period(stretch: str) -> int:
    """After how many characters a stretch repeats itself."""
    return next(size for size in range(1, len(stretch)) if stretch[size:] == stretch[:-size])


def is_single(known: Lexicon, before: str, character: str, after: str) -> bool:
    """Whether a doubled function character makes a word with neither neighbour."""
    if character not in known.single or character in (before, after):
        return False
    left, right = known.single[character]
    return (is_han(before) and before not in left) and not (after and after in right)


def is_common(known: Lexicon, word: str) -> bool:
    """Whether a word, or a longer stretch, is one that nobody says twice."""
    if len(word) == 2:
        return word in known.words and word not in known.repeated
    if not EMPHASIS.isdisjoint(word) or word[0] in PARTICLES or word[-1] in PARTICLES:
        return False
    parts = (word[:2], word[-2:])
    return (any if len(word) == 3 else all)(part in known.words for part in parts)


def stands_alone(before: str, after: str) -> bool:
    """Whether what stands between two characters fills its clause, as a call or an answer does."""
    return not is_word(before) and (not after.isalnum() or after in ENDINGS or after in ADDRESS)


def meets(known: Lexicon, before: str, word: str, after: str) -> bool:
    """Whether two words, each with one of the copies in it, may meet here: 党中央|中央军委."""
    words, first, last = known.words, word[0], word[-1]
    if len(word) > 2:
        return last + after in words and is_content(before)
    return (
        (before + word in known.longer and is_content(after))
        or (word + after in known.longer and (is_content(before) or after in AGENTS))
        or (after in COMPLEMENTS and is_content(before))
        or (last == "们" and before in TELLING)
        # 项目|的|目的, 战争|和平|和|平衡
        or (last in LINKS and before + first in words)
        or (first in LINKS and last + after in words)
        # 社会|议会|议员
        or (before + first in words and last + first in words and last + after in words)
    )


def is_han(character: str) -> bool:
    """Whether there is a character, and it is Han."""
    return bool(character) and character in HAN


def is_word(character: str) -> bool:
    """Whether a character belongs to the clause of what stands beside it."""
    return character.isalnum() or character in JOINED


def is_content(character: str) -> bool:
    """Whether a character may be part of a compound."""
    return is_han(character) and character not in PARTICLES
