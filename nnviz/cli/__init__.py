"""The command line: parse, call, report. Private; what it calls is public.

Each command imports what it needs when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import signal
import warnings
from configparser import Error as ConfigParserError
from types import FrameType
from typing import Any

import click

from nnviz.cli.data import data
from nnviz.cli.demo import demo
from nnviz.cli.figures import figure, figures
from nnviz.cli.runs import evaluate, info
from nnviz.cli.scenes import render, scenes, storyboard
from nnviz.cli.train import train
from nnviz.cli.verify import verify
from nnviz.errors import DownloadError, NnvizError, RenderError
from nnviz.version import __version__

# Errors for which a user is not to blame.
_FAILURES = (DownloadError, RenderError)
# What is said of a command's work when the command was interrupted, by its name.
_WHEN_STOPPED = {
    "render": "What was drawn is kept, and the same command goes on from there.",
    "demo": "What was recorded and drawn is kept.",
    "train": "What was recorded is readable.",
}


class _Mistake(click.ClickException):
    """An error that a user can mend by another command line."""

    exit_code = 2


class _Interruption(click.ClickException):
    """The end of a command by Ctrl-C or SIGTERM; the exit code is that of shells."""

    exit_code = 130


class _Commands(click.Group):
    """Turns errors into one line and an exit code: 2 for a user's mistake, 1 for a failure."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and clean up if Ctrl-C or SIGTERM ends it."""
        previous = signal.signal(signal.SIGTERM, _stop)
        os.environ["MPLBACKEND"] = "agg"  # figures become files, whatever screen there is
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("default", ".* is now called ", DeprecationWarning)
                warnings.showwarning = _show_warning  # type: ignore[assignment]  # takes it all
                return super().invoke(ctx)
        except KeyboardInterrupt as error:
            said = _WHEN_STOPPED.get(ctx.invoked_subcommand or "", "")
            message = f"interrupted; no half-written file is left. {said}".strip()
            raise _Interruption(message) from error
        except ConfigParserError as error:
            message = f"manim.cfg must be a configuration file; {str(error).splitlines()[0]}"
            raise _Mistake(message) from error
        except (NnvizError, OSError) as error:
            is_mistake = isinstance(error, NnvizError) and not isinstance(error, _FAILURES)
            raise (_Mistake if is_mistake else click.ClickException)(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, previous)


def _show_warning(message: Warning | str, *_: object) -> None:
    """Say what Python or a library warns of in one line, beside what is printed."""
    click.echo(f"Warning: {message}", err=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, cleaning up on the way."""
    raise KeyboardInterrupt


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nnviz")
def main() -> None:
    """See a neural network learn: every pixel comes from a recorded array."""


for command in (
    demo, train, info, evaluate, verify, scenes, render, storyboard, figures, figure, data
):  # fmt: skip
    main.add_command(command)
