"""What the page of a cleaned corpus shows: counted while rows pass, with a few of them as examples.

`RowNotes` are taken where a row is cleaned and lie in its piece; a `Profile` adds up what is kept. Both hold
little: numbers, and so many examples of everything.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from kanwu.cleaning.copies import NEAR_COPIES, record, row_of
from kanwu.cleaning.examples import (
    COMPARED,
    Example,
    LeftOut,
    Sample,
    beginning,
    difference,
    example,
)
from kanwu.engine.finding import Excerpt
from kanwu.reporters.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu.cleaning.conditions import Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.pieces import Segment
    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding
    from kanwu.fixes.applying import Repaired
    from kanwu.reporters.wording import Wording

CLIPPED = 40
"""Code points of a removed text that tell it from others."""
SCATTERING = 2_654_435_761
"""The golden section of 2 ** 32: multiples of it lie far apart. After D. Knuth, TAOCP 6.4."""
TEXTS = 1_000
"""Removed texts of a rule that are counted; of more, those that are met least are let go."""
SOURCES = 500
FEW_FILES = 100
"""Up to so many files each of them is a source; of more, the folders are."""
CLUSTERS, MEMBERS = 12, 4


class RowNotes:
    """What is noted of the rows of a segment, as JSON holds it."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int, int, bool]] = []
        """The number, the code points before and after cleaning, those that fixes took out or replaced, and
        whether the row is another one now."""
        self.sources: dict[str, list[int]] = {}
        """Where rows come from by what they say of it, and the numbers of these rows."""
        self._removed: Counter[tuple[str, str, str]] = Counter()
        self._sizes: Counter[str] = Counter()
        self._examples: dict[str, Sample[Finding]] = {}

    def add(
        self,
        number: int,
        before: Iterable[Document],
        repaired: Sequence[Repaired],
        source: str | None,
        *,
        changed: bool,
    ) -> None:
        """Note a row with its texts."""
        size = 0
        for one in repaired:
            for removal in one.removals:
                code, old, new = removal.finding.code, removal.old, removal.edit.text
                self._removed[code, clipped(old), clipped(new)] += 1
                self._sizes[code] += len(old)
                size += len(old)
        old_length = sum(len(document.text) for document in before)
        new_length = sum(len(one.document.text) for one in repaired)
        self.rows.append((number, old_length, new_length, size, changed))
        if source is not None:
            self.sources.setdefault(clipped(source), []).append(number)

    def show(self, findings: Iterable[Finding]) -> None:
        """Take some of what was found as examples."""
        for finding in findings:
            self._examples.setdefault(finding.code, Sample()).offer(digest_of(finding), finding)

    def packed(self, wording: Wording) -> dict[str, Any]:
        """What was noted, for a piece."""
        return {
            "rows": self.rows,
            "sources": self.sources,
            "removed": [(*key, number) for key, number in self._removed.items()],
            "sizes": self._sizes,
            "examples": {
                code: [(digest, example(found, wording)) for digest, found in sample.chosen()]
                for code, sample in self._examples.items()
            },
        }


def digest_of(finding: Finding) -> int:
    """What chooses among findings: a number that has nothing to do with where they stand."""
    place = finding.place
    return scattered(f"{place.path}\0{place.record}\0{place.start.offset}")


def scattered(text: str) -> int:
    """A number of 32 bits for a text; those of texts that are much alike lie far apart."""
    return crc32(text.encode("utf-8", "replace")) * SCATTERING % 2**32


def clipped(text: str) -> str:
    """A text, or its beginning."""
    return text if len(text) <= CLIPPED else f"{text[:CLIPPED]}…"


class Removed:
    """What the fixes of a rule took out or replaced."""

    def __init__(self) -> None:
        self.pieces = 0
        self.characters = 0
        self.texts: Counter[tuple[str, str]] = Counter()
        """By what stood there and what stands there now."""
        self.lossy = False
        """Whether the numbers are the least that these texts have been met."""

    def add(self, old: str, new: str, number: int) -> None:
        self.pieces += number
        self.texts[old, new] += number
        if len(self.texts) > 2 * TEXTS:
            self.texts = Counter(dict(self.most(TEXTS)))
            self.lossy = True

    def most(self, limit: int) -> list[tuple[tuple[str, str], int]]:
        """The texts that were met most."""
        return sorted(self.texts.items(), key=lambda item: (-item[1], item[0]))[:limit]


class Source:
    """What comes from one place."""

    def __init__(self) -> None:
        self.rows = self.changed = self.dropped = self.characters = 0
        self.findings: Counter[str] = Counter()
        """By the code of the rule."""


class Cluster:
    """A row and those that say what it says."""

    def __init__(self, own: RowKey, members: Sequence[tuple[RowKey, str, int]], size: int) -> None:
        self.own = own
        self.members = members
        """Some of the others: each with why it is one of them, and how many percent it shares."""
        self.size = size

    @property
    def place(self) -> tuple[str, str | None]:
        """The path and the number of the row."""
        return self.own[0], record(self.own[1])


class Told(Protocol):
    """What is needed of a finding that was written."""

    code: str

    @property
    def row(self) -> int: ...


