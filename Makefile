# Two commands: `make demo` and `make test`. They need GNU make and a Python 3.12 or newer; any Python's pip brings the rest.

.PHONY: help install demo near test rest gate attack mutate bench durations clean bootstrap synced lint format types imports \
	migrations codelists deploy tables tests heavy openapi redocly browser clients reference programs days openapi.json \
	dimension codes roles
.NOTPARALLEL:
.DEFAULT_GOAL := help
SHELL := /bin/sh
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE DJANGO_SETTINGS_MODULE MAKEFLAGS

UV_VERSION := 0.13.9
TOOLS := .henvis-tools
RUN := .venv/bin/
GATE_HOME = .henvis-test$(DAY:%=-%)
# In the repository one blank for each level: lines to compare, and half the size of four.
define describe
	@mkdir -p $(GATE_HOME)
	$(RUN)python manage.py spectacular --validate --fail-on-warn --format openapi-json --file $(GATE_HOME)/described.json
	@$(RUN)python -m json.tool --indent 1 --no-ensure-ascii $(GATE_HOME)/described.json $(1)
endef
# As if it were then in Copenhagen: `make demo DAY=2028-02-29T12:00`.
DAY :=
ON_DAY = $(if $(DAY),$(RUN)python -m tools.embedded.day $(DAY))
step = @printf '\n== %s: %s\n' '$@' '$(1)'

# The first command that runs and is new enough: a shim that answers "command not found" is passed over.
PYTHONS := python3 python3.14 python3.13 python3.12 /usr/bin/python3 /usr/local/bin/python3 python
PYTHON := $(or $(PYTHON),$(shell for each in $(PYTHONS); do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 12) or print(sys.executable))' 2>/dev/null && break; done))
UV := $(shell uv sync --no-default-groups --help >/dev/null 2>&1 && command -v uv || echo $(TOOLS)/bin/uv)

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# Whom the system trusts, these trust: uv and Node.js bring certificates of their own, which know no company's proxy.
CERTIFICATES := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt))
ifneq ($(CERTIFICATES),)
export SSL_CERT_FILE ?= $(CERTIFICATES)
export PIP_CERT ?= $(CERTIFICATES)
export NODE_EXTRA_CA_CERTS ?= $(CERTIFICATES)
endif
# Without a home to write in, what is downloaded is kept here.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo writable),writable)
export UV_CACHE_DIR ?= $(CURDIR)/$(TOOLS)/cache/uv
export npm_config_cache ?= $(CURDIR)/$(TOOLS)/cache/npm
export PIP_NO_CACHE_DIR ?= 1
endif

help:
	@echo 'make demo    serve sandbox data on http://127.0.0.1:$${PORT:-8000}; Ctrl-C ends it'
	@echo 'make test    every promise once'
	@echo 'make gate    the whole gate: `make test`, and `make rest`, which takes long'
	@echo 'make attack  try to break the protection of what is published'
	@echo 'make mutate  make mistakes in a copy of the source, and see that tests notice them'
	@echo 'make bench   measure against the floors'
	@echo 'make install bring what a server needs into .venv'
	@echo 'make days    ask what knows the calendar on ten days; DAY=2028-02-29T12:00: on that one, also for demo and test'
	@echo 'make clean   remove what these made, demo data included'
	@echo
	@echo 'For a change (CONTRIBUTING.md):'
	@echo 'make near                         the tests that are nearest to the change; SINCE=commit says where it begins'
	@echo 'make lint format types imports    what is quick to fail; the other steps of the gate have targets too'
	@echo 'make dimension NEW=…              write a field, and what goes with it (docs/recipes/field.md)'
	@echo 'make codes                        write what goes with changed codes (docs/recipes/code.md)'
	@echo 'make roles                        write what goes with a changed role (docs/recipes/role.md)'
	@echo 'make openapi.json                 write the description of the API'
	@echo 'make durations                    record how long each test takes, on a machine that does nothing else'

bootstrap: $(UV)
	@test -n "$(PYTHON)" || { echo 'Henvis needs Python 3.12 or newer; found none. Name one: make PYTHON=/path/to/python3' >&2; exit 1; }

$(TOOLS)/bin/uv:
	@for each in '$(PYTHON)' $(PYTHONS); do "$$each" -m pip --version >/dev/null 2>&1 && break; done; \
	echo "uv is not here: $$each -m pip brings it to $(TOOLS)"; \
	PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 \
	"$$each" -m pip install --quiet --upgrade --target $(TOOLS) uv==$(UV_VERSION)

