"""A Chromium to test the page in, with a microphone that hears a file."""

import importlib.util
import shutil
import wave
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)

# What goes to the loudspeaker and what comes from the microphone is listened to, to the sample, on
# the sound card's own clock: for each block that is not silent, the seconds of its first and its
# last sound.
KEEP_THE_SOUND = """
(() => {
  const SILENT = 0.003;
  const kept = (window.kept = { played: [], heard: [], rate: 0 });
  const connect = AudioNode.prototype.connect;
  const listener = URL.createObjectURL(new Blob([`
    registerProcessor("kept", class extends AudioWorkletProcessor {
      process([input]) {
        const block = input[0] ?? [];
        let first = -1, last = -1;
        for (let at = 0; at < block.length; at++) {
          if (Math.abs(block[at]) <= ${SILENT}) continue;
          if (first < 0) first = at;
          last = at;
        }
        if (first >= 0) {
          this.port.postMessage([first, last].map((at) => (currentFrame + at) / sampleRate));
        }
        return true;
      }
    });`], { type: "text/javascript" }));
  const modules = new WeakMap();
  const keep = async (source, into) => {
    const context = source.context;
    if (!modules.has(context)) modules.set(context, context.audioWorklet.addModule(listener));
    await modules.get(context);
    const node = new AudioWorkletNode(context, "kept", { numberOfOutputs: 0 });
    kept.rate = context.sampleRate;
    node.port.onmessage = ({ data }) => into.push(data);
    connect.call(source, node);
  };
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target === this.context.destination) keep(this, kept.played);
    if (this instanceof MediaStreamAudioSourceNode) keep(this, kept.heard);
    return connect.call(this, target, ...rest);
  };
})();
"""


def find() -> str | None:
    """Where Chromium is; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def axe() -> str | None:
    """The source of axe, an automatic check of accessibility; None where it is not installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        return None
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


@contextmanager
def running(heard: Path | None = None) -> Iterator[Browser]:
    """A browser; its microphone hears a WAV file once, from when it is opened."""
    ears = (f"--use-file-for-fake-audio-capture={heard}%noloop",) if heard else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=[*FLAGS, *ears])
        try:
            yield browser
        finally:
            browser.close()


def write_wave(path: Path, samples: Sequence[int], rate: int) -> None:
    """A mono 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())


def phase(page: Page, *names: str, seconds: float = 30) -> None:
    """Wait until the page is in one of these phases."""
    page.wait_for_function(
        "names => names.includes(document.body.dataset.phase)",
        arg=list(names),
        timeout=1000 * seconds,
    )
