"""The words that tell the roles of lines, in the form in which they are looked up."""

from __future__ import annotations

from functools import cache

from kanwu.analysis.role import Role

LONGEST_OPENED = 60
"""A line that leads through a site is no longer than this."""


class LineWords:
    """The word lists of `data/line_words.toml`."""

    def __init__(self, data: dict[str, list[str]], surnames: str) -> None:
        kinds = (
            ("meta_labels", Role.META),
            ("byline_labels", Role.BYLINE),
            ("credit_labels", Role.CREDIT),
        )
        self.labels = {word.lower(): role for key, role in kinds for word in data[key]}
        self.navigation = frozenset(data["navigation"])
        self.notices = frozenset(data["notices"])
        openings = self.navigation | self.notices
        self.beginnings = frozenset(word[0] for word in openings)
        """The first characters of navigation and notices."""
        self.lengths = tuple(sorted({len(word) for word in openings}))
        self.menu = frozenset(data["menu"])
        self.connectives = frozenset(data["connectives"])
        self.spaced_words = frozenset(data["spaced_words"])
        self.picture_sources = tuple(data["picture_sources"])
        self.surnames = frozenset(surnames.replace("\n", "")) | frozenset(data["double_surnames"])

    def opening(self, text: str) -> Role | None:
        """The role that the first words of a line give it."""
        for length in self.lengths:
            word = text[:length]
            if word in self.notices:
                return Role.META
            # 返回 opens a link and 返回舱 a sentence: short words must stand apart.
            apart = length > 2 or len(text) <= length or not is_han(text[length])
            if apart and word in self.navigation and len(text) <= LONGEST_OPENED:
                return Role.NAVIGATION
        return None

    def is_surname(self, name: str) -> bool:
        """Whether a Chinese name begins with a family name."""
        return name[:1] in self.surnames or name[:2] in self.surnames


def is_han(character: str) -> bool:
    """Whether a character is a Han character of the basic planes."""
    return "㐀" <= character <= "鿿"


@cache
def line_words() -> LineWords:
    """The word lists, loaded at the first call."""
    import tomllib
    from importlib.resources import files

    source = files(__package__).joinpath("data/line_words.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    return LineWords(data, data.pop("surnames"))
