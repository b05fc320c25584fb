"""How right are places, dates and years? Print both tables.

    python -m tests.benchmark.metadata [SHARED]

SHARED (default: ../shared) holds gold/about.jsonl, gold/seeds.json and data/*.jsonl.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmark import metadata_date, metadata_place

__all__ = ["main"]


def main(shared: Path) -> None:
    """Print the table of places, then that of dates and years."""
    metadata_place.main(shared)
    metadata_date.main(shared)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
