"""What does a process hold? File descriptors, maps and memory, as the system counts them (Linux)."""

from __future__ import annotations

import os
from pathlib import Path


def open_files(pid: int | None = None) -> int:
    """The file descriptors that a process has open."""
    return len(os.listdir(f"/proc/{pid or os.getpid()}/fd"))


def maps_of(folder: Path) -> int:
    """The parts of files in a folder, deleted ones too, that this process has mapped."""
    return sum(str(folder) in line for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines())


def resident_kilobytes(pid: int | None = None) -> int:
    """The memory that a process has in use."""
    status = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0])
