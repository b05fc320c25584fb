"""Where do the words of Han text begin and end? jieba's answer, by its Rust port rjieba where that is installed.

Both cut Han text alike; rjieba is some twenty times faster. They differ where Latin letters, digits and punctuation
mix, so they are given Han characters only. `WENSOU_SEGMENTER=jieba` does without rjieba.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import logging
import os
import re
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from indexer.analysis.fold import HAN, Offsets, match_text
from indexer.errors import SourceError

__all__ = [
    "UserWords",
    "WORDS",
    "counted_words",
    "cut",
    "cut_for_search",
    "cut_lengths",
    "dictionary_digest",
    "inner_words",
    "load_dictionary",
    "mixed_words",
    "own_process",
    "use_backend",
    "use_words",
    "words_in_use",
]

WORDS = Path(__file__).parent / "data" / "words.txt"
_SHORT = 32  # characters of a text that is looked up in these words
_KEPT = 4  # sets of user words whose segmenters are kept; each takes some 60 MB

_OTHER = re.compile(f"[^{HAN} ]+")  # spaces may stay: what comes from split_scripts needs no rewriting
_WORD = re.compile(f"[{HAN}]+")
# A line of jieba's user dictionary: word, then optionally how often it occurs and its part of speech.
_LINE = re.compile(r"(?P<word>\S+)(?:\s+(?P<frequency>[0-9]{1,9}))?(?:\s+[a-zA-Z]+)?")
_Entry = tuple[str, int | None]


class _Segmenter(Protocol):
    """Cut text as both libraries do."""

    def cut(self, text: str) -> Iterable[str]:
        """Cut precisely."""

    def cut_for_search(self, text: str) -> Iterable[str]:
        """Cut precisely, and before each long word give the words inside it."""

    def add_word(self, word: str, freq: int | None, tag: str | None) -> object:
        """Add a word; without a frequency, one high enough to keep it together."""

    def has_word(self, word: str) -> object:
        """Tell whether the dictionary has a word."""


class UserWords:
    """Hold words that a user adds to the dictionary: (word in match form, frequency or None); equal by these."""

    def __init__(self, entries: tuple[_Entry, ...]) -> None:
        self.entries = entries

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UserWords) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """Tell these words from others; "" where there are none."""
        return hashlib.blake2b(repr(self.entries).encode(), digest_size=16).hexdigest() if self.entries else ""

    @cached_property
    def mixed(self) -> tuple[str, ...]:
        """Hold those with other than Han characters: they are not jieba's to find."""
        return tuple(word for word, _ in self.entries if not _WORD.fullmatch(word))


