"""Checking: what a form's rules, and those that hold for every form, say about reports."""
