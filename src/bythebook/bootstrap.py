"""The one place where adapters are chosen and put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from bythebook.adapters.folder import find_document, read_folder
from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.python_functions import PythonFunctions
from bythebook.adapters.shelf import Folder, Shelf
from bythebook.adapters.system_clock import SystemClock
from bythebook.reading.cascade import CascadeReader
from bythebook.reading.encoder import Encoder
from bythebook.reading.local import build_reader
from bythebook.reading.model import LanguageModel
from bythebook.reading.port import Reader
from bythebook.reading.with_slots import SlotReader
from bythebook.routine.model import Call
from bythebook.routine.wording import Release
from bythebook.service.ports import CaseStore, Clock, Functions, Identities
from bythebook.service.runner import Runner
from bythebook.settings import Settings, SettingWrong
from bythebook.testing.fakes import CountingIdentities, ManualClock
from bythebook.testing.function_table import FunctionTable, TableFunctions
from bythebook.testing.rehearsal import Rehearsal

POSTGRES: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that runs one document: what each command and the web begin with."""

    runner: Runner
    shelf: Shelf
    name: str
    """The document's short name."""


def read_document(given: str) -> Folder:
    """Return a document's files; raise DocumentNotFound."""
    name, files = read_folder(find_document(given))
    return Folder(name, files)


def build_installation(
    settings: Settings,
    store: CaseStore,
    *,
    clock: Clock | None = None,
    identities: Identities | None = None,
    bind: Callable[[PythonFunctions], Functions] = lambda functions: functions,
) -> Installation:
    """Put an installation together over a store; raise DocumentNotFound or CannotRun."""
    clock = clock or SystemClock()
    shelf = Shelf(store, fitter(settings), bind, clock.now().date() if settings.production else None)
    folder = read_document(settings.document)
    shelf.put(folder)
    runner = Runner(
        store,
        shelf,
        LogNotices(settings.on_duty),
        clock,
        identities or SecretsIdentities(),
    )
    return Installation(runner, shelf, folder.name)


def open_store(settings: Settings) -> CaseStore:
    """Return the store of cases; raise StoreUnavailable, SchemaTooNew or SettingWrong."""
    # Loaded by name: SQLAlchemy takes half a second, and a chat in memory does without it.
    if settings.database.startswith(POSTGRES):
        try:
            postgres = import_module("bythebook.adapters.postgres_store")
            import_module("psycopg")
        except ModuleNotFoundError as missing:
            how = f"PostgreSQL needs the package `{missing.name}`: pip install 'bythebook[postgres]'"
            raise SettingWrong(how) from missing
        return cast(CaseStore, postgres.PostgresStore(settings.database))
    return cast(CaseStore, import_module("bythebook.adapters.sqlite_store").SqliteStore(Path(settings.database)))


def build_rehearsal(
    settings: Settings,
    *,
    store: CaseStore | None = None,
    stand_in: Callable[[PythonFunctions], Functions] = lambda functions: functions,
) -> Rehearsal:
    """Return a conversation in virtual time over a store in memory (or the one given)."""
    clock, table = ManualClock(), FunctionTable()
    installation = build_installation(
        settings,
        store or MemoryStore(),
        clock=clock,
        identities=CountingIdentities(),
        bind=lambda functions: TableFunctions(table, stand_in(functions)),
    )
    return Rehearsal(installation.runner, clock, table, lambda: called_functions(installation))


def called_functions(installation: Installation) -> frozenset[str]:
    """Return the names of the functions that the document calls."""
    lines = installation.shelf.current().release.routine.lines
    return frozenset(line.instruction.function for line in lines if isinstance(line.instruction, Call))


def fitter(settings: Settings) -> Callable[[Release], Reader]:
    """Return what fits a reader to a release: `local` with the sentence encoder, `lexicon` without; where a model is
    set, it is asked what they are unsure of. Raise SettingWrong.
    """
    encoder: Encoder | None = None
    if settings.reader == "local":
        # Loaded by name: numpy and the model's runtime are needed by this reader only.
        encoder = cast(Encoder, import_module("bythebook.adapters.onnx_encoder").OnnxEncoder())
    model = language_model(settings) if settings.model_url else None

    def fit(release: Release) -> Reader:
        local = SlotReader(build_reader(release, encoder))
        return CascadeReader(local, model, release) if model is not None else local

    return fit


def language_model(settings: Settings) -> LanguageModel:
    """Return the model of the settings; raise SettingWrong where it cannot be had."""
    try:
        adapter = import_module("bythebook.adapters.openai_model")
    except ModuleNotFoundError as missing:
        raise SettingWrong(
            f"a language model needs the package `{missing.name}`: pip install 'bythebook[model]'"
        ) from None
    if settings.model_deadline_ms <= 0:
        raise SettingWrong("BYTHEBOOK_MODEL_DEADLINE_MS is 0; write a number of milliseconds, 2000 for example")
    key = settings.model_key
    if settings.model_key_file:
        try:
            key = Path(settings.model_key_file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as failure:
            raise SettingWrong(f"cannot read the key in {settings.model_key_file}: {failure}") from failure
    deadline = settings.model_deadline_ms / 1000
    endpoint = adapter.Endpoint(settings.model_url, settings.model, key, deadline, settings.model_strict)
    return cast(LanguageModel, adapter.OpenAIModel(endpoint))