# What a server needs, and nothing of the demo or the tests. Compiled here: the users that it runs as write nothing into it, so
# that each start would compile everything again.
install: bootstrap
	$(UV) sync --frozen --no-default-groups --compile-bytecode
	$(RUN)python -m compileall -q api cases config core deploy notices oversight partners publications sandbox stats tools

# --inexact: a demo after the tests takes none of their packages away.
demo: export HENVIS_HOME ?= .henvis$(DAY:%=-%)
demo: bootstrap
	@$(UV) sync --frozen --inexact --no-default-groups --group embedded
	@exec $(ON_DAY) $(RUN)python -m deploy.demo.start --until-parent-ends

synced: bootstrap
	$(call step,install what uv.lock names)
	$(UV) sync --frozen --all-groups

# A tier says how long it took, what is expected on two quiet cores, and what it left out (tests/tiers.py).
TIER = $(RUN)python -m tests.tiers
SERVED = $(ON_DAY) $(RUN)python -m tools.embedded.postgres $(GATE_HOME) $(MAKE) --no-print-directory DAY=$(DAY)

near: synced
	@$(TIER) near $(SERVED) near-steps

test: synced
	@$(TIER) test $(SERVED) test-steps

rest: synced
	@$(TIER) rest $(SERVED) rest-steps

gate: synced
	@$(TIER) gate $(SERVED) test-steps rest-steps
	@printf '\nThe gate is green.\n'

.PHONY: near-steps test-steps rest-steps
near-steps: lint format imports types
	$(call step,the tests that are nearest to the change)
	$(RUN)python -m tests.near '$(HERE)' '$(PROGRAMS)' $(SINCE)

# What is quick to fail comes first. mypy has one core to itself while the others run one after the other on the second, the tests
# then have both.
test-steps: lint format
	@$(MAKE) --no-print-directory types & types=$$!; \
	$(MAKE) --no-print-directory imports migrations codelists deploy openapi tables; others=$$?; \
	wait $$types && exit $$others
	@$(MAKE) --no-print-directory tests

# The second demo of tests/journey, one of the heavy tests, is the stage of tests/browser: what it takes to load is waited for once.
# The browser waits a lot, and has beside it what starts programs and waits for them.
rest-steps: export HENVIS_BROWSER_HOME := $(abspath $(GATE_HOME))/stage
rest-steps:
	@rm -rf $(HENVIS_BROWSER_HOME)
	@$(MAKE) --no-print-directory heavy
	@$(MAKE) --no-print-directory browser & browser=$$!; \
	$(MAKE) --no-print-directory redocly clients reference programs days; others=$$?; \
	wait $$browser && exit $$others

# `make demo` brings no tools, and a fresh clone has nothing: a recipe of CONTRIBUTING.md may begin in either.
$(RUN)ruff:
	@$(MAKE) --no-print-directory bootstrap
	$(UV) sync --quiet --frozen --all-groups
lint format types imports migrations codelists deploy openapi openapi.json dimension codes roles days: | $(RUN)ruff

# Writing a migration needs no database.
dimension codes roles: export PYTHONWARNINGS := ignore:Got an error checking a consistent migration history
migrations codelists deploy openapi openapi.json types dimension codes roles: export HENVIS_SECRET_KEY := for-the-gate-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG
migrations codelists deploy openapi openapi.json types dimension codes roles: export HENVIS_PEPPER := for-the-gate-only-9876543210-zyxwvutsrqponmlkjihgfedcba
migrations codelists deploy openapi openapi.json types dimension codes roles: export HENVIS_ALLOWED_HOSTS := henvis.example
migrations codelists deploy openapi openapi.json types dimension codes roles: export DATABASE_URL ?= postgresql:///henvis

deploy: export HENVIS_LEGAL_BASIS_CASEWORK := GDPR 6(1)(e)
deploy: export HENVIS_LEGAL_BASIS_STATISTICS := GDPR 6(1)(e)

lint:
	$(call step,ruff)
	$(RUN)ruff check .

format:
	$(call step,ruff)
	$(RUN)ruff format --check .

types:
	$(call step,mypy strict)
	$(RUN)mypy

imports:
	$(call step,import-linter)
	$(RUN)lint-imports

migrations:
	$(call step,models and migrations agree)
	$(RUN)python manage.py makemigrations --check --dry-run

codelists:
	$(call step,code lists are recorded and migrated)
	$(RUN)python manage.py codelist check

deploy:
	$(call step,the settings of production)
	$(RUN)python manage.py check --deploy --fail-level WARNING

openapi:
	$(call step,the committed openapi.json is what the code describes)
	$(call describe,$(GATE_HOME)/openapi.json)
	diff -u openapi.json $(GATE_HOME)/openapi.json

redocly:
	$(call step,recommended-strict; and spectral:oas)
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory redocly-lint; \
	else echo 'SKIPPED: no npm on this machine, so openapi.json was not linted'; fi

