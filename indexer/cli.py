"""What can be done from a shell? One click command each; exit codes as the README's table says."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer import terminal
from indexer.arguments import ANY_PATH, Commands, OptionalFile, ReaderGone, SearchCommand
from indexer.errors import LimitExceeded, QueryError, SettingError, WensouError
from indexer.models import MATCHES, SORTS

if TYPE_CHECKING:
    from indexer.models import Article, BuildReport

__all__ = ["commands", "run"]

DONE, NOTHING, USAGE, SOME_FAILED, NO_INDEX = 0, 1, 2, 3, 4

_DAMAGED = "the index is damaged; bring it back with: indexer check --repair, or indexer index --rebuild"

index_option = click.option(
    "--index",
    "index",
    type=ANY_PATH,
    envvar="WENSOU_INDEX",
    default=Path(".index"),
    show_default=True,
    help="Folder of the index.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
dict_option = click.option(
    "--dict",
    "dictionary",
    type=OptionalFile(exists=True, dir_okay=False, path_type=Path),
    help="User words in jieba's format, remembered by the index; '' forgets them.",
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every error that Wensou raises becomes one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shall not end the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = int(commands.main(args=arguments, prog_name="indexer", standalone_mode=False) or DONE)
        sys.stdout.flush()
        return code
    except click.exceptions.Abort:
        click.echo("indexer: stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return USAGE
    except (BrokenPipeError, ReaderGone):
        # The reader (head, less) has gone: nothing is wrong.
        _silence()
        return DONE
    except OSError as error:
        _silence()
        named = f"{error.filename}: " if error.filename else ""
        click.echo(f"indexer: {terminal.clean(named)}{error.strerror or error}", err=True)
        return NO_INDEX
    except WensouError as error:
        click.echo(f"indexer: {terminal.clean(str(error))}", err=True)
        return _exit_code(error)


def _silence() -> None:
    """Let Python not complain when it flushes what can no longer be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _exit_code(error: WensouError) -> int:
    return USAGE if isinstance(error, (QueryError, LimitExceeded, SettingError)) else NO_INDEX


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wensou", prog_name="indexer")
def commands() -> None:
    """Index and search a folder of Chinese articles. 为中文文章建立索引并检索。"""
    from indexer.analysis.segment import own_process

    own_process()


@commands.command("index")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("--rebuild", is_flag=True, help="Index everything anew; PATHs replace the remembered sources.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--watch", is_flag=True, help="Go on: index again whenever a source changes.")
@dict_option
@json_option
@index_option
def index_command(
    paths: tuple[Path, ...],
    rebuild: bool,
    dry_run: bool,
    watch: bool,
    dictionary: Path | str | None,
    as_json: bool,
    index: Path,
) -> int:
    """Index PATHs (files and folders) besides the sources remembered; alone, refresh those (first: seeds/)."""
    from indexer import ingest
    from indexer import watch as watching

    if watch:
        # Not after a build of an hour.
        watching.check_available()
    with terminal.progress("indexing") as progress:
        report = ingest.build_index(paths, index, rebuild, progress, dictionary=dictionary, dry_run=dry_run)
    _show_report(report, as_json, dry_run)
    if watch and not dry_run:
        for report in watching.watch_sources(index):
            _show_report(report, as_json, dry_run)
    return SOME_FAILED if report.failed else DONE


def _show_report(report: BuildReport, as_json: bool, dry_run: bool) -> None:
    from indexer.export import plain

    for failure in report.failed:
        line = f":{failure.line}" if failure.line else ""
        click.echo(terminal.clean(f"failed: {failure.file}{line}: {failure.reason}"), err=True)
    if as_json:
        click.echo(json.dumps(plain(report), ensure_ascii=False))
    else:
        click.echo(terminal.report(report, dry_run))


@commands.command("search", cls=SearchCommand)
@click.argument("words", metavar="QUERY…", nargs=-1, required=True)
@click.option("--city", multiple=True, help="A city, county-level city or path such as 浙江/金华; repeat for OR.")
@click.option("--year", multiple=True, help="2020, 2019..2023 or unknown; repeat for OR.")
@click.option("--source", multiple=True, help="A newspaper or site; repeat for OR.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--match", type=click.Choice(MATCHES), default="auto", show_default=True)
@click.option("--page", type=int, default=1, show_default=True)
@click.option("--size", type=int, help="Hits on a page.  [default: 10]")
@json_option
@index_option
def search_command(words: tuple[str, ...], as_json: bool, index: Path, **options: Any) -> int:
    """Search for QUERY: words, "phrases", -word, OR, ( ), title: city: year: source: author:, prefix*."""
    from indexer.request import usual_size
    from indexer.retrieve import Index

    with Index(index) as opened:
        results = opened.search(" ".join(words), **options)
    for notice in results.notices:
        click.echo(terminal.clean(notice), err=True)
    if as_json:
        from indexer.export import plain

        click.echo(json.dumps(plain(results), ensure_ascii=False))
    else:
        click.echo(terminal.results(results, options["page"], options["size"] or usual_size()))
    return DONE if results.total else NOTHING


