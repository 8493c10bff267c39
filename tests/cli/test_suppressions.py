"""Suppressions as a user meets them: through the command, in a folder of his own."""

import json

DOUBLED = "他们围绕围绕中心工作展开讨论。\n"


def test_a_comment_silences_and_the_summary_says_so(kanwu):
    kanwu.put("a.md", f"<!-- kanwu: ignore[WRD001] 原文如此 -->\n{DOUBLED}")
    done = kanwu("check", ".")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "no findings, 1 suppressed" in done.stderr.decode()


def test_what_is_silenced_is_not_repaired(kanwu):
    text = f"<!-- kanwu: ignore[WRD001] 原文如此 -->\n{DOUBLED}\n{DOUBLED}"
    path = kanwu.put("a.md", text)
    kanwu("fix", "--unsafe-fixes", "--select", "WRD001", ".")
    assert path.read_text().count("围绕围绕") == 1


def test_fix_takes_out_a_comment_that_silences_nothing(kanwu):
    path = kanwu.put("a.md", "<!-- kanwu: ignore[WRD001] -->\n今天天气很好。\n")
    done = kanwu("check", ".")
    assert done.returncode == 1
    assert "unused-suppression" in done.stdout.decode()
    kanwu("fix", ".")
    assert path.read_text() == "今天天气很好。\n"


def test_a_configuration_silences_lines_and_fingerprints(kanwu):
    kanwu.put("a.txt", DOUBLED * 2)
    found = json.loads(kanwu("check", "--output-format", "json", ".").stdout)["findings"]
    prints = [finding["fingerprint"] for finding in found if finding["code"] == "WRD001"]
    assert len(set(prints)) == 2
    kanwu.put("kanwu.toml", f'[[suppressions]]\nfingerprints = ["{prints[0]}"]\n')
    done = kanwu("check", "--select", "WRD001", "--output-format", "json", ".")
    report = json.loads(done.stdout)
    assert [f["fingerprint"] for f in report["findings"]] == prints[1:]
    assert report["summary"]["suppressed"] == 1
    assert b"[[suppressions]]" in kanwu("config", "a.txt").stdout or done.returncode == 1


def test_a_comment_silences_what_is_found_between_documents(kanwu, seeds):
    seed = min(seeds.glob("004*")).read_text(encoding="utf-8")
    for name in ("a.md", "b.md"):
        kanwu.put(name, seed)
    assert b"DUP002" in kanwu("check", "--select", "DUP002", ".").stdout
    text = (kanwu.folder / "b.md").read_text()
    kanwu.put("b.md", f"<!-- kanwu: ignore-file[DUP002] -->\n\n{text}")
    done = kanwu("check", "--select", "DUP002", ".")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "1 suppressed" in done.stderr.decode()


def test_a_bad_table_says_what_is_wrong(kanwu):
    kanwu.put("a.txt", "今天天气很好。\n")
    for table, said in (
        ("paths = ['a']", "a reason for silencing all of them"),
        ("rule = ['WRD']", 'did you mean "rules"?'),
        ("rules = ['INT001']", "never silenced"),
        ("rules = ['WRD']\ncontains = ['']", "not empty"),
    ):
        kanwu.put("kanwu.toml", f"[[suppressions]]\n{table}\n")
        done = kanwu("check", ".")
        assert done.returncode == 2
        assert said in done.stderr.decode()


def test_fingerprints_stay_when_others_are_silenced_or_old(kanwu):
    def prints():
        lines = kanwu("check", "--select", "WRD001", "--output-format", "jsonl").stdout.splitlines()
        return [json.loads(line)["fingerprint"] for line in lines]

    kanwu.put("kanwu.toml", "")
    kanwu.put("a.txt", DOUBLED)
    kanwu("baseline")
    kanwu.put("a.txt", DOUBLED * 4)
    first, second, third = prints()
    assert len({first, second, third}) == 3
    kanwu.put("kanwu.toml", f'[[suppressions]]\nfingerprints = ["{first}"]\n')
    assert prints() == [second, third]


def test_a_configuration_silences_whole_lines_of_what_is_found_between_documents(kanwu, seeds):
    title = "某市召开全市经济工作会议，研究部署下一年度重点任务并听取各部门的意见建议\n\n"
    text = title + min(seeds.glob("004*")).read_text(encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        kanwu.put(name, text)
    kanwu.put("kanwu.toml", '[[suppressions]]\nrules = ["DUP"]\ncontains = ["意见建议"]\n')
    done = kanwu("check", "--select", "DUP002", ".")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "1 suppressed" in done.stderr.decode()


def test_what_is_said_of_comments_can_be_ignored_and_weighed(kanwu):
    text = "<!-- kanwu: ignore[WRD001] -->\n今天天气很好。\n"
    path = kanwu.put("a.md", text)
    kanwu.put("kanwu.toml", 'per-file-ignores = {"*.md" = ["SUP001"]}\n')
    assert kanwu("fix").returncode == 0
    assert path.read_text() == text
    kanwu.put("kanwu.toml", 'severity = {unused-suppression = "info"}\n')
    done = kanwu("check")
    assert (done.returncode, b"SUP001" in done.stdout) == (0, True)
    assert kanwu("check", "--ignore", "SUP").stdout == b""


def test_rules_of_a_file_of_rules_are_named_like_any_others(kanwu):
    kanwu.put("kanwu.toml", 'rule-files = ["house.toml"]\n')
    kanwu.put(
        "house.toml",
        '[[rule]]\ncode = "SHO001"\nname = "shop-line"\nsummary = "A shop."\n'
        '[[rule.lines]]\nequals = ["欢迎光临本店"]\n',
    )
    kanwu.put("a.md", "<!-- kanwu: ignore[shop-line] -->\n欢迎光临本店\n")
    done = kanwu("check", ".")
    assert done.stdout == b""
    assert "1 suppressed" in done.stderr.decode()
