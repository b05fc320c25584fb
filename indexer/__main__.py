"""Start the command line: `python -m indexer`, or the console script `indexer`."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run one command and leave with its exit code."""
    from indexer.cli import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
