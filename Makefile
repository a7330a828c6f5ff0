# make run   a smart speaker on a page and here      make test   the whole suite
# make check ruff and mypy                           make lock   renew the locked versions

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test check fix models transcripts goldens lock bench clean

run: $(READY)
	$(BIN)/back-coach

test: $(READY)
	$(BIN)/python -m pytest --numprocesses 2 --ignore tests/browser
	@echo "Now the page in a real browser, alone: it listens in real time."
	$(BIN)/python -m pytest tests/browser

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

transcripts: $(READY)
	for said in tests/golden/transcripts/*.said; do \
	    case $$said in */statement*) style=statement ;; *) style=questions ;; esac; \
	    BACK_COACH_STORE= BACK_COACH_SCREENING=$$style $(BIN)/back-coach talk --fast < $$said > $${said%.said}.transcript || exit 1; \
	done

goldens: transcripts
	$(BIN)/python -m tests.golden.recorded

models: $(READY)
	$(BIN)/python -m interaction_models.generate

bench: $(READY)
	for script in tests/bench/*.py; do echo "== $$script"; $(BIN)/python -m $$(echo $${script%.py} | tr / .) || exit 1; done

lock: $(READY)
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --all-extras --no-annotate \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	    --no-header --output-file requirements/dev.txt pyproject.toml

$(READY): pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Back Coach needs Python 3.11 or later; try make PYTHON=python3.12 …")'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .data dist
