"""Keep a claim alive while its file is being read, however long that takes."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import ClaimLostError, StoreUnavailableError
from store.ledger import Claim, extend
from store.opening import Store


@contextmanager
def kept_alive(store: Store, held: Claim, lease: dt.timedelta) -> Iterator[None]:
    """Extend a claim in the background, three times per lease; a claim that is lost shows at the commit."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(lease.total_seconds() / 3):
            try:
                extend(store, held, lease)
            except ClaimLostError:
                return
            except StoreUnavailableError:
                continue  # the next beat may get through before the lease ends

    heart = threading.Thread(target=beat, name="lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
