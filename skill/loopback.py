"""Loopback addresses: those that only this machine can reach."""

import ipaddress


def is_loopback(address: str) -> bool:
    """Loopback check: whether only this machine can reach an address, or the name localhost."""
    if address == "localhost":
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
