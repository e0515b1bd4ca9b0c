"""The same checkout sent many times at once: one order, and the same answer for everybody."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from ..report import table
from ..services import description
from ..shop import running_shop
from ..shopping import Shopper, sell_cards


def burst(*, posts: int = 200) -> bool:
    """So many identical posts to gunicorn at the same moment."""
    with running_shop() as shop:
        from commerce.models import Order

        sell_cards()
        shopper = Shopper(shop)
        form = shopper.fill_cart(lines=2)
        start = threading.Barrier(posts)

        def post(_number: int):
            start.wait()
            return shopper.post(form)

        with ThreadPoolExecutor(posts) as pool:
            started = time.monotonic()
            answers = list(pool.map(post, range(posts)))
            seconds = time.monotonic() - started
        statuses = Counter(answer.status_code for answer in answers)
        places = {answer.headers.get("Location") for answer in answers}
        orders = Order.objects.filter(email=form["email"]).count()
    answered = ", ".join(f"{count} × {status}" for status, count in statuses.items())
    print(f"{description()}\n")
    row = (posts, orders, answered, len(places), f"{seconds:.1f} s")
    print(table(("posts", "orders", "answers", "different addresses in them", "all answered after"), [row]))
    return (orders, len(places), set(statuses)) == (1, 1, {302})
