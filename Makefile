# Each target explains itself in one line; `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help setup demo up test check bench lighthouse docs guides lock format catalogue clean

BIN := .venv/bin
PYTHON := $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)

help: ## Show what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

setup: ## Install what the other targets need into .venv (they do it themselves)
	@$(or $(PYTHON),$(error Python 3.11 or newer is needed: apt install python3)) tools/bootstrap.py

demo: setup ## Open the product on one address, with institutions, people and reports to play with
	@$(BIN)/lapor demo

up: setup ## Start the product with your own data
	@$(BIN)/lapor up

test: setup ## Run every test; a PostgreSQL is started for them when DATABASE_URL is not set
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

check: setup ## Style, types, architecture, migrations, catalogues, documents, then the tests
	@$(BIN)/python tools/check.py; checked=$$?; $(MAKE) --no-print-directory test && exit $$checked

bench: setup ## Measure speed and survival at a million reports, beside pgbench on the same cluster
	@$(BIN)/python -m tests.bench $(ARGS)

lighthouse: setup ## Measure the citizens' pages on a slow phone (needs `make demo` in another window)
	@$(BIN)/python -m tests.bench.lighthouse $(ARGS)

docs: setup ## Write the generated documents anew
	@$(BIN)/python tools/docs.py

guides: setup ## Take the pictures of the users' guides anew (needs chromium)
	@LAPOR_DRAW_GUIDES=1 $(BIN)/pytest -q tests/journeys/test_guide_pictures.py

format: setup ## Put the code into the house's format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format . ; $(BIN)/djade --target-version 5.2 $$(git ls-files '*.html')

catalogue: setup ## Collect the texts to translate into the Indonesian catalogue
	@$(BIN)/python tools/catalogue.py update

lock: setup ## Choose the newest packages that fit pyproject.toml and pin them by hash
	@$(BIN)/uv pip compile -q --upgrade --system-certs --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile -q --upgrade --system-certs --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --group dev pyproject.toml -o requirements/dev.txt

clean: ## Remove everything made here, the demo's data too
	@rm -rf .venv .lapor node_modules src/lapor/static/build .mypy_cache .ruff_cache
