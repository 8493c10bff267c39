"""Figures of several articles, as a user sees them."""

import csv
import io
import json

EARLIER = "柏树村的荔枝熟了。柏树村种植荔枝约6800亩，全村320户种荔枝，去年产值达到1.2亿元。\n"
LATER = "记者来到柏树村。\n柏树村种植荔枝68000亩，全村320户种荔枝，去年产值1.2亿元。\n"


def checked(kanwu, *arguments):
    done = kanwu("check", *arguments, "--select", "FIG001", "--output-format", "jsonl")
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_both_places_and_what_was_compared(kanwu):
    kanwu.put("a.txt", EARLIER)
    kanwu.put("b.txt", LATER)
    (found,) = checked(kanwu, ".")
    assert (found["path"], found["start"]["line"], found["start"]["column"]) == ("b.txt", 2, 8)
    assert found["fix"] is None
    (other,) = found["related"]
    assert (other["path"], other["start"]["line"]) == ("a.txt", 1)
    assert found["message"] == (
        "68000亩 here, 约6800亩 in a.txt line 1: 10 times as much here; 2 of the 3 figures that both "
        "articles have agree"
    )
    evidence = found["evidence"]
    assert evidence["verdict"] == "differ"
    assert (evidence["here"]["low"], evidence["here"]["high"]) == ("68000", "68000")
    assert "柏树村种植荔枝" in evidence["words"]


def test_the_majority_is_shown(kanwu):
    kanwu.put("a.txt", LATER)
    kanwu.put("b.txt", EARLIER)
    kanwu.put("c.txt", EARLIER.replace("熟了", "今年熟得早"))
    (found,) = checked(kanwu, ".")
    assert found["path"] == "a.txt"
    assert found["evidence"]["articles"] == 3
    assert [other["path"] for other in found["related"]] == ["b.txt", "c.txt"]


def test_one_changed_file_is_compared_with_the_index(kanwu):
    kanwu.put("kanwu.toml", 'corpus = ["articles/"]\n')
    kanwu.put("articles/a.txt", EARLIER)
    kanwu.put("articles/b.txt", EARLIER.replace("熟了", "红了"))
    assert kanwu("index").returncode == 0
    kanwu.put("articles/b.txt", LATER)
    (found,) = checked(kanwu, "articles/b.txt")
    assert found["path"] == "articles/b.txt"
    assert found["related"][0]["path"] == "articles/a.txt"


def test_alignments_with_verdict_and_reason(kanwu):
    kanwu.put("a.txt", EARLIER)
    kanwu.put("b.txt", LATER)
    done = kanwu("figures", ".", "--alignments", "--output-format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    verdicts = {row["one"]["surface"]: row["verdict"] for row in rows}
    assert verdicts == {"约6800亩": "differ", "320户": "agree", "1.2亿元": "agree"}
    assert all("the same words" in row["reason"] for row in rows)
    assert "Compared 3 pairs" in done.stderr.decode()
    text = kanwu("figures", ".", "--alignments").stdout.decode()
    assert "differ: " in text
    assert "[68000亩]" in text
    table = kanwu("figures", ".", "--alignments", "--output-format", "csv").stdout.decode()
    first, *_ = csv.DictReader(io.StringIO(table))
    assert first["one_path"] == "a.txt"


def test_why_a_difference_is_not_told(kanwu):
    kanwu.put("a.txt", "截至8日，" + EARLIER.replace("约6800亩", "6800亩"))
    kanwu.put("b.txt", LATER.replace("68000亩", "已达7200亩"))
    assert checked(kanwu, ".") == []
    shown = kanwu("figures", ".", "--alignments").stdout.decode()
    assert "not comparable: " in shown


def aligned(kanwu):
    done = kanwu("figures", ".", "--alignments", "--output-format", "jsonl")
    assert b"Traceback" not in done.stderr
    return [
        (row["verdict"], row["one"]["surface"], row["other"]["surface"])
        for row in map(json.loads, done.stdout.decode().splitlines())
    ]


def test_alignments_inside_one_document(kanwu):
    kanwu.put(
        "a.txt",
        "海外人才交流会上，高校和企业逾2万个岗位虚位以待。\n\n"
        "交流会调动各方投入，436家企业发布岗位需求29475个。\n",
    )
    assert aligned(kanwu) == [("loose", "逾2万个", "29475个")]


def test_alignments_of_two_languages(kanwu):
    kanwu.put(
        "a.txt",
        "大会共有31个国家的代表参加，带来合作项目3500个。\n\n"
        "The meeting welcomed delegates from 31 countries and presented 3,800 cooperation projects.\n",
    )
    assert sorted(aligned(kanwu)) == [
        ("agree", "31个", "31"),
        ("contradict", "3500个", "3,800"),
    ]


def test_alignments_of_what_is_restated(kanwu):
    kanwu.put("a.txt", "江城新开公交线路46条\n\n今年，江城新开公交线路64条，方便出行。\n")
    assert aligned(kanwu) == [("contradict", "46条", "64条")]


def test_serial_pooled_and_indexed_runs_say_the_same(kanwu):
    kanwu.put("kanwu.toml", 'corpus = ["articles/"]\n')
    paths = []
    for number, village in enumerate(("柏树村", "松树村", "杨树村", "桃树村")):
        for copy, figure in enumerate(("6800", "6800", "68000", "68000")[number % 2 :]):
            text = EARLIER.replace("柏树村", village).replace("约6800", figure)
            paths.append(f"articles/{number}{copy}.txt")
            kanwu.put(paths[-1], f"{number * 7 + copy}号公告栏的消息。\n{text}")
    serial = checked(kanwu, "articles", "--no-cache", "--jobs", "1")
    assert len(serial) >= 4
    assert checked(kanwu, "articles", "--no-cache", "--jobs", "2") == serial
    kanwu("index")
    indexed = {json.dumps(found) for path in paths for found in checked(kanwu, path)}
    assert indexed == {json.dumps(found) for found in serial}
