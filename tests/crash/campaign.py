"""Kill -9 by the dozen: real processes, real databases, customers who keep writing, and an audit in the end.

`python -m tests.crash.campaign --kills 1000 --database sqlite` (or the name of a PostgreSQL, as `debian15`) prints
what it found; a failure names what was lost, doubled or broken.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bythebook.adapters.fail_points import PLACES
from bythebook.bootstrap import open_store
from bythebook.settings import Settings
from tests import postgres
from tests.crash.audit import Found, audit
from tests.crash.customers import Customers
from tests.crash.document import document_with_ledger
from tests.crash.serving import Nursery, Server

REACH_SECONDS = 10.0
"""How long a server that is to die at a place is given to get there."""

LIFE_SECONDS = (0.0, 0.5)
"""How long a server lives that is killed at random."""

OWED_SECONDS = 180.0
"""Work that nobody knows of any more is handed over anew after two minutes."""

PASSAGES = (1, 1, 2, 3, 5)


@dataclass
class Campaign:
    """Servers over one database, and what is done to them."""

    folder: Path
    database: str
    servers: int = 1
    seed: int = 1
    customers: int = 4
    options: tuple[str, ...] = ()
    durable: bool = False
    """Whether calls and notices are handed over to the durable engine."""

    nursery: Nursery | None = None
    """Where servers are forked, instead of each importing all it needs: many more kills an hour."""

    died: Counter[str] = field(default_factory=Counter)

    def run(self, kills: int) -> Found:
        """Kill so many times, start again each time, and audit."""
        chance = random.Random(self.seed)
        document = document_with_ledger(self.folder, effects=self.durable, examples=False)
        environment = {"BYTHEBOOK_EFFECTS": "durable"} if self.durable else {}
        running = [
            Server(document, self.database, environment=environment, options=self.options, nursery=self.nursery)
            for _ in range(self.servers)
        ]
        for server in running:
            server.start()
            assert server.wait()
        customers = Customers([server.port for server in running], self.customers, self.seed)
        customers.start()
        try:
            places = list(PLACES)
            chance.shuffle(places)
            for number in range(kills):
                server = running[number % len(running)]
                if number % 2:
                    self._at_random(server, chance)
                else:
                    self._at(server, places[(number // 2) % len(places)], chance)
            for server in running:
                self._back(server)
            customers.stop()
            if self.durable:
                self._until_nothing_is_owed()
            stopped = [server.stop() for server in running]
            assert set(stopped) <= {0, -signal.SIGTERM}, f"a server ended with {stopped}"
            assert not customers.refused, customers.refused[:3]
        finally:
            customers.gone.set()
            for server in running:
                if server.alive:
                    server.kill()
        return audit(self.folder, document, self.database, customers.told, whole=not self.durable)

    def _at_random(self, server: Server, chance: random.Random) -> None:
        self._back(server)
        threading.Event().wait(chance.uniform(*LIFE_SECONDS))
        server.kill()
        self.died["anywhere"] += 1

    def _at(self, server: Server, place: str, chance: random.Random) -> None:
        """Let the server die at the place, by its own hand; where nothing leads there in time, kill it anywhere."""
        if server.alive:
            server.kill()
        server.start(f"{place} {chance.choice(PASSAGES)}")
        server.wait()
        until = time.monotonic() + REACH_SECONDS
        while server.alive and time.monotonic() < until:
            threading.Event().wait(0.02)
        if server.alive:
            server.kill()
            place = "anywhere"
        self.died[place] += 1

    def _until_nothing_is_owed(self) -> None:
        """Wait until the engine has carried out what it was given: it, and nobody else, is to do it."""
        store = open_store(Settings(database=self.database))
        try:
            until = time.monotonic() + OWED_SECONDS
            while store.backlog().cases:
                assert time.monotonic() < until, f"the engine left work of {store.backlog().cases} cases"
                threading.Event().wait(0.2)
        finally:
            store.close()

    def _back(self, server: Server) -> None:
        if not server.alive:
            server.start()
        assert server.wait(), "the server died while it was to live"


def main() -> int:
    """Run a campaign of the asked size and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", default="sqlite", help="sqlite, or one of " + ", ".join(postgres.kinds()))
    parser.add_argument("--servers", type=int, help="processes that serve (default: 1 on SQLite, 2 on PostgreSQL)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--durable", action="store_true", help="hand calls and notices over to the durable engine")
    parser.add_argument("--forked", action="store_true", help="fork servers off one that has imported everything")
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sqlite = given.database == "sqlite"
        database = str(folder / "cases.db") if sqlite else postgres.fresh_database(given.database)
        servers = given.servers or (1 if sqlite else 2)
        nursery = Nursery() if given.forked else None
        campaign = Campaign(folder, database, servers, given.seed, durable=given.durable, nursery=nursery)
        found = campaign.run(given.kills)
    for place, times in sorted(campaign.died.items()):
        print(f"{times:5} {place}")
    print(f"{found} in {time.monotonic() - started:.0f} s: nothing lost, nothing twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
