"""gaisite publishes yearly statutory figures with their narrative as an accessible static site."""

__version__ = "0.1.0"
