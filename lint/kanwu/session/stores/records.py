"""Records of more documents than memory holds: on disk by rule and key, compared partition by partition.

A record lies there once, as it was noted. What is partitioned is where it stands, under each of its keys:
so all records of a key are found together, and of most, whose key nothing else has, no more is read.
"""

from __future__ import annotations

import pickle
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, overload

from kanwu.engine.corpus import RecordStore, in_place_order
from kanwu.engine.rule import Record
from kanwu.policy.settings import ConfigurationError
from kanwu.session.stores.findings import place_of, plain_place
from kanwu.session.stores.spool import Partitions, Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kanwu.engine.corpus import RecordKey

PARTITIONS = 16
LARGEST_PARTITION = 8 << 20
"""Bytes. A larger one, in memory some ten times its size, is gone through several times, a share of it each time."""
MOST_WAITING = 2_000
"""So many records that come one by one wait in memory: what is smaller never meets a disk."""


MOST_READ = 2_000
"""Of more records under one key each is read when it is asked for."""
NUMBERS = 3
"""That tell where a record lies among all, which also tells which came first, its length, and whether..."""
ALONE, FIRST = 1, 2
"""...the key is its only one, and whether it is the first of its keys."""


FIRST_OF = itemgetter(0)


class Entries(NamedTuple):
    """Where the records of a key stand, in the order in which they came: all documents may have one key."""

    numbers: array[int]
    origins: list[str]
    """The keys under which they were made of others, as records of records; empty where none was."""


class PackedRecords(NamedTuple):
    """Some records, made ready for the disk by the process that noted them."""

    bodies: bytes
    entries: list[tuple[str, int, bytes]]
    """Of each rule and partition, pickled, as if the bodies began at 0."""


