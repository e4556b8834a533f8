# From a fresh clone with Python 3.11 or newer: `make demo` shows what the library does, `make test` runs every check.
PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := examples/final-account-2023.txt
DEMO_PAGE := examples/three-public-2023.html
MARKED := $(wildcard corpora/src/*/*.mark)

.DEFAULT_GOAL := help
.PHONY: help demo test bench long lint fmt corpus model floors snapshots clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY) ## Extract the facts of a whole report and of a web page with a table, and show them
	@mkdir -p build/demo
	@$(BIN)/govfin extract $(DEMO) --format table
	@$(BIN)/govfin extract $(DEMO_PAGE) --format table
	@$(BIN)/govfin extract $(DEMO) -o build/demo/
	@echo "The same as JSON: build/demo/$(basename $(notdir $(DEMO))).json"

test: lint ## Run every check: style, types, layers, tests, the built wheel
	$(BIN)/python -m pytest -n $(JOBS)

bench: $(READY) ## Measure the library beside others: docs/benchmark.md, and what changed since the last run
	$(BIN)/python scripts/bench/install.py build/bench
	$(BIN)/govfin bench --diff

long: $(READY) ## Run what takes long: many damaged files of every format, and what reading costs
	GOVFIN_DAMAGED=200 $(BIN)/python -m pytest -q tests/hostile
	$(BIN)/python scripts/measure_files.py $(wildcard ../shared/benchmark/pdf/*.pdf)

lint: $(READY) ## Check style, types, layers and declared dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/python -m govfin_extract.bench.guide $(MARKED)

fmt: $(READY) ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

corpus: $(READY) ## Build the labelled documents' text and gold files in build/corpora
	@for folder in $(sort $(patsubst %/,%,$(dir $(MARKED)))); do \
		$(BIN)/python -m govfin_extract.bench.markup --out build/corpora/$$(basename $$folder) $$folder/*.mark || exit 1; done

model: $(READY) ## Train the shipped model anew from the training documents, and score it on the test documents
	$(BIN)/govfin train corpora/src/train -o models/default --test corpora/src/test

floors: $(READY) ## Raise the regression floors to what the library gets right now
	$(BIN)/python scripts/raise_floors.py
	$(BIN)/python -m tests.formats.floors

snapshots: $(READY) ## Write the snapshots of help texts and documentation outputs anew
	GOVFIN_UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/api tests/docs

clean: ## Remove everything that was built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
