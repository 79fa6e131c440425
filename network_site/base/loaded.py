"""What a process that runs for days has loaded at its start, and Python's search for objects that nothing leads to."""

import gc

# For a process that works off long lists: some hundred records make thousands of objects, which nearly all go again by
# themselves. Pages are drawn faster where Python looks early, and so uses the same memory again.
RARELY = (10_000, 20, 20)


def keep() -> None:
    """What is loaded by now stays: from here on only what is made later is looked through for what may go.

    Looking through all of it makes a visitor wait a sixth of a second now and then, and an import a tenth longer.
    """
    gc.collect()
    gc.freeze()


def look_rarely() -> None:
    """Look for what may go only when thousands of objects more were made than went."""
    gc.set_threshold(*RARELY)