class Profile:
    """Takes the segments of a run in their order, with what is found in the rows that are kept."""

    def __init__(
        self,
        paths: Sequence[str],
        dropped: Mapping[RowKey, Reason],
        findings: Sequence[Finding],
        wording: Wording,
    ) -> None:
        """`dropped` are copies of others, `findings` what was found between documents."""
        self._dropped = dropped
        self._by_folder = len(paths) > FEW_FILES
        self.before, self.after, self.taken, self.found = (Histogram() for _ in range(4))
        self.sources: dict[str, Source] = {}
        self.others = Source()
        """Where there are too many sources: what comes from the others."""
        self.examples: dict[str, Sample[Example]] = {}
        """By the code of the rule."""
        self.removed: dict[str, Removed] = {}
        self.left_out: dict[str, Sample[LeftOut]] = {}
        """By the condition."""
        self.cluster_sizes: Counter[int] = Counter()
        self.clusters = self._chosen(clusters_of(dropped, findings))
        self.texts: dict[RowKey, str] = {}
        """Of rows that are shown, as they were read, as much as is compared."""
        for finding in findings:
            own = self.examples.setdefault(finding.code, Sample())
            own.offer(digest_of(finding), example(finding, wording))

    def _chosen(self, found: Iterable[Cluster]) -> list[Cluster]:
        largest = []
        for cluster in found:
            self.cluster_sizes[cluster.size] += 1
            largest.append(cluster)
            if len(largest) > 100 * CLUSTERS:
                largest = largest_of(largest)
        return largest_of(largest)

    def take(self, segment: Segment, findings: Sequence[Told]) -> None:
        """Count the rows of a segment, and what is found in those of them that are kept."""
        notes, path = segment.notes, segment.path
        source_of_row = {number: name for name, own in notes["sources"].items() for number in own}
        found = Counter(told.row for told in findings)
        for number, before, after, taken, changed in notes["rows"]:
            source = self._source(source_of_row.get(number), path)
            source.rows += 1
            source.changed += changed
            self.before.add(before)
            if changed:
                self.taken.add(taken)
            reason = segment.dropped.get(number) or self._dropped.get((path, number))
            if reason is None:
                source.characters += after
                self.after.add(after)
                self.found.add(found[number])
            else:
                source.dropped += 1
                digest = scattered(f"{path}\0{number}")
                sample = self.left_out.setdefault(reason.condition, Sample())
                sample.offer(digest, LeftOut((path, number), reason))
        for told in findings:
            self._source(source_of_row.get(told.row), path).findings[told.code] += 1
        self._take_examples(segment)
        self._take_removed(segment)

    def _take_examples(self, segment: Segment) -> None:
        for code, several in segment.notes["examples"].items():
            for digest, (path, name, line, message, excerpt) in several:
                row = (name or "").partition("#")[0]
                if (path, int(row) if row.isdecimal() else 0) not in self._dropped:
                    own = Example(path, name, line, message, Excerpt(*excerpt))
                    self.examples.setdefault(code, Sample()).offer(digest, own)

    def _take_removed(self, segment: Segment) -> None:
        for code, old, new, number in segment.notes["removed"]:
            self.removed.setdefault(code, Removed()).add(old, new, number)
        for code, size in segment.notes["sizes"].items():
            self.removed[code].characters += size

    def wanted(self) -> dict[str, set[int]]:
        """The rows whose texts are to be shown, by their files."""
        keys = [one.key for sample in self.left_out.values() for one in sample.items()]
        for cluster in self.clusters:
            keys += (cluster.own, *(member for member, _, _ in cluster.members))
        found: dict[str, set[int]] = {}
        for path, number in keys:
            found.setdefault(path, set()).add(number)
        return found

    def show(self, key: RowKey, text: str) -> None:
        """Take the text of a row that is to be shown."""
        self.texts.setdefault(key, text[:COMPARED])

    def beginning(self, key: RowKey) -> Excerpt:
        """How the text of a row begins."""
        return beginning(self.texts.get(key, ""))

    def copies(
        self, cluster: Cluster
    ) -> Iterator[tuple[str, str | None, str, int, Excerpt | None]]:
        """Some of the others: path, row, why, the share, and where it is another text, if it is."""
        text = self.texts.get(cluster.own, "")
        for key, why, share in cluster.members:
            other = self.texts.get(key, "")
            shown = None if other == text else difference(other, text)
            yield key[0], record(key[1]), why, share, shown

    def _source(self, name: str | None, path: str) -> Source:
        if name is None:
            name = os.path.dirname(path) or "." if self._by_folder else path
        found = self.sources.get(name)
        if found is None:
            if len(self.sources) >= SOURCES:
                return self.others
            found = self.sources[name] = Source()
        return found


def largest_of(clusters: list[Cluster]) -> list[Cluster]:
    """The largest clusters, in the order of the corpus where they are of one size."""
    return sorted(clusters, key=lambda cluster: (-cluster.size, cluster.own))[:CLUSTERS]


def clusters_of(dropped: Mapping[RowKey, Reason], findings: Sequence[Finding]) -> Iterator[Cluster]:
    """The rows that are kept with those that are left out for them, and the near copies that were found."""
    groups: dict[RowKey, list[tuple[RowKey, str, int]]] = {}
    for key, reason in dropped.items():
        kept = reason.kept
        assert kept is not None
        groups.setdefault(kept, []).append((key, reason.condition, reason.number))
    for kept, members in groups.items():
        yield Cluster(kept, sorted(members)[:MEMBERS], len(members) + 1)
    for finding in findings:
        if finding.name == NEAR_COPIES:
            found = [
                (row_of(related.place), "", int(share) if isinstance(share, int) else 0)
                for related in finding.related
                for share in (related.message.parameters.get("share"),)
            ]
            size = int(finding.evidence.get("count", len(found) + 1))
            yield Cluster(row_of(finding.place), found[:MEMBERS], size)
