"""What the command line says over a configuration file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from kanwu.policy.loading import Resolver
from kanwu.policy.patterns import rebased
from kanwu.policy.selection import chosen, selected
from kanwu.policy.settings import ConfigurationError


def codes(catalogue, folder, file, **options):
    (folder / "kanwu.toml").write_text(file, encoding="utf-8")
    overrides = {name.replace("_", "-"): value for name, value in options.items()}
    settings = Resolver(catalogue, overrides=overrides).for_file("a.txt")
    return {rule.code for rule in selected(catalogue, settings)}


@pytest.mark.parametrize(
    ("file", "options", "expected"),
    [
        # --select stands in place of what the file selects.
        ("select = ['ENC']\nextend-select = ['ENC002']", {"select": ["PUN"]}, {"PUN001"}),
        # --extend-select adds to it.
        ("select = ['ENC']", {"extend_select": ["PUN002"]}, {"ENC001", "PUN002"}),
        (
            "extend-select = ['ENC002']",
            {"extend_select": ["PUN002"]},
            "PUN001 PUN002 ENC001 ENC002",
        ),
        ("", {"select": ["PUN"], "extend_select": ["ENC002"]}, {"PUN001", "ENC002"}),
        # --ignore adds to what the file ignores.
        ("ignore = ['PUN']", {"ignore": ["ENC"]}, set()),
        ("select = ['PUN001']", {"ignore": ["wrong-comma"]}, set()),
        # What the file ignores stays ignored, but for what is named as exactly.
        ("ignore = ['wrong-comma']", {"select": ["PUN"]}, set()),
        ("ignore = ['wrong-comma']", {"select": ["pun001"]}, {"PUN001"}),
        ("ignore = ['PUN']", {"select": ["pun"]}, {"PUN001"}),
        ("ignore = ['PUN', 'ENC']", {"extend_select": ["wrong-comma"]}, {"PUN001"}),
        ("ignore = ['PUN001']", {"select": ["PUN001"], "ignore": ["PUN001"]}, set()),
    ],
)
def test_selection(catalogue, folder, file, options, expected):
    if isinstance(expected, str):
        expected = set(expected.split())
    assert codes(catalogue, folder, file, **options) == expected


@pytest.mark.usefixtures("folder")
def test_a_name_on_the_command_line_is_chosen(catalogue):
    resolver = Resolver(catalogue, overrides={"extend-select": ["wrong-dash"]})
    assert chosen(catalogue, resolver.for_file("a.txt")) == {"PUN002"}


def test_it_holds_for_every_configuration_and_for_none(catalogue, folder):
    (folder / "kanwu.toml").write_text("select = ['PUN']", encoding="utf-8")
    for choice in ({}, {"isolated": True}, {"config": "kanwu.toml"}):
        resolver = Resolver(catalogue, overrides={"fail-on": "info"}, **choice)
        for path in ("a.txt", "/a.txt"):
            assert resolver.for_file(path).fail_on == "info"


def test_each_value_knows_where_it_comes_from(catalogue, folder):
    (folder / "kanwu.toml").write_text(
        "ignore = ['PUN']\nextensions = ['.txt']\nfail-on = 'error'\nexclude = ['a']",
        encoding="utf-8",
    )
    overrides = {"ignore": ["ENC"], "select": ["ENC"], "fail-on": "info", "extend-exclude": ["b"]}
    settings = Resolver(catalogue, overrides=overrides).for_file("a.txt")
    file = str(folder / "kanwu.toml")
    assert {name: settings.origin(name) for name in settings.__slots__ if name != "origins"} == {
        "root": "default",
        "source": "default",
        "extend": "default",
        "select": "command line",
        "extend_select": "default",
        "ignore": f"{file} and command line",
        "per_file_ignores": "default",
        "suppressions": "default",
        "severity": "default",
        "rules": "default",
        "rule_files": "default",
        "rule_texts": "default",
        "exclude": file,
        "extend_exclude": "command line",
        "extensions": file,
        "respect_ignore_files": "default",
        "text_fields": "default",
        "text_markup": "default",
        "id_field": "default",
        "corpus": "default",
        "fail_on": "command line",
        "cache_dir": "default",
        "baseline": "default",
        "baseline_state": "default",
    }
    assert settings.excluded == ("a", "b")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"select": ["PUNN"]}, '--select: found "PUNN", expected the code, name or family'),
        ({"extend-select": ["lost-bite"]}, 'did you mean "lost-byte"?'),
        ({"ignore": ["INT003"]}, '--ignore: found "INT003", expected the code'),
        ({"fail-on": "never"}, '--fail-on: found "never", expected one of'),
        ({"exclude": ["/"]}, '--exclude: found "/", expected a pattern'),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_used_is_told_with_its_option(catalogue, options, message):
    with pytest.raises(ConfigurationError) as caught:
        Resolver(catalogue, overrides=options).refuse_unknown_words()
    assert message in str(caught.value)


# Patterns of the command line refer to the working folder, wherever the configuration lies.

NAMES = st.sampled_from(["a", "b", "旧", "x*y"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
STEPS = st.sampled_from(["a", "b", "*", "旧", "?", "[ab]", "x\\*y"])
PATTERNS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "/", "**/"]),
    st.lists(STEPS, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "/"]),
)


def excludes(patterns, path):
    return GitIgnoreSpec.from_lines(patterns).match_file(path)


@given(PATTERNS, st.lists(NAMES, max_size=2), PATHS)
def test_a_pattern_means_the_same_from_above(pattern, steps, path):
    """The configuration lies in the working folder or above it."""
    inside = "/".join((*steps, path))
    (moved,) = rebased([pattern], "/".join(("/work", *steps)), "/work")
    assert excludes([moved], inside) >= excludes([pattern], path)
    if "/" in pattern[:-1] and not pattern.startswith("**/"):
        assert excludes([moved], inside) == excludes([pattern], path)
        assert not steps or not excludes([moved], f"elsewhere/{path}")


@given(PATTERNS, st.lists(NAMES, min_size=1, max_size=2), PATHS)
def test_a_pattern_means_the_same_from_below(pattern, steps, path):
    """The configuration lies in a folder below the working folder."""
    moved = list(rebased([pattern], "/work", "/".join(("/work", *steps))))
    if "/" in pattern[:-1] and not pattern.startswith("**/"):
        assert excludes(moved, path) == excludes([pattern], "/".join((*steps, path)))
    else:
        assert moved == [pattern]


def test_what_matches_nothing_below_is_left_out():
    assert list(rebased(["/other/a", "!news/b"], "/home", "/home/news")) == ["!/b"]
    assert list(rebased(["news/a"], "/work", "/elsewhere/news")) == []


def test_a_pattern_with_any_depth_inside_keeps_it():
    assert list(rebased(["news/**/a"], "/home", "/home/news/2020")) == ["**/a"]
