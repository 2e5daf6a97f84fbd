"""Measuring gaisite: a deterministic corpus, and the time that each stage takes on it."""
