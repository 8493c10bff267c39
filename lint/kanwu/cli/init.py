"""`kanwu init`: write a configuration file for a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from kanwu.cli.languages import SPOKEN, Languages

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Preset(click.ParamType[str]):
    """The name of a preset."""

    name = "preset"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kanwu.policy.presets import PREFIX, preset_names
        from kanwu.policy.vocabulary import did_you_mean

        name = value.removeprefix(PREFIX)
        if name not in preset_names():
            hint = did_you_mean(name, preset_names())
            known = ", ".join(preset_names())
            self.fail(
                f"found {value!r}, expected one of {known}{'; ' * bool(hint)}{hint}", param, ctx
            )
        return name

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - as click calls it
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from kanwu.policy.presets import preset_names

        return [CompletionItem(name) for name in preset_names() if name.startswith(incomplete)]


@click.command(
    "init",
    epilog="""\b
Examples:
  kanwu init
  kanwu init --preset newspaper articles/
  kanwu init --stdout
""",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option(
    "--preset",
    "presets",
    type=Preset(),
    multiple=True,
    metavar="NAME",
    help="Stand on a preset: newspaper, technical or training.",
)
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the file and write nothing.")
@click.option("--force", is_flag=True, help="Write over a kanwu.toml that is there.")
@click.option(
    "--schema", "with_schema", is_flag=True, help="Write kanwu.schema.json for editors beside it."
)
@SPOKEN
def command(
    folder: str,
    *,
    presets: tuple[str, ...],
    to_stdout: bool,
    force: bool,
    with_schema: bool,
    languages: Languages,
) -> None:
    """Write a commented kanwu.toml that fits what is in a folder.

    Kinds of files, encodings, scripts, languages and folders of others are looked at, and some of the
    documents are checked. What follows from that is set; what is a matter of choice is shown as a comment. A
    configuration that holds for the folder already is extended.
    """
    from kanwu import __version__
    from kanwu.cli.printing import print_text
    from kanwu.cli.runs import rules_at_work
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.policy.json_schema import json_schema
    from kanwu.policy.loading import Resolver
    from kanwu.policy.presets import PREFIX
    from kanwu.policy.settings import ConfigurationError
    from kanwu.reporters.first_configuration import closing_words, first_configuration
    from kanwu.session.survey import survey

    target = os.path.join(folder, TARGET)
    try:
        # Asked for before anything is looked at: what is there is not to be written over.
        if not (to_stdout or force):
            refuse_existing(folder)
        extend = [*extended_above(folder), *(PREFIX + name for name in presets)]
        with rules_at_work():
            seen = survey(folder, Resolver(discover(), isolated=True))
        text = first_configuration(
            seen,
            extend=extend,
            schema=f"./{SCHEMA}" if with_schema else None,
            version=__version__,
            wording=languages.wording(),
        )
        schema = json_schema(discover()) if with_schema else None
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    if to_stdout:
        print_text(text)
        return
    if schema is not None:
        import json

        write(os.path.join(folder, SCHEMA), json.dumps(schema, ensure_ascii=False) + "\n", "w")
    write(target, text, "w" if force else "x")
    say = languages.wording()
    following = say.word("; ").join(closing_words(seen, say))
    click.echo(say("Wrote {path}. Next: {next}", path=os.path.normpath(target), next=following))


TARGET, SCHEMA = "kanwu.toml", "kanwu.schema.json"


def refuse_existing(folder: str) -> None:
    """Raise ConfigurationError where the folder has a configuration."""
    from kanwu.policy.extending import PROJECT_FILE, read_own_table
    from kanwu.policy.loading import FILE_NAMES
    from kanwu.policy.settings import ConfigurationError
    from kanwu.policy.toml_files import display

    for name in FILE_NAMES:
        path = os.path.join(folder, name)
        if not os.path.lexists(path):
            continue
        if name != PROJECT_FILE or read_own_table(path, folder) is not None:
            where = " in [tool.kanwu]" * (name == PROJECT_FILE)
            forced = (
                "over it" if name == TARGET else f"{TARGET} all the same, which then holds instead"
            )
            raise ConfigurationError(
                f"{display(path)} configures this folder already{where}; --stdout prints what would be "
                f"written, --force writes {forced}"
            )


def extended_above(folder: str) -> list[str]:
    """The configuration that holds for the folder from above, as a file in the folder names it."""
    from kanwu.engine.discovery import discover
    from kanwu.policy.loading import Resolver

    absolute = os.path.abspath(folder)
    above = os.path.dirname(absolute)
    if above == absolute:
        return []
    source = Resolver(discover(), baseline=False).for_folder(above).source
    return [os.path.relpath(source, absolute).replace(os.sep, "/")] if source else []


def write(path: str, text: str, mode: str) -> None:
    """Write a file, or end with wrong use."""
    try:
        with open(path, mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror}") from error
