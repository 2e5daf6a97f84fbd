"""Exporting: from figures as data to files for download, each written from the same observations."""
