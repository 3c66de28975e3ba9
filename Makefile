# The commands of the house. `make run` and `make test` need only python3 (3.11 or newer) and make.
PY := .venv/bin/python
NAME ?= page

.PHONY: run test check env dev messages map bench browser lock

run:            ## demo on http://127.0.0.1:8000 (builds environment, database and demo data when they are missing)
	@python3 scripts/env.py run
	@$(PY) -m luoshi demo

test:           ## every test, on SQLite and on PostgreSQL where its server is installed
	@python3 scripts/env.py dev
	@$(PY) scripts/test.py

check:          ## ruff, import contracts, strict types, Django checks, missing migrations, docs map, catalogue
	@python3 scripts/env.py dev
	@$(PY) scripts/check.py

env:            ## only the environment
	@python3 scripts/env.py dev

messages:       ## collect the strings of the interface into the English catalogue and compile it
	@$(PY) scripts/messages.py update

map:            ## draw docs/map.md and docs/guide again
	@$(PY) -m luoshi map

bench:          ## make bench NAME=page
	@python3 scripts/env.py dev
	@$(PY) -m bench.$(NAME)

lock:           ## solve the dependencies again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
