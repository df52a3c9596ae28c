# make demo, make test, make lint, make bench: each sets up what it needs, once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
BENCH_READY := .venv/bench-ready

.PHONY: demo test test-slow lint bench clean

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

bench: $(BENCH_READY)
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/landscape.py
	$(BIN)/python benchmarks/rendering.py

clean:
	rm -rf .venv build dist renders/demo

$(READY): pyproject.toml constraints.txt scripts/system_packages.sh
	PYTHON="$(PYTHON)" sh scripts/system_packages.sh
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(BENCH_READY): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	touch $@
