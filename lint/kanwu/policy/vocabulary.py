"""The words by which a user names rules: codes, names, families and `ALL`, in any letter case."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.policy.settings import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.rule import AnyRule

ALL = "ALL"
INTERNAL = "INT"
"""The family through which the engine reports that something was not checked; always on."""

RULE = "the code or name of a rule"
RULES = "the code, name or family of a rule, or ALL"


class Unacceptable(ConfigurationError):  # noqa: N818 - it names what a value is
    """A value that a setting does not take.

    `at` holds the keys from the setting down to the value; empty where the setting itself is meant.
    """

    def __init__(self, found: str, expected: str, *, hint: str = "") -> None:
        super().__init__(f"found {found}, expected {expected}" + (f"; {hint}" if hint else ""))
        self.at: tuple[str, ...] = ()


@contextmanager
def inside(key: str) -> Iterator[None]:
    """Let what is Unacceptable within be known to stand under a key."""
    try:
        yield
    except Unacceptable as error:
        error.at = (key, *error.at)
        raise


class Vocabulary:
    """What the words of the user mean, given the rules that there are."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def families(self) -> frozenset[str]:
        return self.catalogue.families

    def canonical(self, word: str) -> str:
        """The code, family or `ALL` that a word stands for. Raises Unacceptable."""
        capital = word.upper()
        if capital == ALL or capital in self.families:
            return capital
        found = self.catalogue.find(word)
        if found is None:
            raise Unacceptable(f'"{word}"', RULES, hint=did_you_mean(word, self.words()))
        return found.code

    def rule(self, word: str) -> type[AnyRule]:
        """The rule with this code or name. Raises Unacceptable."""
        found = self.catalogue.find(word)
        if found is not None:
            return found
        family = [f"{r.code} {r.name}" for r in self.catalogue if r.family() == word.upper()]
        hint = f"the rules of this family are {', '.join(family)}" if family else ""
        raise Unacceptable(f'"{word}"', RULE, hint=hint or did_you_mean(word, self._rules()))

    def words(self) -> tuple[str, ...]:
        """Every word that names rules."""
        return (*self._rules(), *sorted(self.families), ALL)

    def _rules(self) -> tuple[str, ...]:
        return (*self.catalogue.by_code, *self.catalogue.by_name)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question naming the known word that comes nearest, or nothing when none is near."""
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that comes nearest, or nothing when none is near."""
    import difflib  # only mistakes need it

    by_folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else ""
