"""The one place where adapters are chosen and put together."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from bythebook.adapters.bound_functions import BoundFunctions, Caller
from bythebook.adapters.folder import find_document
from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.in_flight import BoundedModel, InFlight
from bythebook.adapters.library import Folder, Library, read_library, read_routine
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.secrets import Secrets
from bythebook.adapters.shelf import Shelf
from bythebook.adapters.system_clock import SystemClock
from bythebook.adapters.witnessed import WitnessedFunctions, WitnessedNotices, WitnessedReader, witnessed_store
from bythebook.reading.cascade import CascadeReader
from bythebook.reading.encoder import Encoder, Remembering
from bythebook.reading.local import build_reader
from bythebook.reading.masking import mask
from bythebook.reading.model import LanguageModel
from bythebook.reading.port import Reader
from bythebook.reading.routing import Router
from bythebook.reading.with_slots import SlotReader
from bythebook.routine.model import Call
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.effects import DurableEffects, InThisProcess
from bythebook.service.ports import (
    CaseStore,
    Clock,
    Effects,
    Functions,
    Identities,
    KeyUnavailable,
    Masker,
    MasterKeys,
    Notices,
)
from bythebook.service.runner import Runner
from bythebook.service.witness import Witness
from bythebook.settings import Settings, SettingWrong
from bythebook.testing.fakes import CountingIdentities, ManualClock, OnDuty
from bythebook.testing.function_table import FunctionTable, TableFunctions
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.told_readings import ToldReader, ToldReadings

Bind = Callable[[BoundFunctions], Functions]
"""What calls go through."""

Load = Callable[[Shelf, Library], None]
"""Puts what was read on the shelf."""

POSTGRES: Final = ("postgresql://", "postgres://")

NO_CACHE: Final = "none"
"""As the cache folder: nothing is kept."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that runs the documents: what each command and the web begin with."""

    runner: Runner
    shelf: Shelf

    @property
    def title(self) -> str:
        """What a terminal is headed with."""
        return Conversation(self.runner).title


def as_read(shelf: Shelf, library: Library) -> None:
    """Have new cases begin with what was read."""
    shelf.put_together(library.documents, library.reception)


@dataclass(frozen=True, slots=True)
class Outside:
    """Where time and names come from, how people are told, and what new cases begin with."""

    clock: Clock = field(default_factory=SystemClock)
    identities: Identities = field(default_factory=SecretsIdentities)
    notices: Notices | None = None
    """How the desk is told; by the log alone where none is given."""

    effects: Effects = field(default_factory=InThisProcess)
    read: Callable[[Reader], Reader] = lambda reader: reader
    """What a document's reader is put behind."""
    load: Load = as_read
    """Puts the documents that were read on the shelf: as they are, or what was released of them."""


def read_document(given: str) -> Folder:
    """Return a document's files; raise DocumentNotFound."""
    return read_routine(find_document(given))


