"""How does an open index move to a newer generation while others still read the old one?

Every request borrows the engine of the newest generation. One that has been overtaken is closed when its last
borrower gives it back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from types import TracebackType
from typing import Any, TypeVar

from indexer.engine.base import Engine
from indexer.errors import WensouError

__all__ = ["Lease", "Leases"]

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CLOSED = "this index has been closed; open it again"


class Lease:
    """Hold one generation's engine and what was derived from it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()
        self._making = threading.RLock()
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[Engine], T]) -> T:
        """Return what `make` derives from the engine, made at the first call for `name` and kept for all threads."""
        if name not in self._made:
            with self._making:
                if name not in self._made:
                    self._made[name] = make(self.engine)
        made: T = self._made[name]
        return made

    def within(self, seconds: float | None, name: str, make: Callable[[Engine], T]) -> T | None:
        """Return what `once` returns, or None where it takes longer; another thread then goes on making it."""
        if name not in self._made and seconds is not None:
            run = copy_context().run  # with the user words of this thread
            maker = threading.Thread(target=run, args=(self._make, name, make), daemon=True, name=f"making {name}")
            maker.start()
            maker.join(max(seconds, 0.0))
            return self._made.get(name)
        return self.once(name, make)

    def _make(self, name: str, make: Callable[[Engine], Any]) -> None:
        # The generation may be given up meanwhile; then nobody needs this any more.
        with suppress(WensouError):
            self.once(name, make)

    def enter(self) -> bool:
        """Count one borrower more; return False where the engine is already given up."""
        with self._lock:
            if self._retired and not self._users:
                return False
            self._users += 1
            return True

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Count one borrower less and close a retired engine after its last."""
        with self._lock:
            self._users -= 1
            last = self._retired and not self._users
        if last:
            self.engine.close()

    def retire(self) -> None:
        """Let nobody new in; the engine closes now or after its last borrower."""
        with self._lock:
            if self._retired:
                return
            self._retired = True
            unused = not self._users
        if unused:
            self.engine.close()


class Leases:
    """Lend out the engine of the newest generation."""

    def __init__(self, open_engine: Callable[[], Engine]) -> None:
        self._open = open_engine
        self._newest: Lease | None = Lease(open_engine())
        self._moving = threading.Lock()
        # Why it could not move the last time; each reason is logged once, not with every request.
        self._held_back = ""

    def borrow(self) -> Lease:
        """Lend the newest generation until the lease's with statement ends; raise WensouError after close()."""
        while True:
            lease = self._newest
            if lease is None:
                raise WensouError(_CLOSED)
            if lease.enter():
                if lease.engine.current():
                    return lease
                moved = self._move(lease)
                if moved is lease:
                    return lease
                lease.leave()

    @contextmanager
    def pinned(self) -> Iterator[Leases]:
        """Lend one generation for several requests that belong together: it is what the Leases given lend."""
        with self.borrow() as lease:
            yield _Pinned(lease)

    def close(self) -> None:
        """End lending; an engine in use closes when it is given back."""
        with self._moving:
            lease, self._newest = self._newest, None
        if lease is not None:
            lease.retire()

    def _move(self, stale: Lease) -> Lease | None:
        """Open the newest generation in place of a stale one; stay with the old one where that fails."""
        with self._moving:
            if self._newest is not stale:
                return self._newest
            try:
                self._newest = Lease(self._open())
            except WensouError as error:
                if str(error) != self._held_back:
                    self._held_back = str(error)
                    _log.warning("staying with the generation in use: %s", error)
                return stale
            self._held_back = ""
            stale.retire()
            return self._newest


class _Pinned(Leases):
    """Lend one generation only; whoever pinned it holds and returns it."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease

    def borrow(self) -> Lease:
        """Lend the generation; raise WensouError where it was given back and overtaken meanwhile."""
        if not self._lease.enter():
            raise WensouError(_CLOSED)
        return self._lease

    def close(self) -> None:
        """Do nothing."""
