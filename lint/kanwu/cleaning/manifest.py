"""The manifest of a cleaned copy: what it was made of, and how."""

from __future__ import annotations

import json
import os
import platform
from typing import TYPE_CHECKING, Any

from kanwu import __version__
from kanwu.cleaning.folder import MANIFEST
from kanwu.cleaning.shards import configuration_of
from kanwu.engine.discovery import entry_points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.cleaning.running import Cleaned, Wish
    from kanwu.session.run import Plan


def write_manifest(
    folder: str, cleaned: Cleaned, planned: Plan, wish: Wish, rules: Iterable[str]
) -> None:
    """Write what the copy was made of, to the disk itself. `rules` are selected codes. Raises OSError."""
    told = json.dumps(manifest(cleaned, planned, wish, rules), ensure_ascii=False, indent=1) + "\n"
    with open(os.path.join(folder, MANIFEST), "wb") as file:
        file.write(told.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())


def manifest(cleaned: Cleaned, planned: Plan, wish: Wish, rules: Iterable[str]) -> dict[str, Any]:
    """What the copy was made of and how; the same for the same input under the same conditions."""
    configurations = sorted({configuration_of(settings) for settings in planned.settings})
    return {
        "kanwu": __version__,
        # The tables of Unicode come with it.
        "python": platform.python_version(),
        "rules": sorted({entry.distribution for entry in entry_points()}),
        "selected": sorted(rules),
        "configuration": configurations,
        "options": {
            "unsafe_fixes": wish.unsafe,
            "drop": list(wish.drop),
            "lang": wish.language,
            "source_field": wish.source_field,
        },
        "documents": cleaned.documents,
        "characters": cleaned.characters,
        "rows": cleaned.rows,
        "changed": cleaned.changed,
        "fixed": dict(sorted(cleaned.fixed.items())),
        "dropped": dict(sorted(cleaned.reasons.items())),
        "findings": [count._asdict() for count in cleaned.counts],
        "files": [
            {
                "path": f"data/{file.path}",
                "input": file.source,
                "output": file.copy,
                "rows": file.rows,
                "changed": file.changed,
                "dropped": file.dropped,
                "fault": file.fault,
            }
            for file in cleaned.files
        ],
    }
