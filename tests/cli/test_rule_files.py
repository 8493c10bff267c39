"""Rules of one's own, declared in a TOML file, through the real command."""

import json

import pytest

HOUSE = """\
[[rule]]
code = "SHO001"
name = "shop-advertisement"
summary = "An advertisement of our own shop stands in the text."
why = "The page sold books; the article does not."
message = "“{line}” advertises our shop ({count}); take it out"
fix = "remove"
bad = [{text = "正文。\\n买书请到人民路书店\\n", fixed = "正文。\\n"}]
good = ["买书请到人民路书店，他对我们这样说，说完转身就走了，从此再也没有回来过。"]
[[rule.lines]]
starts = ["买书请到"]
longest = 20

[[rule]]
code = "SHO002"
name = "order-number"
summary = "An order number stands in the text."
severity = "info"
default = false
[[rule.lines]]
pattern = "^订单号：\\\\d+$"
"""
PAGE = "论坛在北京闭幕。\n\n　【买书请到人民路书店】\n\n买书请到图书大厦\n\n订单号：1234\n\n会议昨日结束。\n"


@pytest.fixture
def house(kanwu):
    kanwu.put("house.toml", HOUSE)
    kanwu.put("kanwu.toml", 'rule-files = ["house.toml"]\n')
    kanwu.put("a.txt", PAGE)
    return kanwu


def findings(done):
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def check(kanwu, *words, **options):
    done = kanwu("check", "--output-format", "jsonl", *words, **options)
    return [(f["code"], f["start"]["line"], f["end"]["line"]) for f in findings(done)]


def test_the_configuration_brings_its_rules(house):
    done = house("check", ".", "--output-format", "jsonl")
    (found,) = findings(done)
    assert done.returncode == 1
    assert (found["code"], found["name"], found["severity"]) == (
        "SHO001",
        "shop-advertisement",
        "warning",
    )
    assert found["message"] == "“【买书请到人民路书店】” advertises our shop (2); take it out"
    assert found["start"] == {"line": 3, "column": 2, "offset": 11}
    assert found["end"]["line"] == 5
    assert found["evidence"] == {"lines": 2}
    assert found["fix"]["safety"] == "unsafe"


def test_words_of_the_command_line_know_the_rules(house):
    assert check(house, "--select", "SHO") == [("SHO001", 3, 5)]
    assert check(house, "--select", "order-number") == [("SHO002", 7, 7)]
    assert check(house, "--extend-select", "sho002") == [("SHO001", 3, 5), ("SHO002", 7, 7)]
    assert check(house, "--ignore", "SHO") == []
    done = house("check", "--select", "SHO003")
    assert done.returncode == 2
    assert 'found "SHO003", expected the code' in done.stderr.decode()


def test_the_fix_takes_the_lines_out_and_records_them(house):
    assert house("fix", ".").returncode == 1
    assert (house.folder / "a.txt").read_text() == PAGE
    done = house("fix", "--unsafe-fixes", "--removed", "removed.jsonl", ".")
    assert done.returncode == 0
    assert (house.folder / "a.txt").read_text() == (
        "论坛在北京闭幕。\n\n订单号：1234\n\n会议昨日结束。\n"
    )
    (removal,) = [
        json.loads(line) for line in (house.folder / "removed.jsonl").read_text().splitlines()
    ]
    assert "图书大厦" in json.dumps(removal, ensure_ascii=False)


def test_the_command_line_brings_rules(kanwu):
    kanwu.put("rules/house.toml", HOUSE)
    kanwu.put("rules/more.toml", HOUSE.replace("SHO", "MOR").replace('name = "', 'name = "more-'))
    kanwu.put("a.txt", PAGE)
    one = ("--rule-file", "rules/house.toml")
    assert check(kanwu, *one) == [("SHO001", 3, 5)]
    assert check(kanwu, "--isolated", *one) == [("SHO001", 3, 5)]
    assert check(kanwu, *one, "--rule-file", "rules/more.toml", "--select", "SHO001,MOR002") == [
        ("SHO001", 3, 5),
        ("MOR002", 7, 7),
    ]
    assert kanwu("fix", "--unsafe-fixes", "--diff", *one, "a.txt").stdout.count(b"\n-") == 4


