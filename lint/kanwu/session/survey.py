"""Looking at a folder to see what a configuration for it has to say."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.documents.reading import UnreadableError, load
from kanwu.documents.walking import Missing, Walker
from kanwu.session.run import Request, carry_out, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kanwu.documents.document import Document
    from kanwu.documents.reading import Source
    from kanwu.policy.loading import Resolver

SAMPLE = 200
"""So many documents are read, spread over all that there are."""
SAMPLE_BYTES = 8 << 20
LONGEST_LOOK = 20_000
"""Code points of a document that are looked at for its language and script."""
MOST_ENTRIES = 200_000
FOREIGN_FOLDERS = frozenset(
    {
        "node_modules",
        "vendor",
        "third_party",
        "venv",
        "build",
        "dist",
        "site-packages",
        "_site",
        "target",
    }
)
"""Folders that hold what others wrote, or what was made from the rest."""
TEXTS = frozenset({".txt", ".md", ".markdown"})
OTHER_TEXTS = frozenset({".text", ".rst", ".org", ".adoc", ".tex", ".textile", ".wiki"})
"""What can be read line by line as it is, though it is not looked for by default."""
SIMPLIFIED = re.compile("[这们个来说时为会对学发]")
TRADITIONAL = re.compile("[這們個來說時為會對學發]")
OF_A_LANGUAGE = re.compile(
    r"[._-](?:zh|cn|chs|cht|en|eng|chinese|english)(?:[-_][a-z]+)?$", re.IGNORECASE
)
FEWEST_OF_SCRIPT = 5
SHARE_OF_SECOND_LANGUAGE = 0.25


@dataclass(slots=True)
class Survey:
    """What a folder holds."""

    documents: int = 0
    """Files that would be checked."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Files by their extension, whether or not they would be checked."""
    folders: Counter[str] = field(default_factory=Counter)
    """Documents by the topmost folder that they lie in; `.` for the folder itself."""
    foreign: list[str] = field(default_factory=list)
    """Folders with texts in them that others wrote, relative, with `/`."""
    looked_at: int = 0
    encodings: Counter[str] = field(default_factory=Counter)
    scripts: Counter[str] = field(default_factory=Counter)
    """Documents that are simplified, traditional or both."""
    bilingual: int = 0
    """Documents of which a good part is Chinese and a good part English."""
    pairs: int = 0
    """Documents of which another file is the translation, by their names."""
    findings: Counter[str] = field(default_factory=Counter)
    """Findings in the documents that were looked at, by the name of their rule."""
    git: bool = False
    hooks: bool = False
    """Whether there is a configuration of pre-commit."""


def survey(folder: str, resolver: Resolver) -> Survey:
    """Look at all names below a folder, and into some of the documents."""
    seen = Survey()
    seen.git = os.path.exists(os.path.join(folder, ".git"))
    seen.hooks = os.path.exists(os.path.join(folder, ".pre-commit-config.yaml"))
    _look_at_names(folder, seen)
    sources = [
        source
        for source in Walker(resolver.for_folder).find([folder])
        if not isinstance(source, Missing)
        and not any(_below(source.path, os.path.join(folder, name)) for name in seen.foreign)
    ]
    seen.documents = len(sources)
    for source in sources:
        first, slash, _ = os.path.relpath(source.path, folder).replace(os.sep, "/").partition("/")
        seen.folders[f"{first}/" if slash else "."] += 1
    seen.pairs = _pairs(sources)
    sample = _sample(sources)
    for source in sample:
        try:
            document = load(source).document
        except UnreadableError:
            continue
        seen.looked_at += 1
        _look_into(document, seen)
    if sample:
        request = Request(tuple(map(attrgetter("path"), sample)))
        result = carry_out(
            plan(request, resolver), resolver, advance=lambda _: None, keep_removals=lambda _: None
        )
        seen.findings.update(finding.name for finding in result.findings)
    return seen


def _look_at_names(folder: str, seen: Survey) -> None:
    """Count the kinds of files, and note the folders of others."""
    entries = 0
    for path, folders, names in os.walk(folder):
        for name in [name for name in folders if name in FOREIGN_FOLDERS]:
            if _has_texts(os.path.join(path, name)):
                relative = os.path.relpath(os.path.join(path, name), folder)
                seen.foreign.append(relative.replace(os.sep, "/") + "/")
        folders[:] = sorted(n for n in folders if n[0] != "." and n not in FOREIGN_FOLDERS)
        seen.kinds.update(os.path.splitext(name)[1].lower() for name in names if name[0] != ".")
        entries += len(names)
        if entries > MOST_ENTRIES:
            break
    seen.foreign.sort()


def _has_texts(folder: str) -> bool:
    return any(
        os.path.splitext(name)[1].lower() in TEXTS
        for _, _, names in os.walk(folder)
        for name in names
    )


def _below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(os.path.abspath(folder), ""))


def _sample(sources: Sequence[Source]) -> list[Source]:
    """Some of the documents, evenly spread and not too much text."""
    step = max(1, -(-len(sources) // SAMPLE))
    sample: list[Source] = []
    size = 0
    for source in sources[::step]:
        size += source.size
        if size > SAMPLE_BYTES and sample:
            break
        sample.append(source)
    return sample


def _pairs(sources: Iterable[Source]) -> int:
    """How many documents differ from another in nothing but the language that their names end in."""
    stems: Counter[str] = Counter()
    for source in sources:
        stem, extension = os.path.splitext(source.path)
        if bare := OF_A_LANGUAGE.sub("", stem):
            stems[bare + extension] += bare != stem
    return sum(count for count in stems.values() if count > 1)


def _look_into(document: Document, seen: Survey) -> None:
    """Note the encoding, the script and the languages of a document."""
    encoding = document.encoding
    seen.encodings[encoding.name + (" with a byte-order mark" if encoding.bom else "")] += 1
    text = document.text[:LONGEST_LOOK]
    simplified, traditional = (len(p.findall(text)) for p in (SIMPLIFIED, TRADITIONAL))
    if simplified + traditional >= FEWEST_OF_SCRIPT:
        seen.scripts["simplified" if simplified >= traditional else "traditional"] += 1
    weights: Counter[Language] = Counter()
    part = document.with_text(text)
    for language, line in zip(part.get(Languages).of_lines, part.get(Lines), strict=True):
        # A Chinese sentence is three times as short as the English one.
        weights[language] += len(line) * (3 if language is Language.ZH else 1)
    both = (weights[Language.ZH], weights[Language.EN])
    seen.bilingual += min(both) > SHARE_OF_SECOND_LANGUAGE * sum(both) > 0
