"""Which fonts PDF files may be set in, as the library that WeasyPrint asks for them lists them."""

import ctypes
import hashlib
from collections.abc import Iterator

LIBRARIES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
"""Fontconfig by the names that it has on Linux, macOS and Windows. Its program fc-list need not be installed."""
PROPERTIES = b"%{file} %{index} %{fontversion} %{family}"
SYSTEM = 0
"""The fonts of the machine and its user, not those that a program adds for itself."""


class FontSet(ctypes.Structure):
    """What fontconfig calls FcFontSet."""

    _fields_ = (("number", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


def hash_fonts() -> str:
    """The sha256 over the fonts; empty where fontconfig is not here, without which no PDF is made."""
    library = open_library()
    if library is None:
        return ""
    return hashlib.sha256(b"\n".join(sorted(list_fonts(library)))).hexdigest()


def open_library() -> ctypes.CDLL | None:
    """Fontconfig, ready to be asked; None where it is not here."""
    for name in LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
        library.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
        library.FcConfigGetFonts.restype = ctypes.POINTER(FontSet)
        library.FcPatternFormat.argtypes = (ctypes.c_void_p, ctypes.c_char_p)
        library.FcPatternFormat.restype = ctypes.c_void_p
        library.FcStrFree.argtypes = (ctypes.c_void_p,)
        library.FcConfigDestroy.argtypes = (ctypes.c_void_p,)
        return library
    return None


def list_fonts(library: ctypes.CDLL) -> Iterator[bytes]:
    """Each font: its file, which of the fonts in it, version and families. What changes meanwhile is seen anew."""
    settings = library.FcInitLoadConfigAndFonts()
    if not settings:
        return
    try:
        found = library.FcConfigGetFonts(settings, SYSTEM)
        for number in range(found.contents.number if found else 0):
            written = library.FcPatternFormat(found.contents.fonts[number], PROPERTIES)
            if written:
                yield ctypes.string_at(written)
                library.FcStrFree(written)
    finally:
        library.FcConfigDestroy(settings)
