"""The cache of results: the same findings as without it, whatever happens to it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from unittest.mock import ANY

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
LIST = "海归QQ群\n{}\n63984971\n海归部落二号群\n103237942\n北京海归人才群\n172719654\n"


@pytest.fixture
def folder(kanwu):
    """Three documents: findings inside one, between two, and none."""
    kanwu.put("kanwu.toml", 'select = ["ENC", "WRD", "FIG003", "PUN001"]\n')
    kanwu.put(
        "a/doubled.txt", "中关村围绕围绕高端人才开展人才引进与服务。\n😀𠮷他说,这是第一句。\n"
    )
    kanwu.put("a/one.txt", LIST.format("海归部落千人群"))
    kanwu.put("a/two.txt", LIST.format("上海海归创业群"))
    # Where there is little to be done no cache is opened.
    kanwu.put("a/plain.txt", "".join(f"第{number}天，天气很好。\n" for number in range(600)))
    age(kanwu.folder)
    return kanwu


def age(folder):
    """Make all files an hour old: what was written just now is read again in any case."""
    for path in folder.rglob("*.txt"):
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 3600 * 10**9))


def check(kanwu, *words, env=None):
    done = kanwu("check", "--output-format", "jsonl", *words, env=env)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return found, done


def rows(kanwu, query="SELECT count(*) FROM documents"):
    with closing(sqlite3.connect(kanwu.folder / ".kanwu_cache" / "results.sqlite3")) as cache:
        return cache.execute(query).fetchone()[0]


def forge(kanwu, statement):
    with closing(sqlite3.connect(kanwu.folder / ".kanwu_cache" / "results.sqlite3")) as cache:
        cache.execute("PRAGMA foreign_keys = ON")
        cache.execute(statement)
        cache.commit()


def test_a_second_run_says_the_same_in_every_way(folder):
    plain, without = check(folder, "--no-cache")
    first, one = check(folder)
    second, two = check(folder)
    assert plain == first == second != []
    assert {f["code"] for f in plain} >= {"WRD001", "FIG003"}
    assert without.returncode == one.returncode == two.returncode == 1
    said = [done.stderr.decode().split(": ")[0] for done in (without, one, two)]
    assert said == ["Checked 4 documents (7,242 characters, 6 items compared)"] * 3


def test_what_is_known_is_taken_from_the_cache(folder):
    check(folder)
    assert rows(folder) == 4
    assert rows(folder, "SELECT count(*) FROM comparisons") == 1
    # No one would notice but for what is kept of it.
    forge(
        folder,
        "UPDATE documents SET body = (SELECT body FROM documents WHERE CAST(path AS TEXT) LIKE '%one%')",
    )
    assert {f["code"] for f in check(folder)[0]} == {"FIG003"}


def test_little_text_needs_no_cache(folder):
    check(folder, "a/doubled.txt")
    assert not (folder.folder / ".kanwu_cache").exists()


def test_no_cache_and_isolated_neither_read_nor_write(folder):
    check(folder, "--no-cache")
    check(folder, "--isolated")
    assert not (folder.folder / ".kanwu_cache").exists()
    check(folder)
    forge(
        folder,
        "UPDATE documents SET body = (SELECT body FROM documents WHERE CAST(path AS TEXT) LIKE '%one%')",
    )
    assert "WRD001" in {f["code"] for f in check(folder, "--no-cache")[0]}
    assert "WRD001" in {f["code"] for f in check(folder, "--isolated")[0]}


def test_the_folder_is_marked(folder):
    check(folder)
    cache = folder.folder / ".kanwu_cache"
    assert (cache / ".gitignore").read_text() == "*\n"
    assert (
        (cache / "CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    )


def test_standard_input_and_fixing_leave_no_cache(folder):
    folder("check", "-", stdin="围绕围绕".encode())
    folder("fix", "--diff")
    assert not (folder.folder / ".kanwu_cache").exists()


def test_changes_of_a_document_are_seen_even_with_equal_size_and_time(folder):
    check(folder)
    path = folder.folder / "a" / "doubled.txt"
    before = path.stat()
    path.write_text(
        path.read_text(encoding="utf-8").replace("围绕围绕", "围绕着的"), encoding="utf-8"
    )
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "WRD001" not in {f["code"] for f in check(folder)[0]}


def test_a_document_written_just_now_is_read_again(folder, monkeypatch):
    from kanwu.session import keeping

    path = str(folder.put("a/new.txt", "今天天气很好。"))
    assert keeping.state_of(path) == ""
    now = os.stat(path).st_ctime_ns
    monkeypatch.setattr(keeping.time, "time_ns", lambda: now + keeping.RACY_NS + 1)
    assert keeping.state_of(path) != ""
    monkeypatch.setattr(keeping.time, "time_ns", lambda: now + keeping.RACY_NS)
    assert keeping.state_of(path) == ""
    assert keeping.state_of(path + ".gone") == ""


def test_what_changes_between_documents_is_seen(folder):
    assert "FIG003" in {f["code"] for f in check(folder)[0]}
    two = folder.folder / "a" / "two.txt"
    text = two.read_text(encoding="utf-8")
    two.write_text(text.replace("上海海归创业群", "海归部落千人群"), encoding="utf-8")
    assert "FIG003" not in {f["code"] for f in check(folder)[0]}
    two.write_text(text, encoding="utf-8")
    assert "FIG003" in {f["code"] for f in check(folder)[0]}
    two.unlink()
    assert "FIG003" not in {f["code"] for f in check(folder)[0]}


def test_settings_baseline_names_and_the_working_folder_are_told_apart(folder):
    check(folder)
    assert {f["code"] for f in check(folder, "--select", "WRD")[0]} == {"WRD001"}
    folder.put("kanwu.toml", 'select = ["WRD"]\nseverity = {doubled-word = "error"}\n')
    (finding,), _ = check(folder)
    assert finding["severity"] == "error"
    folder("baseline")
    found, done = check(folder)
    assert (found, done.returncode) == ([], 0)
    assert "1 old" in done.stderr.decode()
    assert "1 old" in check(folder)[1].stderr.decode()
    (folder.folder / "kanwu-baseline.json").unlink()
    (finding,), _ = check(folder)
    done = folder("check", "--output-format", "jsonl", cwd=folder.folder / "a")
    (moved,) = map(json.loads, done.stdout.decode().splitlines())
    assert (finding.pop("path"), moved.pop("path")) == ("a/doubled.txt", "doubled.txt")
    assert finding == moved
    shutil.move(folder.folder / "a" / "doubled.txt", folder.folder / "a" / "other.md")
    assert [f["path"] for f in check(folder)[0]] == ["a/other.md"]


def test_the_same_names_seen_from_several_folders_are_told_apart(folder):
    """Rules tell documents apart by their names, which differ from one working folder to the next."""
    folder.put("kanwu.toml", 'select = ["FIG"]\n')
    for place in ("a", "b"):
        both = "公司2023年收入为120万元。\nIn 2023, the company's revenue was 1.5 million yuan.\n"
        folder.put(f"{place}/both.txt", both)
        folder.put(f"{place}/one.zh.txt", "今年该厂生产汽车3500辆，比去年增长15%。\n")
        english = "This year the plant produced 3,600 cars, up 15% from last year.\n"
        folder.put(f"{place}/one.en.txt", english)
        folder.put(f"{place}/plain.txt", "".join(f"第{n}天，天气很好。\n" for n in range(600)))
    for place in ("a", "b"):
        folder("check", ".", cwd=folder.folder / place)
    assert check(folder) == (check(folder, "--no-cache")[0], ANY)
    folder.put("a/one.en.txt", english + "\n")
    inside = {"cwd": folder.folder / "a"}
    seen = folder("check", "..", **inside)
    assert seen.stdout == folder("check", "--no-cache", "..", **inside).stdout != b""
    folder.put("a/one.en.txt", english)
    seen = folder("check", ".", **inside)
    assert seen.stdout == folder("check", "--no-cache", ".", **inside).stdout != b""


def test_another_version_of_a_rule_is_another_stamp(folder, installed_example, tmp_path):
    package = tmp_path / "plugins"
    shutil.copytree(installed_example, package)
    env = {**os.environ, "PYTHONPATH": str(package)}
    seen = []
    for _ in range(2):
        check(folder, "a", env=env)
        seen.append(rows(folder))
        (module,) = [p for p in package.rglob("*.py") if "Rule)" in p.read_text(encoding="utf-8")][
            :1
        ]
        module.write_text(module.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    check(folder, "a", env=env)
    assert [*seen, rows(folder)] == [4, 8, 12]


def test_one_changed_document_costs_no_finding_of_the_others(folder):
    check(folder)
    folder.put("a/doubled.txt", "中关村围绕围绕高端人才开展工作。\n")
    assert check(folder)[0] == check(folder, "--no-cache")[0]
    # What corpus rules noted may have been dropped in between.
    folder.put("a/doubled.txt", "中关村围绕围绕高端人才开展服务。\n")
    forge(folder, "DELETE FROM records")
    assert check(folder)[0] == check(folder, "--no-cache")[0]


@pytest.mark.parametrize(
    "content", [b"this is no database" * 500, b"", b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_damaged_cache_is_begun_anew(folder, content):
    expected = check(folder)[0]
    (folder.folder / ".kanwu_cache" / "results.sqlite3").write_bytes(content)
    found, done = check(folder)
    assert (found, done.returncode) == (expected, 1)
    assert done.stderr.decode().count("kanwu: ") <= 1
    assert check(folder)[0] == expected
    assert rows(folder) == 4


def test_damaged_rows_are_found_anew(folder):
    expected = check(folder)[0]
    forge(folder, "UPDATE documents SET body = x'00ff'")
    forge(folder, "UPDATE comparisons SET body = x'789c'")
    assert check(folder)[0] == expected
    forge(folder, "UPDATE records SET body = x'789c'")
    forge(folder, "DELETE FROM comparisons")
    assert check(folder)[0] == expected


def test_a_damaged_page_inside_costs_nothing(folder):
    expected = check(folder)[0]
    path = folder.folder / ".kanwu_cache" / "results.sqlite3"
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 40] = b"\xa5" * 40
    path.write_bytes(data)
    found, done = check(folder)
    assert (found, done.returncode) == (expected, 1)


def test_where_no_cache_can_be_made_the_run_goes_on(folder):
    expected = check(folder, "--no-cache")[0]
    folder.put(".kanwu_cache", "a file in the way")
    found, done = check(folder)
    assert (found, done.returncode) == (expected, 1)
    assert done.stderr.decode().count("is not used") == 1
    assert b"is not used" not in check(folder, "--quiet")[1].stderr


def test_a_read_only_cache_is_read(folder, monkeypatch):
    from kanwu.session import result_cache

    expected = check(folder)[0]
    folder.put("a/more.txt", "围绕围绕高端人才。\n")
    real = sqlite3.connect

    def read_only(path, **options):
        return real(f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(result_cache.sqlite3, "connect", read_only)
    found, cache = run_here(folder, monkeypatch)
    assert len(found) == len(expected) + 1
    assert "is not written" in cache.trouble


def test_a_full_disk_costs_no_finding(folder, monkeypatch):
    from kanwu.session import result_cache

    real = sqlite3.connect

    def small(path, **options):
        connection = real(path, **options)
        connection.execute("PRAGMA max_page_count = 8")
        return connection

    for number in range(40):
        folder.put(f"b/{number}.txt", f"围绕围绕第{number}号高端人才。\n" + "海" * number)
    monkeypatch.setattr(result_cache.sqlite3, "connect", small)
    found, cache = run_here(folder, monkeypatch)
    assert len(found) == len(check(folder, "--no-cache")[0])
    assert "full" in cache.trouble


def run_here(kanwu, monkeypatch):
    """A run in this process, with its cache."""
    from kanwu.engine.discovery import discover
    from kanwu.policy.loading import Resolver
    from kanwu.session.result_cache import ResultCache
    from kanwu.session.run import Request, carry_out, plan

    monkeypatch.chdir(kanwu.folder)
    resolver = Resolver(discover())
    cache = ResultCache(".kanwu_cache")
    planned = plan(Request((".",)), resolver, lambda: cache)
    result = carry_out(planned, resolver, advance=lambda _: None, keep_removals=lambda _: None)
    cache.finish()
    return result.findings, cache


def test_the_cache_stays_small(folder, monkeypatch):
    from kanwu.session import result_cache

    run_here(folder, monkeypatch)
    forge(folder, "UPDATE documents SET used = used - 10")
    monkeypatch.setattr(result_cache, "MOST_BYTES", 10_000)
    for number in range(4):
        folder.put(f"a/new{number}.txt", f"围绕围绕第{number}号高端人才。\n")
    assert len(run_here(folder, monkeypatch)[0]) == len(check(folder, "--no-cache")[0])
    assert rows(folder) <= 8
    monkeypatch.undo()
    forge(folder, "UPDATE documents SET used = used - 40")
    forge(folder, "UPDATE documents SET used = used + 30 WHERE CAST(path AS TEXT) LIKE '%one.txt'")
    check(folder, "a/one.txt", "a/plain.txt")
    assert rows(folder) == 2


def test_two_runs_share_a_cache(folder):
    for number in range(30):
        folder.put(f"b/{number}.txt", f"围绕围绕第{number}号高端人才。\n")
    expected = check(folder, "--no-cache")[0]
    command = [os.path.join(os.path.dirname(sys.executable), "kanwu")]
    command += ["check", "--output-format", "jsonl"]
    runs = [
        subprocess.Popen(command, cwd=folder.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert [json.loads(line) for line in out.decode().splitlines()] == expected
        assert b"Traceback" not in err
    assert check(folder)[0] == expected


def test_documents_on_which_a_rule_fails_are_not_kept(folder, plugin_environment, tmp_path):
    package = tmp_path / "failing"
    (package / "failing-1.0.dist-info").mkdir(parents=True)
    (package / "failing-1.0.dist-info" / "entry_points.txt").write_text(
        "[kanwu.rules]\nfailing = failing\n"
    )
    (package / "failing.py").write_text(
        "from kanwu import EveryDocument, Rule\n"
        "class Failing(Rule):\n"
        '    """It fails."""\n'
        '    code = "ZZZ001"\n'
        '    name = "failing"\n'
        "    where = (EveryDocument(),)\n"
        "    messages = {}\n"
        "    def check(self, document, places):\n"
        "        raise ValueError\n"
        "        yield\n"
    )
    env = {**os.environ, "PYTHONPATH": str(package)}
    for _ in range(2):
        found, _ = check(folder, "--select", "failing", "a", env=env)
        assert [f["code"] for f in found] == ["INT001"] * 4
    assert rows(folder) == 0


def test_comparisons_in_which_a_rule_fails_are_not_kept(folder, tmp_path):
    package = tmp_path / "failing"
    (package / "failing-1.0.dist-info").mkdir(parents=True)
    (package / "failing-1.0.dist-info" / "entry_points.txt").write_text(
        "[kanwu.rules]\nfailing = failing\n"
    )
    (package / "failing.py").write_text(
        "import os\n"
        "from kanwu import CorpusRule, EveryDocument, Record, place\n"
        "class Failing(CorpusRule):\n"
        '    """It fails."""\n'
        '    code = "ZZZ001"\n'
        '    name = "failing"\n'
        "    where = (EveryDocument(),)\n"
        "    messages = {}\n"
        "    def collect(self, document, places):\n"
        "        yield Record('all', place(document, 0, 0), {})\n"
        "    def compare(self, key, records):\n"
        "        if 'FAILING' in os.environ:\n"
        "            raise ValueError\n"
        "        return ()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(package)}
    found, _ = check(folder, "--select", "failing", "a", env={**env, "FAILING": "yes"})
    assert [f["code"] for f in found] == ["INT001"]
    assert check(folder, "--select", "failing", "a", env=env)[0] == []


def test_every_setting_is_known_to_decide_or_not():
    from dataclasses import fields

    from kanwu.policy.settings import Settings
    from kanwu.session.result_cache import DECIDING

    others = {
        "source",
        "exclude",
        "extend_exclude",
        "extensions",
        "respect_ignore_files",
        "text_fields",  # of datasets nothing is kept
        "text_markup",
        "id_field",
        "extend",  # what it brings stands in the other fields
        "corpus",
        "fail_on",
        "cache_dir",
        "baseline_state",  # the content of the baseline is looked at in its place
        "origins",
    }
    assert {field.name for field in fields(Settings)} - others == set(DECIDING)


def test_the_command_shows_and_clears_what_is_kept(folder):
    assert folder("cache").stdout.decode().startswith("Nothing is kept in ")
    check(folder)
    folder.put(".kanwu_cache/notes.txt", "somebody's own")
    assert "results.sqlite3 (results, 0." in folder("cache").stdout.decode()
    assert rows(folder) == 4
    assert folder("cache", "--clear").stdout.decode().startswith("Deleted ")
    assert sorted(p.name for p in (folder.folder / ".kanwu_cache").iterdir()) == [
        ".gitignore",
        "CACHEDIR.TAG",
        "notes.txt",
    ]
    (folder.folder / ".kanwu_cache" / "notes.txt").unlink()
    check(folder)
    folder("cache", "--clear")
    assert not (folder.folder / ".kanwu_cache").exists()


def test_messages_that_hold_messages_and_lists_are_kept(folder):
    folder.put("kanwu.toml", "")
    for path in SEEDS.glob("*.txt"):
        folder.put(f"seeds/{path.name}", path.read_bytes())
    age(folder.folder)
    first, _ = check(folder, "seeds")
    assert rows(folder) == len([*SEEDS.glob("*.txt")])
    assert check(folder, "seeds")[0] == first
    told = [folder("check", "--lang", "zh", *words, "seeds") for words in ((), ("--no-cache",))]
    assert told[0].stdout == told[1].stdout != b""
