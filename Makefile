# The project's commands. `make` alone lists them; each does its own set-up.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

PY := .venv/bin/python
# What does not exist yet is not looked at.
CODE := $(wildcard bot handlers jobs tests)
# More for the command, e.g. make demo ARGS="--port 9000" or make test ARGS="-k waiting"
ARGS ?=

.PHONY: help demo test faults browser bench lint style types imports deps migrations revision format lock wheel clean setup setup-dev

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo '  ARGS="…" is handed on: make demo ARGS="--port 9000", make test ARGS="-k waiting"'

demo: setup ## Start the bot with a local stand-in for Telegram and open its chat page
	@$(PY) -m bot demo $(ARGS)

test: setup-dev ## Run the tests (no Telegram, no services, no root; without chromium its tests skip)
	@$(PY) -m pytest -m "not fault and not bench" -n auto --maxprocesses 4 $(ARGS)

faults: setup-dev ## Run the long tests that kill the bot with signal 9
	@$(PY) -m pytest -m fault --timeout 900 -n auto --maxprocesses 2 $(ARGS)

browser: setup-dev ## Run the tests of the chat page (needs chromium)
	@$(PY) -m pytest -m browser $(ARGS)

bench: setup-dev ## Measure; prints one JSON object a line and fails nothing
	@$(PY) -m tests.bench $(ARGS)

lint: style types imports deps ## Check style, types, import directions and dependencies

style: setup-dev ## … style alone
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: setup-dev ## … types alone
	@$(PY) -m mypy $(CODE)

imports: setup-dev ## … import directions alone
	@.venv/bin/lint-imports --no-logo

deps: setup-dev ## … declared against used dependencies alone
	@$(PY) -m deptry --no-ansi .

migrations: setup-dev ## Take the database up, down and up again and compare it with the models
	@bash .ci/check-migrations

revision: setup-dev ## Write a migration: make revision ARGS="add the place of a post"
	@$(PY) .ci/revision.py "$(ARGS)"
	@$(PY) -m ruff format --quiet bot/db/migrations/versions
	@$(PY) -m ruff check --quiet --fix bot/db/migrations/versions

format: setup-dev ## Repair what ruff can repair
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock: ## Write requirements*.lock anew from pyproject.toml
	@sh .ci/lock $(ARGS)

wheel: setup-dev ## Build the wheel into dist/
	@rm -rf dist
	@$(PY) -m build --wheel --no-isolation --outdir dist .

clean: ## Remove what was made (the virtual environment and data stay)
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

setup: ## Install what the bot needs into .venv (demo, test and the others do it themselves)
	@sh .ci/setup run

setup-dev:
	@sh .ci/setup dev