def test_a_file_that_merely_lies_there_is_not_used(kanwu):
    kanwu.put("house.toml", HOUSE)
    kanwu.put("rules.toml", "broken [")
    kanwu.put("a.txt", PAGE)
    assert check(kanwu, ".") == []
    kanwu.put("kanwu.toml", 'rule-files = ["house.toml"]\n')
    assert check(kanwu, "--isolated", ".") == []
    assert kanwu("check", "--isolated", "--select", "SHO").returncode == 2


def test_every_folder_has_the_rules_of_its_own_configuration(house):
    house.put("news/kanwu.toml", 'rule-files = ["more.toml"]\nignore = ["PUN"]\n')
    house.put("news/more.toml", HOUSE.replace("SHO", "MOR"))
    house.put("news/a.txt", PAGE)
    for jobs in (1, 2):
        done = house("check", ".", "--jobs", jobs, "--output-format", "jsonl")
        assert [(f["path"], f["code"]) for f in findings(done)] == [
            ("a.txt", "SHO001"),
            ("news/a.txt", "MOR001"),
        ]
    assert check(house, "--select", "MOR", ".") == [("MOR001", 3, 5)]
    # The configuration of the working folder knows nothing of what is declared below it.
    house.put("kanwu.toml", "")
    assert check(house, "--select", "MOR", "news") == [("MOR001", 3, 5)]
    assert house("check", "--select", "MORE", ".").returncode == 2


def test_several_processes_and_much_text_find_the_same(house):
    for number in range(20):
        house.put(f"{number}.txt", PAGE + "今天的天气非常好，我们在公园里走了很久。\n" * 3_000)
    alone = house("check", "--select", "SHO001,SHO002", "--output-format", "jsonl", "--jobs", 1)
    several = house("check", "--select", "SHO001,SHO002", "--output-format", "jsonl", "--jobs", 2)
    assert alone.stdout == several.stdout
    assert len(findings(alone)) == 2 * 21


def test_lines_of_markdown_with_links_are_found_and_code_is_not(house):
    house.put(
        "a.md",
        "正文。\n\n买书请到[本店](/shop)\n\n```\n买书请到本店\n订单号：1\n```\n",
    )
    assert check(house, "--extend-select", "SHO002", "a.md") == [("SHO001", 3, 3)]


def test_commands_that_speak_of_rules_know_them(house):
    rows = house("rules").stdout.decode().splitlines()
    (row,) = [row.split() for row in rows if row.startswith("SHO002")]
    assert row[1:6] == ["order-number", "info", "none", "off", "house.toml"]
    assert b"SHO" not in house("rules", "--isolated").stdout
    page = house("rule", "shop-advertisement").stdout.decode()
    for part in (
        "# SHO001 shop-advertisement\n\nAn advertisement of our own shop stands in the text.",
        "- **Fix:** unsafe",
        "- **Comes with:** house.toml",
        "The page sold books; the article does not.",
        "```text\n正文。\n买书请到人民路书店\n\n```\n\nbecomes",
    ):
        assert part in page
    assert house("rule", "--isolated", "SHO001").returncode == 2
    assert house("rule", "--isolated", "--rule-file", "house.toml", "SHO001").returncode == 0
    settings = house("config", "a.txt").stdout.decode()
    assert f'rule-files = ["{house.folder}/house.toml"]  # kanwu.toml' in settings
    assert "# SHO001 shop-advertisement" in settings
    data = json.loads(house("rule", "SHO002", "--output-format", "json").stdout)
    assert (data["origin"], data["default"]) == ("house.toml", False)


