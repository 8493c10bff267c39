"""Derive idioms with one wrong character, and the traditional forms of all words that are confused.

    pip install jieba==0.42.1 pypinyin==0.55.0
    python bench/derive_confused_idioms.py

The results lie beside rules/kanwu_rules/wording/confusions.py. An idiom is a word of four characters that
jieba's list marks as one and has met often, and that pypinyin knows too. One of its characters gives way to
another of the same reading and tone with which it is confused (bench/confusable_characters.toml). What is a
word in any of the lists, or may be two common ones side by side, is left out.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import jieba
import opencc
from pypinyin import Style, pinyin
from pypinyin.phrases_dict import phrases_dict

from kanwu_rules.wording import confusions
from kanwu_rules.wording.confusions import COLON, SIMPLIFIED, TRADITIONAL, lines_of

OFTEN = 70
"""So often jieba has met an idiom."""
COMMON = 30
"""So often it has met a half that may be a word of its own."""
RARER = 0.25
"""A wrong character is at least so frequent, compared with the right one: slips go to common characters."""
MOST = 2
"""So many wrong forms an idiom has."""

Forms = Mapping[str, list[str]]
TABLE = tomllib.loads(
    (Path(__file__).parent / "confusable_characters.toml").read_text(encoding="utf-8")
)


def jieba_words() -> tuple[Counter[str], set[str]]:
    """How often jieba met each word, and which are idioms."""
    text = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    counts, idioms = Counter[str](), set()
    for word, count, kind in map(str.split, text.splitlines()):
        counts[word] = int(count)
        if kind in "il" and len(word) == 4:
            idioms.add(word)
    return counts, idioms


def opencc_phrases(name: str) -> set[str]:
    """All words of a dictionary of OpenCC."""
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    return set(path.read_text(encoding="utf-8").split())


def readings(character: str) -> set[str]:
    """How a character may be read, with tones."""
    return set(pinyin(character, style=Style.TONE, heteronym=True)[0])


def confused_with() -> Mapping[str, list[str]]:
    """For each character those that it is confused with, and that it sounds or looks like."""
    found = defaultdict(list)
    for pair in TABLE["pairs"].split():
        if readings(pair[0]) & readings(pair[1]) or set(pair) <= set(TABLE["alike"]):
            found[pair[0]].append(pair[1])
            found[pair[1]].append(pair[0])
    return found


def wrong_idioms(known: set[str]) -> Iterator[tuple[str, str]]:
    """Idioms, each with a wrong form."""
    counts, idioms = jieba_words()
    words = counts.keys() | phrases_dict.keys() | opencc_phrases("STPhrases") | known
    characters = Counter[str]()
    for word, count in counts.items():
        characters.update(dict.fromkeys(word, count))
    others = confused_with()
    for idiom in sorted(idioms & phrases_dict.keys() - known):
        if counts[idiom] < OFTEN:
            continue
        for at, right in enumerate(idiom):
            for wrong in others.get(right, ()):
                form = idiom[:at] + wrong + idiom[at + 1 :]
                if (
                    form not in words
                    and characters[wrong] >= RARER * characters[right]
                    and min(counts[form[:2]], counts[form[2:]]) < COMMON
                    and max(counts[form[:3]], counts[form[1:]]) <= 5
                ):
                    yield idiom, form


def traditional(simplified: Forms) -> Forms:
    """The same words in traditional characters, where these differ."""
    convert = opencc.OpenCC("s2tw").convert
    words = opencc_phrases("TSPhrases") | opencc_phrases("STPhrases")
    usual = set(TABLE["usual-in-taiwan"].split())
    found: defaultdict[str, list[str]] = defaultdict(list)
    for right, forms in simplified.items():
        written = convert(right)
        for form in forms:
            other = "".join(
                t if r == w else convert(w) for t, r, w in zip(written, right, form, strict=True)
            )
            if (
                written not in (right, other)
                and form not in usual
                and (other == form or other not in words)
            ):
                found[written].append(other)
    return found


def main() -> None:
    """Write the list."""
    words: dict[str, list[str]] = {}
    for line in lines_of(SIMPLIFIED[0]):
        right, _, forms = line.partition(COLON)
        words[right] = forms.split()
    known = {word for forms in words.values() for word in forms}
    idioms: defaultdict[str, list[str]] = defaultdict(list)
    for idiom, form in wrong_idioms(known):
        if len(idioms[idiom]) < MOST:
            idioms[idiom].append(form)
    everything = words | {right: words.get(right, []) + forms for right, forms in idioms.items()}
    for name, table in ((SIMPLIFIED[1], idioms), (TRADITIONAL, traditional(everything))):
        target = Path(confusions.__file__).with_name(name)
        head = target.read_text(encoding="utf-8").partition("\n\n")[0]
        lines = [f"{right}{COLON}{' '.join(forms)}" for right, forms in table.items()]
        target.write_text("\n".join([head, "", *lines, ""]), encoding="utf-8")
        print(name, len(lines), "words,", sum(map(len, table.values())), "wrong forms")


if __name__ == "__main__":
    main()