@commands.command("show")
@click.argument("article_id", metavar="ID")
@json_option
@index_option
def show_command(article_id: str, as_json: bool, index: Path) -> int:
    """Show one article with everything known of it."""
    from indexer.retrieve import Index

    with Index(index) as opened:
        article = opened.article(article_id)
    if article is None:
        click.echo(f"indexer: there is no article {terminal.clean(article_id)!r} in {index}", err=True)
        return NOTHING
    click.echo(_as_json(article) if as_json else terminal.article(article))
    return DONE


@commands.command("inspect")
@click.argument("file", type=ANY_PATH)
@json_option
@index_option
def inspect_command(file: Path, as_json: bool, index: Path) -> int:
    """Show how FILE is split into articles, what is left out, and what is inferred and why."""
    from indexer import inspection

    failed = False
    for page, articles in inspection.inspect_file(file, index):
        failed = failed or bool(page.failures)
        if as_json:
            click.echo(json.dumps(_inspected(page, articles), ensure_ascii=False))
        else:
            click.echo(terminal.page(page, articles))
    return SOME_FAILED if failed else DONE


def _inspected(page: Any, articles: Sequence[Article]) -> dict[str, Any]:
    from indexer.export import plain

    kept = {"file": page.file, "encoding": page.encoding, "articles": plain(articles)}
    return {**kept, "left_out": plain(page.left_out), "failures": plain(page.failures)}


def _as_json(value: Any) -> str:
    from indexer.export import plain

    return json.dumps(plain(value), ensure_ascii=False)


@commands.command("analyze")
@click.argument("text")
@dict_option
@json_option
@index_option
def analyze_command(text: str, dictionary: Path | str | None, as_json: bool, index: Path) -> int:
    """Show how TEXT is cut into the terms that are indexed and searched, with the user words of the index if any."""
    from indexer.analysis import analyzer, segment
    from indexer.retrieve import Index

    if dictionary:
        segment.load_dictionary(Path(dictionary))
    elif (index / "CURRENT").exists():
        # Opening an index takes its user words into use.
        Index(index).close()
    terms = analyzer.explain(text)
    if as_json:
        click.echo(_as_json([{"term": t, "kind": kind, "start": start, "end": end} for t, kind, start, end in terms]))
    else:
        click.echo(terminal.terms(text, terms))
    return DONE if terms else NOTHING


@commands.command("status")
@json_option
@index_option
def status_command(as_json: bool, index: Path) -> int:
    """Show the size, age, sources and dictionary of the index."""
    from indexer.retrieve import Index

    with Index(index) as opened:
        statistics, state = opened.statistics(), opened.state()
    if as_json:
        known = {"sources": state.sources, "dictionary": state.dictionary, "files": len(state.files)}
        click.echo(json.dumps({**json.loads(_as_json(statistics)), **known}, ensure_ascii=False))
    else:
        click.echo(terminal.status(index, statistics, state))
    return DONE


@commands.command("check")
@click.option("--repair", is_flag=True, help="Fall back to the last whole generation, or build the index again.")
@json_option
@index_option
def check_command(repair: bool, as_json: bool, index: Path) -> int:
    """Verify every byte of the index; exit code 1 when something is damaged."""
    from indexer import maintain

    damages = maintain.check(index)
    for damage in damages:
        click.echo(terminal.clean(f"damaged: {damage.file}: {damage.reason}"), err=True)
    if damages and repair:
        click.echo(maintain.repair(index), err=True)
        damages = maintain.check(index)
    click.echo(_as_json(damages) if as_json else (_DAMAGED if damages else "the index is whole"))
    return NOTHING if damages else DONE


@commands.command("export")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "sidecar"]), default="jsonl", show_default=True)
@click.option("--output", type=ANY_PATH, help="A file (jsonl, csv) or folder (sidecar); else stdout.")
@index_option
def export_command(form: str, output: Path | None, index: Path) -> int:
    """Write every article as it was understood, to be corrected and indexed again; what was inferred says so."""
    from indexer import export, outputs
    from indexer.retrieve import Index

    with Index(index) as opened:
        if form == "sidecar":
            outputs.write_sidecars(export.to_sidecars(opened.articles()), output)
        else:
            lines = export.to_csv(opened.articles()) if form == "csv" else export.to_jsonl(opened.articles())
            outputs.write_lines(lines, output)
    return DONE