def test_the_page_of_a_rule_with_a_wrong_example_is_refused(house):
    house.put("house.toml", HOUSE.replace('good = ["', 'good = ["买书请到本店", "'))
    done = house("rule", "SHO001")
    assert done.returncode == 2
    assert "house.toml: SHO001 finds ('买书请到本店',) in the good example" in done.stderr.decode()


@pytest.mark.parametrize(
    "words", [("check", "."), ("fix", "."), ("rules",), ("rule", "ENC001"), ("config",)]
)
def test_a_file_of_rules_that_cannot_be_used_is_wrong_use(house, words):
    house.put("house.toml", HOUSE.replace("SHO002", "ENC001"))
    done = house(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert 'house.toml: rule[2].code: found "ENC001", expected a code that' in done.stderr.decode()


def test_a_pattern_without_end_is_named_and_the_run_goes_on(house):
    house.put(
        "house.toml", HOUSE.replace("^订单号：\\\\d+$", "^(?:x+x+)+y").replace("false", "true")
    )
    house.put("b.txt", "x" * 20_000 + "\n\n买书请到本店。\n")
    house.put("c.txt", PAGE)
    done = house("check", ".", "--output-format", "jsonl")
    found = findings(done)
    assert done.returncode == 1
    assert [(f["path"], f["code"]) for f in found] == [
        ("a.txt", "SHO001"),
        ("b.txt", "INT005"),
        ("b.txt", "SHO001"),
        ("c.txt", "SHO001"),
    ]
    assert "“^(?:x+x+)+y” of rule SHO002 order-number" in found[1]["message"]


def test_an_index_is_built_where_rules_are_declared(house):
    house.put("kanwu.toml", 'rule-files = ["house.toml"]\ncorpus = ["."]\n')
    assert house("index").returncode == 0
    assert check(house, "a.txt") == [("SHO001", 3, 5)]


def test_a_hundred_rules_and_a_line_that_all_of_them_mean(kanwu):
    one = '[[rule]]\ncode = "SHO{0:03}"\nname = "shop-{0}"\nsummary = "A."\nlines = [{{ends = ["店"]}}]\n'
    kanwu.put("house.toml", "".join(one.format(number) for number in range(100)))
    kanwu.put("a.txt", "买书请到本店\n")
    assert len(check(kanwu, "--rule-file", "house.toml", "--select", "SHO")) == 100


# A built-in rule takes phrases of one's own by its option.


def test_phrases_of_a_built_in_rule(kanwu):
    kanwu.put("a.txt", "论坛在北京闭幕。\n\n【转给 朋友看】\n\n他转给朋友看。\n")
    assert check(kanwu) == []
    kanwu.put("kanwu.toml", '[rules.share-bar]\nphrases = ["转给朋友看"]\n')
    assert check(kanwu) == [("BOI008", 3, 3)]
    assert kanwu("fix", "--unsafe-fixes", ".").returncode == 0
    assert (kanwu.folder / "a.txt").read_text() == "论坛在北京闭幕。\n\n他转给朋友看。\n"
    kanwu.put("kanwu.toml", "[rules.share-bar]\nphrases = '转给朋友看'\n")
    done = kanwu("check")
    assert done.returncode == 2
    assert "rules.share-bar.phrases" in done.stderr.decode()


def test_fixing_leaves_a_pattern_without_end_out_as_checking_does(house):
    house.put(
        "house.toml", HOUSE.replace("^订单号：\\\\d+$", "^(?:x+x+)+y").replace("false", "true")
    )
    for n in range(8):
        house.put(f"x{n}.txt", "x" * 5_000 + "。\n")
    told = {}
    for command in ("check", "fix"):
        done = house(command, ".", "--select", "SHO", "--output-format", "jsonl")
        told[command] = [f["path"] for f in findings(done) if f["code"] == "INT005"]
    assert told["fix"] == told["check"] == ["x0.txt", "x1.txt", "x2.txt"]
