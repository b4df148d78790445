"""`bythebook serve`: the chat page and the HTTP API, on SQLite or PostgreSQL; --workers for several processes."""

from __future__ import annotations

import argparse
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Final

import uvicorn

from bythebook.adapters.dry_run import DryRun
from bythebook.adapters.in_flight import BoundedFunctions, InFlight
from bythebook.adapters.news import told
from bythebook.auditing import AuditRoom, checkpointing_of, signing_keys
from bythebook.bootstrap import (
    Bind,
    Outside,
    build_installation,
    on_postgres,
    open_store,
)
from bythebook.cli.common import add_database, add_documents, add_dry_run, explained, settings_of
from bythebook.cli.workers import Inherited, Keeper, inherited
from bythebook.keeping import retention_of, staff
from bythebook.letting_in import access_of, entrance_of, first_link
from bythebook.reaching import durable_effects, notices_with, on_duty, reply_tokens
from bythebook.releasing import following, release_log, releasing_on, whoever_starts
from bythebook.service.access import Access
from bythebook.service.conversation import Conversation
from bythebook.service.counting import Tallying
from bythebook.service.desk import Desk
from bythebook.service.effects import DurableEffects, InThisProcess
from bythebook.service.ports import StoreUnavailable
from bythebook.service.replies import Replies
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.serving import insight_of, news_of, serving_place, several_may_serve, tallies_of, watching
from bythebook.settings import Settings
from bythebook.trying import Trials
from bythebook.web.app import create_app
from bythebook.web.context import WebContext
from bythebook.writing import studio_on

BACKLOG: Final = 2048
GRACE_SECONDS: Final = 5
"""How long the server waits for connections to end after the last turn has."""

TOGETHER_POLL_SECONDS: Final = 2.0
TOGETHER_RECOVER_SECONDS: Final = 1.0
"""Where processes tell each other what moved, streams look seldom, and what one of them left behind is soon found."""

