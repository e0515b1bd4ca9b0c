"""The cluster ends with its watchdog: otherwise it would go on unwatched, with the code of before a deploy.

The watchdog holds the writing end of the pipe that is the cluster's standard input. However it dies, the
system closes that end. The processes that the cluster forks end with the process that forked them (Linux).
"""

import ctypes
import logging
import os
import signal
import sys
import threading
import time

logger = logging.getLogger(__name__)

# Named by the watchdog in the environment of its cluster: how many seconds it gives the tasks at hand.
VARIABLE = "WORKER_LIFELINE"

STANDARD_INPUT = 0
PR_SET_PDEATHSIG = 1


def take_up_lifeline() -> None:
    """In the main process of a cluster that a watchdog has started: end when the watchdog does."""
    # Taken out of the environment, so that no program that a task starts takes itself for the cluster.
    patience = os.environ.pop(VARIABLE, "")
    if not patience:
        return
    if sys.platform == "linux":
        _bind_forks_to_their_parents()
    # Duplicated, because multiprocessing closes the standard input of its children.
    pipe = os.dup(STANDARD_INPUT)
    threading.Thread(target=_wait_for_the_end, args=(pipe, float(patience)), daemon=True).start()


def _wait_for_the_end(pipe: int, patience: float) -> None:
    while os.read(pipe, 1):
        pass
    logger.error("The worker's watchdog is gone; the worker finishes its tasks and ends")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(patience)
    logger.error("The worker has not ended after %d s and is killed", patience)
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def _bind_forks_to_their_parents() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def remember_parent() -> None:
        nonlocal parent
        parent = os.getpid()

    def die_with_parent() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    os.register_at_fork(before=remember_parent, after_in_child=die_with_parent)
