"""`kanwu config`: which settings apply to a file, and where each comes from."""

from __future__ import annotations

import os
from typing import Any

import click

from kanwu.cli.languages import SPOKEN, Languages
from kanwu.cli.options import RULE_FILES, words_option


@click.command(
    "config",
    epilog="""\b
Examples:
  kanwu config articles/0001.txt
  kanwu config --select PUN --output-format json
  kanwu config --keys
  kanwu config --schema > kanwu.schema.json
""",
)
@click.argument("path", metavar="[PATH]", type=click.Path(exists=True), default=".")
@words_option("--select", "As with `kanwu check`.")
@words_option("--extend-select", "As with `kanwu check`.")
@words_option("--ignore", "As with `kanwu check`.")
@RULE_FILES
@click.option(
    "--config",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Use this configuration file for everything.",
)
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option("--keys", is_flag=True, help="Explain everything that can be configured, and exit.")
@click.option(
    "--schema", is_flag=True, help="Print the JSON schema of kanwu.toml for editors, and exit."
)
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Text is TOML, with comments.",
)
@SPOKEN
def command(
    path: str,
    *,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    rule_files: tuple[str, ...],
    config: str | None,
    isolated: bool,
    keys: bool,
    schema: bool,
    output_format: str,
    languages: Languages,
) -> None:
    """Show which settings apply to a file or folder, and where each comes from.

    The nearest kanwu.toml, .kanwu.toml or pyproject.toml with a table [tool.kanwu] holds, looked for
    from the folder of the file upwards; of those in one folder the first named. What it does not set
    is as by default, whatever other files further up say, unless it names them under `extend`. Below the settings stand the rules, those
    that apply and those that do not, each with the reason.
    """
    from kanwu.cli.printing import print_json, print_page, print_text
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.policy.loading import Resolver
    from kanwu.policy.rule_files import catalogue_for
    from kanwu.policy.selection import Policy
    from kanwu.policy.settings import ConfigurationError
    from kanwu.reporters.settings_page import (
        settings_data,
        settings_page,
        settings_reference,
    )

    if keys:
        print_page(settings_reference(languages.wording()))
        return
    if schema:
        print_schema(rule_files=rule_files, config=config, isolated=isolated)
        return
    options = {"select": select, "extend-select": extend_select, "ignore": ignore}
    try:
        resolver = Resolver(
            discover(),
            config=config,
            isolated=isolated,
            overrides={name: list(value) for name, value in options.items() if value},
            rule_files=rule_files,
        )
        find = resolver.for_folder if os.path.isdir(path) else resolver.for_file
        settings = find(path)
        resolver.refuse_unknown_words()
        catalogue = catalogue_for(discover(), settings)
        policy = Policy(settings, catalogue)
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    if output_format == "json":
        print_json(settings_data(path, policy, catalogue))
    else:
        print_text(settings_page(path, policy, catalogue, languages.wording()))


def print_schema(**where: Any) -> None:
    """Print the schema, which names the rules that are declared for the working folder too."""
    from kanwu.cli.catalogues import configured_catalogue
    from kanwu.cli.printing import print_json
    from kanwu.engine.discovery import PluginError
    from kanwu.policy.json_schema import json_schema
    from kanwu.policy.settings import ConfigurationError

    try:
        print_json(json_schema(configured_catalogue(**where)))
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
