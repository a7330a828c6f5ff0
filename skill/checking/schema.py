"""Whether Amazon's own types keep everything that a document says."""

import json
from collections.abc import Iterator
from typing import Any

from ask_sdk_core.exceptions import SerializationException

from skill.alexa.serializer import CompiledSerializer


class NoSchema(ImportError):
    """Amazon's types are not installed."""


def model_differences(text: str) -> list[str]:
    """Where an interaction model is not what Amazon's types make of it."""
    from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import (  # noqa: PLC0415
        InteractionModelData,
    )

    return differences(text, InteractionModelData)


def manifest_differences(text: str) -> list[str]:
    """Where a skill manifest is not what Amazon's types make of it."""
    from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import (  # noqa: PLC0415
        SkillManifestEnvelope,
    )

    return differences(text, SkillManifestEnvelope)


def differences(text: str, kind: Any) -> list[str]:
    """Paths that a round trip through a type loses or changes; the reason where it is refused."""
    serializer = CompiledSerializer()
    try:
        typed = serializer.deserialize(text, kind)
        again = json.loads(serializer.encode(typed))
    except (SerializationException, ValueError, TypeError, AttributeError) as error:
        return [f"Amazon's types refuse it: {error}"]
    return list(_between(json.loads(text), again, "$"))


def _between(ours: Any, theirs: Any, path: str) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours:
            if key in theirs:
                yield from _between(ours[key], theirs[key], f"{path}.{key}")
            else:
                yield f"{path}.{key} is unknown there"
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (mine, yours) in enumerate(zip(ours, theirs, strict=True)):
            yield from _between(mine, yours, f"{path}[{index}]")
    elif ours != theirs or type(ours) is not type(theirs):
        yield f"{path} is {ours!r} here and {theirs!r} there"
