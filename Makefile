# Both are one-liners over run.py, so that they also work where make does not exist (python run.py demo).
PYTHON ?= python3

.PHONY: demo test

demo:
	@$(PYTHON) run.py demo

test:
	@$(PYTHON) run.py test
