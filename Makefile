# Broadsheet. `make demo` opens the reader, `make test` passes all tests; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash

.PHONY: help venv dev demo test check format lock bench wheel clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

venv: .venv/runtime ## .venv with what the reader runs on, from requirements.txt

dev: .venv/dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Broadsheet needs Python 3.11 or later as $(PYTHON). On Debian: sudo apt install python3 python3-venv"; exit 1; }
	@.ci/venv $(PYTHON) || \
	  { rm -rf .venv; echo "The venv could not be made. On Debian: sudo apt install python3-venv"; exit 1; }

# --no-deps: the lock names everything, and older pips stumble over lxml's extra.
.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (a minute or two, once)"
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@$(BIN)/python -m pip install --disable-pip-version-check -q --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

demo: venv ## open the reader on the built-in sample edition
	@$(BIN)/broadsheet demo

test: dev ## all tests
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup $(ARGS)

check: dev ## format, lint, types, and the arrows between the rooms
	$(BIN)/ruff format --check tui tests
	$(BIN)/ruff check tui tests
	$(BIN)/mypy
	$(BIN)/lint-imports

format: dev ## write the code as ruff format wants it
	$(BIN)/ruff format tui tests
	$(BIN)/ruff check --fix tui tests

LOCK = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
       --no-emit-index-url --no-header --extra images
lock: dev ## make the lock files anew from pyproject.toml
	$(LOCK) pyproject.toml requirements.in -o requirements.txt
	$(LOCK) --extra dev -c requirements.txt pyproject.toml requirements.in -o requirements-dev.txt

BENCHES := start cleaning entities feeds sync library screen
bench: $(addprefix bench-,$(BENCHES)) ## every benchmark, a table each
pictures: dev ## the pictures of the README, from the real reader
	@$(BIN)/python -m tests.picture docs/reader.svg 126x38 enter

bench-%: dev
	@$(BIN)/python -m tests.bench.$*

wheel: dev ## dist/*.whl
	@$(BIN)/python -m build --wheel --no-isolation

clean: ## remove what was built
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
