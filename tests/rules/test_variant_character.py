"""SCR002 variant-character: what the engine scans for is what the table holds."""

from kanwu_rules.script.variant_character import RARER, pairs


def test_the_rule_is_called_for_the_rarer_form_of_every_pair():
    assert set(RARER) == set(pairs())
