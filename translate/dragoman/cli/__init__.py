"""The command line: where people are met. One function a command.

Exit status: 0 all done; 1 something could not be done (each named in one line on standard error);
2 the command itself was wrong; 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys

from dragoman.cli import (
    check,
    effort,
    evaluate,
    glossary,
    memory,
    models,
    publish,
    segment,
    status,
    train,
    translate,
    workspace,
)
from dragoman.cli.app import app, complain
from dragoman.errors import DragomanError, UsageError

__all__ = [
    "app",
    "check",
    "effort",
    "evaluate",
    "glossary",
    "main",
    "memory",
    "models",
    "publish",
    "segment",
    "status",
    "train",
    "translate",
    "workspace",
]


_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status. No traceback reaches a person."""
    # The progress of a hub download is asked for by name; nothing else may go out.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        result = app(arguments, standalone_mode=False)
    except DragomanError as error:
        complain(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except (KeyboardInterrupt, EOFError):
        result = _INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left, which is no fault
        return 0
    except OSError as error:
        complain(_os_error(error))
        return 1
    except Exception as error:
        return _usage(error)
    if result == _INTERRUPTED:  # typer, too, turns Ctrl-C into this status without a word
        complain("interrupted; what was done is kept, run the command again to go on")
    return result if isinstance(result, int) else 0


def _os_error(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    what = error.strerror or str(error)
    full = "; free some disk space and run again" if error.errno == errno.ENOSPC else ""
    return f"{where}{what}{full}"


def _usage(error: Exception) -> int:
    """The status of an error of the command-line parser; anything else is a fault of ours."""
    show = getattr(error, "show", None)
    if show is not None:
        show()
        return int(getattr(error, "exit_code", 2))
    if type(error).__name__ == "Abort":
        complain("interrupted; what was done is kept, run the command again to go on")
        return 130
    if os.environ.get("DRAGOMAN_DEBUG"):
        raise error
    complain(
        f"a fault of Dragoman ({type(error).__name__}: {error}); "
        "please report it, with what DRAGOMAN_DEBUG=1 shows"
    )
    return 1
