"""Puts the web application together: the HTTP interface, the pages, the door before them, the chores behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

from bythebook.service.last_words import LastWords
from bythebook.web.access_log import router as access_log
from bythebook.web.account import router as account
from bythebook.web.api import RELEASE_VERSION
from bythebook.web.api import router as api
from bythebook.web.audit import router as audit
from bythebook.web.chores import do_chores
from bythebook.web.context import WebContext
from bythebook.web.desk import router as desk
from bythebook.web.desk_case import router as desk_case
from bythebook.web.desk_queue import router as desk_queue
from bythebook.web.document_parts import router as document_parts
from bythebook.web.document_phrases import router as document_phrases
from bythebook.web.document_release import router as document_release
from bythebook.web.documents import router as documents
from bythebook.web.door import Door
from bythebook.web.handoffs import router as handoffs
from bythebook.web.insight import router as insight
from bythebook.web.insight_try import router as insight_try
from bythebook.web.insight_unsure import router as insight_unsure
from bythebook.web.keys import router as keys
from bythebook.web.lanes import Turns
from bythebook.web.metrics import router as metrics
from bythebook.web.openapi import describe
from bythebook.web.origins import Origins
from bythebook.web.pages import add_pages
from bythebook.web.people import router as people
from bythebook.web.proxied import Proxied
from bythebook.web.rates import Gauges
from bythebook.web.refusals import handle_problems
from bythebook.web.sign_in import router as sign_in
from bythebook.web.stopping import Traffic, told_by_signals
from bythebook.web.stream import Streams
from bythebook.web.widget import add_widget


def create_app(context: WebContext) -> FastAPI:
    """Return the application; it asks nothing of the network and serves every file it needs itself."""
    stopping, traffic = asyncio.Event(), Traffic()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        stopping.clear()
        with told_by_signals(stopping, traffic):
            await to_thread.run_sync(context.alongside.__enter__)
            chores = asyncio.create_task(do_chores(context, stopping))
            try:
                yield
            finally:
                stopping.set()
                await chores
                await to_thread.run_sync(context.alongside.__exit__, None, None, None)

    app = FastAPI(
        title="By the Book",
        summary="Runs an approved support document with customers.",
        version=RELEASE_VERSION,
        docs_url=None,  # the usual page loads its parts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.context = context
    app.state.turns = Turns()
    app.state.gauges = Gauges(context.entrance)
    app.state.last_words = last_words = LastWords(context.conversation.runner.store)
    if context.news is not None:
        context.news.follow(last_words.forget)
    app.state.streams = Streams(context, stopping)
    app.add_middleware(Door, traffic=traffic)
    app.add_middleware(Origins, allowed=context.origins)
    app.add_middleware(Proxied, entrance=context.entrance)  # the outermost: all others see who asks
    handle_problems(app)
    app.include_router(api)
    app.include_router(handoffs)
    app.include_router(desk)
    for house in (sign_in, account, people, keys, access_log):
        app.include_router(house)
    app.include_router(insight_unsure)
    app.include_router(insight)
    app.include_router(insight_try)
    app.include_router(audit)
    for router in (documents, document_parts, document_phrases, document_release):
        app.include_router(router)
    app.include_router(desk_queue)
    app.include_router(desk_case)
    add_pages(app, context)
    add_widget(app)
    if context.metrics is not None:
        app.include_router(metrics)
    describe(app)
    return app
