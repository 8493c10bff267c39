"""The rules keep what every rule must keep."""

import pytest

from kanwu.testing import plugin_rules, verify, verify_growth


@pytest.mark.parametrize("rule", plugin_rules("kanwu_example"), ids=lambda rule: rule.name)
def test_rule_keeps_the_contract(rule):
    verify(rule)


@pytest.mark.parametrize("rule", plugin_rules("kanwu_example"), ids=lambda rule: rule.name)
def test_time_grows_with_the_text(rule):
    verify_growth(rule)
