"""`kanwu index`: build or refresh the index of the configured corpus."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import Any

import click

from kanwu.cli.languages import LANG, Languages
from kanwu.cli.options import DATASETS, grouped


@click.command(
    "index",
    epilog="""\b
Example (with corpus = ["articles/"] in kanwu.toml):
  kanwu index
""",
)
@grouped(DATASETS)
@LANG
@click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Use this configuration file."
)
def command(config: str | None, languages: Languages, **rows: Any) -> None:
    """Build or refresh the index of the configured corpus.

    The corpus is the list of folders under `corpus` in the configuration. With its index, `kanwu
    check` compares a changed file with all documents of the corpus without reading them again. Only
    new and changed documents are read. It serves checks with the same options for datasets.
    """
    from kanwu.cli.runs import overrides_of, rules_at_work
    from kanwu.documents.reading import UnreadableError
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.engine.index import IndexUnusableError
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import ConfigurationError
    from kanwu.reporters.progress import Progress, look_for
    from kanwu.session.corpus_index import Corpus, index_path, open_index

    try:
        resolver = Resolver(discover(), config=config, overrides=overrides_of(rows))
        settings = resolver.for_folder(os.getcwd())
        if not settings.corpus:
            raise click.UsageError(
                'no corpus is configured; name its folders in kanwu.toml, as corpus = ["articles/"]'
            )
        words = languages.wording()
        with (
            rules_at_work(),
            closing(open_index(settings, make=True)) as index,
            Progress(look=look_for(sys.stderr), task="Indexing", wording=words) as progress,
        ):
            done = Corpus(index, settings, resolver).refresh(progress)
    except (ConfigurationError, PluginError, UnreadableError, IndexUnusableError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(
        words(
            "Indexed {documents:,} documents ({read:,} new or changed, {gone:,} gone) in {file}",
            documents=done.documents,
            read=done.read,
            gone=done.gone,
            file=os.path.relpath(index_path(settings)),
        )
    )
