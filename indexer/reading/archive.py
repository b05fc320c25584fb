"""What lies in a .zip, and what does reading it cost at most?

Nothing is unpacked to disk, so that a member's name can do no harm. A member may grow `zip_ratio` times, the whole
archive too; members that share their bytes (a bomb without nesting) and archives in archives are refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, cast

from indexer import settings
from indexer.errors import SourceError
from indexer.models import FileFailure, Job, Page, SourceFile
from indexer.reading import documents, jsonl, sidecar, table
from indexer.reading.decode import decode
from indexer.reading.discover import ENDINGS, STREAMED
from indexer.reading.records import SAMPLE, described, failure_page, sample_encoding
from indexer.reading.shown import showable

__all__ = ["plan_members", "read_members"]

_SHARE = 500  # members per job at least: opening an archive reads its whole directory
_JOBS = 16
_SMALL = 256 * 1024  # bytes; what is this small may be as repetitive as it likes
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def plan_members(source: SourceFile) -> Iterator[Job]:
    """Yield jobs whose `start` and `end` count members of the archive, in the order of its directory."""
    with _opened(source) as archive:
        count = len(archive.infolist())
        _check(archive, source)
    step = max(_SHARE, -(-count // _JOBS))
    for start in range(0, max(count, 1), step):
        yield Job(source, start, min(start + step, count))


def read_members(job: Job) -> Iterator[Page]:
    """Yield the pages of the job's members; a member that cannot be read is a failure of its own."""
    with _opened(job.source) as archive:
        _check(archive, job.source)
        names = _names(archive)
        if not any(_is_article(name) for name in names):
            raise SourceError(job.source.file, f"holds no file that can be read ({', '.join(sorted(ENDINGS))})")
        infos = dict(zip(names, archive.infolist(), strict=True))
        own, loose = sidecar.match(names, ENDINGS)
        if job.start == 0:
            yield from _misplaced(job.source, loose)
        for at in range(job.start, job.end if job.end is not None else len(names)):
            name, info = names[at], archive.infolist()[at]
            if not _is_article(name) or info.is_dir():
                continue
            file = f"{job.source.file}/{name}"
            if infos[name] is not info:
                yield _failed(file, "another member has the same name; this one is not read")
                continue
            try:
                given = _sidecar(archive, infos, own.get(name), file)
                yield from _pages(archive, info, file, given)
            except SourceError as error:
                yield _failed(file, error.reason)
            except _DAMAGE as error:
                yield _failed(file, f"is damaged: {error}")


def _misplaced(source: SourceFile, loose: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """Yield a failure for each sidecar that cannot be used: one of the archive itself, or of several members."""
    if source.sidecar is not None:
        reason = (
            f"its sidecar {source.sidecar.name} is not used: put one into the archive beside each file it describes"
        )
        yield _failed(source.file, reason)
    for name, twins in loose.items():
        if twins:
            yield _failed(f"{source.file}/{name}", sidecar.ambiguous(twins))


def _sidecar(
    archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], name: str | None, file: str
) -> sidecar.Sidecar:
    """Read the sidecar of that name (None: there is none) of the member shown as `file`."""
    if name is None:
        return sidecar.NO_SIDECAR
    _check_member(infos[name], file, "")
    return sidecar.parse(archive.read(infos[name]), posixpath.basename(name), file)


def _pages(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, beside: sidecar.Sidecar) -> Iterator[Page]:
    """Yield what one member gives."""
    ending = posixpath.splitext(file)[1].lower()
    _check_member(info, file, ending)
    if ending not in (".jsonl", ".csv"):
        yield documents.page(file, ending, archive.read(info), beside)
        return
    with archive.open(info) as stream:
        encoding = sample_encoding(stream.read(SAMPLE), file)
    with archive.open(info) as stream:
        yield from described(_RECORDS[ending](cast(BinaryIO, stream), file, encoding), beside, file)


def _opened(source: SourceFile) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source.path)
    except FileNotFoundError:
        raise SourceError(source.file, "vanished before it was read") from None
    except _DAMAGE as error:
        raise SourceError(source.file, f"is no zip archive, or a damaged or truncated one: {error}") from None


def _check(archive: zipfile.ZipFile, source: SourceFile) -> None:
    """Raise SourceError for an archive that is a bomb as a whole."""
    members = archive.infolist()
    most, ratio = settings.get("zip_members"), settings.get("zip_ratio")
    if len(members) > most:
        raise SourceError(source.file, f"has {len(members):,} members, the limit is {most:,}")
    if sum(info.compress_size for info in members) > source.size:
        raise SourceError(source.file, "its members share their bytes, as only made-up archives do; it is refused")
    unpacked = sum(info.file_size for info in members)
    if unpacked > settings.get("file_size") and unpacked > ratio * source.size:
        raise SourceError(source.file, f"would grow to {unpacked:,} bytes, over {ratio} times its size; it is refused")


def _check_member(info: zipfile.ZipInfo, file: str, ending: str) -> None:
    """Raise SourceError for a member that must not be opened; what it claims is what it gets, never more."""
    if info.flag_bits & 1:
        raise SourceError(file, "is encrypted; unpack the archive with its password first")
    if ending == ".zip":
        raise SourceError(file, "is an archive within an archive, which is not opened; unpack the outer one")
    ratio = settings.get("zip_ratio")
    if info.file_size > _SMALL and info.file_size > ratio * max(info.compress_size, 1):
        raise SourceError(file, f"would grow more than {ratio} times when unpacked; it is refused")
    limit = settings.get("file_size")
    if info.file_size > limit and ending not in STREAMED:
        raise SourceError(file, f"is too large: {info.file_size:,} bytes, the limit is {limit:,}")


def _failed(file: str, reason: str) -> Page:
    return failure_page(file, "", FileFailure(file, reason))


def _names(archive: zipfile.ZipFile) -> list[str]:
    """Return the members' names as shown: in the encoding they are in, without the ways out of a folder."""
    return [_harmless(_decoded(info)) for info in archive.infolist()]


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the flag for UTF-8 zipfile takes it for cp437, as no Chinese system does."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.filename
    try:
        return decode(info.filename.encode("cp437"))[0]
    except (UnicodeEncodeError, SourceError):
        return info.filename


def _harmless(name: str) -> str:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return showable("/".join(parts).replace(":", "_"))


def _is_article(name: str) -> bool:
    """Tell whether a member is to be read: of a known format, and neither hidden nor macOS's shadow of another."""
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
    return not hidden and posixpath.splitext(name)[1].lower() in ENDINGS


_RECORDS: Mapping[str, Callable[[BinaryIO, str, str], Iterator[Page]]] = {".jsonl": jsonl.records, ".csv": table.rows}
