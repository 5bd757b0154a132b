# The two commands that a newcomer needs: `make publish` and `make test`. Each makes its own
# virtual environment; only python3 with venv, and make, are assumed.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
REQUIREMENTS = .ci/requirements.txt
TEST_REQUIREMENTS = .ci/requirements-test.txt

CKAN_VENV = .venv-portal

FUZZ_SECONDS ?= 600
FUZZ_SEED ?= 0

.PHONY: publish validate test test-versions browser-test portal-test lint types docs frontend fuzz bench lock clean

publish: $(VENV)/.installed  ## build vault/ into dist/
	$(BIN)/ds2026kg build vault --output dist

validate: $(VENV)/.installed  ## judge vault/ by the steps of action.yml, as GitHub would
	$(BIN)/python tests/ci/runner.py vault=vault

test: $(VENV)/.installed-test lint types  ## lint, types, tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.installed-test
	$(BIN)/mypy

test-versions:  ## the tests on every supported Python of this machine
	.ci/test-versions

browser-test: $(VENV)/.installed frontend/node_modules/.installed  ## the pages in headless Chromium; needs node and Chromium
	PYTHON=$(abspath $(BIN)/python) node --test --test-reporter=spec tests/browser/*.test.mjs

frontend: frontend/node_modules/.installed  ## build the query page's editor, which is committed; needs node
	cd frontend && npm run --silent types && npm run --silent build

portal-test: $(VENV)/.installed-test $(CKAN_VENV)/.installed  ## the portal commands against a real CKAN
	DS2026KG_CKAN=$(CKAN_VENV) $(BIN)/python -m pytest tests/portal/rehearse.py

docs: $(VENV)/.installed-test  ## draw again what is made from the code and the data
	$(BIN)/python docs/make.py

fuzz: $(VENV)/.installed-test  ## bytes made to break the reader, for FUZZ_SECONDS; FUZZ_SEED 0 is another each time
	$(BIN)/python tests/fuzz/fuzz_read_note.py -seed=$(FUZZ_SEED) -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=build/ build/corpus

bench: $(VENV)/.installed-test  ## time the build by phase, watching, and reading alone, beside plain ways
	$(BIN)/python -m benchmarks 1000
	$(BIN)/python -m benchmarks.judging 1000
	$(BIN)/python -m benchmarks.watching 1000
	$(BIN)/python -m benchmarks.reading 1000

lock: $(VENV)/.installed-test  ## pin again what CI runs
	$(BIN)/python .ci/lock.py

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ds2026kg needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.installed: $(VENV)/.made $(REQUIREMENTS) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(REQUIREMENTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed $(TEST_REQUIREMENTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TEST_REQUIREMENTS)
	touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(CKAN_VENV)/.installed: tests/portal/install tests/portal/requirements.txt $(wildcard tests/portal/plugin/*)
	tests/portal/install $(PYTHON) $(CKAN_VENV)
	touch $@

clean:
	rm -rf $(VENV) $(CKAN_VENV) dist build frontend/node_modules
