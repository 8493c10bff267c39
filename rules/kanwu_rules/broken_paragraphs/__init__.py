"""TRU: paragraphs that are cut, split or interrupted.

Rules, one a file: split_paragraph, interrupted_paragraph, cut_tail, cut_head, unbalanced_bracket,
unfinished_list, foreign_paragraph, hard_wrapped_lines, merged_articles.

Analyses they share: `breaks` says where sentences are torn (`first_look` passes most documents over,
`torn_search` pairs halves, `halves` weighs signs, `continuation` and `edges` are the models, `paragraphs`
what they look at; `torn_paragraph` and `joining` tell of a break and put it right); `brackets`, with
`bracket_look_alikes`; `wrapped_lines`, with `unwrapping`; `enumerations`, with `announcements`, `numerals`
and `missing_items`; `foreign_blocks`. Where articles begin is `kanwu.analysis.articles`.
"""
