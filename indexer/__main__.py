"""Start the command line: `python -m indexer`, or the console script `indexer`."""

from __future__ import annotations

import os

__all__ = ["main"]


def main() -> None:
    """Run one command and leave with its exit code."""
    # numpy would start threads for linear algebra, of which there is none here: half of the time that it takes to load.
    # Said before it is loaded; the pool of a build says it to its processes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from indexer.cli import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
