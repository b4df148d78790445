"""`bythebook serve`: the chat page and the HTTP API, over SQLite."""

from __future__ import annotations

import argparse
import socket

import uvicorn

from bythebook.adapters.dry_run import DryRun
from bythebook.bootstrap import (
    Bind,
    Outside,
    build_installation,
    notices_of,
    open_store,
    reply_tokens,
    serving_place,
    witness_of,
)
from bythebook.cli.common import add_documents, add_dry_run, explained, settings_of
from bythebook.keeping import retention_of, staff
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.ports import StoreUnavailable
from bythebook.service.replies import Replies
from bythebook.service.timers import Timers
from bythebook.settings import Settings
from bythebook.web.app import create_app
from bythebook.web.context import WebContext

BACKLOG = 2048


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_documents(parser)
    parser.add_argument("--database", help="where cases are kept: a SQLite file or postgresql://USER@HOST/NAME")
    parser.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to listen on; 0 takes a free one (default: 8000)")
    add_dry_run(parser)
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    return explained(lambda: _serve(settings_of(arguments), dry_run=arguments.dry_run))


def _serve(settings: Settings, *, dry_run: bool) -> int:
    listening = _listen(settings.host, settings.port)
    with listening, serving_place(settings):
        return _serve_on(listening, settings, dry_run=dry_run)


def _serve_on(listening: socket.socket, settings: Settings, *, dry_run: bool) -> int:
    store = open_store(settings)
    try:
        dry = DryRun(lambda words: print(words, flush=True))
        bind: Bind = dry.behind if dry_run else lambda bound: bound
        outside = Outside(notices=None if dry_run else notices_of(settings))
        installation = build_installation(settings, store, outside=outside, bind=bind, witness=witness_of(settings))
        dry.releases = installation.shelf.loaded
        tokens = reply_tokens(settings)
        context = WebContext(
            conversation=Conversation(installation.runner),
            timers=Timers(installation.runner),
            title=installation.title,
            replies=Replies(Desk(installation.runner), tokens) if tokens is not None else None,
            staff=staff(settings),
            retention=None if dry_run else retention_of(settings, installation.runner),
        )
        host, port = listening.getsockname()[:2]
        print(
            f"{context.title}: http://{host}:{port}/  (cases in {settings.database_shown}; Ctrl-C stops)", flush=True
        )
        config = uvicorn.Config(
            create_app(context), log_level=settings.log_level.lower(), timeout_graceful_shutdown=5
        )
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        store.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, taken before anything slow: a port in use is told at once."""
    try:
        listening = socket.create_server((host, port), backlog=BACKLOG, reuse_port=False)
    except OSError as failure:
        raise StoreUnavailable(
            f"cannot listen on {host}:{port}: {failure.strerror}; try `bythebook serve --port 0`"
        ) from failure
    return listening