TIMERS_SECONDS: Final = 5.0
OVERDUE_TIMERS_SECONDS: Final = 60.0
"""How often due timers are looked for, where a durable engine fires them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_documents(parser)
    add_database(parser)
    parser.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to listen on; 0 takes a free one (default: 8000)")
    add_dry_run(parser)
    parser.add_argument("--workers", type=int, help="how many processes; more than 1 on PostgreSQL (default: 1)")
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the messages (default: local)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    return explained(lambda: _serve(settings_of(arguments), dry_run=arguments.dry_run))


def _serve(settings: Settings, *, dry_run: bool) -> int:
    several_may_serve(settings)
    keeper = inherited()
    if keeper is not None:
        keeper.stop_when_alone()
        with keeper.listening:
            return _serve_on(keeper.listening, settings, keeper, dry_run=dry_run)
    listening = _listen(settings.host, settings.port)
    with listening, serving_place(settings):
        if settings.workers == 1:
            return _serve_on(listening, settings, None, dry_run=dry_run)
        print(f"{settings.workers} workers: {_shown(listening, settings)}", flush=True)
        with closing(open_store(settings)) as store:
            _invite_first(access_of(settings, store), listening, settings)
        with TemporaryDirectory(prefix="bythebook-counts-") as counted:
            return Keeper(listening, settings.workers, [*sys.argv[1:], "--workers", "1"], counted).keep()


def _serve_on(listening: socket.socket, settings: Settings, keeper: Inherited | None, *, dry_run: bool) -> int:
    with ExitStack() as at_end:
        effects = durable_effects(settings)
        store = open_store(settings, effects)
        at_end.callback(store.close)
        news = news_of(settings, store)
        at_end.callback(news.close)
        in_flight = InFlight()
        dry = DryRun(lambda words: print(words, flush=True))
        bind: Bind = dry.behind if dry_run else lambda bound: BoundedFunctions(bound, in_flight)
        access = access_of(settings, store)
        notices = None if dry_run else notices_with(settings, access)
        steps = release_log(store)
        outside = Outside(
            notices=notices, effects=effects or InThisProcess(), load=following(steps, whoever_starts())
        )
        watch = watching(settings)
        at_end.callback(watch.close)
        watched = watch.counted(told(store, news))
        installation = build_installation(settings, watched, outside=outside, bind=bind, witness=watch.witness)
        dry.releases = installation.shelf.loaded
        releases = releasing_on(installation.shelf, steps)
        tokens = reply_tokens(settings)
        timers = Timers(installation.runner)
        context = WebContext(
            conversation=Conversation(installation.runner),
            timers=timers,
            alongside=carrying_out(effects, installation.runner, timers),
            timers_seconds=TIMERS_SECONDS if effects is None else OVERDUE_TIMERS_SECONDS,
            origins=settings.origins,
            replies=Replies(Desk(installation.runner), tokens) if tokens is not None else None,
            staff=staff(settings),
            access=access,
            always_on_duty=settings.on_duty,
            entrance=entrance_of(settings, store),
            retention=None if dry_run else retention_of(settings, installation.runner),
            news=news,
            tallying=Tallying(tallies_of(store)),
            insight=insight_of(store, installation.runner),
            trials=Trials(installation.shelf, installation.runner.mask, on_duty(settings, access)),
            audits=AuditRoom(store, signing_keys(settings), lambda digest: installation.shelf.get(digest).release),
            checkpointing=checkpointing_of(settings, store) if settings.checkpoint_minutes else None,
            releases=releases,
            studio=studio_on(installation.shelf, store, releases),
            metrics=watch.metrics,
        )
        if on_postgres(settings):
            context = replace(context, poll_seconds=TOGETHER_POLL_SECONDS, recover_seconds=TOGETHER_RECOVER_SECONDS)
        if keeper is None:
            print(f"{installation.title}: {_shown(listening, settings)}", flush=True)
            _invite_first(context.access, listening, settings)
        _run(context, listening, settings, keeper)
    return 0


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready: Final = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def _run(context: WebContext, listening: socket.socket, settings: Settings, keeper: Inherited | None) -> None:
    """Answer on the socket until a signal ends it."""
    config = uvicorn.Config(
        create_app(context),
        log_config=None,  # the server's lines look like ours
        log_level=settings.log_level.lower(),
        timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=False,  # whom to believe who somebody is, the door knows by the settings
    )
    # The server hands the signal on when it has stopped; what is open here is still to be closed then.
    signal.signal(signal.SIGTERM, lambda *_: None)
    _Server(config, keeper.tell_ready if keeper is not None else lambda: None).run(sockets=[listening])


def _invite_first(access: Access | None, listening: socket.socket, settings: Settings) -> None:
    """Print the link that makes the first administrator, where there is none yet."""
    found = first_link(access, settings.public_url or _address(listening)) if access is not None else None
    if found is not None:
        print(
            f"Nobody looks after this installation yet. Open this link to be its administrator:\n  {found}",
            flush=True,
        )


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}"


def _shown(listening: socket.socket, settings: Settings) -> str:
    return f"{_address(listening)}/  (cases in {settings.database_shown}; Ctrl-C stops)"


@contextmanager
def carrying_out(effects: DurableEffects | None, runner: Runner, timers: Timers) -> Iterator[None]:
    """Have the durable engine carry out what is handed over, if there is one, while the block runs."""
    if effects is None:
        yield
        return
    effects.start(runner.carry_out, timers.fire)
    try:
        yield
    finally:
        effects.stop()


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, taken before anything slow: a port in use is told at once."""
    try:
        listening = socket.create_server((host, port), backlog=BACKLOG, reuse_port=False)
    except OSError as failure:
        raise StoreUnavailable(
            f"cannot listen on {host}:{port}: {failure.strerror}; try `bythebook serve --port 0`"
        ) from failure
    return listening
