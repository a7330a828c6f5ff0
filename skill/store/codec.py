"""How a memory is written down: one versioned JSON document a person, the same in every store."""

import logging
from collections.abc import Sequence

import msgspec

from skill.coach.effects import Effect, Forgotten, RoundsDone
from skill.coach.memory import Memory, remember
from skill.store.base import BrokenMemory, MemoryChanged

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Memory)

log = logging.getLogger(__name__)


def encode(memory: Memory) -> bytes:
    """The memory as it is written."""
    return _ENCODER.encode(memory)


def decode(written: bytes | None) -> Memory:
    """The memory that was written; an empty one where nothing was.

    Guidance that an older version wrote, and this one cannot read, is let go; the rest is kept.

    Raises:
        BrokenMemory: it is no memory at all.
    """
    if written is None:
        return Memory()
    try:
        return _decoded(written)
    except ValueError as error:
        raise BrokenMemory(f"what is kept is no memory: {error}") from error


def decode_or_begin_anew(written: bytes | None) -> Memory:
    """The memory that was written, to be written over; if it is none, an empty one and a line."""
    try:
        return decode(written)
    except BrokenMemory as error:
        # An empty memory is the safe one: everything is asked again.
        log.error("somebody's memory is begun anew: %s", error)  # noqa: TRY400 - one line
        return Memory()


def _decoded(written: bytes) -> Memory:
    try:
        return _DECODER.decode(written)
    except msgspec.ValidationError:
        plain = msgspec.json.decode(written, type=dict[str, object])
        return msgspec.convert({**plain, "underway": None}, Memory)


def folded(memory: Memory, effects: Sequence[Effect], known: frozenset[str]) -> Memory:
    """The memory after a turn's effects; work whose id is known already changes nothing."""
    recorded = set(known)
    for effect in effects:
        if isinstance(effect, RoundsDone):
            if effect.id in recorded:
                continue
            recorded.add(effect.id)
        memory = remember(memory, effect)
    return memory


def check_unchanged(written: bytes | None, expected: Memory | None) -> None:
    """Raise MemoryChanged unless what is kept bears out what a turn was decided on.

    Args:
        written: what is kept now; None if nothing is.
        expected: what the turn was decided on; None for anything.
    """
    if expected is None:
        return
    if written is None and expected != Memory():
        raise MemoryChanged(is_erased=True)
    try:
        memory = decode(written)
    except BrokenMemory:
        memory = Memory()
    if _clearance(memory) != _clearance(expected):
        raise MemoryChanged(is_erased=False)


def _clearance(memory: Memory) -> tuple[float | None, float | None, bool]:
    return memory.cleared, memory.fully_cleared, memory.voided


def ends_forgotten(effects: Sequence[Effect]) -> bool:
    """Whether a turn asks for everything to be erased."""
    return any(isinstance(effect, Forgotten) for effect in effects)