def packed(records: Iterable[tuple[str, Record, str]]) -> PackedRecords:
    """Records, each after its rule and before its origin, as bytes. Raises ConfigurationError."""
    bodies = bytearray()
    shelf: defaultdict[tuple[str, int], list[tuple[object, ...]]] = defaultdict(list)
    alike: dict[str, str] = {}
    """What is one object is packed once."""
    for rule, record, origin in records:
        try:
            body = pickle.dumps(plain(record), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise ConfigurationError(
                f"the corpus rule {rule} notes what cannot be kept ({error}); leave it out with --ignore"
            ) from error
        keys = dict.fromkeys(record.keys)
        start = len(bodies)
        bodies += body
        for key in (alike.setdefault(key, key) for key in keys):
            kind = ALONE * (len(keys) == 1) + FIRST * (key == record.key)
            entry = (key, start, len(body), kind, origin)
            shelf[rule, number_of(key) % PARTITIONS].append(entry)
    entries = [
        (rule, partition, pickle.dumps(several, pickle.HIGHEST_PROTOCOL))
        for (rule, partition), several in shelf.items()
    ]
    return PackedRecords(bytes(bodies), entries)


def plain(record: Record) -> tuple[object, ...]:
    """A record without our own classes, which take longer to pickle than all that is in them."""
    return record.key, plain_place(record.place), dict(record.data), record.also


def unpickled(body: bytes) -> Record:
    """A record that was packed."""
    key, place, data, also = pickle.loads(body)  # noqa: S301 - from a file that no other process can open
    return Record(key, place_of(place), data, also)


def number_of(key: str) -> int:
    """A number that a key has in every process."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class RecordFiles:
    """Records by rule and key, as a `RecordStore` has them, but on disk once they are many."""

    def __init__(self) -> None:
        self._bodies = Spool()
        self._entries: dict[str, Partitions] = {}
        self._waiting: list[tuple[str, Record, str]] = []
        self._worthy: dict[tuple[str, int], tuple[Partitions, Partitions]] = {}
        """What is worth comparing under the name of a rule, which several rules may share."""

    def __bool__(self) -> bool:
        return bool(self._waiting or self._entries)

    def fresh(self) -> RecordFiles:
        """An empty one, for records that are made of these."""
        return RecordFiles()

    def add(self, records: Iterable[tuple[str, Record]], origin: str = "") -> None:
        """Add records; of those made of others `origin` is the key of these. Raises ConfigurationError."""
        for rule, record in records:
            self._waiting.append((rule, record, origin))
            if len(self._waiting) > MOST_WAITING:
                self._settle()

    def add_packed(self, several: PackedRecords) -> None:
        """Add records that were made ready. Raises SpoolError."""
        if self._waiting:
            self._settle()
        self._worthy.clear()
        base = pickle.dumps(self._bodies.append(several.bodies))
        for rule, partition, entries in several.entries:
            if rule not in self._entries:
                self._entries[rule] = Partitions()
            self._entries[rule].append(partition, base, entries)

    def _settle(self) -> None:
        """Put what waits where the rest is."""
        waiting, self._waiting = self._waiting, []
        self.add_packed(packed(waiting))

    def keys(self) -> list[RecordKey]:
        """Every rule and key that has records, in order."""
        self._settle()
        return sorted(
            (rule, key)
            for rule, partitions in self._entries.items()
            for number in partitions.numbers()
            for key in Share(partitions, number, 0, 1).read()
        )

    def groups(self, fewest: Mapping[str, int]) -> Iterator[tuple[RecordKey, Sequence[Record]]]:
        """What `RecordStore.groups` gives, partition by partition; within one in the order of keys."""
        if not self._entries:
            yield from self._groups_in_memory(fewest)
            return
        self._settle()
        for rule in sorted(fewest.keys() & self._entries.keys()):
            least = fewest[rule]
            if (rule, least) not in self._worthy:
                self._worthy[rule, least] = self._worth(rule, least)
            groups, repeated = self._worthy[rule, least]
            for number in groups.numbers():
                left_out = {key for keys in repeated.values(number) for key in keys}
                worth = (one for some in groups.values(number) for one in some)
                for key, several in sorted(worth, key=FIRST_OF):
                    if key not in left_out:
                        yield (rule, key), self._records(several)

    def _groups_in_memory(
        self, fewest: Mapping[str, int]
    ) -> Iterator[tuple[RecordKey, Sequence[Record]]]:
        store = RecordStore()
        # As they would come if the keys that they were made under had been compared in order.
        self._waiting.sort(key=itemgetter(2))
        store.add((rule, record) for rule, record, _ in self._waiting)
        yield from store.groups(fewest)

    def _shares(self, rule: str) -> Iterator[Share]:
        partitions = self._entries[rule]
        for number in partitions.numbers():
            shares = 1 + partitions.size(number) // LARGEST_PARTITION
            for share in range(shares):
                yield Share(partitions, number, share, shares)

    def _worth(self, rule: str, least: int) -> tuple[Partitions, Partitions]:
        """By numbers of their own, the keys with enough records, and those to be left out again.

        These have no other records than a smaller key. Two such keys may lie in any two partitions: they
        meet under a digest of where their records stand.
        """
        groups, alike, repeated = Partitions(), Partitions(), Partitions()
        for number, share in enumerate(self._shares(rule)):
            found: defaultdict[int, list[tuple[bytes, str, int]]] = defaultdict(list)
            worth = list(share.read(least).items())
            for key, several in worth:
                # What has one key alone is under no other.
                if not any(kind & ALONE for kind in several.numbers[2::NUMBERS]):
                    places = several.numbers[::NUMBERS].tobytes()
                    digest = blake2b(places, digest_size=16).digest()
                    found[digest[0]].append((digest, key, number))
            if worth:
                groups.append(number, pickle.dumps(worth))
            for partition, keys in found.items():
                alike.append(partition, pickle.dumps(keys))
        for partition in alike.numbers():
            first: dict[bytes, tuple[str, int]] = {}
            later: defaultdict[int, list[str]] = defaultdict(list)
            for digest, key, number in (one for keys in alike.values(partition) for one in keys):
                own = (key, number)
                first[digest], other = sorted((own, first.get(digest, own)))
                if other != first[digest]:
                    later[other[1]].append(other[0])
            for number, left_out in later.items():
                repeated.append(number, pickle.dumps(left_out))
        return groups, repeated

    def _records(self, entries: Entries) -> Sequence[Record]:
        """Some records, sorted by place, and those of one place in the order in which they came."""
        numbers, origins = entries
        if origins:
            order = sorted(range(len(origins)), key=origins.__getitem__)
            numbers = chosen(numbers, order)
        several = LazyRecords(self._bodies, numbers)
        if len(several) > MOST_READ:
            return several.in_order()
        return sorted(several, key=in_place_order)

    def records(self, rule: str) -> Iterator[tuple[str, Record]]:
        """The records of a rule, each after its name, in no certain order."""
        if not self._entries:
            yield from [(name, record) for name, record, _ in self._waiting if name == rule]
            return
        self._settle()
        for share in self._shares(rule) if rule in self._entries else ():
            for several in share.read().values():
                own = LazyRecords(self._bodies, several.numbers)
                for record, kind in zip(own, several.numbers[2::NUMBERS], strict=True):
                    if kind & FIRST:
                        yield rule, record


class LazyRecords(Sequence[Record]):
    """Records that stand in a spool, each of which is read whenever it is asked for."""

    def __init__(self, bodies: Spool, numbers: array[int]) -> None:
        self._bodies = bodies
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers) // NUMBERS

    @overload
    def __getitem__(self, at: int) -> Record: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...

    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        if isinstance(at, slice):
            return LazyRecords(self._bodies, chosen(self._numbers, range(len(self))[at]))
        index = range(len(self))[at] * NUMBERS
        return unpickled(self._bodies.read(self._numbers[index], self._numbers[index + 1]))

    def in_order(self) -> LazyRecords:
        """The same sorted by place. They mostly come so, and then nothing is held to sort them."""
        if all(one <= other for one, other in pairwise(map(in_place_order, self))):
            return self
        places = list(map(in_place_order, self))
        order = sorted(range(len(places)), key=places.__getitem__)
        return LazyRecords(self._bodies, chosen(self._numbers, order))


def chosen(numbers: array[int], order: Iterable[int]) -> array[int]:
    """The numbers of some records."""
    several = array("q")
    for at in order:
        several.extend(numbers[at * NUMBERS : (at + 1) * NUMBERS])
    return several


class Share(NamedTuple):
    """A partition of the keys of a rule, or a share of one that is large."""

    partitions: Partitions
    number: int
    share: int
    shares: int

    def read(self, least: int = 1) -> dict[str, Entries]:
        """The keys that have enough entries, each with these in the order in which they came."""
        known: defaultdict[str, Entries] = defaultdict(lambda: Entries(array("q"), []))
        values = list(self.partitions.values(self.number))
        each = (map(FIRST_OF, value) for value in values if not isinstance(value, int))
        # Most keys have one entry, of which nothing more is made then.
        counts = Counter(chain.from_iterable(each))
        enough = {key for key, number in counts.items() if number >= least}
        if self.shares > 1:
            enough = {
                key for key in enough if number_of(key) // PARTITIONS % self.shares == self.share
            }
        base = 0
        for value in values:
            if isinstance(value, int):
                base = value
                continue
            for key, start, length, kind, origin in value:
                if key in enough:
                    numbers, origins = known[key]
                    if origin or origins:
                        came = len(numbers) // NUMBERS
                        origins.extend([""] * (came - len(origins)))
                        origins.append(origin)
                    numbers.extend((base + start, length, kind))
        return known
