"""`kanwu cache`: what is kept to make the next run fast, and where."""

from __future__ import annotations

import contextlib
import os

import click

from kanwu.cli.languages import SPOKEN, Languages


@click.command(
    "cache",
    epilog="""\b
Examples:
  kanwu cache
  kanwu cache --clear
""",
)
@click.option("--clear", is_flag=True, help="Delete it; the next run makes it again.")
@click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Use this configuration file."
)
@SPOKEN
def command(*, clear: bool, config: str | None, languages: Languages) -> None:
    """Show or clear what is kept for the working folder: the cache of results and the corpus index.

    The cache holds what was found in each document, by its content, its settings, and the versions of
    kanwu and of all rules, so that what has not changed is not looked at again. What was not used for 30
    days is dropped, and so is what goes beyond 256 MB. After --clear an index needs kanwu index again.
    """
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.engine.index import FILE_NAME, MARKS
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import ConfigurationError
    from kanwu.session import result_cache

    try:
        settings = Resolver(discover(), config=config).for_folder(os.getcwd())
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    folder = settings.cache_dir
    kept = {result_cache.FILE_NAME: "results", FILE_NAME: "corpus index"}
    found = [name for name in kept if os.path.exists(os.path.join(folder, name))]
    say = languages.wording()
    if not found:
        click.echo(say("Nothing is kept in {folder}", folder=folder))
        return
    for name in found:
        path = os.path.join(folder, name)
        size = os.path.getsize(path)
        if clear:
            try:
                os.unlink(path)
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{path}-journal")
            except OSError as error:
                raise click.UsageError(f"{path}: cannot be deleted: {error.strerror}") from error
        line = (
            "Deleted {path} ({kept}, {size:,.1f} MB)"
            if clear
            else "{path} ({kept}, {size:,.1f} MB)"
        )
        click.echo(say(line, path=path, kept=say.word(kept[name]), size=size / 1e6))
    if clear and set(os.listdir(folder)) <= MARKS.keys():
        with contextlib.suppress(OSError):
            for name in MARKS:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(os.path.join(folder, name))
            os.rmdir(folder)
