"""Importing reports from the files that offices have. What cannot be decided is left blank and told, never guessed."""

from gaisite.imports.folders import Batch, BatchWishes, Failure, import_batch
from gaisite.imports.reports import Imported, ImportWishes, import_report
from gaisite.imports.saving import Change, list_changes, save_report

__all__ = [
    "Batch",
    "BatchWishes",
    "Change",
    "Failure",
    "ImportWishes",
    "Imported",
    "import_batch",
    "import_report",
    "list_changes",
    "save_report",
]
