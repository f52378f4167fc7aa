# Every command of the project; `make help` lists them. The work is done by scripts/, which say more at their top.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help start stop test bench soak lint size fmt openapi

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'

start: ## install what is missing, build, load the demonstration data, serve http://localhost:8000
	@scripts/start.sh

stop: ## stop what make start started (the data stay)
	@scripts/stop.sh

test: ## every gate: lints, Rust, browser, OpenAPI drift, XSD, nginx
	@scripts/test.sh

lint: ## the quick gates alone: format, clippy, dependency arrows, shell, file length
	@scripts/test.sh lint

size: ## build the browser application as it is deployed, print what a first visit loads, fail above the budget
	@scripts/setup-tools.sh && scripts/gates/size.sh

soak: ## the tests that draw their cases, with many more of them (long)
	@scripts/soak.sh

bench: ## the benchmarks, each a ratio in one run
	@scripts/bench.sh

fmt: ## format the code
	cargo fmt --all

openapi: ## write openapi/openapi.json again from the handlers
	@scripts/openapi.sh
