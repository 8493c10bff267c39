"""The corpus index: one changed file against all others, without reading them again."""

import json
import os

import pytest

CONTACT = "海归QQ群\n{first}\n63984971\n{second}\n103237942\n北京海归人才群\n172719654\n"


@pytest.fixture
def corpus(kanwu):
    """A corpus of two documents in which one QQ number stands under two names."""
    kanwu.put("kanwu.toml", 'corpus = ["articles"]\nselect = ["FIG003"]\n')
    kanwu.put("articles/a.txt", CONTACT.format(first="海归部落千人群", second="海归部落二号群"))
    kanwu.put("articles/b.txt", CONTACT.format(first="上海海归创业群", second="海归部落二号群"))
    kanwu.put("articles/c.txt", "今天天气很好。\n")
    return kanwu


def found(kanwu, *words):
    done = kanwu("check", *words, "--output-format", "jsonl")
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()], done


def places(finding):
    return {(p["path"], p["start"]["line"]) for p in (finding, *finding["related"])}


def test_without_an_index_it_is_said_once_and_nothing_fails(corpus):
    findings, done = found(corpus, "articles/a.txt")
    assert (findings, done.returncode) == ([], 0)
    assert done.stderr.decode().count("kanwu index") == 1


def test_one_file_is_compared_with_all_others(corpus):
    assert "3 documents" in corpus("index").stdout.decode()
    (finding,), done = found(corpus, "articles/a.txt")
    assert done.returncode == 1
    assert places(finding) == {("articles/a.txt", 3), ("articles/b.txt", 3)}
    assert found(corpus, "articles/c.txt")[0] == []


def test_index_and_memory_say_the_same(corpus):
    corpus("index")
    by_index = found(corpus, "articles/b.txt")[0]
    in_memory = found(corpus, "articles", "--no-cache")[0]
    assert by_index == in_memory == found(corpus, "articles")[0] != []


def test_changed_new_and_deleted_documents_are_noticed(corpus):
    corpus("index")
    b = corpus.folder / "articles" / "b.txt"
    text = b.read_text()
    b.write_text(text.replace("上海海归创业群", "海归部落千人群"))
    assert found(corpus, "articles/a.txt")[0] == []
    b.write_text(text)
    os.utime(b, ns=(1, 1))
    assert len(found(corpus, "articles/a.txt")[0]) == 1
    b.unlink()
    assert found(corpus, "articles/a.txt")[0] == []
    corpus.put("articles/new.txt", text)
    assert len(found(corpus, "articles/new.txt")[0]) == 1
    assert len(found(corpus, "articles/a.txt")[0]) == 1, "checking a document put it into the index"


def test_second_build_reads_only_what_changed(corpus):
    corpus("index")
    assert "0 new or changed" in corpus("index").stdout.decode()
    corpus.put("articles/c.txt", "今天天气不好。\n")
    (corpus.folder / "articles" / "b.txt").unlink()
    assert "1 new or changed, 1 gone" in corpus("index").stdout.decode()


def test_isolated_and_no_cache_leave_the_index_alone(corpus):
    corpus("index")
    index = corpus.folder / ".kanwu_cache" / "index.sqlite3"
    before = index.read_bytes()
    corpus.put("articles/new.txt", (corpus.folder / "articles" / "a.txt").read_text())
    for word in ("--no-cache", "--isolated"):
        assert found(corpus, word, "--select", "FIG003", "articles/a.txt")[0] == []
    assert index.read_bytes() == before


def test_selection_does_not_spoil_the_index(corpus):
    corpus("index")
    found(corpus, "--select", "ENC", "articles")
    assert len(found(corpus, "articles/a.txt")[0]) == 1


def test_damaged_index_is_told_with_what_to_do(corpus):
    corpus("index")
    (corpus.folder / ".kanwu_cache" / "index.sqlite3").write_bytes(b"this is no database" * 100)
    done = corpus("check", "articles/a.txt")
    assert done.returncode == 2
    assert "delete it" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_index_without_a_configured_corpus_says_how_to_name_one(kanwu):
    done = kanwu("index")
    assert done.returncode == 2
    assert "corpus =" in done.stderr.decode()


def test_ten_thousand_documents_in_a_moment(tmp_path):
    """A look-up touches only what shares a key: no document is read again, few rows are."""
    from kanwu.engine.finding import Excerpt, Location, Place
    from kanwu.engine.index import CorpusIndex, FileState
    from kanwu.engine.rule import Record

    def record(path, key):
        start = Location(1, 1, 0)
        return (
            "rule",
            Record(key, Place(path, None, start, start, Excerpt("", "", ""), ""), {"n": 1}),
        )

    index = CorpusIndex(str(tmp_path / "cache" / "index.sqlite3"), "stamp")
    index.store(
        (
            f"/d/{n}.txt",
            FileState(1, 1),
            [record(f"/d/{n}.txt", f"k{n % 5000}"), record(f"/d/{n}.txt", f"u{n}")],
        )
        for n in range(10_000)
    )
    assert index.files_with([("rule", "k7")]) == {"/d/7.txt", "/d/5007.txt"}
    assert sorted(path for path, _ in index.records(("rule", "k7"))) == ["/d/5007.txt", "/d/7.txt"]
    plan = index._connection.execute(
        "EXPLAIN QUERY PLAN SELECT path FROM records JOIN files ON id = file WHERE rule = ? AND key = ?",
        ("rule", "k7"),
    ).fetchall()
    assert not any("SCAN" in step[-1] for step in plan), plan
    index.close()
