"""Languages: what each line of a document is written in, told by its scripts."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.analysis.line_words import is_han
from kanwu.analysis.lines import Lines
from kanwu.analysis.members import direct
from kanwu.analysis.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.documents.document import Document


@direct
class Language(StrEnum):
    """What a line is written in."""

    ZH = "zh"
    EN = "en"
    JA = "ja"
    KO = "ko"
    OTHER = "other"
    """Another alphabet than the Latin one, or Latin letters with many accents."""
    NONE = "none"
    """No letters: blank, digits, punctuation."""


LETTER = Pattern(r"[A-Za-z]")
WORD = Pattern(r"[A-Za-z]++")
FUNCTION_WORD = Pattern(
    r"(?<![A-Za-z]) (?i:the|of|and|to|in|is|are|was|for|with|on|at|by|from|that|this) (?![A-Za-z])"
)
ACCENTED = Pattern(r"[À-ÖØ-öø-ɏḀ-ỿ]")
HAN = Pattern(r"[㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff〇]")
# The same, where nothing else is left but Latin letters; it compiles in a fifth of the time.
HAN_BESIDE_LATIN = Pattern(r"[^\W\d_A-Za-z\x80-\u036f\u1e00-\u2e7f]")
# Without U+30FB, the dot in the middle of foreign names, which Chinese texts borrow.
KANA = Pattern(r"[ぁ-ゖァ-ヺーｦ-ﾝ]")
HANGUL = Pattern(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# Greek to Cherokee, and what follows before the Latin letters with several accents. Greek letters
# stand in many Chinese texts on science, which costs these the longer way and nothing else.
ALPHABET = Pattern(r"[\u0370-\u10ff\u1200-\u1dff]")
FOREIGN = Pattern(
    r"[ぁ-ゖァ-ヺーｦ-ﾝ\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3\u0370-\u10ff\u1200-\u1dff]"
)


class Languages:
    """The language of each line.

    Han characters are weighed against Latin words: a Chinese paragraph with many English names stays
    Chinese, an English paragraph with a Chinese name stays English. Latin letters count as English
    unless they carry many accents. In a document with as many Japanese lines as Chinese ones, a
    line of Han alone is Japanese too.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._foreign = FOREIGN.search(lines.text) is not None
        self._told: dict[int, Language] = {}

    @classmethod
    def of(cls, document: Document) -> Languages:
        return cls(document.get(Lines))

    @cached_property
    def of_lines(self) -> Sequence[Language]:
        """Parallel to `Lines`."""
        tell = any_language if self._foreign else chinese_or_english
        found = [tell(line) if line else Language.NONE for line in self._lines]
        if Language.JA in found and found.count(Language.JA) >= found.count(Language.ZH):
            return [Language.JA if x is Language.ZH else x for x in found]
        return found

    def of_line(self, index: int) -> Language:
        """The same of one line, without looking at all others where these do not matter."""
        if self._foreign:
            return self.of_lines[index]
        told = self._told.get(index)
        if told is None:
            line = self._lines[index]
            told = chinese_or_english(line) if line else Language.NONE
            self._told[index] = told
        return told


def chinese_or_english(line: str) -> Language:
    """The language of a line that holds no script of another language."""
    if line.isascii():
        return Language.EN if LETTER.search(line) else Language.NONE
    size = len(line)
    # In UTF-8 the characters of Chinese take three bytes: a quick count of them.
    wide = (len(line.encode("utf-8", "surrogatepass")) - size) // 2
    if 2 * wide > size and any(map(is_han, line)):
        return Language.ZH
    han = len(HAN_BESIDE_LATIN.compiled.findall(line))
    words = WORD.compiled.findall(line)
    if not words:
        return Language.ZH if han else Language.NONE
    # `iPhone 15 Pro Max 发布` is Chinese and `The 2020 OCS (海交会)` English.
    if (han if FUNCTION_WORD.search(line) else 4 * han) >= 2 * len(words):
        return Language.ZH
    accented = len(ACCENTED.compiled.findall(line))
    return Language.OTHER if 30 * accented > sum(map(len, words)) else Language.EN


def any_language(line: str) -> Language:
    """The language of any line."""
    kana = len(KANA.compiled.findall(line))
    hangul = len(HANGUL.compiled.findall(line))
    letters = len(ALPHABET.compiled.findall(line))
    if kana + hangul + letters == 0:
        return chinese_or_english(line)
    han = len(HAN.compiled.findall(line))
    words = len(WORD.compiled.findall(line))
    # The の of a shop's name makes no Japanese.
    if kana > hangul and 3 * kana >= han and kana >= words and (kana > 2 or kana > han):
        return Language.JA
    if hangul > max(han, words):
        return Language.KO
    if letters > 4 * words and letters > han:
        return Language.OTHER
    return chinese_or_english(line)
