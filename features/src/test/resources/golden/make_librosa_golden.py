#!/usr/bin/env python3
"""Golden values of librosa itself, for the settings and features that make_golden.py does not write out.

Made with: Python 3.11.7, librosa 0.11.0, numpy 2.4.6, scipy 1.17.1. The signal is make_golden.py's, at any rate; librosa
gets it in float64, so that the values are exact to the digits given. Files: librosa/<case>.csv, a line per row of a
feature: its column name, then one value per frame. LibrosaCasesTest.java knows the settings of each case.

    python3 make_librosa_golden.py            write the files
    python3 make_librosa_golden.py --check    recompute and compare with the stored files
"""
import pathlib
import sys
import warnings

import librosa
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent / "librosa"
STANDARD = ("log_mel", "mfcc", "mfcc_delta", "mfcc_delta2", "zcr", "rms")
EXTENDED = ("spectral_centroid", "spectral_bandwidth", "spectral_rolloff", "spectral_flatness", "spectral_contrast",
            "chroma", "pitch")


def noise_of(rate):
    """A second of Numerical Recipes' linear congruential generator, from -1 to 1."""
    state, noise = 12345, np.empty(rate)
    for i in range(rate):
        state = (1664525 * state + 1013904223) % 2**32
        noise[i] = state / 2.0**31 - 1
    return noise


def rumble(rate):
    """The noise with most of its power far below any pitch: no period is found, and every sample of a frame counts."""
    y, level = np.empty(rate), 0.0
    for i, value in enumerate(noise_of(rate)):
        level = 0.98 * level + 0.1 * value
        y[i] = level
    return y.astype(np.float32).astype(np.float64)


def signal(rate):
    """A second: two sinusoids, a chirp from 100 to 7000 Hz, noise; the last quarter at a ten-thousandth."""
    noise = noise_of(rate)
    t = np.arange(rate) / rate
    y = (0.3 * np.sin(2 * np.pi * 220 * t) + 0.2 * np.sin(2 * np.pi * 1250.5 * t)
         + 0.2 * np.sin(2 * np.pi * (100 * t + 3450 * t * t)) + 0.02 * noise)
    y[3 * rate // 4:] *= 1e-4
    return y.astype(np.float32).astype(np.float64)


class Case:
    def __init__(self, y, rate, features, n_fft=1024, window_length=800, hop=512, window="hann", center=True, mels=20,
                 f_min=50.0, f_max=7600.0, htk=False, norm="slaney", power=2, mfcc=13, octaves=6, tuning=None,
                 pitch=(65.0, 800.0, 0.1)):
        self.__dict__.update(locals())

    def values(self):
        frames = dict(n_fft=self.n_fft, hop_length=self.hop, win_length=self.window_length, window=self.window,
                      center=self.center)
        magnitude = np.abs(librosa.stft(self.y, **frames))
        mel = librosa.feature.melspectrogram(S=magnitude ** self.power, sr=self.rate, n_mels=self.mels,
                                             fmin=self.f_min, fmax=self.f_max, htk=self.htk, norm=self.norm,
                                             n_fft=self.n_fft, dtype=np.float64)
        log_mel = librosa.power_to_db(mel)
        mfcc = librosa.feature.mfcc(S=log_mel, n_mfcc=self.mfcc)
        mode = "interp" if mfcc.shape[1] >= 9 else "nearest"
        framing = dict(frame_length=self.n_fft, hop_length=self.hop, center=self.center)
        f_min, f_max, threshold = self.pitch
        lazily = {
            "log_mel": lambda: log_mel,
            "mfcc": lambda: mfcc,
            "mfcc_delta": lambda: librosa.feature.delta(mfcc, mode=mode),
            "mfcc_delta2": lambda: librosa.feature.delta(mfcc, order=2, mode=mode),
            "zcr": lambda: librosa.feature.zero_crossing_rate(self.y, **framing),
            "rms": lambda: librosa.feature.rms(y=self.y, dtype=np.float64, **framing),
            "spectral_centroid": lambda: librosa.feature.spectral_centroid(S=magnitude, sr=self.rate),
            "spectral_bandwidth": lambda: librosa.feature.spectral_bandwidth(S=magnitude, sr=self.rate),
            "spectral_rolloff": lambda: librosa.feature.spectral_rolloff(S=magnitude, sr=self.rate),
            "spectral_flatness": lambda: librosa.feature.spectral_flatness(S=magnitude),
            "spectral_contrast": lambda: librosa.feature.spectral_contrast(S=magnitude, sr=self.rate,
                                                                           n_bands=self.octaves),
            "chroma": lambda: librosa.feature.chroma_stft(S=magnitude ** 2, sr=self.rate, tuning=self.tuning),
            "pitch": lambda: librosa.yin(self.y, fmin=f_min, fmax=f_max, trough_threshold=threshold, sr=self.rate,
                                         **framing)[None, :],
        }
        return {name: lazily[name]() for name in self.features}


def cases():
    y = signal(16000)
    return {
        "extended": Case(y, 16000, EXTENDED),
        "tuned": Case(y, 16000, ("chroma",), tuning=0.25),
        "htk": Case(y, 16000, ("log_mel", "mfcc"), htk=True),
        "htk_no_norm": Case(y, 16000, ("log_mel",), htk=True, norm=None),
        "slaney_no_norm": Case(y, 16000, ("log_mel",), norm=None),
        "magnitude": Case(y, 16000, ("log_mel", "mfcc"), power=1),
        "uncentred": Case(y, 16000, STANDARD + EXTENDED, center=False),
        "hamming": Case(y, 16000, ("log_mel", "spectral_flatness"), window="hamming"),
        "blackman": Case(y, 16000, ("log_mel", "spectral_flatness"), window="blackman", window_length=1024),
        "boxcar": Case(y, 16000, ("log_mel", "spectral_flatness"), window="boxcar", window_length=701),
        "short": Case(y[:700], 16000, STANDARD + EXTENDED),
        "silence": Case(np.zeros(4000), 16000, STANDARD + EXTENDED),
        "telephone": Case(signal(8000)[:4000], 8000, EXTENDED, n_fft=512, window_length=200, hop=80, octaves=5),
        "rumble": Case(rumble(16000), 16000, EXTENDED, pitch=(65.0, 2093.0, 0.1)),
        "pitch_range": Case(y, 16000, ("pitch",), pitch=(100.0, 2500.0, 0.3)),
    }


def main():
    warnings.simplefilter("ignore")
    HERE.mkdir(exist_ok=True)
    for name, case in cases().items():
        path = HERE / f"{name}.csv"
        values = case.values()
        if "--check" in sys.argv:
            stored = {}
            for line in path.read_text().splitlines():
                feature, *numbers = line.split(",")
                stored.setdefault(feature, []).append([float(n) for n in numbers])
            if list(stored) != list(values) or not all(
                    np.shape(stored[f]) == v.shape and np.allclose(stored[f], v, rtol=1e-6, atol=1e-9)
                    for f, v in values.items()):
                sys.exit(f"{path.name} differs from what librosa {librosa.__version__} gives")
        else:
            path.write_text("".join(feature + "," + ",".join(f"{v:.8g}" for v in row) + "\n"
                                    for feature, rows in values.items() for row in rows))


if __name__ == "__main__":
    main()
