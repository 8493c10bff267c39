"""Which rules run, and what becomes of their findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.finding import Severity, place
from kanwu.engine.internal import RuleCrashed
from kanwu.policy.selection import Policy, choices, chosen, selected
from kanwu.policy.settings import ConfigurationError, Settings

DEFAULTS = {"PUN001", "ENC001"}
EVERYTHING = {"PUN001", "PUN002", "ENC001", "ENC002"}


def settings(**values):
    return Settings("/work", **values)


def codes(catalogue, **values):
    return {rule.code for rule in selected(catalogue, settings(**values))}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, DEFAULTS),
        ({"select": ()}, set()),
        ({"select": ("PUN",)}, {"PUN001"}),
        ({"select": ("pun", "Lost-Byte")}, {"PUN001", "ENC001"}),
        ({"select": ("PUN002",)}, {"PUN002"}),
        ({"select": ("wrong-dash",)}, {"PUN002"}),
        ({"select": ("ALL",)}, EVERYTHING),
        ({"extend_select": ("wrong-dash",)}, DEFAULTS | {"PUN002"}),
        ({"extend_select": ("PUN",)}, DEFAULTS),
        ({"select": ("PUN",), "extend_select": ("ENC002",)}, {"PUN001", "ENC002"}),
        ({"ignore": ("PUN",)}, {"ENC001"}),
        ({"ignore": ("ALL",)}, set()),
        # The more exact word wins, whichever way.
        ({"select": ("PUN",), "ignore": ("wrong-comma",)}, set()),
        ({"select": ("wrong-comma", "ENC"), "ignore": ("PUN",)}, {"PUN001", "ENC001"}),
        ({"select": ("PUN",), "ignore": ("ALL",)}, {"PUN001"}),
        ({"select": ("ALL",), "ignore": ("PUN",)}, {"ENC001", "ENC002"}),
        # Between equally exact words ignore wins, by whatever name they go.
        ({"select": ("PUN",), "ignore": ("PUN",)}, set()),
        ({"select": ("PUN001",), "ignore": ("wrong-comma",)}, set()),
        # The engine's own rules are no matter of choice.
        ({"select": ("INT",)}, set()),
        ({"select": ("INT001", "PUN")}, {"PUN001"}),
    ],
)
def test_words_choose_rules(catalogue, values, expected):
    assert codes(catalogue, **values) == expected


def test_rules_come_in_order_of_codes_with_their_options(catalogue):
    rules = selected(catalogue, settings(rules=(("PUN001", (("least", 7),)),)))
    assert [rule.code for rule in rules] == ["ENC001", "PUN001"]
    assert rules[1].least == 7
    assert rules[1].width == "full"


def test_only_what_was_named_is_chosen(catalogue):
    words = {"select": ("PUN", "wrong-comma", "ENC"), "extend_select": ("pun002", "ENC002")}
    assert chosen(catalogue, settings(**words)) == {"PUN001", "PUN002", "ENC002"}
    assert chosen(catalogue, settings(**words, ignore=("PUN001",))) == {"PUN002", "ENC002"}
    assert chosen(catalogue, settings(select=("ALL", "PUN"))) == frozenset()


def test_each_choice_says_why(catalogue):
    words = {"select": ("pun",), "extend_select": ("ENC002",), "ignore": ("lost-byte",)}
    reasons = {
        c.rule.code: (c.selected, c.key, c.word) for c in choices(catalogue, settings(**words))
    }
    assert reasons == {
        "ENC001": (False, "ignore", "lost-byte"),
        "ENC002": (True, "extend-select", "ENC002"),
        "PUN001": (True, "select", "pun"),
        "PUN002": (False, "", ""),
    }


@pytest.mark.parametrize("key", ["select", "extend_select", "ignore"])
def test_an_unknown_word_is_refused(catalogue, key):
    with pytest.raises(ConfigurationError, match=r'did you mean "wrong-comma"\?'):
        codes(catalogue, **{key: ("wrong-coma",)})


# What holds for any words.

WORDS = st.sampled_from(
    [
        *("ALL", "PUN", "ENC", "INT", "PUN001", "PUN002", "ENC001", "ENC002"),
        *("wrong-comma", "wrong-dash", "lost-byte", "odd-byte", "pun", "enc001", "Odd-Byte"),
    ]
)
LISTS = st.lists(WORDS, max_size=5).map(tuple)
MAYBE = st.none() | LISTS


@given(MAYBE, LISTS, LISTS, st.randoms())
def test_order_and_repetition_are_no_matter(catalogue, select, extend, ignore, random):
    def shuffled(words):
        return words and tuple(random.sample(words * 2, len(words) * 2))

    one = codes(catalogue, select=select, extend_select=extend, ignore=ignore)
    other = codes(
        catalogue,
        select=shuffled(select),
        extend_select=shuffled(extend),
        ignore=shuffled(ignore),
    )
    assert one == other


@given(MAYBE, LISTS, LISTS, WORDS)
def test_ignoring_more_never_adds_and_selecting_more_never_takes_away(
    catalogue, select, extend, ignore, word
):
    now = codes(catalogue, select=select, extend_select=extend, ignore=ignore)
    assert codes(catalogue, select=select, extend_select=extend, ignore=(*ignore, word)) <= now
    assert codes(catalogue, select=select, extend_select=(*extend, word), ignore=ignore) >= now


@given(LISTS, LISTS, LISTS)
def test_extending_is_selecting(catalogue, select, extend, ignore):
    one = codes(catalogue, select=select, extend_select=extend, ignore=ignore)
    assert one == codes(catalogue, select=select + extend, ignore=ignore)


@given(MAYBE, LISTS, LISTS)
def test_a_code_or_name_decides_alone(catalogue, select, extend, ignore):
    run = codes(catalogue, select=select, extend_select=extend, ignore=ignore)
    for rule in catalogue:
        own = {rule.code, rule.name}
        named = own & {w.upper() for w in ignore} | own & {w.lower() for w in ignore}
        if named:
            assert rule.code not in run
        elif own & {*(select or ()), *extend} and rule.family() != "INT":
            assert rule.code in run


@given(MAYBE, LISTS, LISTS)
def test_what_is_off_needs_its_own_name_or_all(catalogue, select, extend, ignore):
    run = codes(catalogue, select=select, extend_select=extend, ignore=ignore)
    words = {w.lower() for w in (*(select or ()), *extend)}
    for rule in catalogue:
        if not rule.default and not words & {"all", rule.code.lower(), rule.name}:
            assert rule.code not in run


# Findings.


def finding(catalogue, word, path):
    rule = catalogue.find(word)
    speaker = rule()
    document = Document("一二三", path=path)
    speaker.messages = {"said": "said"}
    return speaker.finding(place(document, 0, 1), speaker.say("said"))


@pytest.mark.parametrize(
    ("path", "dropped"),
    [
        ("news/a.txt", {"PUN001", "PUN002"}),
        ("old/2019/a.txt", {"ENC001", "PUN001", "PUN002"}),
        ("old/a.md", {"ENC001", "ENC002", "PUN001", "PUN002"}),
        ("new/a.md", {"ENC002", "PUN001", "PUN002"}),
        ("new/a.txt", set()),
        ("new/deep/a.txt", {"PUN001", "PUN002"}),
        ("-", {"PUN001", "PUN002"}),
    ],
)
def test_some_findings_are_dropped_in_some_files(catalogue, folder, path, dropped):
    policy = Policy(
        Settings(
            str(folder),
            per_file_ignores=(
                ("old/**", ("lost-byte",)),
                ("*.md", ("ENC002",)),
                ("!new/*.txt", ("PUN",)),
            ),
        ),
        catalogue,
    )
    for _ in range(2):
        kept = {c for c in EVERYTHING if policy.adjust(finding(catalogue, c, path)) is not None}
        assert kept == EVERYTHING - dropped
        assert policy.ignored_in(str(folder / path)) == dropped


def test_patterns_refer_to_the_folder_of_the_configuration(catalogue, folder, monkeypatch):
    (folder / "news").mkdir()
    monkeypatch.chdir(folder / "news")
    policy = Policy(Settings(str(folder), per_file_ignores=(("/news/a.txt", ("PUN",)),)), catalogue)
    assert policy.ignored_in("a.txt") == {"PUN001", "PUN002"}
    assert policy.ignored_in("b/a.txt") == frozenset()
    assert policy.ignored_in("../a.txt") == frozenset()


@pytest.mark.usefixtures("folder")
def test_severities_are_replaced_the_more_exact_word_first(catalogue):
    policy = Policy(
        settings(severity=(("wrong-comma", Severity.ERROR), ("ALL", Severity.INFO))), catalogue
    )
    severities = {c: policy.adjust(finding(catalogue, c, "a.txt")).severity for c in EVERYTHING}
    assert severities == {"PUN001": "error", "PUN002": "info", "ENC001": "info", "ENC002": "info"}


@pytest.mark.usefixtures("folder")
def test_what_needs_no_change_is_the_same_finding(catalogue):
    policy = Policy(settings(severity=(("PUN", Severity.WARNING),)), catalogue)
    given = finding(catalogue, "PUN001", "a.txt")
    assert policy.adjust(given) is given


def test_what_the_engine_reports_is_never_dropped_or_changed(catalogue, folder):
    policy = Policy(
        Settings(
            str(folder),
            severity=(("ALL", Severity.INFO),),
            per_file_ignores=(("*", ("ALL",)),),
            ignore=("ALL",),
        ),
        catalogue,
    )
    assert policy.adjust(finding(catalogue, "PUN001", "a.txt")) is None
    crash = finding(catalogue, RuleCrashed.code, "a.txt")
    assert policy.adjust(crash) is crash
