# raingan: everything sets itself up. `make help` lists what there is.
# Only relative paths stand as targets, and values from the caller pass through the environment: both may hold blanks.

INPUT ?= samples
OUT ?= out
SAMPLE ?=
export INPUT OUT SAMPLE

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
BENCH_VENV := .venv-bench
RUN_SET_UP := $(VENV)/.run-set-up
DEV_SET_UP := $(VENV)/.dev-set-up
BENCH_SET_UP := $(BENCH_VENV)/.set-up

# The first Python on the path that is new enough; another one by `make PYTHON=... run`.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$name"; exit; }; done; echo python3)

PIP_INSTALL := -m pip install -qq --no-compile --disable-pip-version-check
LOCKED := --no-deps --require-hashes -r
EDITABLE := --no-deps --no-build-isolation --no-index -e .
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint types imports tests fuzz golden bench lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(RUN_SET_UP)  ## turn INPUT (a folder or a file; default samples) into tables under OUT (default out)
	@$(BIN)/raingan run "$$INPUT" -o "$$OUT"

test: lint types imports tests  ## all that must pass: ruff, mypy, import-linter, tests with doctests and branch coverage

check: test  ## what CI runs first; the same as make test

lint: $(DEV_SET_UP)  ## ruff
	@$(PY) -m ruff check .

types: $(DEV_SET_UP)  ## mypy --strict
	@$(PY) -m mypy

imports: $(DEV_SET_UP)  ## the direction of imports between the packages
	@$(BIN)/lint-imports

tests: $(DEV_SET_UP)  ## tests, doctests and the floor of branch coverage
	@$(PY) -m pytest -q -n auto --dist worksteal --cov --cov-report=term

fuzz: $(DEV_SET_UP)  ## the slow tests: ten thousand mutants of the samples, OCR loops (about ten minutes)
	@$(PY) -m pytest -m slow

golden: $(RUN_SET_UP)  ## write the golden file of SAMPLE=samples/<form>/NN.txt, for a person to check against the page
	@test -n "$$SAMPLE" || { echo 'Which sample? make golden SAMPLE=samples/<form>/NN.txt' >&2; exit 2; }
	@$(BIN)/raingan golden "$$SAMPLE"

bench: $(RUN_SET_UP)  ## measure speed, waiting and memory beside docling (large); WRITE=1 puts the figures into the documents
	@$(MAKE) -s $(BENCH_SET_UP) || echo "docling could not be installed: measuring without it" >&2
	@$(PY) -m tests.benchmarks.bench --docling-python $(BENCH_VENV)/bin/python $(if $(WRITE),--write)

lock: $(DEV_SET_UP)  ## remake both lock files from pyproject.toml; UPGRADE=1 takes the newest versions
	@$(COMPILE) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove what was set up, cached or written by default
	rm -rf $(VENV) $(BENCH_VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is touched when its step is done, so a step that broke off is done again, and a second call has nothing to do.
$(VENV)/.made:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "raingan needs Python 3.11 or newer; '$(PYTHON)' is $$("$(PYTHON)" -V 2>&1). Name another: make PYTHON=python3.12 run" >&2; \
		exit 2; }
	@echo "Setting up $(VENV) (once) ..."
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(RUN_SET_UP): $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what raingan needs ..."
	@$(PY) $(PIP_INSTALL) $(LOCKED) requirements.lock
	@$(PY) $(PIP_INSTALL) $(EDITABLE)
	@touch $@

$(DEV_SET_UP): $(VENV)/.made requirements-dev.lock requirements.lock pyproject.toml
	@echo "Installing what the tests need ..."
	@$(PY) $(PIP_INSTALL) $(LOCKED) requirements-dev.lock
	@$(PY) $(PIP_INSTALL) $(EDITABLE)
	@touch $(RUN_SET_UP) $@

$(BENCH_SET_UP): $(VENV)/.made tests/benchmarks/constraints.txt
	@echo "Setting up $(BENCH_VENV) with docling, to compare with; this is large ..." >&2
	@$(PY) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) -c tests/benchmarks/constraints.txt docling
	@touch $@
