# make demo, make test, make lint, make docs, make bench: each sets up what it needs, once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
BENCH_READY := .venv/bench-ready
DOCS_READY := .venv/docs-ready

.PHONY: demo test test-slow lint docs bench clean

demo: $(READY)
	$(BIN)/nnviz demo

test: $(READY)
	$(BIN)/pytest -n 2

# What takes minutes; CI runs it after the others.
test-slow: $(READY)
	$(BIN)/pytest -n 2 -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The site, into docs/_build/html; warnings are errors.
docs: $(DOCS_READY)
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

bench: $(BENCH_READY)
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/landscape.py
	$(BIN)/python benchmarks/rendering.py

clean:
	rm -rf .venv build dist renders/demo docs/_build docs/gallery

$(READY): pyproject.toml constraints.txt scripts/system_packages.sh
	PYTHON="$(PYTHON)" sh scripts/system_packages.sh
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(DOCS_READY): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	touch $@

$(BENCH_READY): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	touch $@
