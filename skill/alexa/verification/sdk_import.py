"""SDK import: the one place that loads ``ask_sdk_webservice_support``.

The package imports ``certvalidator``, which cannot be loaded where OpenSSL is 3.0.10 or later
and must not judge a chain anyway. An empty module stands in for it while the package loads, so
that its interfaces are usable and its chain check can only fail.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Never


class ChainCheckRemovedError(RuntimeError):
    """Removed chain check of the SDK's was called; ``certificate_chain.py`` has ours."""


def _refuse_to_judge(*_: object, **__: object) -> Never:
    raise ChainCheckRemovedError("the SDK's own signature check is not available in this skill")


def _stand_ins() -> dict[str, ModuleType]:
    package = ModuleType("certvalidator", "Stands in while the SDK loads; verifies nothing.")
    errors = ModuleType("certvalidator.errors", package.__doc__)
    names = {
        "PathError": type("PathError", (Exception,), {}),
        "ValidationError": type("ValidationError", (Exception,), {}),
    }
    vars(errors).update(names)
    vars(package).update(CertificateValidator=_refuse_to_judge, errors=errors)
    return {package.__name__: package, errors.__name__: errors}


@contextmanager
def _without_certvalidator() -> Iterator[None]:
    stand_ins = _stand_ins()
    before = {name: sys.modules.get(name) for name in stand_ins}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


with _without_certvalidator():
    from ask_sdk_webservice_support.verifier import AbstractVerifier, VerificationException
    from ask_sdk_webservice_support.webservice_handler import WebserviceSkillHandler

__all__ = [
    "AbstractVerifier",
    "ChainCheckRemovedError",
    "VerificationException",
    "WebserviceSkillHandler",
]
