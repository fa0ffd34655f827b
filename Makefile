# All that is needed is Python 3.11 or later and make: each target sets up what it lacks.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= auto

.PHONY: run test check bench pictures lock clean

run: .venv/run.stamp
	@$(BIN)/carrel --sample

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks $(ARGS)

pictures: .venv/dev.stamp
	PYTHONPATH=. $(BIN)/python docs/pictures.py

# The project installs itself with the hatchling that the lock pins.
.venv/run.stamp: requirements.lock pyproject.toml | .venv
	@echo "Setting up .venv (only the first time) ..." >&2
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "Installing what the checks and tests need (only the first time) ..." >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "carrel needs Python 3.11 or later")'
	@$(PYTHON) -m venv .venv

# Needs uv on the PATH. Every platform and every Python from 3.11 on, with hashes.
LOCK = uv pip compile --quiet --extra pdf --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - -o requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) --group dev -c requirements.lock pyproject.toml - -o requirements-dev.lock

clean:
	rm -rf .venv
