"""How the rules on broken paragraphs tell of two halves, and of one whose other half is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Related, Safety, place
from kanwu.engine.finding import Fix
from kanwu_rules.broken_paragraphs.joining import joined
from kanwu_rules.broken_paragraphs.paragraphs import End

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu import Document, Finding, Place, Rule
    from kanwu_rules.broken_paragraphs.breaks import Break
    from kanwu_rules.broken_paragraphs.paragraphs import Paragraph

# Code points beside a gap that a finding stands on.
WORDS = 6

MESSAGES: Mapping[str, str] = {
    "after": "the sentence goes on here: “{text}”",
}


def halves(rule: Rule, document: Document, found: Break) -> Finding:
    """The finding of a rule about a sentence whose two halves are there."""
    before, after = found.before, found.after
    assert before is not None
    assert after is not None
    there = first_words(document, after)
    how = "word" if found.word else "pause" if before.ends is End.PAUSE else "torn"
    return rule.finding(
        last_words(document, before),
        rule.say(
            how,
            line=there.start.line,
            word=found.word,
            mark=before.text[-1],
            count=len(found.between),
            first=found.between[0].text[:WORDS] if found.between else "",
        ),
        related=[Related(there, rule.say("after", text=there.excerpt.inside))],
        evidence=evidence_of(found),
        fix=Fix(Safety.UNSAFE, rule.say("join"), joined(document, before, after, found.between)),
    )


def evidence_of(found: Break) -> dict[str, object]:
    """What speaks for a break, as JSON can hold it."""
    evidence: dict[str, object] = {"confidence": found.confidence}
    if found.word:
        evidence["word"] = found.word
    if found.before is not None:
        evidence["ends-with"] = found.before.text[-WORDS:]
    if found.after is not None:
        evidence["goes-on-with"] = found.after.text[:WORDS]
    if found.between:
        evidence["between"] = [paragraph.text[: 2 * WORDS] for paragraph in found.between]
    return evidence


def last_words(document: Document, paragraph: Paragraph) -> Place:
    """The place of the last characters of a paragraph."""
    return place(document, max(paragraph.start, paragraph.end - WORDS), paragraph.end)


def first_words(document: Document, paragraph: Paragraph) -> Place:
    """The place of the first characters of a paragraph."""
    return place(document, paragraph.start, min(paragraph.end, paragraph.start + WORDS))
