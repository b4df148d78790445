"""Threads that run one at a time, and change places only where they say so: by chance, and the same chance again.

Every port of the simulated world passes a gate before and after its work. There another task may go on, the process
may die (`Killed` unwinds it; a dead process touches nothing any more), or stand still until it is woken.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field


class Killed(BaseException):
    """The process of this task has died: nothing of it happens any more."""


@dataclass(eq=False)
class Host:
    """A process, as far as it can die and be stopped."""

    name: str
    dead: bool = False
    stopped: bool = False


@dataclass(eq=False)
class Task:
    """Something a process does, in a thread of its own that runs only when it is its turn."""

    host: Host
    what: str
    work: Callable[[], object]
    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ended: bool = False
    failure: BaseException | None = None
    place: str = ""


class Scheduler:
    """Lets one task after the other go on to its next gate."""

    def __init__(self, chance: random.Random, tell: Callable[[str], None] = lambda _: None) -> None:
        self.chance = chance
        self.tasks: list[Task] = []
        self._tell = tell
        self._back = threading.Semaphore(0)
        self._running: Task | None = None

    def start(self, host: Host, what: str, work: Callable[[], object]) -> Task:
        """Have a process begin something; it runs when it is chosen."""
        task = Task(host, what, work)
        self.tasks.append(task)
        threading.Thread(target=self._run, args=(task,), daemon=True).start()
        return task

    def gate(self, place: str) -> None:
        """Let others go on; return when it is this task's turn again. Raise Killed when its process is dead."""
        task = self._running
        if task is None:
            return  # the world itself looks
        if not task.host.dead:
            task.place = place
            self._back.release()
            task.go.acquire()
        if task.host.dead:
            raise Killed

    @property
    def ready(self) -> list[Task]:
        """The tasks that can go on."""
        return [task for task in self.tasks if not task.host.stopped or task.host.dead]

    def step(self) -> bool:
        """Let a task that can go on do so, to its next gate; return whether there was one."""
        ready = self.ready
        if not ready:
            return False
        self._resume(self.chance.choice(ready))
        return True

    def kill(self, host: Host) -> None:
        """End a process and everything it was doing."""
        host.dead = True
        for task in [task for task in self.tasks if task.host is host]:
            while not task.ended:
                self._resume(task)

    def _resume(self, task: Task) -> None:
        self._tell(f"{task.host.name} goes on with {task.what} {task.place}")
        self._running = task
        task.go.release()
        self._back.acquire()
        self._running = None
        if task.ended:
            self._tell(
                f"{task.host.name} ended {task.what}: {type(task.failure).__name__ if task.failure else 'done'}"
            )
            self.tasks.remove(task)

    def _run(self, task: Task) -> None:
        task.go.acquire()
        try:
            if not task.host.dead:
                task.work()
        except BaseException as failure:  # whatever it is, the world decides whether it may be
            task.failure = failure
        task.ended = True
        self._back.release()


class TakenInTurn:
    """A lock whose holder may be waited for at a gate; the same task may take it again."""

    def __init__(self, scheduler: Scheduler, current: Callable[[], object]) -> None:
        self._scheduler, self._current = scheduler, current
        self._holder: object = None
        self._depth = 0

    def acquire(self, blocking: bool = True) -> bool:
        """Take it, when it is free."""
        me = self._current()
        while self._holder not in (None, me):
            if not blocking:
                return False
            self._scheduler.gate("waiting for the case")
        self._holder, self._depth = me, self._depth + 1
        return True

    def release(self) -> None:
        """Let go of it."""
        self._depth -= 1
        if self._depth == 0:
            self._holder = None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()
