# Two commands matter: `make run` and `make test`. Both set up what they need first.
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# What `make run` hears with is fetched once, about 150 MB; HEAR=0 leaves it out.
HEAR ?= 1
HEARS_BY := whisper-base
TESTS_HEAR_BY := whisper-base vosk-ko

.DEFAULT_GOAL := help
.PHONY: help run demo test check lint hooks coverage bench nightly shots icons clean packages hear

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp hear ## Set up, then serve the kiosk, the staff console and the display
	$(BIN)/kiosk serve --port $(PORT) --open

demo: $(VENV)/run.stamp hear ## The same with sample requests, in a folder of its own
	$(BIN)/kiosk demo --port $(PORT) --open

test: $(VENV)/test.stamp lint ## Everything: style, types, content and all tests
	@for model in $(TESTS_HEAR_BY); do $(BIN)/kiosk models install $$model || exit 1; done
	$(BIN)/pytest -n 2

check: $(VENV)/test.stamp lint ## The quick layer: no browser, no devices
	$(BIN)/pytest -n 2 -m "not browser and not device and not long"

lint: $(VENV)/test.stamp ## Style, types and content only
	$(BIN)/python -m tools.lint

hooks: $(VENV)/test.stamp ## Let git run the same checks before each commit
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[hooks]'
	$(BIN)/pre-commit install

coverage: $(VENV)/test.stamp ## The quick tests again, held to the floor of what they must run
	$(BIN)/pytest -n 2 -m "not browser and not device" --cov

bench: $(VENV)/test.stamp ## Measure the figures and write their tables (ONLY=NAME, QUICK=1, EVERY=N)
	nice -n 5 $(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(EVERY),--every $(EVERY))

nightly: $(VENV)/test.stamp ## Sweeps, large property tests, mutations and the bench (an hour)
	nice -n 5 $(BIN)/python -m tests.nightly

shots: $(VENV)/test.stamp ## Take the pictures of the README
	$(BIN)/python -m tools.screenshots

icons: $(VENV)/test.stamp ## Collect the pictograms into static/icons.json
	$(BIN)/python tools/icons.py

clean: ## Remove what set-up made (not the data)
	rm -rf $(VENV) node_modules build dist .pytest_cache .mypy_cache .ruff_cache

# Without a model everything but speech input works, and the kiosk says so.
hear: $(VENV)/run.stamp
ifneq ($(HEAR),0)
	@for model in $(HEARS_BY); do \
	  $(BIN)/kiosk models install $$model || echo "no speech input yet; see kiosk doctor"; done
endif

packages:
	@tools/install-packages

$(VENV)/run.stamp: pyproject.toml constraints.txt packages.txt | packages
	python3 -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp package.json package-lock.json
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
