"""How a memory is written down: one versioned JSON document a person, the same in every store."""

from collections.abc import Sequence

import msgspec

from skill.coach.memory import Did, Effect, Forgotten, Memory, remember

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Memory)


def encode(memory: Memory) -> bytes:
    """The memory as it is written."""
    return _ENCODER.encode(memory)


def decode(written: bytes) -> Memory:
    """The memory that was written.

    Guidance that an older version wrote, and this one cannot read, is let go; the rest is kept.

    Raises:
        ValueError: it is no memory at all.
    """
    try:
        return _DECODER.decode(written)
    except msgspec.ValidationError:
        plain = msgspec.json.decode(written, type=dict[str, object])
        return msgspec.convert({**plain, "underway": None}, Memory)


def folded(memory: Memory, effects: Sequence[Effect], known: frozenset[str]) -> Memory:
    """The memory after a turn's effects; work whose id is known already changes nothing."""
    recorded = set(known)
    for effect in effects:
        if isinstance(effect, Did):
            if effect.id in recorded:
                continue
            recorded.add(effect.id)
        memory = remember(memory, effect)
    return memory


def ends_forgotten(effects: Sequence[Effect]) -> bool:
    """Whether a turn asks for everything to be erased."""
    return any(isinstance(effect, Forgotten) for effect in effects)
