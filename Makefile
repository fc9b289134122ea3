# make run | test | check | prove | bench | figures | messages. Everything is installed into .venv; no root is needed to run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet install

.PHONY: run test check prove bench figures messages lock clean

run: $(VENV)/run.stamp
	@KUDELMA_DEMO=1 $(BIN)/kudelma demo
	@KUDELMA_DEMO=1 exec $(BIN)/kudelma serve

# Exactly what CI runs. Installs from Debian what is missing, if it may.
test: $(VENV)/test.stamp
	@./tests/debian.sh
	@$(BIN)/python -m tests.everything

# The fast part: style, types, templates, catalogues, and every test that opens no browser.
check: $(VENV)/test.stamp
	@$(BIN)/python -m tests.everything --fast

# What is too long for every run: PART=pages|ways|trust|mutants, each an hour at most; without PART all of them.
prove: $(VENV)/test.stamp
	@./tests/debian.sh
	@$(BIN)/python -m tests.prove $(PART)

bench: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks $(ONLY)

# Lines, imports, duplicates and words of the house, as the tests hold them.
figures: $(VENV)/test.stamp
	@$(BIN)/python -m tests.house_figures

messages: $(VENV)/run.stamp
	@KUDELMA_DEMO=1 $(BIN)/kudelma messages

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# After changing pyproject.toml: the pins, with hashes and without any address.
lock:
	@for part in run test build; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    $$( [ $$part = run ] && echo pyproject.toml || echo --group $$part ) -c requirements/run.txt -o requirements/$$part.txt; \
	done

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache
