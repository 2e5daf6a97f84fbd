"""What the JSON Schemas are written with."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]

END = r"(?![\s\S])"
"""The end of a text in every dialect; `$` lets Python pass a line end."""


def refer(definition: str) -> Json:
    """A reference to a definition of the schema."""
    return {"$ref": f"#/$defs/{definition}"}
