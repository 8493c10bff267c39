"""Reading a configuration file and what it stands on, down to the last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from kanwu.policy.keys import KEYS, read_table
from kanwu.policy.layers import Layer
from kanwu.policy.presets import PREFIX, preset_text
from kanwu.policy.rule_files import merged, read_rule_files, with_rule_files
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.toml_files import decoded, display, parsed
from kanwu.policy.toml_values import as_key
from kanwu.policy.vocabulary import Unacceptable, Vocabulary, inside

if TYPE_CHECKING:
    from kanwu.engine.discovery import Catalogue
    from kanwu.policy.rule_files import RuleFile

PROJECT_FILE = "pyproject.toml"
EXTEND = "extend"
RULE_FILES = "rule-files"
IN_PROGRAM = "configuration"
"""What a configuration is called that stands in no file."""


class Table(NamedTuple):
    """The table of a configuration file that is ours."""

    path: str
    root: str
    above: tuple[str, ...]
    """The keys under which it stands."""
    values: object


class Stack:
    """The layers that a configuration file is made of, the lowest first."""

    def __init__(self, catalogue: Catalogue, rule_files: tuple[RuleFile, ...]) -> None:
        """`rule_files` are known to every layer, whoever names them."""
        self.layers: list[Layer] = []
        self.own_rule_files: tuple[RuleFile, ...] = ()
        """The files of rules that the layers name."""
        self._catalogue = catalogue
        self._given = rule_files
        self._known: set[str] = set()

    def add_file(self, path: str, root: str, chain: tuple[str, ...] = ()) -> bool:
        """Add a file and before it what it stands on; False for a pyproject.toml without a table of ours.

        `chain` holds the files that led here. Raises ConfigurationError.
        """
        table = read_own_table(path, root)
        if table is None:
            return False
        real = os.path.realpath(path)
        self._known.add(real)
        try:
            self._add(table, (*chain, real))
        except Unacceptable as error:
            keys = ".".join(map(as_key, (*table.above, *error.at)))
            where = ": ".join(filter(None, (display(path), keys)))
            raise ConfigurationError(f"{where}: {error}") from None
        return True

    def add_values(self, values: object, root: str) -> None:
        """Add what would stand in a configuration file in a folder. Raises ConfigurationError."""
        try:
            self._add(Table(IN_PROGRAM, root, (), values), (IN_PROGRAM,))
        except Unacceptable as error:
            where = ": ".join(filter(None, (IN_PROGRAM, ".".join(map(as_key, error.at)))))
            raise ConfigurationError(f"{where}: {error}") from None

    def _add(self, table: Table, chain: tuple[str, ...]) -> None:
        vocabulary = Vocabulary(self._catalogue)
        values = table.values if isinstance(table.values, dict) else {}
        if EXTEND in values:
            with inside(EXTEND):
                for name in KEYS[EXTEND].read(values[EXTEND], vocabulary):
                    self._extend(name, table.root, chain)
        if RULE_FILES in values:
            with inside(RULE_FILES):
                names = KEYS[RULE_FILES].read(values[RULE_FILES], vocabulary)
                own = read_rule_files(names, table.root)
                self.own_rule_files = merged(self.own_rule_files, own)
        known = with_rule_files(self._catalogue, merged(self.own_rule_files, self._given))
        fields = read_table(table.values, Vocabulary(known))
        if len(chain) > 1:
            fields.pop(EXTEND, None)
        self.layers.append(Layer(os.path.abspath(table.path), table.root, fields))

    def _extend(self, name: str, root: str, chain: tuple[str, ...]) -> None:
        if name.startswith(PREFIX):
            if name not in self._known:
                self._known.add(name)
                preset = parsed(preset_text(name.removeprefix(PREFIX)), name)
                fields = read_table(preset, Vocabulary(self._catalogue))
                self.layers.append(Layer(name, None, fields))
            return
        path = os.path.normpath(os.path.join(root, name))
        real = os.path.realpath(path)
        if real in chain:
            circle = " -> ".join(map(display, (*chain[chain.index(real) :], real)))
            raise Unacceptable(
                f"a circle: {circle}", "files of which none stands on itself; take one extend out"
            )
        # A file that two others stand on is one layer, where it is first needed.
        if real not in self._known and not self.add_file(path, os.path.dirname(path), chain):
            raise Unacceptable(f"{display(path)} without a table [tool.kanwu]", "one that has it")


def read_own_table(path: str, root: str) -> Table | None:
    """Our table of a configuration file; None for a pyproject.toml without one. Raises ConfigurationError."""
    # A pipe would be waited for, and a device may have no end.
    if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
        raise ConfigurationError(f"{display(path)}: cannot be read: it is no ordinary file")
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ConfigurationError(f"{display(path)}: cannot be read: {error.strerror}") from error
    in_project = os.path.basename(path) == PROJECT_FILE
    if in_project and b"kanwu" not in data:
        return None
    table = parsed(decoded(data, path), path)
    if not in_project:
        return Table(path, root, (), table)
    tool = table.get("tool")
    if not isinstance(tool, dict) or "kanwu" not in tool:
        return None
    return Table(path, root, ("tool", "kanwu"), tool["kanwu"])