class _State:
    """Hold the segmenters of this process, those for the user words that came last."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.segmenters: dict[UserWords, _Segmenter] = {}
        self.backend: str | None = None
        self.owned = False


_state = _State()


def cut(text: str) -> list[str]:
    """Cut the Han runs of a folded text into words; everything else is left out."""
    text = _OTHER.sub(" ", text)
    words = words_in_use()
    if not words.entries and len(text) <= _SHORT and words not in _state.segmenters:
        # A first query of well-known words is answered twice as fast without loading a dictionary.
        parts = text.split()
        if all(f"\n{part}\n" in _known() for part in parts):
            return parts
    return [word for word in _segmenter().cut(text) if word != " "]


def cut_for_search(text: str) -> list[str]:
    """Cut as `cut` does, and before each word of three or more characters give the dictionary words inside it."""
    return [word for word in _segmenter().cut_for_search(_OTHER.sub(" ", text)) if word != " "]


def cut_lengths(text: str) -> Offsets:
    """Return how long the words are into which `cut` cuts Han text as split_joined gives it, one after the other.

    Spaces and borders are words here, so all of them together make up the text.
    """
    words = list(_segmenter().cut(text))
    return np.fromiter(map(len, words), np.intp, len(words))


def inner_words(words: Sequence[str], size: int) -> tuple[Offsets, Offsets]:
    """Return what words of the dictionary with `size` characters cut_for_search finds inside of longer words.

    Told are the place of the longer one in `words`, ascending, and where in it the other begins.
    """
    counts = np.maximum(np.fromiter(map(len, words), np.intp, len(words)) + 1 - size, 0)
    counts[counts == 1] = 0  # it is the word itself
    parts = [word[at : at + size] for word in words if len(word) > size for at in range(len(word) + 1 - size)]
    known = np.fromiter(map(_segmenter().has_word, parts), np.bool_, len(parts)).nonzero()[0]
    which = np.repeat(np.arange(len(words)), counts)[known]
    return which, known - (counts.cumsum() - counts)[which]


# Which words count depends on the index that is asked or built, and a process may have several open: they are told
# thread by thread, and whoever asks or builds tells them first.
_words: ContextVar[UserWords] = ContextVar("words", default=UserWords(()))  # noqa: B039 - never changed


def words_in_use() -> UserWords:
    """Return the user words that count in this thread."""
    return _words.get()


def use_words(words: UserWords) -> None:
    """Let these user words, and no others, count in this thread."""
    _words.set(words)


def load_dictionary(path: Path | None) -> str:
    """Take the words of a user dictionary in jieba's format (None: no words) and return dictionary_digest().

    They count in this thread, for texts and queries alike. Raise SourceError where the file cannot be read or a line
    is no entry, naming the line.
    """
    use_words(UserWords(() if path is None else tuple(entry for entry in _read(path) if entry[0])))
    return dictionary_digest()


def dictionary_digest() -> str:
    """Return a digest of the user words in use, "" where there are none."""
    return words_in_use().digest


def mixed_words() -> tuple[str, ...]:
    """Return the user words in use that hold other than Han characters."""
    return words_in_use().mixed


def counted_words() -> Iterator[tuple[str, int]]:
    """Yield the words of jieba's dictionary and how often they occur; raise FileNotFoundError without jieba."""
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise FileNotFoundError("jieba is not installed")
    for line in (Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        yield word, int(count)


def own_process() -> None:
    """Say that no other code of this process adds words to rjieba: then its own instance serves, and loads once."""
    _state.owned = True


def use_backend(name: str | None) -> None:
    """Choose `rjieba` or `jieba`; None means what the environment says, else rjieba where it is installed."""
    with _state.lock:
        _state.backend = name
        _state.segmenters.clear()


@cache
def _known() -> str:
    """Return words that the segmenter leaves whole, as make_words has listed them, each between line breaks."""
    return "\n" + WORDS.read_text(encoding="utf-8")


def _segmenter() -> _Segmenter:
    """Return the segmenter with the user words in use, loaded on first use."""
    words = words_in_use()
    segmenter = _state.segmenters.get(words)
    if segmenter is None:
        with _state.lock:
            segmenter = _state.segmenters.get(words)
            if segmenter is None:
                for oldest in list(_state.segmenters)[: 1 - _KEPT]:
                    del _state.segmenters[oldest]
                segmenter = _state.segmenters[words] = _load(words.entries, _state.backend)
    return segmenter


def _load(words: Sequence[_Entry], backend: str | None) -> _Segmenter:
    backend = backend or os.environ.get("WENSOU_SEGMENTER")
    segmenter = _jieba() if backend == "jieba" else _rjieba(bool(words) or not _state.owned) or _jieba()
    for word, frequency in words:
        if _WORD.fullmatch(word):
            # jieba takes 0 as an order to split the word wherever it stands, rjieba does not.
            segmenter.add_word(word, None if frequency is None else max(frequency, 1), None)
    return segmenter


def _rjieba(own: bool) -> _Segmenter | None:
    """Return rjieba where it is installed: an instance of our own, or its default one.

    The default one may be changed by any code of the process. It is made when rjieba is loaded; another takes as long
    again, and as much memory.
    """
    try:
        module = importlib.import_module("rjieba")
    except ImportError:
        return None
    default: _Segmenter | None = None if own else getattr(module, "_DEFAULT_JIEBA", None)
    segmenter: _Segmenter = default or module.Jieba()
    return segmenter


def _jieba() -> _Segmenter:
    """Load jieba without its log lines and without its cache file, which any user of the machine could have written."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes and pkg_resources, in jieba's own modules
        jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    tokenizer.has_word = tokenizer.FREQ.get
    segmenter: _Segmenter = tokenizer
    return segmenter


def _read(path: Path) -> Iterator[_Entry]:
    """Yield the words of a dictionary file, in match form as texts are."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"the user dictionary must be a readable UTF-8 text file: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            raise SourceError(str(path), f"line {number} is no entry (word [frequency [tag]]): {line.strip()!r}")
        yield match_text(match["word"]), int(match["frequency"]) if match["frequency"] else None
