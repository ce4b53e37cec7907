"""`ocrfix review OUT`: a local page on which a person decides what the tool was not sure of."""

from __future__ import annotations

import getpass
import os
import socket
import sqlite3
import sys
import tempfile
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure
from cleanup.cli.say import say
from cleanup.model.errors import Exit
from cleanup.model.file_names import quoted
from cleanup.model.fix import Lang

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from uvicorn import Server


class Teller(Protocol):
    """Is told how far a work has come."""

    def __call__(self, done: int, of: int = 0) -> None: ...


PORT = 8765
_LOCAL = ("127.0.0.1", "localhost", "::1")


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of results, or one .journal.json.")],
    who: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who decides [default: your user name].")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help=f"Port [default: {PORT}, or a free one].")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; another than this machine needs --password-file.")
    ] = "127.0.0.1",
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A password in its first line, asked of everybody.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show everything, decide nothing.")] = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    lang: shared.Language = None,
) -> int:
    """Review OUT in the browser: patterns, pages, flags; decisions are kept beside the results."""
    language = config.language(lang)
    check(out)
    password = _password(host, password_file)
    from cleanup.archive.decided import decisions
    from cleanup.cli.policy import current
    from cleanup.review.guard import Door
    from cleanup.review.index import NAME, Index
    from cleanup.review.server import Application

    with ExitStack() as stack:
        listener = stack.enter_context(_listen(host, port))
        try:
            store = None
            file = decisions.place(out)
            if not read_only or file.is_file():
                store = decisions.Store(file, read_only)
                stack.callback(store.close)
            place = None
            if read_only or not out.is_dir():
                place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ocrfix-"))) / NAME
            index = Index(out, store, place)
            stack.callback(index.close)
            index.refresh(teller(language, ("建立索引", "indexing")))
        except (OSError, sqlite3.Error) as error:
            raise Failure(
                Exit.OUTPUT,
                f"{out} 中不能建立索引：{error}；请检查权限，或用 --read-only。",
                f"the index cannot be written in {out}: {error}; check its permissions, or use --read-only.",
            ) from None
        number = listener.getsockname()[1]
        door = Door(host, number, who or _user(), password)
        app = Application(index, store, door, current(out), language, read_only).app
        server = _server(app)
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{number}/" + (f"?token={door.token}" if door.token else "")
        print(url, flush=True)
        say(language, f"审校页面已就绪；决定随时保存在 {file}。Ctrl-C 结束。",
             f"The page is ready; every decision is kept in {file} at once. Ctrl-C ends.")  # fmt: skip
        if browser and sys.stdout.isatty():
            webbrowser.open(url)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # its end, as was said
            _say_ended(out, file, read_only, language)
    return Exit.DONE


def _say_ended(out: Path, decided: Path, read_only: bool, lang: Lang) -> None:
    zh, en = "审校页面已关闭。", "The page is closed."
    if not read_only:
        how = f"ocrfix apply {quoted(str(out))}"
        zh = f"{zh}决定都保存在 {decided}；要使决定生效，请运行 {how}"
        en = f"{en} Your decisions are kept in {decided}; to make them count: {how}"
    say(lang, zh, en)


def _server(app: Starlette) -> Server:
    """Made before its address is told: from then on Ctrl-C is its own."""
    import uvicorn

    settings = uvicorn.Config(
        app,
        log_level="warning", access_log=False, lifespan="off", server_header=False, date_header=False,
        timeout_graceful_shutdown=2, ws="none", proxy_headers=False,
    )  # fmt: skip
    return uvicorn.Server(settings)


def check(out: Path) -> None:
    if not out.exists():
        raise Failure(Exit.INPUT, f"找不到 {out}；请检查路径。", f"{out}: not there; check the path.")
    from cleanup.archive.results import ENDING, find

    if not any(place.name.endswith(ENDING) for place in find(out)):
        raise Failure(
            Exit.INPUT,
            f"{out} 中没有修复结果（*{ENDING}）；请先用 ocrfix batch 或 ocrfix FILE 把结果写到那里（-o）。",
            f"{out}: no results (*{ENDING}) in it; first write some there (-o) with ocrfix batch or "
            "ocrfix FILE.",
        )


def _password(host: str, file: Path | None) -> str | None:
    if file is None:
        if host not in _LOCAL:
            raise Failure(
                Exit.USAGE,
                f"--host {host} 会让其他机器进入；请同时用 --password-file FILE 设口令。",
                f"--host {host} lets other machines in; set a password with --password-file FILE.",
            )
        return None
    try:
        first = file.read_text("utf-8-sig").splitlines()[:1]
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(
            Exit.INPUT, f"口令文件 {file} 无法读取：{error}。", f"{file}: cannot be read: {error}."
        ) from None
    if not first or len(first[0].strip()) < 8:
        raise Failure(
            Exit.USAGE,
            f"{file} 第一行的口令少于 8 个字符；请换一个长的。",
            f"{file}: the password in its first line is shorter than 8 characters; choose a longer one.",
        )
    return first[0].strip()


def _listen(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    error: OSError | None = None
    for number in (PORT, 0) if port is None else (port,):
        # With its protocol named, asyncio sends small answers at once (TCP_NODELAY), not after 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name != "nt":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, number))
            listener.listen(128)
            return listener
        except OSError as problem:
            listener.close()
            error = problem
    reason = error.strerror if error else ""
    raise Failure(
        Exit.USAGE,
        f"不能在 {host}:{port or PORT} 上监听：{reason}；请用 --port 另选端口。",
        f"cannot listen on {host}:{port or PORT}: {reason}; choose another with --port.",
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def teller(lang: Lang, words: tuple[str, str], total: int = 0) -> Teller | None:
    """Shows progress on a terminal; `words` say of what, in Chinese and English."""
    if not sys.stderr.isatty():
        return None
    word = words[lang == "en"]

    def tell(done: int, of: int = total) -> None:
        if done % 50 == 0 or done == of:
            end = "\n" if done == of else ""
            print(f"\r\x1b[K{word} {done:,} / {of:,}", end=end, file=sys.stderr, flush=True)

    return tell
