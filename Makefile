# The two commands: `make run` serves the shipped example, `make test` runs every check and test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help run test quick check format lock bench clean fuzz crash simulate

help:
	@echo "make run    set up, then serve the shipped example: chat page and HTTP API on SQLite"
	@echo "make test   set up, then every check and every test"
	@echo "make quick  the checks and the quick tests only"
	@echo "make fuzz   a million mutated documents (make fuzz N=50000 SEED=7: so many, from that number on)"
	@echo "make crash  kill -9 under traffic, KILLS=1000 times on each database, then an audit"
	@echo "make simulate  histories of several processes and everything that fails, in virtual time: N=100000 of them"
	@echo "make bench  the benchmarks (docs/benchmarks.md says how to read them)"
	@echo "make lock   resolve the dependencies anew (requirements/*.txt)"

run: $(VENV)/run.stamp
	$(BIN)/bythebook serve

test: quick
	$(BIN)/pytest -q -n auto -m "slow and not browser" -p no:cacheprovider
	$(BIN)/pytest -q -n auto -m browser -p no:cacheprovider

quick: check
	$(BIN)/pytest -q -n auto -m "not slow and not browser"

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/every_word.py --check
	$(BIN)/python tools/writing_documents.py --check
	$(BIN)/python tools/settings_page.py --check
	$(BIN)/python tools/check_index.py --check

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python tools/every_word.py
	$(BIN)/python tools/writing_documents.py
	$(BIN)/python tools/settings_page.py
	$(BIN)/python tools/check_index.py

bench: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/turn.py

simulate: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulation --count $(or $(N),100000) --first $(or $(SEED),1)

KILLS ?= 1000
DATABASES ?= sqlite debian15
crash: $(VENV)/dev.stamp
	for database in $(DATABASES); do $(BIN)/python -m tests.crash.campaign --kills $(KILLS) --database $$database || exit 1; done

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "By the Book needs Python 3.11 or newer; make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)

# The browser code is bundled with npm while the program is installed: the machine's, or that of a wheel from PyPI.
FRONTEND := tools/build_frontend.py frontend/package-lock.json frontend/htmx.js
$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(FRONTEND) | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	command -v npm >/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Hashes, no addresses: any index that serves the same files will do.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock: $(VENV)/bin/python
	$(BIN)/pip install --quiet uv
	$(LOCK) pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) --extra dev -c requirements/run.txt pyproject.toml requirements/build.in -o requirements/dev.txt
	$(LOCK) requirements/node.in -o requirements/node.txt

clean:
	rm -rf $(VENV) frontend/node_modules src/bythebook/web/static/vendor build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

N ?= 1000000
SEED ?= 1
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz --count $(N) --seed $(SEED)
