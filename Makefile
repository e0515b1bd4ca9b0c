# All are one-liners over run.py, so that they also work where make does not exist (python run.py demo).
PYTHON ?= python3

.PHONY: demo test endurance

demo:
	@$(PYTHON) run.py demo

test:
	@$(PYTHON) run.py test

endurance:
	@$(PYTHON) run.py endurance
