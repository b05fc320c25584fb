"""How does a folder of files become an index? Discover, compare, read what changed, publish once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from indexer.analysis.segment import dictionary_digest, load_dictionary
from indexer.engine.base import FileState, SourceState, Writer
from indexer.engine.whoosh import open_engine, open_writer, remembered_state
from indexer.errors import IndexMissing, SourceError
from indexer.metadata import describe
from indexer.models import Article, BuildReport, Draft, FileFailure, Job, Page, SourceFile
from indexer.reading.discover import digest, find
from indexer.reading.formats import plan, read
from indexer.settings import get

__all__ = ["Progress", "build_index", "inspect_file", "plan_build", "source_page"]

Progress = Callable[[int, int], None]
DEFAULT_SOURCE = "seeds"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Hold what a build will do: files by what happens to them, and the state they come from."""

    state: SourceState
    sources: tuple[str, ...]
    dictionary: str | None
    changed: Mapping[str, tuple[SourceFile, str]]
    updated: frozenset[str]
    kept: frozenset[str]
    removed: frozenset[str]
    failed: tuple[FileFailure, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Report one job: its file, its bytes, its articles (and their keys), what failed, `lost` when all of it did."""

    file: str
    size: int
    articles: int
    failures: tuple[FileFailure, ...]
    lost: bool = False
    keys: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turn a job into articles; picklable, so that it runs in the processes of a build."""

    def __call__(self, job: Job) -> tuple[Sequence[Article], _Outcome]:
        file = job.source.file
        size = (job.source.size if job.end is None else job.end) - job.start
        try:
            pages = list(read(job))
            articles = [article for page in pages for article in describe(page, article_id)]
        except SourceError as error:
            return (), _Outcome(file, size, 0, (FileFailure(file, error.reason),), lost=True)
        except Exception as error:  # whatever we did not think of may cost this file, but no other
            _log.debug("reading %s failed", ascii(file), exc_info=True)
            reason = f"shows a fault in Wensou ({type(error).__name__}: {error}); please report it with this file"
            return (), _Outcome(file, size, 0, (FileFailure(file, reason),), lost=True)
        failures = tuple(failure for page in pages for failure in page.failures)
        longest = get("article_size")
        failures += tuple(
            FileFailure(a.file, f"article {a.ordinal} has {len(a.text):,} characters; at most {longest:,}", a.lines[0])
            for a in articles
            if len(a.text) > longest
        )
        articles = [a for a in articles if len(a.text) <= longest]
        keys = tuple((f"{a.file}\0{a.key}", a.lines[0]) for a in articles if a.key is not None)
        return articles, _Outcome(file, size, len(articles), failures, keys=keys)


def article_id(file: str, draft: Draft) -> str:
    """Return the permanent id of an article: a digest of its file's shown name and its key, else its ordinal."""
    given = draft.given.get("id")
    part = f"key {given.value}" if given is not None else f"ordinal {draft.ordinal}"
    return blake2b(f"{file}\0{part}".encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def build_index(
    paths: Sequence[str | Path] | None = None,
    index: str | Path = ".index",
    rebuild: bool = False,
    progress: Progress | None = None,
    *,
    dictionary: str | Path | None = None,
    dry_run: bool = False,
) -> BuildReport:
    """Bring the index up to date with its sources and publish the result at once.

    `paths` are added to the sources that the index remembers (with `rebuild` they replace them); without any, the
    remembered ones are refreshed, the first time `seeds/`. Only files whose content changed are read. A file that
    fails is named in the report and keeps the articles it had. `progress(done, total)` counts bytes.
    `dictionary` names jieba user words, remembered from then on. `dry_run` only counts. Raises SourceError
    where there is nothing to index, IndexBusy while another build runs.
    """
    started = time.perf_counter()
    folder = Path(index)
    if dry_run:
        planned = plan_build(paths, folder, rebuild, dictionary)
        return _report(planned, planned.failed, set(), _article_count(folder), started)
    writer = open_writer(folder, rebuild=rebuild)
    try:
        # The writer has the lock: what is planned now stays true until the commit.
        planned = plan_build(paths, folder, rebuild, dictionary)
        report = _write(planned, writer, folder, progress, started)
    except BaseException:
        writer.cancel()
        raise
    return report


def plan_build(paths: Sequence[str | Path] | None, index: Path, rebuild: bool, dictionary: str | Path | None) -> _Plan:
    """Compare the sources with what the index remembers of them."""
    remembered = remembered_state(index) or SourceState()
    sources, failed = _sources(paths, remembered, rebuild)
    usable = not rebuild and _is_usable(index)
    words, recut, unread = _take_words(dictionary, remembered.dictionary)
    found, unfound = find([Path(source) for source in sources])
    failures = [*failed, *unread, *unfound]
    changed: dict[str, tuple[SourceFile, str]] = {}
    kept: set[str] = set()
    for source in found:
        try:
            content = digest(source)
        except SourceError as error:
            failures.append(FileFailure(source.file, error.reason))
            continue
        before = remembered.files.get(source.file)
        if before is not None and before.digest == content and usable and not recut:
            kept.add(source.file)
        else:
            changed[source.file] = (source, content)
    known = set(remembered.files) if usable else set()
    kept |= known & _unreachable(known, failures)
    return _Plan(
        state=remembered,
        sources=sources,
        dictionary=words,
        changed=changed,
        updated=frozenset(known & set(changed)),
        kept=frozenset(kept),
        removed=frozenset(known - set(changed) - kept),
        failed=tuple(failures),
    )


def inspect_file(path: str | Path) -> Iterator[tuple[Page, tuple[Article, ...]]]:
    """Yield the pages of one file with the articles they give, as a build would understand them.

    Raises SourceError where the file cannot be read.
    """
    found, failures = find([Path(path)])
    if not found:
        reason = failures[0].reason if failures else "no file of a known format is there"
        raise SourceError(str(path), reason)
    for source in found:
        for job in plan(source):
            for page in read(job):
                yield page, describe(page, article_id)


def source_page(sources: Sequence[str], article: Article) -> Page | None:
    """Read the page again that an article was cut from; None where its file is gone or no longer readable."""
    found, _ = find([Path(source) for source in sources])
    for source in found:
        # A member of an archive is shown as archive.zip/member.txt.
        if article.file == source.file or article.file.startswith(source.file + "/"):
            return _page_of(source, article)
    return None


def _page_of(source: SourceFile, article: Article) -> Page | None:
    try:
        for job in plan(source):
            for page in read(job):
                if page.file == article.file and any(draft.lines == article.lines for draft in page.drafts):
                    return page
    except SourceError:
        return None
    return None


def _sources(
    paths: Sequence[str | Path] | None, remembered: SourceState, rebuild: bool
) -> tuple[tuple[str, ...], list[FileFailure]]:
    """Return the sources of this build as absolute paths; those given that do not exist are failures."""
    given = [Path(path) for path in paths or ()]
    missing = [FileFailure(str(path), "there is no such file or folder") for path in given if not path.exists()]
    present = [str(path.resolve()) for path in given if path.exists()]
    before = [] if rebuild and given else list(remembered.sources)
    if not given and not before and Path(DEFAULT_SOURCE).is_dir():
        before = [str(Path(DEFAULT_SOURCE).resolve())]
    sources = tuple(dict.fromkeys([*before, *present]))
    if not sources:
        named = ", ".join(failure.file for failure in missing)
        raise SourceError(named or DEFAULT_SOURCE, "there is no such source; name a file or folder of articles")
    return sources, missing


def _take_words(
    dictionary: str | Path | None, remembered: str | None
) -> tuple[str | None, bool, tuple[FileFailure, ...]]:
    """Take the user dictionary into use; return its path, whether its words differ from the index's, and a failure.

    A remembered dictionary that can no longer be read is a failure; its words, which the index keeps, stay in use. One
    that is given now raises SourceError.
    """
    before = dictionary_digest()
    if dictionary is None and remembered is None:
        return None, load_dictionary(None) != before, ()
    path = Path(dictionary).resolve() if dictionary is not None else Path(str(remembered))
    try:
        return str(path), load_dictionary(path) != before, ()
    except SourceError as error:
        if dictionary is not None:
            raise
        return str(path), False, (FileFailure(str(path), error.reason),)


def _unreachable(known: Iterable[str], failures: Iterable[FileFailure]) -> set[str]:
    """Return the known files that could not be looked at, because they or a folder above them failed."""
    names = {failure.file for failure in failures}
    names |= {Path(name).name for name in names}
    return {file for file in known if any(file == name or file.startswith(name + "/") for name in names)}


def _write(planned: _Plan, writer: Writer, index: Path, progress: Progress | None, started: float) -> BuildReport:
    """Read what changed into the writer and publish it, where there is anything to publish."""
    outcomes: dict[str, list[_Outcome]] = {}
    total = sum(source.size for source, _ in planned.changed.values())
    done = 0
    unplanned: list[FileFailure] = []
    for outcome in writer.write(_jobs(planned, unplanned), _Reader(), size=total):
        outcomes.setdefault(outcome.file, []).append(outcome)
        done += outcome.size
        if progress is not None:
            progress(min(done, total), total)
    lost = {file for file, each in outcomes.items() if any(outcome.lost for outcome in each)}
    lost |= {failure.file for failure in unplanned}
    state = _next_state(planned, outcomes, lost)
    if state != planned.state or planned.changed.keys() - lost:
        writer.discard(lost)
        writer.remove([*planned.removed, *(planned.updated - lost)])
        writer.commit(state)
    else:
        writer.cancel()
    failures = [f for each in outcomes.values() for outcome in each for f in outcome.failures]
    failures += [f for each in outcomes.values() for f in _twins(each)]
    return _report(planned, (*planned.failed, *unplanned, *failures), lost, _article_count(index), started)


def _twins(outcomes: Sequence[_Outcome]) -> Iterator[FileFailure]:
    """Yield a failure for each record whose id another record of its file has: the index can hold but one of them."""
    lines: dict[str, int] = {}
    for outcome in outcomes:
        for name, line in outcome.keys:
            if name in lines:
                file, _, key = name.partition("\0")
                first, second = sorted((lines[name], line))
                reason = f"its id {key!r} is that of line {first} too; only one of the two records is in the index"
                yield FileFailure(file, reason, second)
            lines[name] = line


def _jobs(planned: _Plan, failures: list[FileFailure]) -> Iterator[Job]:
    """Yield the jobs of every changed file; a file that cannot be planned joins the failures."""
    for source, _ in planned.changed.values():
        try:
            yield from plan(source)
        except SourceError as error:
            failures.append(FileFailure(source.file, error.reason))


def _next_state(planned: _Plan, outcomes: Mapping[str, list[_Outcome]], lost: set[str]) -> SourceState:
    """Return what the index shall remember: files that failed keep their old entry, so that they are tried again."""
    before = planned.state.files
    files = {file: before[file] for file in (planned.kept | (planned.updated & lost))}
    for file, (_, content) in planned.changed.items():
        if file not in lost:
            files[file] = FileState(content, sum(outcome.articles for outcome in outcomes.get(file, ())))
    ordered = {file: files[file] for file in sorted(files)}
    return SourceState(planned.sources, planned.dictionary, ordered)


def _report(
    planned: _Plan, failed: tuple[FileFailure, ...], lost: set[str], articles: int, started: float
) -> BuildReport:
    read_files = set(planned.changed) - lost
    return BuildReport(
        added=len(read_files - planned.updated),
        updated=len(read_files & planned.updated),
        unchanged=len(planned.kept),
        removed=len(planned.removed),
        failed=failed,
        articles=articles,
        seconds=time.perf_counter() - started,
    )


def _is_usable(index: Path) -> bool:
    """Tell whether there is an index that this version can add to."""
    try:
        open_engine(index).close()
    except IndexMissing:
        return False
    return True


def _article_count(index: Path) -> int:
    """Return how many articles the published index holds, 0 where there is none."""
    try:
        engine = open_engine(index)
    except IndexMissing:
        return 0
    try:
        return engine.statistics().articles
    finally:
        engine.close()
