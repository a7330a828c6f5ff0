"""Speech to text (STT, automatic speech recognition): audio to a sentence.

`base`           the interface of every engine
`loudness`       loudness and signal-to-noise ratio of an utterance
`pocketsphinx`   the engine pocketsphinx
"""
