"""How does what has changed get into the index? Read, describe, write beside, publish at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from indexer.changes import Plan, check_sources, plan_build
from indexer.engine.base import LONGEST_ARTICLE, FileState, SourceState, Writer
from indexer.engine.whoosh import open_engine, open_writer, remembered_state, verify_index
from indexer.errors import IndexCorrupt, IndexMissing, SourceError
from indexer.models import Article, BuildReport, Draft, FileFailure, Job, matched_parts
from indexer.reading.formats import plan, read
from indexer.settings import get

__all__ = ["Identifier", "Progress", "build_index"]

Progress = Callable[[int, int], None]
_log = logging.getLogger(__name__)


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
        # A process that only directs others has no use for it, and it takes a while to load.
        from indexer.metadata import describe

        file = job.source.file
        size = (job.source.size if job.end is None else job.end) - job.start
        try:
            pages = list(read(job))
            identify = Identifier()
            articles = [article for page in pages for article in describe(page, identify)]
        except SourceError as error:
            return (), _Outcome(file, size, 0, (FileFailure(file, error.reason),), lost=True)
        except Exception as error:  # whatever we did not think of may cost this file, but no other
            _log.debug("reading %s failed", ascii(file), exc_info=True)
            reason = f"shows a fault in Wensou ({type(error).__name__}: {error}); please report it with this file"
            return (), _Outcome(file, size, 0, (FileFailure(file, reason),), lost=True)
        failures = tuple(failure for page in pages for failure in page.failures)
        articles, too_long = _by_length(articles)
        failures += too_long
        keys = tuple((f"{a.file}\0{a.key}", a.lines[0]) for a in articles if a.key is not None)
        return articles, _Outcome(file, size, len(articles), failures, keys=keys)


def _by_length(articles: Sequence[Article]) -> tuple[list[Article], tuple[FileFailure, ...]]:
    """Return the articles that are short enough, and what is told of the others."""
    most = min(get("article_size"), LONGEST_ARTICLE)
    kept: list[Article] = []
    failures: list[FileFailure] = []
    for article in articles:
        length = _length(article, most)
        if length > most:
            reason = f"article {article.ordinal} has {length:,} characters; at most {most:,}"
            failures.append(FileFailure(article.file, reason, article.lines[0]))
        else:
            kept.append(article)
    return kept, tuple(failures)


def _length(article: Article, most: int) -> int:
    """Return the characters of all parts of an article, or where these might become too many, of their match form."""
    from indexer.analysis.fold import longest_form, match_text

    parts = matched_parts(article)
    length = sum(map(len, parts))
    return length if length * longest_form() <= most else max(length, sum(len(match_text(part)) for part in parts))


def _article_id(file: str, draft: Draft) -> str:
    """Return the permanent id of an article: a digest of its file's shown name and its key, else its ordinal."""
    given = draft.given.get("id")
    part = f"key {given.value}" if given is not None else f"ordinal {draft.ordinal}"
    return blake2b(f"{file}\0{part}".encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


class Identifier:
    """Give the articles of a job their ids: two records of one key get different ones, the first the key's own."""

    def __init__(self) -> None:
        """Begin a job."""
        self.seen: set[str] = set()

    def __call__(self, file: str, draft: Draft) -> str:
        """Return the id of the next article."""
        found = _article_id(file, draft)
        if found in self.seen:
            found = _article_id(file, replace(draft, given={}))
        self.seen.add(found)
        return found


def build_index(
    paths: Iterable[str | Path] | str | Path | None = None,
    index: str | Path = ".index",
    rebuild: bool = False,
    progress: Progress | None = None,
    *,
    dictionary: str | Path | None = None,
    dry_run: bool = False,
) -> BuildReport:
    """Bring the index up to date with its sources and publish the result at once.

    `paths`, one or several, are added to the sources that the index remembers (`rebuild`: replace them); without, the
    remembered ones are refreshed, the first time `seeds/`. Only files whose content changed are read. A file that
    fails is named in the report and keeps the articles it had. `progress(done, total)` counts bytes.
    `dictionary` names jieba user words, remembered from then on ("" forgets them). `dry_run` only counts. Raises
    SourceError where there is nothing to index or a source is away of an index that must be built anew, IndexBusy
    while another build runs, IndexCorrupt where the index is damaged and its sources are gone.
    """
    started = time.perf_counter()
    folder = Path(index)
    if paths is not None:
        paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    if dry_run:
        planned = plan_build(paths, folder, rebuild, dictionary)
        return _report(planned, planned.failed, set(), _article_count(folder), started)
    # Asked before the folder of the index is made: a slip of the pen shall leave nothing behind.
    check_sources(paths, folder, rebuild)
    writer, damaged = _open_writer(folder, rebuild)
    try:
        # The writer has the lock: what is planned now stays true until the commit.
        planned = plan_build(paths, folder, rebuild, dictionary, damaged=damaged)
        report = _write(planned, writer, folder, progress, started)
    except BaseException:
        writer.cancel()
        raise
    return report


def _open_writer(index: Path, rebuild: bool) -> tuple[Writer, bool]:
    """Return a writer, and whether it begins anew because the index is damaged.

    A build takes over what it need not change, so all of it is verified first. Raise IndexCorrupt where the index is
    damaged and its sources are not there to build it from.
    """
    if rebuild:
        return open_writer(index, rebuild=True), False
    try:
        writer = open_writer(index)
        try:
            damage = verify_index(index)
        except BaseException:
            writer.cancel()
            raise
        if damage is None:
            return writer, False
        writer.cancel()
        found = damage.reason if damage.file in damage.reason else f"{damage.file} {damage.reason}"
    except IndexCorrupt as error:
        found = str(error)
    found = found.partition("; run: ")[0]  # what to do is done here
    state = remembered_state(index)
    missing = [source for source in state.sources if not Path(source).exists()] if state else []
    if state is None or missing:
        gone = f"its sources are gone: {', '.join(missing)}" if missing else "it does not tell its sources"
        raise IndexCorrupt(f"{found}, and {gone}; run: python -m indexer index --rebuild PATH")
    _log.warning("%s; building the index again from its sources", found)
    return open_writer(index, rebuild=True), True


def _write(planned: Plan, writer: Writer, index: Path, progress: Progress | None, started: float) -> BuildReport:
    """Read what changed into the writer and publish it, where there is anything to publish."""
    outcomes: dict[str, list[_Outcome]] = {}
    total = sum(source.size for source, _ in planned.changed.values())
    done = 0
    unplanned: list[FileFailure] = []
    for outcome in writer.write(_jobs(planned, unplanned), _Reader(), size=total):
        outcomes.setdefault(outcome.file, []).append(outcome)
        done += outcome.size
        if progress is not None:
            # Should it open another index, the words of that one shall not count here.
            copy_context().run(progress, min(done, total), total)
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
    """Yield a failure for each record that has the id of one in another part of its large file.

    Within a part both are kept; across parts, which are read by different processes, the index can hold but one.
    """
    lines: dict[str, int] = {}
    for outcome in outcomes:
        own = dict(outcome.keys)
        for name in own.keys() & lines.keys():
            file, _, key = name.partition("\0")
            first, second = sorted((lines[name], own[name]))
            reason = f"its id {key!r} is that of line {first} too; only one of the two records is in the index"
            yield FileFailure(file, reason, second)
        lines |= own


def _jobs(planned: Plan, failures: list[FileFailure]) -> Iterator[Job]:
    """Yield the jobs of every changed file; a file that cannot be planned joins the failures."""
    for source, _ in planned.changed.values():
        try:
            yield from plan(source)
        except SourceError as error:
            failures.append(FileFailure(source.file, error.reason))


def _next_state(planned: Plan, outcomes: Mapping[str, list[_Outcome]], lost: set[str]) -> SourceState:
    """Return what the index shall remember: files that failed keep their old entry, so that they are tried again."""
    before = planned.state.files
    files = {file: before[file] for file in (planned.kept | (planned.updated & lost))}
    for file, (_, content) in planned.changed.items():
        if file not in lost:
            files[file] = FileState(content, sum(outcome.articles for outcome in outcomes.get(file, ())))
    ordered = {file: files[file] for file in sorted(files)}
    return SourceState(planned.sources, planned.dictionary, ordered)


def _report(
    planned: Plan, failed: tuple[FileFailure, ...], lost: set[str], articles: int, started: float
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
