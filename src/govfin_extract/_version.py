"""The library's version, in one place: the package, the built wheel and every JSON record read it from here."""

__version__ = "0.1.0"
