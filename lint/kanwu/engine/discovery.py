"""Finding the rules: the built-in ones and those of plugins, all by the same door.

A distribution offers rules through the entry point group `kanwu.rules`; an entry point names a
package, and every rule class in any of its modules is a rule. Only installed distributions are
asked: nothing that lies in a folder being linted is ever imported.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.housekeeping import HOUSEKEEPING_RULES
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.ledger import Ledger
from kanwu.engine.rule import AnyRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

GROUP = "kanwu.rules"


class PluginError(Exception):
    """A plugin that cannot be used: it does not import, or its rules clash with others."""


class EntryPoint(NamedTuple):
    """One line of a distribution's `entry_points.txt` under `[kanwu.rules]`."""

    distribution: str
    name: str
    package: str


class Catalogue:
    """All rules there are, by code and by name."""

    def __init__(self, rules: Iterable[tuple[type[AnyRule], str]]) -> None:
        """Take rule classes with the distribution, or the file of rules, that each comes from."""
        self.origin: dict[str, str] = {}
        self.by_code: dict[str, type[AnyRule]] = {}
        self.by_name: dict[str, type[AnyRule]] = {}
        for rule, origin in rules:
            for known, word in ((self.by_code, rule.code), (self.by_name, rule.name)):
                other = known.get(word)
                if other is not None and other is not rule:
                    raise PluginError(
                        f"two rules are called {word}: {describe(other)} and {describe(rule)}"
                    )
                known[word] = rule
            self.origin[rule.code] = origin
        self.by_code = dict(sorted(self.by_code.items()))

    def __iter__(self) -> Iterator[type[AnyRule]]:
        """The rules in the order of their codes."""
        return iter(self.by_code.values())

    def with_rules(self, rules: Iterable[tuple[type[AnyRule], str]]) -> Catalogue:
        """These rules and some more, each with where it comes from. Raises PluginError."""
        return Catalogue([*((rule, self.origin[rule.code]) for rule in self), *rules])

    def find(self, word: str) -> type[AnyRule] | None:
        """The rule with this code or name, in any letter case."""
        return self.by_code.get(word.upper()) or self.by_name.get(word.lower())

    @property
    def families(self) -> frozenset[str]:
        return frozenset(rule.family() for rule in self)


def describe(rule: type[AnyRule]) -> str:
    """A rule class with its module, for messages about plugins."""
    return f"{rule.__module__}.{rule.__qualname__}"


@lru_cache(maxsize=1)
def discover() -> Catalogue:
    """Import every rule that an installed distribution offers, once a process. Raises PluginError."""
    found: list[tuple[type[AnyRule], str]] = [
        (rule, "kanwu") for rule in (*INTERNAL_RULES, *HOUSEKEEPING_RULES)
    ]
    for entry in sorted(set(entry_points())):
        try:
            package = importlib.import_module(entry.package)
            found += ((rule, entry.distribution) for rule in rules_in(package))
        except PluginError:
            raise
        except Exception as error:
            raise PluginError(
                f"the plugin {entry.distribution} (entry point {entry.name} = {entry.package}) "
                f"cannot be loaded: {type(error).__name__}: {error}"
            ) from error
    return Catalogue(found)


def ledgers() -> Iterator[Ledger]:
    """The ledgers that the packages of rules offer. Raises PluginError."""
    discover()
    for entry in sorted(set(entry_points())):
        package = importlib.import_module(entry.package)
        for module in modules_of(package):
            for value in vars(module).values():
                if is_defined(value, module, Ledger):
                    yield value()


def rules_in(package: ModuleType) -> Iterator[type[AnyRule]]:
    """The rule classes defined in a package and all modules below it, or in a single module."""
    for module in modules_of(package):
        for value in vars(module).values():
            # What several rules share has no code of its own.
            if is_defined(value, module, AnyRule) and hasattr(value, "code"):
                yield value


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    """A package and all modules below it, imported."""
    yield package
    for info in pkgutil.walk_packages(getattr(package, "__path__", ()), package.__name__ + "."):
        yield importlib.import_module(info.name)


def is_defined(value: object, module: ModuleType, base: type) -> bool:
    """Whether a value is a class of this module that can be called and derives from another."""
    return (
        isinstance(value, type)
        and value.__module__ == module.__name__
        and issubclass(value, base)
        and not inspect.isabstract(value)
    )


def entry_points() -> Iterator[EntryPoint]:
    """Read the entry points of all distributions on `sys.path`.

    By hand, because importing `importlib.metadata` costs half as much as a whole run over three
    files; the files read are the ones that it would read.
    """
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                path = os.path.join(folder, name, "entry_points.txt")
                try:
                    with open(path, encoding="utf-8") as lines:
                        text = lines.read()
                except OSError:
                    continue
                if GROUP in text:
                    yield from parse_entry_points(text, name.partition("-")[0])


def parse_entry_points(text: str, distribution: str) -> Iterator[EntryPoint]:
    """The entry points of our group in the text of an `entry_points.txt`."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line:
            name, _, package = line.partition("=")
            yield EntryPoint(distribution, name.strip(), package.partition(":")[0].strip())
