"""Configurations that stand on others: presets, the files that `extend` names, and the file itself on top."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.policy.patterns import rebased
from kanwu.policy.settings import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanwu.policy.settings import Settings, Suppression
    from kanwu.policy.vocabulary import Vocabulary

ADDED = ("extend_select", "ignore", "extend_exclude", "suppressions", "rule_files")
"""Lists to which a configuration adds what it says; any other list or value it replaces."""
JOINED = ("per_file_ignores", "severity", "rules")
"""Tables of which it replaces single entries."""
PATTERNS = ("exclude", "extend_exclude")
FOLDERS = ("corpus", "rule_files")
PATHS = ("cache_dir", "baseline")


class Layer(NamedTuple):
    """What one configuration says, whatever it stands on."""

    source: str
    """Its absolute path, `preset:NAME`, or `command line`."""
    root: str | None
    """The folder that its patterns and relative paths refer to; None for wherever it is used."""
    values: Mapping[str, Any]
    """By the fields of Settings."""


def laid_over(base: Settings, layer: Layer, vocabulary: Vocabulary) -> Settings:
    """Settings with those of a layer over them.

    A value replaces the one below, but lists of ADDED grow and tables of JOINED are joined. A new
    `select` stands in place of the `select` and `extend-select` below, and what is selected in the layer,
    an `ignore` below does not take away by an equally exact word.
    """
    values = moved(layer, base.root)
    chosen = {
        vocabulary.canonical(word)
        for name in ("select", "extend_select")
        for word in values.get(name) or ()
    }
    below = {name: getattr(base, name) for name in (*ADDED, *JOINED)}
    below["ignore"] = tuple(w for w in base.ignore if vocabulary.canonical(w) not in chosen)
    if "select" in values:
        below["extend_select"] = ()
    fields = {
        **values,
        **{name: (*below[name], *values.get(name, ())) for name in ADDED},
        **{
            name: joined(below[name], values[name], vocabulary, deep=name == "rules")
            for name in JOINED
            if name in values
        },
    }
    origins = dict(base.origins)
    for name, value in fields.items():
        if name in values or value != getattr(base, name):
            kept = origins.get(name, ()) if below.get(name) else ()
            origins[name] = (*kept, Given(layer.source, items_of(values.get(name))))
    return replace(base, **fields, origins=origins)


def joined(
    below: Iterable[tuple[str, Any]],
    above: Iterable[tuple[str, Any]],
    vocabulary: Vocabulary,
    *,
    deep: bool,
) -> tuple[tuple[str, Any], ...]:
    """The entries of two tables, of two for one thing the one above; with `deep` their own entries too."""
    entries: dict[str, tuple[str, Any]] = {}
    for word, value in (*below, *above):
        # One rule may be called by its code here and by its name there; patterns are no words.
        known = vocabulary.catalogue.find(word)
        key = known.code if known else word
        if deep and key in entries:
            value = tuple((dict(entries[key][1]) | dict(value)).items())  # noqa: PLW2901
        # The later entry is the later one in order too.
        entries.pop(key, None)
        entries[key] = (word, value)
    return tuple(entries.values())


def items_of(value: object) -> tuple[str, ...]:
    """The items of a list of strings, or the keys of a table."""
    if not isinstance(value, tuple):
        return ()
    return tuple(str(item[0]) if isinstance(item, tuple) else str(item) for item in value)


def moved(layer: Layer, root: str) -> dict[str, Any]:
    """The values of a layer, its patterns and relative paths such that they mean the same from `root`."""
    values = dict(layer.values)
    if layer.root is None or layer.root == root:
        return values
    old = layer.root

    def here(patterns: Iterable[str]) -> tuple[str, ...]:
        return tuple(rebased(patterns, old, root))

    def suppression(one: Suppression) -> Iterable[Suppression]:
        paths = here(one.paths)
        return () if one.paths and not paths else (one._replace(paths=paths),)

    for name, value in values.items():
        if name in PATTERNS:
            values[name] = here(value)
        elif name == "per_file_ignores":
            values[name] = tuple((new, words) for glob, words in value for new in here([glob]))
        elif name == "suppressions":
            values[name] = tuple(new for one in value for new in suppression(one))
        elif name in FOLDERS:
            values[name] = tuple(os.path.join(old, path) for path in value)
        elif name in PATHS:
            values[name] = os.path.join(old, value)
    return values
