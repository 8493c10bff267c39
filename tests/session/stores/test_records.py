"""Records on disk: what is compared is what is compared in memory, however it is cut."""

import random
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.document import Location
from kanwu.engine.corpus import RecordStore, compared
from kanwu.engine.finding import Excerpt, Place
from kanwu.engine.rule import CorpusRule, Record
from kanwu.session.stores import records as store
from kanwu.session.stores import spool
from kanwu.session.stores.records import RecordFiles, packed

KEYS = [f"键{n}" for n in range(9)]


class Sharing(CorpusRule):
    """A corpus rule for tests: says which records share a key, and makes records of those that do."""

    code = "TST002"
    name = "sharing"
    messages: ClassVar = {"shared": "{key}: {records}"}

    def collect(self, document, places):
        raise NotImplementedError

    def compare(self, key, records):
        said = " ".join(str(record.data["number"]) for record in records)
        yield self.finding(records[0].place, self.say("shared", key=key, records=said))
        if records[0].data["round"] < 2:
            for record in records[1:]:
                data = {
                    "number": f"{key}/{record.data['number']}",
                    "round": records[0].data["round"] + 1,
                }
                yield Record(f"of {record.data['number']}"[:5], record.place, data, ("all", key))
        if len(records) == 4:
            raise ValueError("four")


class SharingPairs(Sharing):
    """The same, of keys with two records at least."""

    fewest = 2


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    """Everything meets the disk, in as many pieces as there can be."""
    monkeypatch.setattr(spool, "BUFFERED", 50)
    monkeypatch.setattr(store, "LARGEST_PARTITION", 100)
    monkeypatch.setattr(store, "MOST_WAITING", 1)
    monkeypatch.setattr(store, "MOST_READ", 2)


def record(number, keys):
    at = Location(1, 1, number % 3)
    place = Place(f"{number % 2}.txt", None, at, at, Excerpt("", "", ""), "")
    return Record(keys[0], place, {"number": number, "round": 0}, tuple(keys[1:]))


@pytest.mark.parametrize("rule", [Sharing, SharingPairs])
@given(
    st.lists(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4), max_size=12), st.integers()
)
@settings(max_examples=25, deadline=None)
def test_the_findings_are_those_of_records_in_memory(rule, keys, seed):
    records = [(rule.name, record(number, own)) for number, own in enumerate(keys)]
    store, files = RecordStore(), RecordFiles()
    store.add(records)
    cut = random.Random(seed).randint(0, len(records))
    files.add_packed(packed((name, one, "") for name, one in records[:cut]))
    files.add(records[cut:])
    assert compared(rule(), files) == compared(rule(), store)
    assert files.keys() == store.keys()
    found = {one.data["number"]: one for _, one in files.records(rule.name)}
    assert [found[number] for number in range(len(records))] == [one for _, one in records]


def test_a_key_with_the_same_records_as_a_smaller_one_is_left_out_in_any_partition():
    records = [("rule", record(number, KEYS)) for number in range(3)]
    records += [("rule", record(3, KEYS[4:]))]
    store, files = RecordStore(), RecordFiles()
    store.add(records)
    files.add(records)
    groups = sorted((key, list(several)) for key, several in files.groups({"rule": 2}))
    assert groups == list(store.groups({"rule": 2}))
    assert [key for (_, key), _ in groups] == ["键0", "键4"]


def test_what_a_rule_notes_comes_back_as_it_was():
    at = Location(2, 3, 4)
    place = Place("\udcff.txt", "1#a.b", at, at, Excerpt("前", "\ud800", "后"), "前\0\ud800\0后")
    noted = Record("键", place, {"tuple": (1, 2.5), "none": None, "far": float("inf")}, ("\udfff",))
    files = RecordFiles()
    files.add_packed(packed([("rule", noted, "")]))
    assert [several for _, several in files.groups({"rule": 1})] == [[noted]]


def test_what_cannot_be_kept_is_told():
    noted = record(1, ["键"])._replace(data={"function": lambda: None})
    with pytest.raises(store.ConfigurationError, match="the corpus rule rule notes"):
        packed([("rule", noted, "")])
