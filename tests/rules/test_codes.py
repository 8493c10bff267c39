"""Codes are for ever: baselines, suppressions and people's memories build on them."""

from kanwu.engine.discovery import discover

CODES = {
    "BOI001": "contact-group-list",
    "BOI002": "copyright-disclaimer",
    "BOI003": "breadcrumb",
    "BOI004": "meta-line",
    "BOI005": "credit-line",
    "BOI006": "caption-line",
    "BOI007": "byline",
    "BOI008": "share-bar",
    "BOI009": "related-links",
    "BOI010": "pager",
    "BOI011": "follow-us",
    "BOI012": "comment-prompt",
    "BOI013": "site-footer",
    "BOI014": "navigation-block",
    "BOI015": "advertisement",
    "BOI016": "injected-spam",
    "BOI017": "page-furniture",
    "BOI018": "recurring-line",
    "DUP001": "repeated-paragraph",
    "DUP002": "near-duplicate-document",
    "DUP003": "repeated-passage",
    "ENC001": "undecodable",
    "ENC003": "byte-order-mark",
    "ENC005": "replacement-character",
    "ENC007": "control-character",
    "ENC008": "invisible-character",
    "ENC010": "compatibility-ideograph",
    "ENC011": "html-entity",
    "ENC013": "mixed-newlines",
    "ENC014": "odd-space",
    "FIG003": "reused-identifier",
    "INT001": "rule-crashed",
    "INT002": "unreadable-file",
    "INT003": "unstable-fix",
    "INT004": "unwritable-fix",
    "INT005": "slow-pattern",
    "PUN001": "half-width-punctuation",
    "TRU001": "split-paragraph",
    "TRU002": "interrupted-paragraph",
    "TRU003": "cut-tail",
    "TRU004": "cut-head",
    "TRU005": "unbalanced-bracket",
    "TRU006": "unfinished-list",
    "TRU007": "foreign-paragraph",
    "TRU008": "hard-wrapped-lines",
    "TRU009": "merged-articles",
    "WRD001": "doubled-word",
}
"""Every code that was ever used, with its name. Nothing is ever taken out or changed here."""


def test_codes_are_never_reused_or_renumbered():
    assert {rule.code: rule.name for rule in discover()} == CODES
