"""Certificate URL: where a chain may be fetched from."""

import re
from functools import lru_cache

from skill.alexa.verification.errors import RequestRejected

HOST = "s3.amazonaws.com"
LONGEST = 256

# An allowlist: no userinfo, query, fragment, percent sign, backslash or empty segment can match,
# so nothing is left for a client to normalise into another place than the one judged here.
_CHAIN_URL = re.compile(
    r"(?i:https://s3\.amazonaws\.com)(?::443)?(?P<path>/echo\.api(?:/[A-Za-z0-9._~-]+)+)",
    re.ASCII,
)
_DOT_SEGMENT = re.compile(r"/\.{1,2}(?:/|$)")


@lru_cache(maxsize=16)
def chain_url(claimed: str) -> str:
    """The one spelling of ``claimed`` that is fetched; raises ``Refused`` if it is not Amazon's."""
    match = _CHAIN_URL.fullmatch(claimed) if len(claimed) <= LONGEST else None
    if match is None or _DOT_SEGMENT.search(match["path"]):
        raise RequestRejected("certificate chain URL is not Amazon's")
    return f"https://{HOST}{match['path']}"
