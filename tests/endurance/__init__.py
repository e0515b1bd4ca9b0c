"""The long proofs: the whole shop as processes, killed, starved and lied to, and then held to account.

`python -m tests.endurance` lists the drills. They are not collected by pytest; `tests/test_endurance.py` runs
a small version of each. Product code knows nothing of them: `launcher` starts web and worker with a clock
that can be moved and with traps at functions of the pipeline, both put on from outside.
"""
