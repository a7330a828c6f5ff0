"""Local smart speaker: what `back-coach` does when no command is named."""

import click

from skill.cli.operator_errors import operator_errors


def run_local_speaker() -> None:
    """Serve the page, with the terminal beside it; the terminal alone where there is no voice."""
    with operator_errors():
        from skill.cli.local_page import talk_on_page
        from skill.cli.local_speaker import talk_live
        from speech.tts.base import TextToSpeechUnavailable

        try:
            talk_on_page("en-US", click.echo)
        except TextToSpeechUnavailable as reason:
            click.echo(f"There is no page: {reason}.", err=True)
            talk_live("en-US")
