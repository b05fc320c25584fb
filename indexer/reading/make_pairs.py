"""Which two characters stand inside of a word more often than not? The pairs of jieba's most frequent words.

Run `python -m indexer.reading.make_pairs` to write data/word_pairs.txt anew.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from indexer.analysis.segment import counted_words
from indexer.reading.overlap import PAIRS_FILE

__all__ = ["build", "main"]

_COUNT = 4000  # of these, 29 in 100 broken sentences show one at the break, and 1 in 100 headlines above a report
_IN_A_LINE = 40


def build() -> str:
    """Return the content of the table: pairs set apart by spaces, sorted; raise FileNotFoundError without jieba."""
    counts: Counter[str] = Counter()
    for word, count in counted_words():
        for left, right in pairwise(word):
            counts[left + right] += count
    pairs = sorted(pair for pair, _ in counts.most_common(_COUNT))
    return "".join(" ".join(pairs[at : at + _IN_A_LINE]) + "\n" for at in range(0, len(pairs), _IN_A_LINE))


def main() -> None:
    """Write the table."""
    PAIRS_FILE.write_text(build(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
