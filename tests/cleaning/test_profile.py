"""What the page of a corpus counts, and which examples it has."""

from collections import Counter
from types import SimpleNamespace

from kanwu.cleaning import profile
from kanwu.cleaning.conditions import Reason
from kanwu.cleaning.copies import NEAR_COPIES
from kanwu.cleaning.examples import FIRST, SPREAD, Sample
from kanwu.cleaning.pieces import Segment
from kanwu.cleaning.profile import CLUSTERS, Profile, Removed
from kanwu.documents.document import Document
from kanwu.engine.finding import Finding, Message, Related, Severity, place
from kanwu.reporters.histogram import Histogram
from kanwu.reporters.html.plots import histogram, short, span
from kanwu.reporters.html.words import Words
from kanwu.reporters.wording import ENGLISH

TEXTS = ["他说好，好。", "短。", "他说好，好。", "他说好，很好。"]


def told(row, code="WRD001"):
    return SimpleNamespace(code=code, row=row)


def shown(row, digest=1):
    return [digest, ["a.jsonl", f"{row}#text", 1, "twice", ["他说", "好，好", "。"]]]


def segment(first=1, removed=(), examples=(), dropped=()):
    numbers = range(first, first + len(TEXTS))
    notes = {
        "rows": [[n, len(t) + 1, len(t), 1, True] for n, t in zip(numbers, TEXTS, strict=True)],
        "sources": {"news": [first], "": [first + 1]},
        "removed": list(removed),
        "sizes": {code: len(old) * n for code, old, _, n in removed},
        "examples": {"WRD001": list(examples)},
    }
    return Segment("a.jsonl", first, notes=notes, dropped=dict(dropped))


def profile_of(dropped=(), paths=("a.jsonl",), findings=()):
    return Profile(paths, dict(dropped), findings, ENGLISH)


def test_rows_and_findings_are_counted_by_source():
    made = profile_of()
    removed = [("PUN001", ",", "，", 3)]
    own = segment(removed=removed, examples=[shown(1)], dropped={2: Reason("too-short", 2)})
    made.take(own, [told(1), told(4, "TRU005")])
    assert list(made.sources) == ["news", "", "a.jsonl"]
    news, short_one = made.sources["news"], made.sources[""]
    assert (news.rows, news.changed, news.dropped, news.characters) == (1, 1, 0, 6)
    assert (short_one.rows, short_one.dropped, short_one.characters) == (1, 1, 0)
    assert news.findings == Counter(WRD001=1)
    assert (made.before.values, made.after.values, made.found.total) == (4, 3, 2)
    assert (made.removed["PUN001"].pieces, made.removed["PUN001"].characters) == (3, 3)
    (example,) = made.examples["WRD001"].items()
    assert example.excerpt.inside == "好，好"
    (left_out,) = made.left_out["too-short"].items()
    assert (left_out.record, left_out.reason.number) == ("2", 2)
    assert made.wanted() == {"a.jsonl": {2}}


def test_copies_are_shown_with_where_they_differ():
    kept = ("a.jsonl", "1")
    dropped = {
        ("a.jsonl", 3): Reason("duplicate", 100, *kept),
        ("a.jsonl", 4): Reason("near-duplicate", 80, *kept),
    }
    made = profile_of(dropped)
    made.take(segment(examples=[shown(3), shown(1)]), [])
    assert [one.record for one in made.examples["WRD001"].items()] == ["1#text"]
    assert made.wanted() == {"a.jsonl": {1, 3, 4}}
    for number, text in enumerate(TEXTS, 1):
        made.show(("a.jsonl", number), text)
    (cluster,) = made.clusters
    assert (cluster.size, made.beginning(cluster.own).before) == (3, TEXTS[0])
    same, other = made.copies(cluster)
    assert same == ("a.jsonl", "3", "duplicate", 100, None)
    assert other[:4] == ("a.jsonl", "4", "near-duplicate", 80)
    assert other[4].inside == "很"


def test_what_is_found_between_rows_has_examples_and_groups():
    text = "他说好，好。"
    here, there = (place(Document(text, path="a.jsonl", record=f"{n}#text"), 0, 0) for n in (9, 2))
    share = Related(there, Message("r/also", "shares {share}", {"share": 90}))
    finding = Finding(
        "DUP002",
        NEAR_COPIES,
        Severity.WARNING,
        Message("r/copy", "a copy", {}),
        here,
        (share,),
        {"count": 7},
        None,
    )
    made = profile_of(findings=[finding])
    assert [one.message for one in made.examples["DUP002"].items()] == ["a copy"]
    (cluster,) = made.clusters
    assert (cluster.own, cluster.size) == (("a.jsonl", 9), 7)
    assert [copy[:4] for copy in made.copies(cluster)] == [("a.jsonl", "2", "", 90)]


def test_of_many_groups_the_largest_are_kept():
    dropped = {
        ("a", 1000 * kept + n): Reason("duplicate", 100, "a", str(1000 * kept))
        for kept in range(1, 41)
        for n in range(1, kept + 1)
    }
    made = profile_of(dropped, ["a"])
    assert [cluster.size for cluster in made.clusters] == list(range(41, 41 - CLUSTERS, -1))
    assert made.cluster_sizes.total() == 40


def test_examples_are_few_and_from_all_over():
    sample = Sample()
    for n in range(10_000):
        digest = n * 2654435761 % 2**32
        sample.offer(digest, n)
    assert sample.seen == 10_000
    assert sample.items()[:FIRST] == [0, 1]
    assert len(sample.items()) == FIRST + SPREAD
    assert sample.items() == sorted(sample.items())
    assert sample.items()[-1] > 2_000


def test_removed_texts_are_counted_within_bounds(monkeypatch):
    monkeypatch.setattr(profile, "TEXTS", 10)
    removed = Removed()
    for n in range(1000):
        removed.add(",", "，", 1)
        removed.add(str(n), "", 1)
    assert len(removed.texts) <= 20
    assert removed.most(1) == [((",", "，"), 1000)]
    assert (removed.pieces, removed.lossy) == (2000, True)


def test_sources_are_bounded(monkeypatch):
    monkeypatch.setattr(profile, "SOURCES", 1)
    made = profile_of()
    made.take(segment(), [told(4)])
    assert list(made.sources) == ["news"]
    assert (made.others.rows, made.others.findings.total()) == (3, 1)


def test_of_many_files_the_folders_are_sources():
    made = profile_of(paths=[f"in/{n}.txt" for n in range(200)])
    made.take(Segment("in/3.txt", notes=segment().notes | {"sources": {}}), [])
    assert list(made.sources) == ["in"]


def test_histograms():
    made = Histogram()
    for value in (0, 1, 2, 4, 5, 19, 20, 10**9):
        made.add(value)
    assert {span(index): n for index, n in made.bins.items()} == {
        "0": 1,
        "1": 1,
        "2–4": 2,
        "5–9": 1,
        "10–19": 1,
        "20–49": 1,
        "1,000,000,000–1,999,999,999": 1,
    }
    drawn = histogram("c", [made], Words("en", "corpus.toml")).drawing
    assert drawn.count("<rect") == 29
    assert "<title>2–4: 2 rows</title>" in drawn
    assert histogram("none", [Histogram()], Words("en", "corpus.toml")).drawing.count("<rect") == 0
    assert [short(n) for n in (950, 1200, 20_500, 3_000_000)] == ["950", "1.2k", "20k", "3M"]
