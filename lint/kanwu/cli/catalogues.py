"""The rules that `kanwu rules` and `kanwu rule` speak of: those of the working folder's settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.options import RULE_FILES

if TYPE_CHECKING:
    from collections.abc import Callable

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
