"""What a process that runs for days has loaded at its start, and Python's search for objects that nothing leads to."""

import gc

# Python looks when so many more were made than went, and every so often at those that stayed longer too. One page or
# some hundred records make thousands that go again.
MADE, STAYED, STAYED_LONGER = 10_000, 20, 20


def keep() -> None:
    """What is loaded by now stays: from here on only what is made later is looked through for what may go.

    Looking through all of it makes a visitor wait a sixth of a second now and then, and an import a sixth longer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE, STAYED, STAYED_LONGER)
