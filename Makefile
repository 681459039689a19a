# Two commands: `make start` serves the demo, `make test` proves the house. The rest is for those who build it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One more than two cores: a worker waits for a browser, a server or a disk for a third of its time.
WORKERS ?= 3
# Compiled modules are kept, whatever the shell says: without them every process starts twice as slowly.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: start hub keys test test-sqlite test-postgres test-permissions test-next check bench lock messages clean venv

start: $(STAMP)  ## the demo: migrate, fill, serve on the first free port from 8000
	@$(BIN)/python -m hub.start

hub: $(STAMP)  ## an empty hub of one's own: asks for name, address, hotline, hours and the first director
	@$(BIN)/python -m hub.start --own

keys:  ## writes .env with random keys (0600) when there is none
	@$(PYTHON) -c "from hub.settings.keys import write_env; write_env()"

venv: $(STAMP)

$(STAMP): requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt
	@touch $@

test: test-sqlite test-postgres  ## the whole suite on both databases, with browser journeys where there is a Chromium

test-sqlite: $(STAMP)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup

test-permissions: $(STAMP)  ## everybody walks past every address (SQLite)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup tests/permissions

test-postgres: $(STAMP)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup --postgres

test-next:  ## Python 3.13 with Django 6.1, from its own lock; PYTHON_NEXT names the interpreter
	@PYTHON_NEXT="$${PYTHON_NEXT:-$$(command -v python3.13)}"; \
	 "$$PYTHON_NEXT" --version >/dev/null 2>&1 || { echo "No python3.13 here: name one with PYTHON_NEXT=…"; exit 1; }; \
	 test -x .venv-next/bin/python || "$$PYTHON_NEXT" -m venv .venv-next; \
	 .venv-next/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt && \
	 .venv-next/bin/uv pip sync -q --python .venv-next/bin/python --require-hashes requirements/next.txt && \
	 .venv-next/bin/python -m pytest -q -n $(WORKERS) --dist loadgroup

check: $(STAMP)  ## everything that can be known without running the suite
	$(BIN)/python -m tests.checks

bench: .venv-bench/.installed  ## what it costs, beside its yardsticks: a table and bench/results.json
	.venv-bench/bin/python -m bench

.venv-bench/.installed: requirements/bench.txt $(STAMP)
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@$(BIN)/uv pip sync -q --python .venv-bench/bin/python --require-hashes requirements/bench.txt
	@touch $@

lock: $(STAMP)  ## write the locks anew (UPGRADE=--upgrade to move versions)
	requirements/make-locks $(UPGRADE)

messages: $(STAMP)  ## gather source strings into the catalogue and compile it
	$(BIN)/python manage.py makemessages -l zh_Hans --no-location --no-obsolete --no-wrap -i tests -i bench -i var -i ".venv*" && $(BIN)/python manage.py compilemessages -l zh_Hans -i ".venv*"

clean:  ## the demo's database and files go; .env stays
	rm -rf var
