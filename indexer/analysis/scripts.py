"""How are Han characters told from the rest of a folded text? Each part is taken out, with spaces for the other."""

from __future__ import annotations

import numpy as np

from indexer.analysis.fold import Codes, Mask, Offsets, blank_mask, han_mask, text_of

__all__ = ["split_joined", "split_scripts"]

_SPACE = np.uint32(0x20)
_COMMA = ord(",")


def split_scripts(codes: Codes) -> tuple[str, str]:
    """Split what match_codes returned into its Han text and the rest; one space stands for what was taken out."""
    han = han_mask(codes)
    return _only(codes, han), _only(codes, ~han)


def split_joined(codes: Codes) -> tuple[str, str, Offsets]:
    """Split what match_joined returned as split_scripts does; the 0 after each text stands in both.

    Return (Han text, the rest, where in the codes each character of the Han text stands); a space stands where a run
    of others begins. The rest lacks most of the punctuation that is part of no word.
    """
    han, border = han_mask(codes), codes == 0
    wanted = han | border
    left_out = han | blank_mask(codes)
    apart = left_out | border
    # Two of three signs in Chinese text are commas, and only one that stands between digits is of interest.
    lone = codes == _COMMA
    lone[1:-1] &= apart[:-2] | apart[2:]
    return _only(codes, wanted), _only(codes, ~(left_out | lone)), _kept(wanted).nonzero()[0]


def _only(codes: Codes, wanted: Mask) -> str:
    """Return the wanted characters, with one space for every run of the others."""
    return text_of(np.where(wanted, codes, _SPACE)[_kept(wanted)])


def _kept(wanted: Mask) -> Mask:
    """Return a mask of what is wanted and of the first of each run of others."""
    kept = wanted.copy()
    kept[1:] |= wanted[:-1]
    return kept
