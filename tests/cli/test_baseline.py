"""The baseline as a team meets it: adopt, change, repair, prune."""

import gzip
import json
import shutil

import pytest

DOUBLED = "他们围绕围绕中心工作展开讨论。\n"
GOOD = "今天天气很好。\n"


@pytest.fixture
def team(kanwu, seeds):
    """A folder of old documents whose findings were recorded."""
    kanwu.put("kanwu.toml", "")
    shutil.copytree(seeds, kanwu.folder / "articles")
    done = kanwu("baseline")
    assert done.returncode == 0
    assert b"0 gone" in done.stdout
    return kanwu


def test_only_what_is_new_is_told(team):
    done = team("check")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "old (in the baseline)" in done.stderr.decode()
    team.put("articles/new.txt", DOUBLED)
    done = team("check", "--output-format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert [f["path"] for f in report["findings"]] == ["articles/new.txt"]
    assert report["summary"]["old"] > 30


def test_moved_text_stays_old_and_a_changed_line_does_not(kanwu):
    kanwu.put("kanwu.toml", "")
    kanwu.put("a.txt", DOUBLED + GOOD)
    kanwu("baseline")
    kanwu.put("a.txt", GOOD + GOOD.replace("今天", "昨天") + DOUBLED)
    assert kanwu("check").returncode == 0
    kanwu.put("a.txt", DOUBLED.replace("展开", "再次展开") + GOOD)
    assert kanwu("check").returncode == 1


def test_a_second_equal_slip_is_new(kanwu):
    kanwu.put("kanwu.toml", "")
    kanwu.put("a.txt", DOUBLED)
    kanwu("baseline")
    kanwu.put("a.txt", DOUBLED + GOOD + DOUBLED)
    done = kanwu("check", "--select", "WRD001", "--output-format", "jsonl")
    assert len(done.stdout.splitlines()) == 1


def test_fix_leaves_what_is_old_unless_asked(kanwu):
    kanwu.put("kanwu.toml", "")
    path = kanwu.put("a.txt", DOUBLED)
    kanwu("baseline")
    kanwu("fix", "--unsafe-fixes")
    assert path.read_text() == DOUBLED
    kanwu("fix", "--unsafe-fixes", "--no-baseline")
    assert path.read_text() != DOUBLED


def test_pruning_drops_what_was_repaired_and_adds_nothing(kanwu):
    kanwu.put("kanwu.toml", "")
    kanwu.put("a.txt", DOUBLED)
    kanwu("baseline")
    kanwu.put("a.txt", GOOD)
    kanwu.put("b.txt", DOUBLED)
    assert "0 findings recorded (0 new, 1 gone)" in kanwu("baseline", "--prune").stdout.decode()
    kanwu.put("a.txt", DOUBLED)
    told = kanwu("check", "--output-format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["path"] for line in told} == {"a.txt", "b.txt"}


def test_what_is_found_between_documents_can_be_old(kanwu, seeds):
    kanwu.put("kanwu.toml", 'select = ["DUP002"]\n')
    text = min(seeds.glob("004*")).read_text(encoding="utf-8")
    kanwu.put("a.txt", text)
    kanwu.put("b.txt", text)
    assert kanwu("check").returncode == 1
    kanwu("baseline")
    assert kanwu("check").returncode == 0
    kanwu.put("c.txt", text)
    assert kanwu("check").returncode == 1


def test_isolated_knows_no_baseline(team):
    assert team("check", "--isolated").returncode == 1
    assert team("check", "--no-baseline").returncode == 1


def test_a_baseline_that_cannot_be_used_is_told(kanwu):
    kanwu.put("a.txt", DOUBLED)
    for content, said in (
        ("{", "no baseline of kanwu"),
        ('{"version": 7, "findings": {}}', "a baseline of version 7"),
    ):
        kanwu.put("kanwu-baseline.json", content)
        done = kanwu("check")
        assert done.returncode == 2
        assert said in done.stderr.decode()
        assert b"Traceback" not in done.stderr
    kanwu.put("kanwu.toml", 'baseline = "missing.json"\n')
    done = kanwu("check")
    assert done.returncode == 2
    assert "record it with kanwu baseline" in done.stderr.decode()


def test_unreadable_files_never_become_old(kanwu):
    kanwu.put("kanwu.toml", "")
    (kanwu.folder / "a.txt").symlink_to("nowhere")
    kanwu("baseline", "a.txt")
    assert b"INT002" in kanwu("check", "a.txt").stdout
    done = kanwu("baseline", "a.txt", "missing.txt")
    assert done.returncode == 2
    assert b"missing.txt could not be read" in done.stderr


def test_standard_input_has_no_baseline(kanwu):
    done = kanwu("baseline", "-", stdin=(GOOD + DOUBLED).encode())
    assert done.returncode == 2
    assert b"standard input" in done.stderr
    assert not list(kanwu.folder.iterdir())


def test_a_part_of_the_documents_does_not_forget_what_is_found_between_all(kanwu, seeds):
    kanwu.put("kanwu.toml", 'select = ["DUP002"]\n')
    text = min(seeds.glob("004*")).read_text(encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        kanwu.put(name, text)
    kanwu("baseline")
    for words in (("a.txt",), ("b.txt",), ("--prune", "b.txt")):
        assert b"(0 new, 0 gone)" in kanwu("baseline", *words).stdout
    assert kanwu("check").returncode == 0


def test_files_that_are_gone_are_forgotten_even_if_none_is_left(kanwu):
    kanwu.put("kanwu.toml", "")
    path = kanwu.put("文 章.txt", DOUBLED)
    kanwu("baseline")
    path.unlink()
    assert b"0 findings recorded (0 new, 1 gone)" in kanwu("baseline", "--prune").stdout


def test_each_configuration_has_its_baseline_from_wherever_it_is_run(kanwu):
    for name in ("kanwu.toml", "内 部/kanwu.toml"):
        kanwu.put(name, "")
    for name in ("a.txt", "内 部/b.txt"):
        kanwu.put(name, DOUBLED)
    done = kanwu("baseline", "..", cwd=kanwu.folder / "内 部")
    assert done.stdout.decode().count("1 findings recorded (1 new, 0 gone)") == 2
    assert kanwu("check").returncode == 0
    assert kanwu("check", kanwu.folder, cwd="/").returncode == 0
    report = json.loads((kanwu.folder / "内 部/kanwu-baseline.json").read_bytes())
    assert list(report["findings"]) == ["b.txt"]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_findings_in_rows_of_a_dataset_become_old(kanwu, name):
    kanwu.put("kanwu.toml", 'select = ["WRD", "FIG"]\n')

    def write(*texts):
        data = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
        kanwu.put(name, gzip.compress(data) if name.endswith("gz") else data)

    def told():
        done = kanwu("check", "--output-format", "jsonl", name)
        return [
            (f["code"], f["record"]) for f in map(json.loads, done.stdout.decode().splitlines())
        ]

    groups = ("海归部落千人群", "海归部落二号群", "北京海归人才群")
    lists = [
        f"海归QQ群\n{one}\n63984971\n上海海归群\n103237942\n天津海归群\n172719654\n"
        for one in groups[:2]
    ]
    write("中关村围绕围绕高端人才开展服务。", *lists)
    assert {code for code, _ in told()} == {"WRD001", "FIG003"}
    kanwu("baseline", name)
    assert told() == []
    # Rows that move keep their findings old, and text that changes brings them back.
    write("第一行没有问题。", "中关村围绕围绕高端人才开展服务。", *lists, "园区围绕围绕产业发展。")
    assert told() == [("WRD001", "5#text")]
    write("园区围绕围绕产业发展。", *lists)
    done = kanwu("baseline", "--prune", name)
    assert b"1 gone" in done.stdout
