# Two commands for people: `make run` and `make test`. `make help` lists the others.

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Two at a time: more than the cores of a small machine makes the browser tests slow.
WORKERS ?= 2
COVERAGE_AT_LEAST := 85
PYTEST = $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Empty: all tests. `make test TESTS=tests/forum` runs some of them.
TESTS ?=

export PYTHON

.PHONY: help run demo-reset test test-sqlite test-postgresql check lint types contracts templates coverage check-pdf format migration requirements clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo "make run          start the system with its demonstration at http://127.0.0.1:$(PORT) (PORT=...)"
	@echo "make demo-reset   forget what was done in the demonstration and load it anew"
	@echo "make test         all tests, on SQLite and then on PostgreSQL"
	@echo "make check        lint, format, types, import contracts, templates"
	@echo "make coverage     which lines the tests reach; at least $(COVERAGE_AT_LEAST) % of them"
	@echo "make check-pdf    the PDFs against PDF/UA-1; needs Java, and is not part of make check"
	@echo "make format       put code into its format"
	@echo "make migration m='What changes'   write a migration from the models"
	@echo "make requirements pin the packages of pyproject.toml anew"
	@echo "make clean        remove what the other commands made, but not instance/"

# --- set-up: each stamp is younger than what it was made from ---------------------------------

$(VENV)/.set-up-run: pyproject.toml requirements/run.txt requirements/installer.txt scripts/set-up.sh
	@scripts/set-up.sh run
	@touch $@

$(VENV)/.set-up-dev: pyproject.toml requirements/dev.txt requirements/installer.txt scripts/set-up.sh
	@scripts/set-up.sh dev
	@touch $@ $(VENV)/.set-up-run

# --- run --------------------------------------------------------------------------------------

run: $(VENV)/.set-up-run
	@exec $(BIN)/python scripts/run.py --port $(PORT)

demo-reset: $(VENV)/.set-up-run
	@exec $(BIN)/python scripts/run.py --port $(PORT) --reset

# --- test -------------------------------------------------------------------------------------

test: test-sqlite test-postgresql

test-sqlite: $(VENV)/.set-up-dev
	@scripts/install-browser.sh
	$(PYTEST) --database=sqlite $(TESTS)

test-postgresql: $(VENV)/.set-up-dev
	@scripts/install-browser.sh
	$(PYTEST) --database=postgresql $(TESTS)

# --- check ------------------------------------------------------------------------------------

check: lint types contracts templates

lint: $(VENV)/.set-up-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.set-up-dev
	$(BIN)/mypy

contracts: $(VENV)/.set-up-dev
	$(BIN)/lint-imports

templates: $(VENV)/.set-up-dev
	$(BIN)/djlint templates --lint --quiet

# A command of its own: counting lines takes half as long again. What opens every page again and again reaches no others.
coverage: $(VENV)/.set-up-dev
	@mkdir -p test-output
	$(PYTEST) --cov --cov-report= $(patsubst %,--ignore=tests/%,attack browser load packaging)
	$(BIN)/coverage report --skip-covered --skip-empty --fail-under=$(COVERAGE_AT_LEAST)

check-pdf: $(VENV)/.set-up-dev
	@scripts/check-pdf.sh

# --- other ------------------------------------------------------------------------------------

format: $(VENV)/.set-up-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# On a database of its own, which has exactly what the migrations make.
migration: $(VENV)/.set-up-dev
	@test -n "$(m)" || { echo "Say what changes: make migration m='Forums have a hymn'"; exit 1; }
	@scripts/new-migration.sh "$(m)"

requirements: $(VENV)/.set-up-dev
	scripts/pin.sh

clean:
	rm -rf $(VENV) test-output dist .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
