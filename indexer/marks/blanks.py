"""Which words stand in a field whose value nobody knows?"""

from __future__ import annotations

__all__ = ["is_blank"]

_BLANKS = frozenset(
    "unknown n/a na none null nil undefined - -- — —— ? ？ 未知 不详 不明 待定 暂无 无 未注明 未标注".split()
)


def is_blank(value: object) -> bool:
    """Tell whether a stated value says that there is none: unknown, N/A, 不详."""
    return isinstance(value, str) and value.strip().lower() in _BLANKS
