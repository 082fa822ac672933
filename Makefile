# RAJUT: what can be done with it, one line each. `make` alone prints the list.
.DEFAULT_GOAL := help
.PHONY: help run demo code check test lock map vendor translate migration
MAKEFLAGS += --no-builtin-rules

# Python compiles every test anew without its caches, which takes longer than running most of them.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
ENVIRONMENT := sh deploy/tooling/environment.sh

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: .venv/runtime ## The whole network on 127.0.0.1:8000 (PORT=... changes it); it keeps its data
	@$(PY) -m deploy.standalone

demo: .venv/runtime ## The same with a training unit, made-up cases and printed sign-ins
	@$(PY) -m deploy.standalone --demo

code: .venv/runtime ## The six digits of a training device: make code SECRET=...
	@$(PY) -m deploy.operations code $(SECRET)

check: .venv/development ## Lint, types, imports and the fast tests, in under 2 minutes
	@$(PY) -m deploy.tooling.parts check

test: .venv/development ## Everything, with a real PostgreSQL, RabbitMQ and browser
	@$(PY) -m deploy.tooling.parts test

lock: .venv/development ## Write the lock files from pyproject.toml (UPGRADE=1 takes the newest)
	@$(PY) -m deploy.tooling.lock $(if $(UPGRADE),--upgrade)

map: .venv/runtime ## Write the generated tables of the READMEs
	@$(PY) -m deploy.tooling.map

translate: .venv/runtime ## Add new Indonesian texts to the English catalogue (PRUNE=1 drops unused ones)
	@$(PY) -m shared.web.catalogue $(if $(PRUNE),--prune)

migration: .venv/development ## Write a migration from the tables: make migration SERVICE=intake NAME=reports
	@$(PY) -m deploy.operations migration $(SERVICE) $(NAME)

vendor: ## Fetch and compile the vendored web assets (maintainers; needs node and npm)
	@sh shared/web/styles/vendor.sh

# Made again only when a lock file changes or the Python under .venv is gone.
.venv/bin/python:
	@$(ENVIRONMENT) python

.venv/runtime: deploy/requirements.txt | .venv/bin/python
	@$(ENVIRONMENT) install deploy/requirements.txt
	@touch $@

.venv/development: deploy/requirements-dev.txt .venv/runtime
	@$(ENVIRONMENT) install deploy/requirements-dev.txt
	@touch $@
