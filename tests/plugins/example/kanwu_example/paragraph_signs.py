"""A ledger of references to paragraphs (§12), beside the figures that kanwu itself lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kanwu.engine.ledger import Entry, Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu import Document


class ParagraphSigns(Ledger):
    """Lists references to paragraphs."""

    def entries(self, document: Document) -> Iterator[Entry]:
        for sign in re.finditer(r"§([0-9]{1,4})", document.text):
            number = sign[1]
            yield Entry(*sign.span(), "id", number, "=", number, number, "§", "", "zh")