def build_installation(
    settings: Settings,
    store: CaseStore,
    *,
    outside: Outside | None = None,
    bind: Bind = lambda functions: functions,
    witness: Witness | None = None,
) -> Installation:
    """Put an installation together over a store; raise DocumentNotFound or CannotRun."""
    outside = outside or Outside()
    clock = outside.clock
    library = read_library(settings.documents)
    encoder = encoder_of(settings.reader, cache_folder(settings.cache), together=len(library.documents) > 1)
    production_on = clock.now().date() if settings.production else None
    ask, notices = helped(settings), outside.notices or LogNotices(settings.on_duty)
    seen = _Seen(witness)
    store = seen.store(store)
    shelf = Shelf(
        store,
        lambda release: SlotReader(build_reader(release, encoder), not release.conduct.day_first),
        lambda functions: seen.functions(bind(functions)),
        production_on,
        lambda release: Router(release, encoder),
        help=lambda reader, release: seen.reader(outside.read(ask(reader, release))),
        caller=caller(settings),
    )
    outside.load(shelf, library)
    runner = Runner(
        store,
        shelf,
        seen.notices(notices),
        clock,
        outside.identities,
        masker(settings.masking),
        outside.effects,
    )
    return Installation(runner, shelf)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Puts a witness beside what reaches outside; without one everything stays as it is."""

    witness: Witness | None

    def store(self, store: CaseStore) -> CaseStore:
        return store if self.witness is None else witnessed_store(store, self.witness)

    def functions(self, functions: Functions) -> Functions:
        return functions if self.witness is None else WitnessedFunctions(functions, self.witness)

    def reader(self, reader: Reader) -> Reader:
        return reader if self.witness is None else WitnessedReader(reader, self.witness)

    def notices(self, notices: Notices) -> Notices:
        return notices if self.witness is None else WitnessedNotices(notices, self.witness)


def open_store(settings: Settings, effects: DurableEffects | None = None) -> CaseStore:
    """Return the store of cases, which hands work over to `effects` where given.

    Raises StoreUnavailable, SchemaTooNew or SettingWrong.
    """
    masters = master_keys(settings)
    # Loaded by name: SQLAlchemy takes half a second, and a chat in memory does without it.
    if on_postgres(settings):
        postgres = import_module("bythebook.adapters.postgres_store")
        return _handing_over(postgres.PostgresStore(settings.database, masters=masters), effects)
    sqlite = import_module("bythebook.adapters.sqlite_store")
    return _handing_over(sqlite.SqliteStore(Path(settings.database), masters=masters), effects)


def beside(store: CaseStore, adapter: str) -> Any:
    """Return what keeps something beside the cases of a SQL store, by `module.Class` of the adapters.

    Loaded by name, with the store: SQLAlchemy takes half a second.
    """
    module, _, name = adapter.partition(".")
    return getattr(import_module(f"bythebook.adapters.{module}"), name)(store)


def _handing_over(store: Any, effects: DurableEffects | None) -> CaseStore:
    if effects is not None:
        store.hand_over = effects.hand_over
    return cast(CaseStore, store)


def on_postgres(settings: Settings) -> bool:
    """Whether cases are kept in PostgreSQL and not in a file; raise SettingWrong where its driver is missing."""
    if not settings.database.startswith(POSTGRES):
        return False
    try:
        import_module("psycopg")
    except ModuleNotFoundError as missing:
        how = f"PostgreSQL needs the package `{missing.name}`: pip install 'bythebook[postgres]'"
        raise SettingWrong(how) from missing
    return True


def master_keys(settings: Settings) -> MasterKeys | None:
    """Return the keys that wrap the keys of cases, or None where cases are kept as they are; raise SettingWrong."""
    text = secret(settings.master_key, settings.master_key_file)
    if not text:
        return None
    try:
        # Loaded by name, with the store: most commands keep no cases.
        return cast(MasterKeys, import_module("bythebook.adapters.master_keys").read_master_keys(text))
    except KeyUnavailable as wrong:
        raise SettingWrong(str(wrong)) from wrong


def secret(given: str, file: str) -> str:
    """Return a secret that was given, or that stands in a file; raise SettingWrong."""
    if not file:
        return given
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as failure:
        raise SettingWrong(f"cannot read the key in {file}: {failure}") from failure


def build_rehearsal(
    settings: Settings,
    *,
    store: CaseStore | None = None,
    stand_in: Bind = lambda functions: functions,
) -> Rehearsal:
    """Return a conversation in virtual time over a store in memory (or the one given)."""
    clock, table, told, desk = ManualClock(), FunctionTable(), ToldReadings(), OnDuty(settings.on_duty)
    installation = build_installation(
        settings,
        store or MemoryStore(),
        outside=Outside(clock, CountingIdentities(), desk, read=lambda reader: ToldReader(told, reader)),
        bind=lambda functions: TableFunctions(table, stand_in(functions)),
    )
    return Rehearsal(installation.runner, clock, table, lambda: called_functions(installation), told, desk)


def called_functions(installation: Installation) -> frozenset[str]:
    """Return the names of the functions that the documents call."""
    lines = (line for release in installation.shelf.loaded for line in release.routine.lines)
    return frozenset(line.instruction.function for line in lines if isinstance(line.instruction, Call))


def caller(settings: Settings) -> Callable[[], Caller]:
    """Return who calls functions over HTTP: one for all documents, put together when the first asks for it."""

    @cache
    def http() -> Caller:
        # Loaded by name: most documents have no functions over HTTP.
        guarded = import_module("bythebook.adapters.guarded_http")
        functions = import_module("bythebook.adapters.http_functions")
        client = guarded.HttpClient(guarded.Hosts.of(settings.function_hosts))
        return cast(Caller, functions.HttpFunctions(client, Secrets(os.environ, settings.secrets_folder)))

    return http


def masker(kind: str) -> Masker:
    """Return what masks private data; raise SettingWrong."""
    if kind == "rules":
        return mask
    if kind != "presidio":
        raise SettingWrong(f"BYTHEBOOK_MASKING is {kind!r}; write rules or presidio")
    try:
        return cast(Masker, import_module("bythebook.adapters.presidio_masking").PresidioMasking())
    except ModuleNotFoundError as missing:
        how = f"Presidio needs the package `{missing.name}`: pip install 'bythebook[presidio]'"
        raise SettingWrong(how) from missing


def encoder_of(kind: str, cache: Path | None, *, together: bool = False) -> Encoder | None:
    """Return the sentence encoder of a reader: `local` has one, `lexicon` none.

    The vectors of documents' own texts are kept in the cache folder between starts. Several documents ask for the
    vectors of the same texts: then they are remembered.
    """
    if kind != "local":
        return None
    # Loaded by name: numpy and the model's runtime are needed by this reader only.
    encoder = import_module("bythebook.adapters.onnx_encoder").OnnxEncoder()
    kept = cast(Encoder, import_module("bythebook.adapters.kept_vectors").KeptVectors(encoder, cache))
    return Remembering(kept) if together else kept


def cache_folder(given: str) -> Path | None:
    """Return the folder of a setting: the one given, or `bythebook` in the user's own cache; None for `none`."""
    if given == NO_CACHE:
        return None
    if given:
        return Path(given)
    own = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(own) if Path(own).is_absolute() else Path.home() / ".cache") / "bythebook"
    except RuntimeError:  # nobody's home
        return None


def helped(settings: Settings) -> Callable[[Reader, Release], Reader]:
    """Return what puts a language model behind a release's reader, where one is set: it is asked what that one is
    unsure of. Raise SettingWrong.
    """
    if not settings.model_url:
        return lambda reader, _: reader
    model = BoundedModel(language_model(settings), InFlight())
    return lambda reader, release: CascadeReader(reader, model, release)


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
    key = secret(settings.model_key, settings.model_key_file)
    deadline = settings.model_deadline_ms / 1000
    endpoint = adapter.Endpoint(settings.model_url, settings.model, key, deadline, settings.model_strict)
    return cast(LanguageModel, adapter.OpenAIModel(endpoint))
