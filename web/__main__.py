"""Serve an index: `python -m web [--host H] [--port N] [--index DIR] [--source PATH]…`."""

from __future__ import annotations

import errno
import logging
import os
import select
import signal
import threading
from pathlib import Path
from types import FrameType

import click
import waitress
from flask import Flask

import indexer
from indexer import WensouError
from web import create_app, gate, logs, state, wire

__all__ = ["main"]

NO_SOURCE = 4
log = logging.getLogger("web")
# Whether a path can be read is found out, and told, where it is read.
_PATH = click.Path(path_type=Path, readable=False)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--index", type=_PATH, envvar="WENSOU_INDEX", default=".index", show_default=True)
@click.option("--source", "sources", multiple=True, type=_PATH, help="Files or folders to index.")
@click.option("--proxies", type=click.IntRange(0, 8), default=0, help="Trusted proxies in front (X-Forwarded-*).")
def main(host: str, port: int, index: Path, sources: tuple[Path, ...], proxies: int) -> None:
    """Index the sources (first: seeds/) in the background and serve the search page."""
    logs.set_up()
    missing = [str(source) for source in sources if not source.exists()]
    if missing:
        _stop(f"there is no such source: {', '.join(missing)}")
    if not sources and not Path("seeds").is_dir() and not _is_index(index):
        _stop("there is nothing to index: no seeds/ folder here and no index; name a source: --source PATH")
    _check_settings()
    _check_folder(index)
    app = create_app(index, WENSOU_PROXIES=proxies, WENSOU_LOCAL=gate.is_loopback(host) and not proxies)
    try:
        # Limits on what a client may send, nothing here takes a body; and on how long and how often it may say nothing.
        server = waitress.create_server(
            app, host=host, port=port, threads=8, ident=None, max_request_body_size=65_536,
            max_request_header_size=32_768, clear_untrusted_proxy_headers=True,
            connection_limit=400, channel_timeout=20, cleanup_interval=5, asyncore_use_poll=hasattr(select, "poll"),
        )  # fmt: skip
    except OSError as error:
        _stop(f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port", code=1)
    wire.install(server)
    state.building(app).active = True
    threading.Thread(target=_build, args=(app, index, sources), daemon=True).start()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _interrupt)
    bound = getattr(server, "effective_port", port)
    print(f"http://{f'[{host}]' if ':' in host else host}:{bound}/", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _build(app: Flask, index: Path, sources: tuple[Path, ...]) -> None:
    """Bring the index up to date; what fails is logged, the old index goes on answering."""
    build = state.building(app)
    try:
        report = indexer.build_index(sources or None, index, progress=build.progress)
    except WensouError as error:
        build.error = str(error)
        log.error("the index was not brought up to date: %s", error)
    else:
        for failure in report.failed:
            log.warning("not indexed: %s: %s", ascii(failure.file), ascii(failure.reason))
        log.info("%d articles in the index (%.2f s)", report.articles, report.seconds)
    finally:
        build.active = False


def _check_settings() -> None:
    """Stop where an environment variable holds no value for its setting, before any request fails of it."""
    try:
        for name in indexer.SETTINGS:
            indexer.limit(name)
    except WensouError as error:
        _stop(str(error), code=2)


def _check_folder(index: Path) -> None:
    """Stop where there is no index and none can be built; one that is there answers even where it cannot be written."""
    try:
        if not index.is_dir() or not _is_index(index):
            index.mkdir(parents=True, exist_ok=True)
            if not os.access(index, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        _stop(f"{index} cannot hold the index: {error.strerror}; choose another folder with --index")


def _is_index(index: Path) -> bool:
    """Tell whether the folder holds an index, in whatever state."""
    try:
        indexer.open_index(index).close()
    except indexer.IndexMissing:
        return os.path.exists(index / "CURRENT")  # False, too, where it must not be looked at
    except WensouError:
        return True
    return True


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(message: str, code: int = NO_SOURCE) -> None:
    click.echo(f"web: {message}", err=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main(prog_name="python -m web")
