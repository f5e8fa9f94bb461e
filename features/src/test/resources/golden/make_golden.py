#!/usr/bin/env python3
"""Golden values of a synthetic second of sound, stage by stage, by the formulas alone.

Made with: Python 3.11.7, numpy 2.4.6. The formulas are librosa 0.11's defaults, written out; an independent check of the
Java stages that needs no recording. SyntheticSignal.java makes the same samples.

    python3 make_golden.py            write the CSV files beside this script
    python3 make_golden.py --check    recompute and compare with the stored files
"""

import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
RATE = 16000
N_FFT, WINDOW, HOP = 1024, 800, 512
BANDS, F_MIN, F_MAX, TOP_DB = 40, 50.0, 7600.0, 80.0
COEFFICIENTS = 13
POWER_FRAMES = 4


def signal():
    """Two sinusoids, a chirp from 100 to 7000 Hz, noise; the last quarter at a ten-thousandth, to reach the floor."""
    state, noise = 12345, np.empty(RATE)
    for i in range(RATE):       # Numerical Recipes' linear congruential generator
        state = (1664525 * state + 1013904223) % 2**32
        noise[i] = state / 2.0**31 - 1
    t = np.arange(RATE) / RATE
    y = (0.3 * np.sin(2 * np.pi * 220 * t) + 0.2 * np.sin(2 * np.pi * 1250.5 * t)
         + 0.2 * np.sin(2 * np.pi * (100 * t + 3450 * t * t)) + 0.02 * noise)
    y[3 * RATE // 4:] *= 1e-4
    return y.astype(np.float32).astype(np.float64)


def frames_of(y, pad_mode):
    padded = np.pad(y, N_FFT // 2, mode=pad_mode)
    return np.stack([padded[t * HOP:t * HOP + N_FFT] for t in range(1 + len(y) // HOP)], axis=1)


def window():
    w = np.zeros(N_FFT)
    first = (N_FFT - WINDOW) // 2
    w[first:first + WINDOW] = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    return w


def to_mel(f):
    return 3 * f / 200 if f < 1000 else 15 + 27 * np.log(f / 1000) / np.log(6.4)


def to_hz(m):
    return 200 * m / 3 if m < 15 else 1000 * np.exp((m - 15) * np.log(6.4) / 27)


def mel_basis():
    e = [to_hz(m) for m in np.linspace(to_mel(F_MIN), to_mel(F_MAX), BANDS + 2)]
    f = np.arange(N_FFT // 2 + 1) * RATE / N_FFT
    rows = [np.maximum(0, np.minimum((f - e[b]) / (e[b + 1] - e[b]), (e[b + 2] - f) / (e[b + 2] - e[b + 1])))
            * 2 / (e[b + 2] - e[b]) for b in range(BANDS)]
    return np.stack(rows)


def dct(log_mel):
    q, b = np.arange(COEFFICIENTS)[:, None], np.arange(BANDS)[None, :]
    scale = np.where(q == 0, np.sqrt(1 / BANDS), np.sqrt(2 / BANDS))
    return scale * np.cos(np.pi * q * (2 * b + 1) / (2 * BANDS)) @ log_mel


def derivative(c, weights):
    out = np.empty_like(c)
    for t in range(4, c.shape[1] - 4):
        out[:, t] = c[:, t - 4:t + 5] @ weights
    out[:, :4] = out[:, 4:5]
    out[:, -4:] = out[:, -5:-4]
    return out


def stages():
    y = signal()
    power = np.abs(np.fft.rfft(window()[:, None] * frames_of(y, "constant"), axis=0)) ** 2
    mel = mel_basis() @ power
    log_mel = 10 * np.log10(np.maximum(mel, 1e-10))
    log_mel = np.maximum(log_mel, log_mel.max() - TOP_DB)
    mfcc = dct(log_mel)
    i = np.arange(-4, 5)
    negative = frames_of(y, "edge") < -1e-10
    return {
        "power_spectrum": power[:, :POWER_FRAMES],
        "mel": mel,
        "log_mel": log_mel,
        "mfcc": mfcc,
        "mfcc_delta": derivative(mfcc, i / 60),
        "mfcc_delta2": derivative(mfcc, (3 * i * i - 20) / 462),
        "zcr": (np.sum(negative[1:] != negative[:-1], axis=0) / N_FFT)[None, :],
        "rms": np.sqrt(np.mean(frames_of(y, "constant") ** 2, axis=0))[None, :],
    }


def main():
    for name, values in stages().items():
        path = HERE / f"{name}.csv"
        if "--check" in sys.argv:
            stored = np.loadtxt(path, delimiter=",", ndmin=2)
            if stored.shape != values.shape or not np.allclose(stored, values, rtol=1e-7, atol=1e-12):
                sys.exit(f"{path.name} differs from what the formulas give")
        else:
            path.write_text("".join(",".join(f"{v:.9g}" for v in row) + "\n" for row in values))


if __name__ == "__main__":
    main()
