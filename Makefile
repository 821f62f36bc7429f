# Every target does its own set-up; a second call costs a fraction of a second of it.
#
#   make run                the demo: a terminal, emulators, a platform (ARGS="--fullscreen")
#   make test               every check and every test but the slow ones
#   make test-slow          the slow ones
#   make bench              the figures (ONLY=key,key)
#   make journey ITEM=provident-fund OUT=build/journey
#   make lint               the checks alone
#   make panel | platform   the emulators' control panel, the reference platform
#   make clean              takes away what was made here

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Without compiled modules every start of the program, and every collection of the tests, compiles them anew.
unexport PYTHONDONTWRITEBYTECODE

SETUP := provisioning/deploy/setup
PYTHON_HERE := .venv/bin/python
ARGS ?=
ONLY ?=
ITEM ?= provident-fund
OUT ?= build/journey
PYTEST_ARGS ?=

.PHONY: help run test test-slow bench journey panel platform lint clean check tests lint-ruff lint-types lint-rooms lint-qml

help:
	@sed -n 's/^#   //p' Makefile

run:
	@$(SETUP) demo
	@$(PYTHON_HERE) main.py --profile demo $(ARGS)

journey:
	@$(SETUP) demo
	@$(PYTHON_HERE) main.py journey $(ITEM) --out $(OUT) $(ARGS)

panel:
	@$(SETUP) demo
	@$(PYTHON_HERE) main.py panel $(ARGS)

platform:
	@$(SETUP) demo
	@$(PYTHON_HERE) main.py platform $(ARGS)

test:
	@$(SETUP) test
	@$(MAKE) check
	@$(MAKE) tests

tests:
	@mkdir -p build
	@rm -f build/coverage*
	@COVERAGE_FILE=build/coverage $(PYTHON_HERE) -m pytest -n 2 --dist loadgroup --cov --cov-report= $(PYTEST_ARGS)
	@COVERAGE_FILE=build/coverage $(PYTHON_HERE) -m tests.house.pure_core

test-slow:
	@$(SETUP) test
	@$(PYTHON_HERE) -m pytest -n 2 --dist loadgroup -m slow $(PYTEST_ARGS) || { status=$$?; [ $$status = 5 ] && echo "no slow tests yet" || exit $$status; }

bench:
	@$(SETUP) bench
	@$(PYTHON_HERE) -m tests.bench $(ONLY)

lint:
	@$(SETUP) test
	@$(MAKE) check

# two at a time: the type checker alone would leave a core idle
check:
	@$(MAKE) -j2 --output-sync=target lint-types lint-ruff lint-rooms lint-qml

lint-ruff:
	@$(PYTHON_HERE) -m ruff check --quiet .
	@$(PYTHON_HERE) -m ruff format --check --quiet . || { $(PYTHON_HERE) -m ruff format --check .; exit 1; }

lint-types:
	@$(PYTHON_HERE) -m mypy

lint-rooms:
	@.venv/bin/lint-imports --config setup.cfg

lint-qml:
	@$(PYTHON_HERE) -m tests.house.qml_checks

clean:
	@rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
