"""DUP002 across files: groups of copies, the order of documents, what a sketch keeps."""

import json
from random import Random

import pytest

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.linting import Linter
from kanwu_rules.duplication.near_duplicate_document import (
    MANY,
    MOST_RELATED,
    NearDuplicateDocument,
)
from kanwu_rules.duplication.sketches import MOST_LINES, Sketch

HASHES = [355668285, 2204603583, 2788902930]
SYLLABLES = [chr(code) for code in range(0x4E00, 0x5A00)]


def sentence(random, size=24):
    return "".join(random.choices(SYLLABLES, k=size)) + "。"


def document(seed, sentences=40):
    random = Random(seed)
    return [sentence(random) for _ in range(sentences)]


def changed(sentences, count, seed):
    """The sentences with some others in the places of the last ones."""
    return sentences[: len(sentences) - count] + document(seed, count)


def findings(files, order=None):
    rule = NearDuplicateDocument()
    documents = [Document("\n".join(text), path=path) for path, text in files.items()]
    store = RecordStore()
    for checked in Linter([rule]).check(order(documents) if order else documents):
        assert not checked.findings
        store.add(checked.records)
    found = compare([rule], store)
    assert all(finding.name == rule.name for finding in found), found
    return found


@pytest.mark.parametrize("replaced", [0, 1, 4, 6])
def test_copies_are_found_and_the_first_difference_is_told(replaced):
    text = document(1)
    (finding,) = findings({"a.txt": text, "b.txt": ["", *changed(text, replaced, 2)]})
    assert finding.place.path == "b.txt"
    assert (finding.place.start, finding.place.end) == ((1, 1, 0), (1, 1, 0))
    assert finding.evidence["count"] == 2
    if replaced == 0:
        assert "the same as a.txt" in str(finding.message)
        assert [r.place.path for r in finding.related] == ["a.txt"]
        return
    own, other = finding.related
    assert (own.place.path, own.place.start.line) == ("b.txt", 42 - replaced)
    assert (other.place.path, other.place.start.line) == ("a.txt", 41 - replaced)
    assert own.place.start.offset == 1 + 26 * (40 - replaced)
    assert f"line {42 - replaced} (line {41 - replaced} there)" in str(finding.message)
    assert finding.evidence["line"] == 42 - replaced
    assert abs(finding.evidence["share"] - (1 - replaced / 40)) < 0.15


@pytest.mark.parametrize("replaced", [24, 30, 40])
def test_documents_with_less_in_common_are_none(replaced):
    text = document(1)
    assert not findings({"a.txt": text, "b.txt": changed(text, replaced, 2)})


def test_a_group_is_told_once_at_its_last_document_with_the_nearest_first():
    text = document(1)
    files = {
        "a.txt": text,
        "b.txt": document(7),
        "c.txt": changed(text, 5, 2),
        "d.txt": changed(text, 5, 2),
        "e.txt": changed(text, 1, 3),
    }
    (found,) = findings(files)
    assert found.place.path == "e.txt"
    assert found.evidence["count"] == 4
    others = [r.place.path for r in found.related if r.place.path != "e.txt"]
    assert others == ["a.txt", "c.txt", "d.txt"]
    assert found.documents == ("a.txt", "c.txt", "d.txt", "e.txt")


def test_a_group_of_the_same_texts_and_a_near_one_is_one():
    text = document(1)
    (found,) = findings({"a.txt": text, "b.txt": text, "c.txt": changed(text, 2, 2)})
    assert found.place.path == "c.txt"
    assert found.documents == ("a.txt", "b.txt", "c.txt")


def test_the_order_of_documents_does_not_matter():
    files = {f"{n:02}.txt": changed(document(n % 5), n // 5, n) for n in range(25)}
    expected = findings(files)
    assert len(expected) == 5
    for seed in range(3):
        assert findings(files, lambda d, seed=seed: Random(seed).sample(d, len(d))) == expected


def test_a_crowd_is_one_group_and_related_places_are_capped():
    text = document(1)
    size = 3 * MANY
    found = findings({f"{n:03}.txt": changed(text, 2, n) for n in range(size)})
    (group,) = found
    assert group.evidence["count"] == size
    assert len(group.related) == MOST_RELATED + 1
    assert len(group.documents) == size


def test_records_are_small_and_hold_what_json_holds():
    long = [sentence(Random(n), 200) for n in range(2000)]
    (checked,) = Linter([NearDuplicateDocument()]).check([Document("\n".join(long), path="a")])
    data = {id(record.data): record.data for _, record in checked.records}
    (data,) = data.values()
    assert json.loads(json.dumps(data)) == data
    assert len(json.dumps(data)) < 2000
    assert Sketch.unpacked(data) == Sketch.unpacked(
        Sketch.of("\n".join(long), Lines("\n".join(long))).packed()
    )
    assert len(Sketch.unpacked(data).starts) == MOST_LINES


def test_hashes_are_stable():
    """They lie in indexes and go from one process to another."""
    text = "\n".join(document(1, 4))
    sketch = Sketch.of(text, Lines(text))
    assert list(sketch.hashes) == HASHES
    assert sketch.keys == ["1533113d836794bfa63b4812"]


@pytest.mark.parametrize(
    "text", ["", "\n" * 5000, "1234567890 " * 400, "是" * 5000, "|" * 5000, "\ud800" * 400]
)
def test_texts_without_sentences_have_nothing_to_compare(text):
    assert not findings({"a.txt": [text], "b.txt": [text + "1"]})
