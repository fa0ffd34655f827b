"""What can go wrong on the way to a service, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore

from index.errors import ServiceError
from index.sources.answers import PassingError, when
from index.sources.connecting import InwardError, NoSuchHostError, TooSlowError, UntrustedError
from index.sources.pacing import BusyError


@dataclass(slots=True)
class Phase:
    """How far a request has come."""

    is_answered: bool = False  # the head of the answer is there


@contextmanager
def told(who: str, leader: str, timeout: float, port: int | None = None) -> Iterator[Phase]:
    """Make ServiceError or PassingError of whatever goes wrong in the context.

    ``who`` is answering, ``leader`` led to it (empty: nobody did), ``timeout`` in seconds,
    ``port`` where the address names one.
    """
    phase = Phase()
    try:
        yield phase
    except BusyError as error:
        raise ServiceError(f"{who} asks for a rest{when(error.seconds)}") from None
    except TooSlowError:
        raise ServiceError(f"{who} answers too slowly at the moment; try again later.") from None
    except InwardError:
        if leader:
            raise ServiceError(
                f"{leader} leads into a network that is closed to it; nothing came."
            ) from None
        raise ServiceError(
            f"{who} is in your own network, where links of papers lead only if the settings"
            " allow it (services.web.inner)."
        ) from None
    except httpcore.ReadTimeout:
        raise ServiceError(
            f"{who} did not answer within {timeout:g} seconds; try again later."
        ) from None
    except UntrustedError:
        raise ServiceError(
            f"{who} cannot prove that it is who it says; nothing was asked."
        ) from None
    except NoSuchHostError:
        raise PassingError(f"{who} cannot be found, maybe for want of a network") from None
    except (httpcore.ConnectError, httpcore.ConnectTimeout):
        at = who if port is None else f"{who}:{port}"
        raise PassingError(f"{at} cannot be reached") from None
    except httpcore.ProxyError:
        raise ServiceError(f"The proxy on the way to {who} does not let carrel through.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        what = "broke off in the middle of its answer" if phase.is_answered else "gave no answer"
        raise PassingError(f"{who} {what}") from None
