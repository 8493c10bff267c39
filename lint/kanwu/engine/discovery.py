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
from contextlib import redirect_stdout
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import __version__
from kanwu.engine.housekeeping import HOUSEKEEPING_RULES
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.ledger import Ledger
from kanwu.engine.rule import AnyRule
from kanwu.engine.triggers import LinesOf, TextTrigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

GROUP = "kanwu.rules"
RESERVED = ("INT", "SUP", "ALL")
"""Families that no plugin may have."""


class PluginError(Exception):
    """A plugin that cannot be used: it does not import, or its rules clash with others."""


class EntryPoint(NamedTuple):
    """One line of a distribution's `entry_points.txt` under `[kanwu.rules]`."""

    distribution: str
    """Its name and version: `kanwu-example 1.0`."""
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
                        f"two rules are called {word}: {describe(other)} of "
                        f"{self.origin.get(other.code, origin)} and {describe(rule)} of {origin}; "
                        "uninstall one of the two, or give its rule another code and name"
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


class Undiscovered(Catalogue):
    """The catalogue of `discover`, which is called when something is first asked of this one.

    A run that finds all that it needs in the cache asks nothing, and so imports no rule.
    """

    def __init__(self) -> None:
        """Nothing is asked yet."""

    def __getattr__(self, name: str) -> Any:
        known = vars(discover())
        if name not in known:
            raise AttributeError(name)
        vars(self).update(known)
        return known[name]


def describe(rule: type[AnyRule]) -> str:
    """A rule class with its module, for messages about plugins."""
    return f"{rule.__module__}.{rule.__qualname__}"


@lru_cache(maxsize=1)
def discover() -> Catalogue:
    """Import every rule that an installed distribution offers, once a process. Raises PluginError."""
    own = f"kanwu {__version__}"
    found: list[tuple[type[AnyRule], str]] = [
        (rule, own) for rule in (*INTERNAL_RULES, *HOUSEKEEPING_RULES)
    ]
    for entry in sorted(set(entry_points())):
        try:
            # What a module prints when it is imported would stand in the midst of machine output.
            with redirect_stdout(sys.stderr):
                for rule in rules_in(importlib.import_module(entry.package)):
                    check_form(rule)
                    found.append((rule, entry.distribution))
        except (Exception, SystemExit) as error:
            why = str(error) if isinstance(error, PluginError) else describe_failure(error)
            raise PluginError(
                f"the plugin {entry.distribution} (entry point {entry.name} = {entry.package}) "
                f"cannot be loaded: {why}; repair it, or uninstall it"
            ) from error
    return Catalogue(found)


def check_form(rule: type[AnyRule]) -> None:
    """Raise PluginError for a rule whose code or name has not the form of one."""
    code, name = rule.code, getattr(rule, "name", None)
    if not (
        isinstance(code, str)
        and len(code) == 6
        and code.isascii()
        and code[:3].isalpha()
        and code[:3].isupper()
        and code[3:].isdigit()
    ):
        raise PluginError(
            f"{describe(rule)} has the code {code!r}, expected three capital letters and three digits"
        )
    if code[:3] in RESERVED:
        raise PluginError(
            f"{describe(rule)} has the code {code}, whose family is that of kanwu itself"
        )
    if not (isinstance(name, str) and name == name.lower() and name.replace("-", "").isalnum()):
        raise PluginError(
            f"{describe(rule)} has the name {name!r}, expected small letters and digits with hyphens"
        )


def made(rule: type[AnyRule], options: Mapping[str, Any] | None = None) -> AnyRule:
    """A rule with its options, ready to be called. Raises PluginError."""
    try:
        ready = rule(options)
        strange = [t for t in ready.where if not isinstance(t, TextTrigger | LinesOf)]
    except Exception as error:
        raise PluginError(
            f"the rule {describe(rule)} cannot be made: {describe_failure(error)}"
        ) from error
    if strange:
        raise PluginError(
            f"the rule {describe(rule)} has {strange[0]!r} in its where, expected triggers "
            "such as Literals and EveryDocument"
        )
    return ready


def describe_failure(error: BaseException) -> str:
    """An exception with the file and line that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{where}"


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
    # `issubclass` asks every abstract class for all that it knows of, a thousand times here.
    return (
        isinstance(value, type)
        and value.__module__ == module.__name__
        and base in value.__mro__
        and not inspect.isabstract(value)
    )


def entry_points() -> Iterator[EntryPoint]:
    """Read the entry points of all distributions on `sys.path`.

    By hand, because importing `importlib.metadata` costs half as much as a whole run over three
    files; the files read are the ones that it would read.
    """
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                distribution, _, rest = name.rpartition(".")[0].partition("-")
                # Of a distribution that is installed twice the first one on the path counts, as for Python.
                if distribution in seen:
                    continue
                path = os.path.join(folder, name, "entry_points.txt")
                try:
                    with open(path, encoding="utf-8") as lines:
                        text = lines.read()
                except OSError:
                    continue
                if GROUP in text:
                    seen.add(distribution)
                    version = rest.partition("-")[0]
                    called = f"{distribution.replace('_', '-')} {version}".rstrip()
                    yield from parse_entry_points(text, called)


def parse_entry_points(text: str, distribution: str) -> Iterator[EntryPoint]:
    """The entry points of our group in the text of an `entry_points.txt`."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line:
            name, _, package = line.partition("=")
            yield EntryPoint(distribution, name.strip(), package.partition(":")[0].strip())
