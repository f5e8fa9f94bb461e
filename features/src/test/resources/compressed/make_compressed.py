#!/usr/bin/env python3
"""Small compressed recordings of a synthetic sound, and what libsndfile decodes from them.

Made with: Python 3.11.7, numpy 2.4.6, soundfile 0.14.0 (libsndfile 1.2.2 with LAME, mpg123, libvorbis, libopus).
NAME.s16 holds the decoded samples of NAME as interleaved little-endian 16-bit integers.

    python3 make_compressed.py            write the files beside this script
"""

import pathlib

import numpy as np
import soundfile as sf

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 0.28  # whole blocks of GSM
FILES = [
    ("mpeg1_44100_stereo.mp3", 44100, 2, "MP3", "MPEG_LAYER_III"),
    ("mpeg2_24000_mono.mp3", 24000, 1, "MP3", "MPEG_LAYER_III"),
    ("mpeg25_8000_mono.mp3", 8000, 1, "MP3", "MPEG_LAYER_III"),
    ("vorbis_16000_stereo.ogg", 16000, 2, "OGG", "VORBIS"),
    ("opus_48000_stereo.opus", 48000, 2, "OGG", "OPUS"),
    ("gsm_8000_mono.wav", 8000, 1, "WAV", "GSM610"),
]


def sound(rate, channels):
    """A chirp through the whole band, a tone, noise; the second channel half as loud and reversed in time."""
    t = np.arange(int(SECONDS * rate)) / rate
    noise = np.random.default_rng(1).standard_normal(t.size)
    y = 0.25 * np.sin(2 * np.pi * rate * 0.45 * t * t / (2 * SECONDS)) + 0.2 * np.sin(2 * np.pi * 330 * t) + 0.05 * noise
    return np.stack([y, 0.5 * y[::-1]][:channels], axis=1)


for name, rate, channels, container, codec in FILES:
    path = HERE / name
    original = sound(rate, channels)
    sf.write(path, original, rate, format=container, subtype=codec)
    decoded, _ = sf.read(path, dtype="float64", always_2d=True)
    decoded = decoded[:len(original)]    # libsndfile takes the pad byte behind GSM for one more block
    whole = np.clip(np.round(decoded * 32768), -32768, 32767).astype("<i2")
    (HERE / (name + ".s16")).write_bytes(whole.tobytes())
    print(name, path.stat().st_size, "bytes,", len(decoded), "samples,", sf.__libsndfile_version__)
