# make run    a smart speaker on a page and here    make test   the whole suite
# make quick  the tests that take no time           make check  ruff, mypy, models, back-coach check
# make size   what make run needs, measured         make lock   lock versions after a change

PYTHON ?= python3
# `make test COVERAGE="--cov --cov-report="` measures what is covered, and takes half as long again.
COVERAGE ?=
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.ready-run
TEST := $(VENV)/.ready-test
PIP := $(BIN)/pip --disable-pip-version-check --no-input
# Those that the others start, and what has a target of its own.
PARTS := load.py processes.py sdk_hello.py fresh_machine.py
BENCHES = $(filter-out $(PARTS:%=tests/bench/%),$(wildcard tests/bench/*.py))
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --no-annotate --allow-unsafe \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header

.PHONY: run test quick check fix models transcripts goldens lock bench size clean

run: $(RUN)
	$(BIN)/back-coach

test: $(TEST)
	$(BIN)/python -m pytest --numprocesses 2 --ignore tests/browser $(COVERAGE)
	@echo "Now the page in a real browser, alone: it listens in real time."
	$(BIN)/python -m pytest tests/browser

quick: $(TEST)
	$(BIN)/python -m pytest --numprocesses 2 -m "not (slow or sound or node or browser)"

check: $(TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m interaction_models.generate --check
	$(BIN)/back-coach check

fix: $(TEST)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

transcripts: $(RUN)
	for said in tests/golden/transcripts/*.said; do \
	    case $$said in */statement*) style=statement ;; *) style=questions ;; esac; \
	    BACK_COACH_STORE= BACK_COACH_SCREENING=$$style $(BIN)/back-coach talk --fast < $$said > $${said%.said}.transcript || exit 1; \
	done

goldens: transcripts
	$(BIN)/python -m tests.golden.recorded

models: $(RUN)
	$(BIN)/python -m interaction_models.generate

bench: $(TEST)
	for script in $(BENCHES); do echo "== $$script"; $(BIN)/python -m $$(echo $${script%.py} | tr / .) || exit 1; done

# In a clone of what is committed, with a home of its own; it needs nothing installed.
size:
	$(PYTHON) -m tests.bench.fresh_machine

# `make lock UPGRADE=--upgrade` takes the newest releases. The local speaker runs without granian,
# the production server, which is as large as its voice.
lock: $(RUN)
	$(PIP) install --quiet pip-tools
	$(filter-out --allow-unsafe,$(COMPILE)) --unsafe-package granian $(UPGRADE) --extra speaker --build-deps-for editable --output-file requirements/run.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --all-extras --constraint requirements/run.txt --output-file requirements/test.txt pyproject.toml

# Nothing is compiled that is never imported, and no second copy is kept in a cache: that is a
# third of the space. Python puts a compiled pip there, and 3.11 setuptools, which nothing needs.
$(RUN): pyproject.toml requirements/run.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Back Coach needs Python 3.11 or later; try make PYTHON=python3.12 …")'
	test -d $(VENV) || { $(PYTHON) -m venv $(VENV) && $(PIP) uninstall --yes --quiet setuptools && \
	    find $(VENV) -name __pycache__ -prune -exec rm -r {} +; }
	$(PIP) install --no-compile --no-cache-dir --require-hashes --requirement requirements/run.txt
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	touch $@

$(TEST): $(RUN) requirements/test.txt
	$(PIP) install --require-hashes --requirement requirements/test.txt
	# In tests a warning is an error, and some packages give one when they are compiled.
	-$(BIN)/python -W ignore -m compileall -q -j 2 $(VENV)/lib
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .data dist
