"""SARIF: every log is accepted by the schema of the standard, and says what the other formats say."""

import json

import pytest

STANDARD = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
)


@pytest.fixture(scope="session")
def schema(published_schema):
    """The schema of SARIF 2.1.0."""
    return published_schema(STANDARD)


@pytest.fixture
def logged(kanwu, schema):
    """Runs check and returns the run of its log, which the schema accepts."""

    def run(*words):
        done = kanwu("check", "--isolated", "--output-format", "sarif", *words)
        log = json.loads(done.stdout)
        problems = [f"{error.json_path}: {error.message}" for error in schema.iter_errors(log)]
        assert not problems
        (only,) = log["runs"]
        assert only["invocations"][0]["exitCode"] == done.returncode
        return only

    return run


def test_the_schema_is_not_content_with_anything(schema):
    assert not schema.is_valid({"version": "2.1.0", "runs": [{"results": []}]})
    assert not schema.is_valid({"version": "2.0.0", "runs": []})


def test_a_log_without_findings(kanwu, logged):
    kanwu.put("a.txt", "今天天气很好。\n")
    run = logged()
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]


def test_the_seeds_with_related_places_and_fixes(kanwu, seeds, logged):
    for path in seeds.iterdir():
        kanwu.put(f"文章 一/{path.name}", path.read_bytes())
    run = logged("--select", "ALL")
    assert any("relatedLocations" in result for result in run["results"])
    assert any("fixes" in result for result in run["results"])
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"].startswith("%E6%96%87%E7%AB%A0%20%E4%B8%80/")
        assert place["uriBaseId"] in run["originalUriBaseIds"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_columns_count_code_points_whatever_stands_before(kanwu, logged):
    text = "😀𠮷👨‍👩‍👧围绕围绕中心工作展开讨论。"
    kanwu.put("a.txt", f"今天天气很好。\r\n{text}\r\n")
    run = logged("--select", "doubled-word")
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, text.index("围") + 1)
    assert region["charOffset"] == 9 + text.index("围")
    assert region["charLength"] == region["endColumn"] - region["startColumn"]


def test_fingerprints_outlive_moved_lines(kanwu, logged):
    def fingerprints():
        results = logged("--select", "doubled-word")["results"]
        return [result["partialFingerprints"] for result in results]

    kanwu.put("a.txt", "他们围绕围绕中心工作。\n他们围绕围绕中心工作。\n")
    before = fingerprints()
    kanwu.put("a.txt", "新的一行。\n\n他们围绕围绕中心工作。\n他们围绕围绕中心工作。\n")
    assert fingerprints() == before
    assert before[0] != before[1]


def test_what_was_not_checked_is_no_success(kanwu, logged):
    run = logged("gone.txt")
    assert run["invocations"] == [{"executionSuccessful": False, "exitCode": 2}]
    assert [result["ruleId"] for result in run["results"]] == ["INT002"]


def test_hostile_texts_and_names(kanwu, logged):
    kanwu.put("a.md", "他们围绕围绕\x1b[31m中心\u202e工作\u2028</script>。\n\x00\ufffd\n")
    kanwu.put("b%20c#?.txt", "他们围绕围绕中心工作。\n".encode() + b"\xe4\xff\n")
    assert len(logged("--select", "ALL")["results"]) > 3


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("C:/文/a b.txt", "file:///C:/%E6%96%87/a%20b.txt"),
        ("/tmp/a.txt", "file:///tmp/a.txt"),
        ("b/a:1.txt", "b/a%3A1.txt"),
    ],
)
def test_paths_become_addresses(path, uri):
    from kanwu.engine.finding import whole_file
    from kanwu.reporters.sarif import artifact

    assert artifact(whole_file(path))["uri"] == uri
