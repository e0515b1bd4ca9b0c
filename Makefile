# All are one-liners over run.py, so that they also work where make does not exist (python run.py demo).
# ARGS= is handed on: make test ARGS="tests/catalog -k price"
PYTHON ?= python3

.PHONY: demo check lint test endurance docs

demo check lint test endurance docs:
	@$(PYTHON) run.py $@ $(ARGS)
