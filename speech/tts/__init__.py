"""Text to speech (TTS, speech synthesis): a sentence to audio.

`base`          the interface of every engine
`espeak`        the engine libespeak-ng
`audio_cache`   synthesized audio, kept by text and rate
"""
