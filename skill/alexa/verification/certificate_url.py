"""Certificate URL, normalised as RFC 3986 has it: what is judged is what is fetched."""

import re
from functools import lru_cache

from skill.alexa.verification.errors import RequestRejected

HOST = "s3.amazonaws.com"
FOLDER = "/echo.api/"
LONGEST = 256

# An allowlist: no userinfo, query, percent sign, backslash or empty segment can match, so nothing
# is left for a client to normalise into another place than the one judged here.
_CHAIN_URL = re.compile(
    r"(?i:https://s3\.amazonaws\.com)(?::443)?(?P<path>(?:/[A-Za-z0-9._~-]+)+)"
    r"(?:#[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?",
    re.ASCII,
)


@lru_cache(maxsize=16)
def chain_url(claimed: str) -> str:
    """The normalised URL that is fetched; raises ``RequestRejected`` if it is not Amazon's.

    The scheme and the host are in lower case; the default port, dot segments and a fragment are
    gone. Amazon's own examples have them.
    """
    match = _CHAIN_URL.fullmatch(claimed) if len(claimed) <= LONGEST else None
    path = _without_dot_segments(match["path"]) if match else ""
    if not path.startswith(FOLDER) or path.endswith("/"):
        raise RequestRejected("certificate chain URL is not Amazon's")
    return f"https://{HOST}{path}"


def _without_dot_segments(path: str) -> str:
    """The path once its dot segments are followed; RFC 3986, section 5.2.4."""
    kept: list[str] = []
    segment = ""
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    # A path that ends in a dot segment names a folder.
    return "/" + "/".join([*kept, ""] if segment in (".", "..") else kept)
