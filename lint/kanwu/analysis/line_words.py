"""The words that tell the roles of lines, in the form in which they are looked up."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kanwu.analysis.role import Role
from kanwu.documents.tables import read_words

LONGEST_OPENED = 60
"""A line that leads through a site is no longer than this."""
FIRST_OF_CAPTION = frozenset("图圖上下左右题（(【▲△F")
BULLETS = frozenset("附☉⊙•·●○■□◆◇▪▶►※✓✔★☆➤➢◎♦-*+–")


class LineWords:
    """The word lists of `data/line_words.toml`."""

    def __init__(self) -> None:
        data = read_words(__file__, "data/line_words.toml")
        kinds = (
            ("meta_labels", Role.META),
            ("byline_labels", Role.BYLINE),
            ("credit_labels", Role.CREDIT),
        )
        self.labels = {word.lower(): role for key, role in kinds for word in data[key]}
        self.navigation = by_first_character(data["navigation"])
        self.notices = by_first_character(data["notices"])
        self.telling = FIRST_OF_CAPTION | BULLETS | self.notices.keys()
        """With other first characters, a long line that ends in a full stop is a paragraph."""
        self.menu = frozenset(data["menu"])
        self.connectives = frozenset(data["connectives"])
        self.spaced_words = frozenset(data["spaced_words"])
        self.picture_sources = tuple(data["picture_sources"])
        self.datelines = tuple(data["datelines"])
        self.jobs = tuple(data["jobs"])
        self.job_ends = frozenset(job[-1] for job in self.jobs)
        surnames = "".join(data["surnames"])
        self.surnames = frozenset(surnames) | frozenset(data["double_surnames"])

    def is_navigation(self, text: str) -> bool:
        """Whether a line begins with words that lead through a site."""
        if len(text) > LONGEST_OPENED:
            return False
        # 返回 opens a link and 返回舱 a sentence: short words must stand apart.
        return any(
            text.startswith(word)
            and (len(word) > 2 or len(text) == len(word) or not is_han(text[len(word)]))
            for word in self.navigation.get(text[0], ())
        )

    def is_surname(self, name: str) -> bool:
        """Whether a Chinese name begins with a family name."""
        return name[:1] in self.surnames or name[:2] in self.surnames

    def is_dateline(self, text: str) -> bool:
        """Whether a line begins as the first paragraph of a news article does."""
        head = text[:20]
        return head.startswith(self.datelines) or (
            head.startswith(self.picture_sources) and ("电" in head or "電" in head)
        )


def by_first_character(words: list[str]) -> dict[str, tuple[str, ...]]:
    """Words under their first characters."""
    found = defaultdict(list)
    for word in words:
        found[word[0]].append(word)
    return {first: tuple(several) for first, several in found.items()}


def is_han(character: str) -> bool:
    """Whether a character is a Han character of the basic planes."""
    return "㐀" <= character <= "鿿"


@cache
def line_words() -> LineWords:
    """The word lists, loaded at the first call."""
    return LineWords()
