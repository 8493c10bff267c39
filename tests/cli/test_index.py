"""The corpus index: one changed file against all others, without reading them again."""

import json
import os
import sqlite3
from contextlib import closing

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


ARTICLE = (
    "社区图书角上周搬到了老邮局的一楼，书架由木工班的学员打造，用的是拆下来的旧门板，看上去很结实。\n"
    "志愿者用三个晚上给两千多册书贴了标签，按颜色分成四类，来的人一看就知道该往哪边走，不必再问。\n"
    "借书不用押金，只要在本子上写下名字和日期，看完放回原处就行，逾期的人要给大家讲一个故事。\n"
    "不少家长放学后带着孩子来，坐在窗边的台阶上读到天黑，邮局的老柜台成了孩子们写作业的地方。\n"
    "每月最后一个星期日的下午，这里有一场读书会，由居民轮流主持，题目贴在门口的黑板上，谁都可以报名。\n"
    "街道办打算在入冬以前装上暖气，木工班也在做一批小凳子，到时候坐在台阶上的人就不会着凉了。\n"
    "有人问为什么不设座位预约，管理员老魏说，来得早的坐，来得晚的站，站累了自然有人让座。\n"
)


def test_near_copies_are_found_by_index_and_in_memory_alike(kanwu):
    kanwu.put(
        "kanwu.toml",
        'corpus = ["articles"]\nselect = ["DUP002"]\n[rules.near-duplicate-document]\nleast = 100\n',
    )
    lines = ARTICLE.splitlines()
    texts = {"a": lines, "b": lines[::-1][:3], "c": [*lines[:6], "另一句。"], "d": lines[:6]}
    for name, text in texts.items():
        kanwu.put(f"articles/{name}.txt", "\n".join([*text, ""]))
    assert found(kanwu, "articles/a.txt")[0] == []  # there is no index yet
    assert "4 documents" in kanwu("index").stdout.decode()
    everything = found(kanwu, "articles", "--no-cache")[0]
    assert everything == found(kanwu, "articles")[0] == found(kanwu, "articles", "--jobs", "2")[0]
    assert [f["path"] for f in everything] == ["articles/d.txt"]
    for name in texts:
        path = f"articles/{name}.txt"
        touching = [f for f in everything if path in {p for p, _ in places(f)}]
        assert found(kanwu, path)[0] == touching, path
    # The commit of a copy is stopped, and that of an article of its own goes through.
    kanwu.put("articles/e.txt", ARTICLE)
    (finding,), done = found(kanwu, "articles/e.txt")
    assert (finding["path"], done.returncode) == ("articles/e.txt", 1)
    assert finding["related"][0]["path"] == "articles/a.txt"
    kanwu.put(
        "articles/e.txt",
        "".join(f"这是第{n}件完全不同的事情，与别的文章毫无关系。\n" for n in range(30)),
    )
    assert found(kanwu, "articles/e.txt")[1].returncode == 0


def test_second_build_reads_only_what_changed(corpus):
    corpus("index")
    assert "0 new or changed" in corpus("index").stdout.decode()
    corpus.put("articles/c.txt", "今天天气不好。\n")
    (corpus.folder / "articles" / "b.txt").unlink()
    assert "1 new or changed, 1 gone" in corpus("index").stdout.decode()


def test_an_interrupted_build_is_told_and_goes_on(corpus):
    corpus("index")
    index = corpus.folder / ".kanwu_cache" / "index.sqlite3"
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("UPDATE stamp SET value = value || ' unfinished'")
        connection.commit()
    assert "run kanwu index" in corpus("check", "articles/a.txt").stderr.decode()
    assert "0 new or changed" in corpus("index").stdout.decode()
    assert "run kanwu index" not in corpus("check", "articles/a.txt").stderr.decode()


def test_git_leaves_the_cache_alone(corpus):
    corpus("index")
    assert (corpus.folder / ".kanwu_cache" / ".gitignore").read_text() == "*\n"


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


def test_damaged_record_is_told_with_what_to_do(corpus):
    corpus("index")
    with sqlite3.connect(corpus.folder / ".kanwu_cache" / "index.sqlite3") as index:
        index.execute("UPDATE bodies SET body = '[1'")
    done = corpus("check", "articles/a.txt")
    assert done.returncode == 2
    assert "delete it" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is writable")
def test_index_that_cannot_be_written_is_told_with_what_to_do(corpus):
    corpus("index")
    (corpus.folder / ".kanwu_cache" / "index.sqlite3").chmod(0o444)
    corpus.put("articles/a.txt", "改过的一篇文章。")
    done = corpus("index")
    assert done.returncode == 2
    assert "make it writable" in done.stderr.decode()


def test_index_of_another_version_or_other_options_is_told_and_left_alone(corpus):
    corpus("index")
    config = (corpus.folder / "kanwu.toml").read_text()
    corpus.put("kanwu.toml", config + "[rules.recurring-line]\nleast-documents = 3\n")
    for _ in range(2):
        findings, done = found(corpus, "articles/a.txt")
        assert (findings, done.returncode) == ([], 0)
        assert "of another version or for other options" in done.stderr.decode()
    assert "3 new or changed" in corpus("index").stdout.decode()
    assert len(found(corpus, "articles/a.txt")[0]) == 1


def test_names_that_are_no_unicode_are_indexed(corpus):
    (corpus.folder / "articles").rename(corpus.folder / "\udcff")
    (corpus.folder / "\udcff" / "b.txt").rename(corpus.folder / "\udcff" / "\udcfe.txt")
    corpus.put("kanwu.toml", 'corpus = ["."]\n')
    assert b"Indexed 3 documents" in corpus("index").stdout
    (finding,), _ = found(corpus, "\udcff/a.txt", "--select", "FIG003")
    assert {line for _, line in places(finding)} == {3}
    assert len(finding["related"]) == 1


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
    assert sorted(path for _, path, _ in index.records([("rule", "k7")], set())) == [
        "/d/5007.txt",
        "/d/7.txt",
    ]
    plan = index._connection.execute(
        "EXPLAIN QUERY PLAN SELECT path FROM records JOIN files ON id = file WHERE rule = ? AND key = ?",
        ("rule", "k7"),
    ).fetchall()
    assert not any("SCAN" in step[-1] for step in plan), plan
    index.close()
