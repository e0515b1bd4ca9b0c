"""The worker's watchdog: django-q's cluster can come to a standstill that it does not notice itself.

Its workers share one queue under one lock. A worker that is killed while it waits for work may take the lock
with it; then no other can take a task, the cluster goes on looking healthy, and even SIGTERM hangs.
`manage.py work` runs the cluster as its child and starts it anew when no task has been begun or ended for
too long although the cluster holds some. A beat every half minute makes sure that there always are some.
"""
