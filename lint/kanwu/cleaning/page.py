"""The page of a cleaned corpus: written where the library that makes pages is installed."""

from __future__ import annotations

import contextlib
import os
from importlib.util import find_spec
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from kanwu.cleaning.folder import PAGE
from kanwu.documents.datasets.parts import UnreadRows
from kanwu.documents.reading import Source, UnreadableError
from kanwu.policy.settings import Settings
from kanwu.session.shards import Task, cut, documents_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.profile import Profile
    from kanwu.cleaning.running import Cleaned
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.wording import Wording
    from kanwu.session.run import Plan


def can_make_pages() -> bool:
    """Whether the library that makes pages is installed."""
    return find_spec("jinja2") is not None


def write_page(
    folder: str,
    cleaned: Cleaned,
    profile: Profile,
    planned: Plan,
    resolver: Resolver,
    *,
    rules: Mapping[str, AnyRule],
    words: Wording,
) -> None:
    """Write the page of the corpus. `rules` are those that are selected, by their codes. Raises OSError."""
    from kanwu.reporters.html.corpus import corpus_page

    for key, text in texts_of_rows(planned, resolver, profile.wanted()):
        profile.show(key, text)
    known = [code for code in profile.examples if code in rules]
    summaries = {code: words.summary(type(rules[code])) for code in known}
    page = corpus_page(cleaned, profile, summaries, wording=words)
    with open(os.path.join(folder, PAGE), "wb") as file:
        file.write(page.encode("utf-8", "backslashreplace"))


def texts_of_rows(
    planned: Plan, resolver: Resolver, wanted: Mapping[str, Iterable[int]]
) -> Iterator[tuple[RowKey, str]]:
    """The texts of some rows as they are in the input, by the paths of files and the numbers of rows."""
    sources = [source for source in planned.sources if source.display in wanted]
    shards = cut(sources, resolver, Task("collect"))
    parts = ((source, shard.settings) for shard in shards for source in shard.sources)
    for own, following in pairwise(chain[tuple[Source, Settings] | None](parts, [None])):
        assert own is not None
        source, settings = own
        rows = wanted[source.display]
        if not any(map(part_holds(source, following and following[0]), rows)):
            continue
        with contextlib.suppress(UnreadableError):
            for document in documents_of(source, settings):
                if not isinstance(document, UnreadRows):
                    number = int((document.record or "0").partition("#")[0])
                    if number in rows:
                        yield (source.display, number), document.text


def part_holds(source: Source, following: Source | None) -> Callable[[int], bool]:
    """Whether a row may be in a part of a dataset, of which this part follows; a file has but one."""
    part = source.part
    if part is None:
        return lambda _: True
    later = following.part if following is not None and following.path == source.path else None
    return lambda row: part.first <= row and (later is None or row < later.first)