.PHONY: redocly-lint
redocly-lint: export REDOCLY_TELEMETRY := off
redocly-lint: export REDOCLY_SUPPRESS_UPDATE_NOTICE := true
redocly-lint: docs/lint/node_modules/.package-lock.json
	docs/lint/node_modules/.bin/redocly lint --config docs/lint/redocly.yaml openapi.json
	docs/lint/node_modules/.bin/spectral lint --ruleset docs/lint/spectral.yaml --fail-severity warn openapi.json

%/node_modules/.package-lock.json: %/package-lock.json
	npm --prefix $* ci --ignore-scripts --no-audit --no-fund --no-update-notifier
	@touch $@

# What needs nothing that a machine may lack. Of these, what starts programs of its own: its lines of ours are covered elsewhere.
HERE := not reference and not browser and not clients and not long
PROGRAMS := tests/serving tests/benchmarks tests/mutation tests/test_postgres_launcher.py tests/journey/test_recipes.py \
	tests/journey/test_code_change.py tests/journey/test_code_change_vintages.py
comma := ,

tables:
	$(call step,the tables that tests begin with)
	$(RUN)python -m tests.tables

PYTEST := $(RUN)pytest -rs -n 2 --dist loadgroup --no-loadscope-reorder -m '$(HERE)' $(addprefix --ignore=,$(PROGRAMS))

tests:
	$(call step,pytest$(comma) and the lines that no test reaches)
	$(PYTEST) --part light --cov --cov-report=

heavy:
	$(call step,what takes long)
	$(PYTEST) --part heavy

durations: synced
	$(RUN)python -m tools.embedded.postgres $(GATE_HOME) $(PYTEST) --record-durations

programs:
	$(call step,what starts servers$(comma) services and clones$(comma) and waits for them)
	$(RUN)pytest -rs -m '$(HERE)' $(PROGRAMS)

# The tests themselves say what is not here, and with CI=true fail for it.
browser:
	$(call step,people in a real browser; on loopback and behind nginx with TLS)
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory tests/browser/node_modules/.package-lock.json; fi
	$(RUN)pytest -rs -m browser tests/browser

# The tests themselves say which program is not here.
clients:
	$(call step,what others read with: generated clients, spreadsheets, and what is typed in R, Python and a shell)
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory docs/lint/node_modules/.package-lock.json; fi
	$(RUN)pytest -rs -m clients tests/clients

reference:
	$(call step,published figures and 30 197 published referrals, from the reference data)
	$(RUN)pytest -rs -m reference $$(grep -rl --include='test_*.py' 'mark[.]reference' tests)

# What knows the calendar, on ten days or on DAY.
days:
	$(call step,what asks for the day$(comma) on days on which calendars go wrong)
	$(RUN)python -m tests.days $(DAY)

# Each attack against a weakened build, where it must succeed, and against ours. The gate has them too, but for the long forms.
attack: bootstrap
	@$(UV) sync --frozen --all-groups
	@$(RUN)pytest -q tests/attacks

# An hour of work or more; no part of `make test`. It yields to whatever else runs. In KEPT it keeps what to go on with.
SEED := 1
MUTANTS := 300
SECONDS := 14400
KEPT :=
IN :=
mutate: bootstrap
	@$(UV) sync --frozen --all-groups
	@nice $(RUN)python -m tests.mutation --seed $(SEED) --mutants $(MUTANTS) --seconds $(SECONDS) $(if $(KEPT),--kept $(KEPT)) $(IN)

bench: bootstrap
	$(UV) sync --frozen --all-groups
	$(RUN)python -m benchmarks

openapi.json:
	$(call describe,$@)

# A new field of the dictionary (docs/recipes/field.md), and what it brings with it. Without NEW: for an entry that stands there already.
dimension:
	$(if $(NEW),$(RUN)python manage.py dimension new $(NEW))
	@$(MAKE) --no-print-directory openapi.json RUN=$(RUN) NEW=
	$(RUN)python manage.py makemigrations
	$(RUN)python manage.py codelist record

# What goes with changed codes (docs/recipes/code.md): the migration of constraints, the record, the description.
codes:
	$(RUN)python manage.py codelist migration
	$(RUN)python manage.py codelist record
	@$(MAKE) --no-print-directory openapi.json RUN=$(RUN)

# What goes with a changed role (docs/recipes/role.md): the migration of constraints, and the table in docs/people.md.
roles:
	$(RUN)python manage.py makemigrations
	$(RUN)python manage.py roles document

clean:
	rm -rf .venv .henvis .henvis-* docs/lint/node_modules tests/browser/node_modules .coverage .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
