"""How long the long tests go on: shortly in `make test`, for hours in `make soak`."""

import os


def many(few: int, soak: int) -> int:
    """The number for today: `few` in each run of the tests, `soak` where GAISITE_SOAK is set."""
    return soak if os.environ.get("GAISITE_SOAK") else few
