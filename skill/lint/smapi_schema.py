"""SMAPI schema check: whether Amazon's own types keep everything that a document says."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer

_SKILL = "ask_smapi_model.v1.skill"
MODEL = f"{_SKILL}.interaction_model.interaction_model_data.InteractionModelData"
MANIFEST = f"{_SKILL}.manifest.skill_manifest_envelope.SkillManifestEnvelope"


class NoSchema(LookupError):
    """Missing schema: Amazon's types are not installed."""


def differences(text: str, kind: str) -> list[str]:
    """Round-trip differences: paths that a type loses or changes; the reason where it refuses.

    Raises:
        NoSchema: Amazon's types are not installed.
    """
    if find_spec("ask_smapi_model") is None:
        raise NoSchema("Amazon's types are not installed: pip install 'back-coach[package]'")
    # The SDK's own serializer, which is strict: the skill's reads on where a value is unknown.
    serializer = DefaultSerializer()
    try:
        again: Any = serializer.serialize(serializer.deserialize(text, kind))
    except (SerializationException, ValueError, TypeError, AttributeError) as error:
        return [f"Amazon's types refuse it: {error}"]
    return list(_differences_between(json.loads(text), again, "$"))


def _differences_between(ours: Any, theirs: Any, path: str) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours:
            if key in theirs:
                yield from _differences_between(ours[key], theirs[key], f"{path}.{key}")
            else:
                yield f"{path}.{key} is unknown there"
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (mine, yours) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences_between(mine, yours, f"{path}[{index}]")
    elif ours != theirs or type(ours) is not type(theirs):
        yield f"{path} is {ours!r} here and {theirs!r} there"
