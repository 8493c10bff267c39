"""Lines told by their first and their last words."""

import pytest

from kanwu import LineEnds, LineStarts


@pytest.mark.parametrize(
    "line", ["首页上一页", "首页 上一页 1 2", "首　页上一页", "【首页 上一页】", "第 3 页"]
)
def test_blanks_among_the_first_characters_do_not_hide_a_phrase(line):
    found = list(LineStarts("首页上一", "第3页").find(f"正文在此。\n{line}\n"))
    assert [(start, end) for start, end in found] == [(6, 6 + len(line))]


@pytest.mark.parametrize("line", ["某网版权所有", "某网版权 所有", "某 网 版 权 所 有"])
def test_blanks_among_the_last_characters_do_not_hide_a_phrase(line):
    found = list(LineEnds("版权所有").find(f"正文在此。\n{line}\n"))
    assert [(start, end) for start, end in found] == [(6, 6 + len(line))]
