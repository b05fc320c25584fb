"""Which words need no segmenter? Frequent words of jieba's dictionary, of two to four characters, that it leaves whole.

Run `python -m indexer.analysis.make_words` to write data/words.txt anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.fold import is_han, match_text
from indexer.analysis.segment import WORDS, counted_words, cut

__all__ = ["build", "main"]

_RAREST = 30  # occurrences in the texts that jieba's dictionary was counted in
_LENGTHS = range(2, 5)


def build() -> str:
    """Return the content of the table: one word per line, sorted."""
    return "".join(f"{word}\n" for word in sorted(_frequent()) if cut(word) == [word])


def _frequent() -> Iterator[str]:
    """Yield the frequent words of jieba's dictionary that are their own match form; raise FileNotFoundError."""
    for word, count in counted_words():
        if len(word) in _LENGTHS and count >= _RAREST and all(map(is_han, word)) and match_text(word) == word:
            yield word


def main() -> None:
    """Write the table."""
    WORDS.write_text(build(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
