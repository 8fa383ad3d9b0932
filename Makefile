# make run · make check · make test · make bench · make screenshots · make pictures · make lock — all inside .venv, Python 3.11 or later.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# From npm, for the tests: the rules of accessibility, and what Office asks of its files.
AXE := tests/browser/axe/node_modules/.package-lock.json
OFFICE := tests/outputs/ooxml/node_modules/.package-lock.json

.PHONY: run check test lint audit bench screenshots pictures contact-sheet accept-screens lock clean

run: $(VENV)/run-ready
	@$(BIN)/python -m dashboard serve --open --port $(PORT)

# On every core; browsers and deployed servers after that, one at a time.
test: $(VENV)/test-ready $(AXE) $(OFFICE) lint
	$(BIN)/pytest -n auto --dist loadfile --max-worker-restart 0 --durations 10 --ignore tests/browser --ignore tests/deploy
	$(BIN)/pytest --durations 10 tests/browser tests/deploy

# While working: lint, types and the tests of what is computed, without those that take long (`SLOW` in
# tests/conftest.py). A new module of tests is among them by itself.
check: $(VENV)/test-ready lint
	$(BIN)/pytest -n auto --dist loadfile -m "not slow" tests/text tests/charts tests/dataset tests/measures \
	  tests/exhibits tests/access tests/streamlit_host tests/test_layers.py tests/test_registry.py

lint: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Unsafe code, licences that are not allowed, known faults of the pinned packages. A package whose faults cannot
# be asked about fails, too; `make audit STRICT=` names it and goes on.
STRICT = --strict
audit: $(VENV)/test-ready
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive src pages app.py
	$(BIN)/pip-licenses --summary
	$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip --progress-spinner off $(STRICT)

# What it costs to open, to click and to print, beside the budgets; no test. PARTS="changes paint",
# SIZES="60 90000", WRITE=docs/bench.md: some of it, and into the page of results (tools/bench/__main__.py).
bench: $(VENV)/test-ready
	PYTHONPATH=tools $(BIN)/python -m bench $(PARTS) $(if $(SIZES),--sizes $(SIZES)) $(if $(WRITE),--write $(WRITE))

# Pictures of every page in both languages and widths, from the running app, into build/screenshots.
screenshots: $(VENV)/test-ready
	$(BIN)/python tools/screens.py build/screenshots

# Every page, language and width on one sheet in build/contact-sheet; the words compared with the accepted.
contact-sheet: $(VENV)/test-ready
	$(BIN)/python tools/screens.py

# Takes the words that the screens show now as accepted (tests/browser/screens); look at the sheet first.
accept-screens: $(VENV)/test-ready
	$(BIN)/python tools/screens.py --accept

# The pictures of the README and of docs/pages.md.
pictures: $(VENV)/test-ready
	$(BIN)/python tools/screens.py docs/pictures --readme

# Pin anew all that the direct dependencies bring along.
lock:
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --editable '.[dev]'
	build/lock/bin/pip freeze --exclude-editable > constraints.txt
	$(MAKE) deploy/requirements.lock

# What a server installs, to build the project with, too: the same versions, for each Python and system.
deploy/requirements.lock: pyproject.toml constraints.txt | $(VENV)/test-ready
	sed -n 's/^requires = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --constraints constraints.txt \
	  --output-file $@ pyproject.toml -

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache

# Where there is no npm, test_accessible.py and test_valid_files.py say why they are skipped.
$(AXE) $(OFFICE): tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --prefix tests/$* && touch $@; fi

$(VENV)/run-ready: pyproject.toml constraints.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/test-ready: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[dev]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
