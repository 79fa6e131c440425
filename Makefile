# The commands of this project. `make help` lists them.
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
# The runner with a lock on two cores: half the time of one, and no more memory than a laptop has.
JOBS ?= 2
# Whole files stay together, so that what a file's tests share is made once; who is done early takes from the other.
SPREAD := -n $(JOBS) --dist worksteal
# What asks no database need not run a second time either: tests/conftest.py leaves it out.
ON_POSTGRES := -m "not browser and not project"
NEXT_PYTHON ?= 3.13
# The first process compiles, the others read what it kept, also where machines ask Python to keep nothing.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-sqlite test-postgres browser check coverage format lint types contracts migrations-check on-postgres words words-check lock next clean \
	bench bench-alerts bench-buying bench-documents bench-export bench-formats bench-hold bench-import bench-pages bench-search lighthouse valid

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

$(STAMP): requirements.lock pyproject.toml
	@command -v uv >/dev/null 2>&1 || test -x $(VENV)/bin/uv || { python3 -m venv $(VENV) && $(VENV)/bin/python -m pip install --quiet uv; }
	@UV=$$(command -v uv || echo $(VENV)/bin/uv); \
	test -x $(PY) || $$UV venv --quiet $(VENV); \
	$$UV pip install --quiet --python $(PY) --require-hashes -r requirements.lock && \
	$$UV pip install --quiet --python $(PY) --no-deps -e .
	@touch $(STAMP)

demo: $(STAMP) ## the whole site with demonstration content on http://127.0.0.1:8000 (make demo PORT=8123)
	$(PY) manage.py demo --host $(HOST) --port $(PORT)

test: $(STAMP) ## every test this machine can run, on SQLite and on PostgreSQL; says what it skipped and why
	$(PY) -m pytest $(SPREAD)
	TEST_DATABASE=postgres $(PY) -m pytest $(SPREAD) $(ON_POSTGRES)

test-sqlite: $(STAMP) ## the tests on SQLite only
	$(PY) -m pytest $(SPREAD)

test-postgres: $(STAMP) ## the tests on PostgreSQL only
	TEST_DATABASE=postgres $(PY) -m pytest $(SPREAD) $(ON_POSTGRES)

browser: $(STAMP) ## the browser tests only
	$(PY) -m pytest $(SPREAD) -m browser

check: $(STAMP) ## format, lint, types, contracts, migrations, tests on both databases
	@$(MAKE) --no-print-directory -j $(JOBS) lint types on-postgres contracts migrations-check words-check
	$(PY) -m pytest $(SPREAD) --durations=20 --durations-min=5
	TEST_DATABASE=postgres $(PY) -m pytest $(SPREAD) $(ON_POSTGRES)

coverage: $(STAMP) ## which lines no test runs; counting them takes half as long again as the tests
	@rm -f .coverage .coverage.*
	$(PY) -m pytest $(SPREAD) --cov --cov-report=
	$(PY) -m coverage report

format: $(STAMP) ## put code and templates into form
	$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix-only --quiet . ; git ls-files -co --exclude-standard '*.html' | xargs -r $(VENV)/bin/djangofmt --quiet

lint: $(STAMP) ## form and lint
	$(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check .

types: $(STAMP) ## mypy, strict
	$(VENV)/bin/mypy

contracts: $(STAMP) ## the dependency direction
	$(VENV)/bin/lint-imports --no-cache

migrations-check: $(STAMP) ## models and migrations agree
	@mkdir -p var
	DJANGO_SETTINGS_MODULE=network_site.settings.test $(PY) manage.py makemigrations --check --dry-run

# While the types keep one processor busy: all tests on PostgreSQL copy these databases, and would wait for them.
on-postgres: $(STAMP)
	TEST_DATABASE=postgres $(PY) -m pytest -q tests/demo/test_seed.py -k places

words: $(STAMP) ## bring the Welsh list of words up to the code and compile it
	DJANGO_SETTINGS_MODULE=network_site.settings.test $(PY) manage.py words

words-check: $(STAMP)
	DJANGO_SETTINGS_MODULE=network_site.settings.test $(PY) manage.py words --check

lock: $(STAMP) ## resolve the dependencies again into requirements.lock
	@UV=$$(command -v uv || echo $(VENV)/bin/uv); $$UV pip compile pyproject.toml --extra dev --universal --upgrade \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock

next: ## the tests on Python 3.13 and Django 6.1, where that Python can be found
	@UV=$$(command -v uv || echo $(VENV)/bin/uv); \
	$$UV venv --quiet --allow-existing --python $(NEXT_PYTHON) .venv-next && \
	$$UV pip install --quiet --python .venv-next/bin/python -e ".[dev]" "django>=6.1,<6.2" && \
	.venv-next/bin/python -m pytest $(SPREAD) -m "not project" -o filterwarnings=default

bench: bench-hold bench-buying bench-pages bench-search bench-alerts bench-export bench-import bench-documents ## every benchmark

bench-alerts: $(STAMP) ## telling 2,000 saved searches what is new, SQLite and PostgreSQL
	$(PY) -m bench.alerts

bench-buying: $(STAMP) ## complete purchases over HTTP with many buyers
	$(PY) -m bench.buying

bench-export: $(STAMP) ## all of 100,000 publications as a file, SQLite and PostgreSQL
	$(PY) -m bench.export

bench-documents: $(STAMP) ## one ticket as a PDF
	$(PY) -m bench.documents

bench-formats: $(STAMP) ## files of records: read, written and cited, and the memory it takes
	$(PY) -m bench.formats

bench-hold: $(STAMP) ## the hold against update + insert in the same run
	$(PY) -m bench.hold

bench-import: $(STAMP) ## a file of 50,000 publications brought in, SQLite and PostgreSQL
	$(PY) -m bench.importing

bench-pages: $(STAMP) ## anonymous pages, warm and cold, against an empty view and a minimal page
	$(PY) -m bench.pages

bench-search: $(STAMP) ## the list of 100,000 publications, SQLite and PostgreSQL
	$(PY) -m bench.research_search

lighthouse: $(STAMP) ## Lighthouse on every kind of public page, on a phone (needs npx and chromium)
	$(PY) -m bench.lighthouse

valid: $(STAMP) ## the Nu Html Checker on every kind of public page (needs npx and Java 17)
	$(PY) -m bench.valid

clean: ## remove what can be made again
	rm -rf $(VENV) .venv-next var .cache .mypy_cache .ruff_cache .coverage .coverage.*
