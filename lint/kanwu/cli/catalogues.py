"""The rules that `kanwu rules` and `kanwu rule` speak of: those of the working folder's settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.options import RULE_FILES

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from kanwu.engine.discovery import Catalogue

DECLARING = (
    RULE_FILES,
    click.option(
        "--config",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Use this configuration file, and the rules of the files that it names.",
    ),
    click.option(
        "--isolated", is_flag=True, help="Ignore all configuration files, and what they declare."
    ),
)


def declaring_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which declared rules there are."""
    for option in reversed(DECLARING):
        command = option(command)
    return command


def completed(word: str, before: str = "") -> list[CompletionItem]:
    """What a shell offers for the beginning of a code, a name or a family; `before` is kept before it."""
    from click.shell_completion import CompletionItem

    from kanwu.engine.discovery import PluginError, discover
    from kanwu.policy.settings import ConfigurationError

    try:
        catalogue = configured_catalogue(rule_files=(), config=None, isolated=False)
    except (ConfigurationError, PluginError):
        catalogue = discover()
    known = dict.fromkeys(sorted(catalogue.families), "")
    for rule in catalogue:
        known[rule.code] = known[rule.name] = rule.summary()
    return [
        CompletionItem(before + name, help=summary or None)
        for name, summary in known.items()
        if name.lower().startswith(word.lower())
    ]


def complete_rule(
    ctx: click.Context,  # noqa: ARG001 - as click calls it
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """The completion of an argument that names one rule."""
    return [item for item in completed(incomplete) if len(item.value) > 3]


def configured_catalogue(
    *, rule_files: tuple[str, ...], config: str | None, isolated: bool
) -> Catalogue:
    """All rules, with those that are declared for the working folder.

    Raises ConfigurationError and PluginError.
    """
    from kanwu.engine.discovery import discover
    from kanwu.policy.loading import Resolver
    from kanwu.policy.rule_files import catalogue_for

    catalogue = discover()
    resolver = Resolver(catalogue, config=config, isolated=isolated, rule_files=rule_files)
    return catalogue_for(catalogue, resolver.for_folder(os.getcwd()))
