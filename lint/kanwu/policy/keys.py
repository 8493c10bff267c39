"""The keys of a configuration file: one table that reading, messages and documentation are made from."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.policy.settings import Settings
from kanwu.policy.toml_values import as_toml
from kanwu.policy.values import (
    MARKUPS,
    SEVERITIES,
    entries,
    read_extend,
    read_extensions,
    read_file,
    read_files,
    read_flag,
    read_folder,
    read_folders,
    read_ignored,
    read_markup,
    read_name,
    read_patterns,
    read_per_file,
    read_rule_options,
    read_severities,
    read_severity,
    read_strings,
    read_suppressions,
    read_words,
)
from kanwu.policy.vocabulary import Unacceptable, did_you_mean, inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.policy.vocabulary import Vocabulary


class Key(NamedTuple):
    """One setting: what it takes, what it means, and how its value is read."""

    name: str
    read: Callable[[object, Vocabulary], Any]
    """From a TOML value to that of the field in Settings. Raises Unacceptable."""
    takes: str
    help: str
    example: str
    unset: str = ""
    """What holds by default, in words, where no value says it."""
    table: bool = False
    """Whether it is a table in TOML, which Settings hold as a tuple of pairs."""

    @property
    def field(self) -> str:
        """The name of the field in Settings."""
        return self.name.replace("-", "_")

    @property
    def default(self) -> str:
        """The default as TOML."""
        return as_toml(self.plain(DEFAULTS[self.field]))

    @property
    def plain_default(self) -> Any:
        """The default as JSON has it; None where words say it."""
        value = DEFAULTS[self.field]
        plain = None if value is None else self.plain(value)
        return list(plain) if isinstance(plain, tuple) else plain

    def plain(self, value: Any) -> Any:
        """The value of the field in Settings, as TOML and JSON have it."""
        if self.name == "suppressions":
            return [{name: part for name, part in one._asdict().items() if part} for one in value]
        if not self.table:
            return value
        return {word: dict(v) if self.name == "rules" else v for word, v in value}


def read_table(table: object, vocabulary: Vocabulary) -> dict[str, Any]:
    """The fields of Settings that a table of a configuration file gives. Raises Unacceptable."""
    values: dict[str, Any] = {}
    for name, value in entries(table):
        key = KEYS.get(name)
        if key is None:
            hint = did_you_mean(name, KEYS)
            if name == "tool":
                hint = "outside pyproject.toml the keys stand at the top, not under [tool.kanwu]"
            raise Unacceptable(f"the key {as_toml(name)}", f"one of {', '.join(KEYS)}", hint=hint)
        with inside(name):
            values[key.field] = key.read(value, vocabulary)
    return values


DEFAULTS = {f.name: f.default for f in fields(Settings)}

_KEYS = (
    Key(
        "extend",
        read_extend,
        "the path of a configuration file, a preset, or a list of them",
        "What this configuration stands on: `preset:newspaper`, `preset:technical`, `preset:training`, or another "
        "configuration file, relative to this one. Later ones stand over earlier ones, and this file over all. "
        "`extend-select`, `ignore`, `extend-exclude`, `suppressions` and `rule-files` add to those below; of "
        "`per-file-ignores`, `severity` and `rules` single entries replace those below; any other value "
        "replaces the one below. What a file selects, an `ignore` below does not take away by an equally "
        "exact word.",
        'extend = ["preset:newspaper", "../house-style.toml"]',
    ),
    Key(
        "select",
        read_words,
        "a list of codes, names and families, or `ALL`",
        "The rules to run, in place of those that are on by default. A family selects those of its "
        "rules that are on by default; a rule that is off needs its own code or name. `ALL` selects "
        "every rule.",
        'select = ["TRU", "ENC", "half-width-punctuation"]',
        "every rule that is on by default",
    ),
    Key(
        "extend-select",
        read_words,
        "a list of codes, names and families, or `ALL`",
        "Rules to run besides those of `select`.",
        'extend-select = ["reused-identifier"]',
    ),
    Key(
        "ignore",
        read_ignored,
        "a list of codes, names and families, or `ALL`",
        "Rules not to run. The more exact word wins: a code or name over a family, a family over "
        "`ALL`. Between words that are equally exact, `ignore` wins. Rules of the family INT report "
        "what could not be checked and cannot be ignored.",
        'ignore = ["PUN", "unbalanced-bracket"]',
    ),
    Key(
        "per-file-ignores",
        read_per_file,
        "a table from patterns of file names to lists of codes, names and families, or `ALL`",
        "Rules whose findings are dropped in some files. Patterns are those of .gitignore, relative "
        "to the folder of the configuration file; a leading `!` stands for every other file.",
        'per-file-ignores = {"drafts/**" = ["TRU"], "*.md" = ["half-width-punctuation"]}',
        table=True,
    ),
    Key(
        "suppressions",
        read_suppressions,
        "a list of tables with any of `rules`, `paths`, `contains`, `fingerprints` and `reason`",
        "Findings that are not told: those of the `rules` (codes, names, families), in files that match "
        "`paths`, on lines that hold one of the strings of `contains`, with one of the `fingerprints` "
        "that JSON output shows. What is left out of a table is not asked for; all that is given must "
        "hold. A table that names neither rules nor fingerprints silences every rule and needs a "
        "`reason`. Markdown documents have comments for this: `<!-- kanwu: ignore[TRU] -->`.",
        '[[suppressions]]\nrules = ["reused-identifier"]\npaths = ["lists/*.txt"]\n'
        'contains = ["总机"]\nreason = "one switchboard for all departments"',
    ),
    Key(
        "severity",
        read_severities,
        'a table from codes, names and families to "info", "warning" or "error"',
        "Severities in place of those that the rules give. The more exact word wins.",
        'severity = {unbalanced-bracket = "error", BOI = "info"}',
        table=True,
    ),
    Key(
        "rules",
        read_rule_options,
        "a table from codes and names to tables of options",
        "Options of single rules; `kanwu rule NAME` lists those of a rule.",
        "[rules.contact-group-list]\nphones = true",
        table=True,
    ),
    Key(
        "rule-files",
        read_files,
        "a list of TOML files",
        "Files in which rules are declared, relative to the folder of the configuration file. The other "
        "keys can name these rules like any others. The guide to rules of your own says what such a "
        "file holds.",
        'rule-files = ["house.toml"]',
    ),
    Key(
        "exclude",
        read_patterns,
        "a list of patterns as in .gitignore",
        "Files and folders to leave out when folders are searched, relative to the folder of the "
        "configuration file.",
        'exclude = ["drafts/", "*.bak.txt"]',
    ),
    Key(
        "extend-exclude",
        read_patterns,
        "a list of patterns as in .gitignore",
        "Files and folders to leave out besides those of `exclude`.",
        'extend-exclude = ["archive/2019*"]',
    ),
    Key(
        "extensions",
        read_extensions,
        "a list of file extensions, with their dots",
        "The files that are checked when folders are searched. A file named on the command line is "
        "checked whatever it is called.",
        'extensions = [".txt", ".md", ".html"]',
    ),
    Key(
        "respect-ignore-files",
        read_flag,
        "true or false",
        "Leave out what ignore files such as .gitignore leave out.",
        "respect-ignore-files = false",
    ),
    Key(
        "text-fields",
        read_strings,
        "a list of names of fields, dots between those of nested ones",
        "Where the rows of a dataset (.jsonl, .ndjson, also with .gz or .zst, and .parquet) hold their texts. Each of "
        "these fields of a row is a document.",
        'text-fields = ["title", "content.body"]',
    ),
    Key(
        "text-markup",
        read_markup,
        MARKUPS,
        "How these texts are written. Places in HTML are those in the field, tags and all, and nothing in it is "
        "repaired; in Markdown code and links are left alone.",
        'text-markup = "html"',
    ),
    Key(
        "id-field",
        read_name,
        "the name of a field, dots between those of a nested one",
        "Where the rows of a dataset hold their ids, texts or whole numbers. Findings name them, and an id that "
        "is there twice is a finding.",
        'id-field = "meta.url"',
        "none: rows have their numbers alone",
    ),
    Key(
        "corpus",
        read_folders,
        "a list of folders",
        "The documents that belong together: rules that compare documents hold each checked file "
        "against these. Relative to the folder of the configuration file.",
        'corpus = ["articles/"]',
    ),
    Key(
        "fail-on",
        read_severity,
        SEVERITIES,
        "The least severity at which findings make the exit status 1.",
        'fail-on = "error"',
    ),
    Key(
        "cache-dir",
        read_folder,
        "the path of a folder",
        "Where the cache of results and the index of the corpus are kept. Relative to the folder of the "
        "configuration file.",
        'cache-dir = "/var/cache/kanwu"',
    ),
    Key(
        "baseline",
        read_file,
        "the path of a file",
        "The findings that were there when you began, recorded by `kanwu baseline`: `check` and `fix` pass "
        "over them. Relative to the folder of the configuration file; a file of the default name is used "
        "where there is one.",
        'baseline = "old-findings.json"',
    ),
)
KEYS: dict[str, Key] = {key.name: key for key in _KEYS}
