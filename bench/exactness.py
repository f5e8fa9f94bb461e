#!/usr/bin/env python3
"""Our features beside librosa's, on every recording of some folders: bench/exactness FOLDER...

Our side writes one recording after another into a pipe; here each is computed again with librosa, compared and
forgotten. Both sides decode the file themselves and keep its native rate. librosa gets float64 samples and a float64
filter bank, so that what is seen is our rounding; --float32 measures beside it how far librosa's own float32, which
its users get, is from its float64.

Some values librosa leaves to the rounding of its transform: in digital silence with single bits set, all bins of a
flat spectrum tie, or many periods. Those that librosa itself, in float64, finds elsewhere when noise 240 dB below full
scale is added are counted as "undecided" and not compared. Only pitch
and chroma, whose tuning is the commonest of many deviations, have any.

Then each recording's log-mel after resampling to --rates, against librosa's default resampler (soxr_hq), in the bands
whose centre is below 0.45 of the lower rate. The limits are for frames inside the recording. In those at its ends, which
hold silence too, a recording that breaks off in mid-sound makes a step, and resamplers differ in what they make of it:
shown, and not judged. Prints tables, and one JSON line last. Exit code 1 if a limit is broken.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(name, "1")    # before numpy is loaded

import librosa
import numpy as np
import scipy.ndimage
import soundfile

N_FFT, HOP, BANDS, MFCC, WIDTH = 2048, 512, 128, 40, 9
PITCH = dict(fmin=librosa.note_to_hz("C2"), fmax=librosa.note_to_hz("C7"), frame_length=N_FFT, hop_length=HOP)
CONTRAST_FROM_HZ = 2 * 200 * 2 ** 5     # below this rate librosa refuses 6 octaves above 200 Hz

# name: (limit, whether it is relative to the value, smallest value that counts as one)
LIMITS = {
    "log_mel": (1e-3, False, 0), "mfcc": (2e-3, False, 0), "mfcc_delta": (1e-3, False, 0),
    "mfcc_delta2": (1e-3, False, 0), "zcr": (1e-6, False, 0), "rms": (1e-6, False, 0),
    "spectral_centroid": (1e-3, True, 1e-9), "spectral_bandwidth": (1e-3, True, 1e-9),
    "spectral_rolloff": (1e-3, True, 1e-9), "spectral_flatness": (1e-3, True, 1e-9),
    # Decibels around 0 have no scale of their own: below 1 dB the difference counts as it is.
    "spectral_contrast": (1e-3, True, 1), "chroma": (1e-3, True, 1e-9), "pitch": (1e-3, True, 1e-9),
}
FAINTEST, TRIALS = 1e-12, 10
EDGE = N_FFT // 2 // HOP + 1            # frames at each end that reach beyond the recording, or nearly so
MEAN_LIMIT_DB, LARGEST_LIMIT_DB, BAND_SHARE = 0.03, 2.0, 0.45


def decoded(path):
    y, rate = soundfile.read(path, dtype="float64", always_2d=True)
    return y.mean(axis=1), rate


def log_mel_of(power, rate):
    basis = librosa.filters.mel(sr=rate, n_fft=N_FFT, n_mels=BANDS, dtype=power.dtype)
    return librosa.power_to_db(basis @ power)


def librosa_features(y, rate):
    magnitude = np.abs(librosa.stft(y, n_fft=N_FFT, hop_length=HOP))
    power = magnitude ** 2
    log_mel = log_mel_of(power, rate)
    mfcc = librosa.feature.mfcc(S=log_mel, n_mfcc=MFCC)
    mode = "interp" if mfcc.shape[1] >= WIDTH else "nearest"
    features = {
        "log_mel": log_mel,
        "mfcc": mfcc,
        "mfcc_delta": librosa.feature.delta(mfcc, width=WIDTH, mode=mode),
        "mfcc_delta2": librosa.feature.delta(mfcc, width=WIDTH, order=2, mode=mode),
        "zcr": librosa.feature.zero_crossing_rate(y, frame_length=N_FFT, hop_length=HOP),
        "rms": librosa.feature.rms(y=y, frame_length=N_FFT, hop_length=HOP, dtype=y.dtype),
        "spectral_centroid": librosa.feature.spectral_centroid(S=magnitude, sr=rate),
        "spectral_bandwidth": librosa.feature.spectral_bandwidth(S=magnitude, sr=rate),
        "spectral_rolloff": librosa.feature.spectral_rolloff(S=magnitude, sr=rate),
        "spectral_flatness": librosa.feature.spectral_flatness(S=magnitude),
        "chroma": librosa.feature.chroma_stft(S=power, sr=rate),
        "pitch": librosa.yin(y, sr=rate, **PITCH)[None, :],
    }
    if rate > CONTRAST_FROM_HZ:
        features["spectral_contrast"] = librosa.feature.spectral_contrast(S=magnitude, sr=rate)
    return features


def undecided(name, y, rate, expected):
    """Which values librosa does not find again once the faintest noise is added where there is any sound."""
    sounding = scipy.ndimage.maximum_filter1d((y != 0).astype(np.int8), 2 * N_FFT + 1)
    changes = np.zeros(expected.shape, dtype=bool)
    for seed in range(TRIALS):
        noisy = y + FAINTEST * sounding * np.random.default_rng(seed).standard_normal(len(y))
        if name == "pitch":
            again = librosa.yin(noisy, sr=rate, **PITCH)[None, :]
        else:
            again = librosa.feature.chroma_stft(S=np.abs(librosa.stft(noisy, n_fft=N_FFT, hop_length=HOP)) ** 2, sr=rate)
        changes |= difference(name, again, expected) > LIMITS[name][0]
    # One tuning decides all values of a recording.
    return np.full_like(changes, changes.any()) if name == "chroma" else changes


def difference(name, actual, expected):
    _, relative, smallest = LIMITS[name]
    apart = np.abs(actual - expected)
    return apart / np.maximum(np.abs(expected), smallest) if relative else apart


def ours(folders, rate, limit):
    """Yields (header, {name: matrix}) of one recording at a time."""
    here = pathlib.Path(__file__).resolve().parent
    command = [str(here / "java"), "ser.bench.FeatureStream", "--rate", str(rate), "--limit", str(limit), *folders]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while line := process.stdout.readline():
            header = json.loads(line)
            matrices = {}
            for name, (rows, columns) in header["shapes"].items():
                data = process.stdout.read(4 * rows * columns)
                matrices[name] = np.frombuffer(data, "<f4").reshape(rows, columns).astype(np.float64)
            yield header, matrices
    if process.returncode != 0:
        sys.exit(f"our side ended with exit code {process.returncode}")


class Worst:
    """The largest difference of each feature, where it is, and how many values break the limit."""

    def __init__(self):
        self.largest, self.where, self.beyond, self.values, self.undecided = {}, {}, {}, {}, {}

    def add(self, name, apart, path):
        largest = float(apart.max())
        if largest > self.largest.get(name, -1.0) or not np.isfinite(largest):
            self.largest[name], self.where[name] = largest, path
        self.beyond[name] = self.beyond.get(name, 0) + int(np.count_nonzero(~(apart <= LIMITS[name][0])))
        self.values[name] = self.values.get(name, 0) + apart.size


def compare_native(args):
    worst, own, frames_differ, recordings = Worst(), Worst(), [], 0
    for header, matrices in ours(args.folders, 0, args.limit):
        path = header["file"]
        y, rate = decoded(path)
        expected = librosa_features(y, rate)
        single = librosa_features(y.astype(np.float32), rate) if args.float32 else None
        recordings += 1
        if set(matrices) != set(expected) or len(y) != header["samples"]:
            sys.exit(f"{path}: {header['samples']} samples and {sorted(matrices)} of ours, "
                     f"{len(y)} samples and {sorted(expected)} of librosa")
        for name, values in expected.items():
            if values.shape != matrices[name].shape:
                frames_differ.append(f"{path}: {name} {matrices[name].shape}, librosa {values.shape}")
                continue
            apart = difference(name, matrices[name], values)
            if name in ("chroma", "pitch") and apart.max() > LIMITS[name][0]:
                open_values = undecided(name, y, rate, values)
                worst.undecided[name] = worst.undecided.get(name, 0) + int(np.count_nonzero(open_values))
                apart = np.where(open_values, 0, apart)
            worst.add(name, apart, path)
            if single is not None:
                own.add(name, difference(name, single[name].astype(np.float64), values), path)
    return worst, own, frames_differ, recordings


def compare_resampled(args, rate):
    row = {"rate_hz": rate, "recordings": 0, "worst_mean_db": 0.0, "largest_db": 0.0, "file": None, "ends_largest_db": 0.0,
           "frames_differ": 0, "not_finite": 0}
    total, values = 0.0, 0
    for header, matrices in ours(args.folders, rate, args.limit):
        y, source = decoded(header["file"])
        if source == rate:
            continue
        y = librosa.resample(y, orig_sr=source, target_sr=rate, res_type="soxr_hq")
        expected = log_mel_of(np.abs(librosa.stft(y, n_fft=N_FFT, hop_length=HOP)) ** 2, rate)
        actual = matrices["log_mel"]
        row["recordings"] += 1
        if expected.shape != actual.shape:
            row["frames_differ"] += 1
            continue
        centres = librosa.mel_frequencies(BANDS + 2, fmin=0, fmax=rate / 2)[1:-1]
        apart = np.abs(actual - expected)[centres < BAND_SHARE * min(source, rate)]
        # No comparison is true of NaN: it would pass.
        row["not_finite"] += int((~np.isfinite(apart)).sum())
        inside = apart[:, EDGE:-EDGE]
        row["ends_largest_db"] = max(row["ends_largest_db"], float(apart[:, :EDGE].max()), float(apart[:, -EDGE:].max()))
        if inside.size:
            if inside.max() > row["largest_db"]:
                row["largest_db"], row["file"] = float(inside.max()), header["file"]
            row["worst_mean_db"] = max(row["worst_mean_db"], float(inside.mean()))
            total, values = total + float(inside.sum()), values + inside.size
    return row | {"mean_db": total / max(1, values)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="searched for .wav and .flac")
    parser.add_argument("--rates", type=int, nargs="*", default=[22050, 16000, 8000],
                        help="rates in Hz of the second table (default: 22050 16000 8000; none to leave it out)")
    parser.add_argument("--limit", type=int, default=0, help="only the first N files of each folder")
    parser.add_argument("--float32", action="store_true", help="measure librosa's float32 against its float64 too")
    args = parser.parse_args()
    warnings.simplefilter("ignore")     # librosa warns about clips shorter than a frame

    worst, own, frames_differ, recordings = compare_native(args)
    print(f"{recordings} recordings at their native rate; frame counts differ in {len(frames_differ)}")
    for line in frames_differ[:10]:
        print("  " + line)
    print(f"{'feature':20}{'largest':>12}{'limit':>12}{'beyond':>8}{'undecided':>10}{'values':>12}"
          + (f"{'float32':>12}{'beyond':>8}" if args.float32 else "") + "  where")
    for name, (limit, relative, _) in LIMITS.items():
        if name in worst.largest:
            print(f"{name:20}{worst.largest[name]:12.2e}{limit:9.0e}{' rel' if relative else ' abs'}"
                  f"{worst.beyond[name]:7d}{worst.undecided.get(name, 0):10d}{worst.values[name]:12d}"
                  + (f"{own.largest[name]:12.2e}{own.beyond[name]:8d}" if args.float32 else "")
                  + f"  {worst.where[name]}")
    resampled = [compare_resampled(args, rate) for rate in args.rates]
    if resampled:
        print(f"log-mel after resampling, bands below {BAND_SHARE} of the lower rate: dB from librosa's soxr_hq")
        print(f"{'to Hz':>8}{'mean':>10}{'worst mean':>12}{'largest':>10}{'at ends':>10}  where")
        for row in resampled:
            print(f"{row['rate_hz']:8d}{row['mean_db']:10.5f}{row['worst_mean_db']:12.5f}{row['largest_db']:10.3f}"
                  f"{row['ends_largest_db']:10.3f}  {row['file']}")

    passed = (recordings > 0 and not frames_differ and not any(worst.beyond.values())
              and all(r["worst_mean_db"] <= MEAN_LIMIT_DB and r["largest_db"] <= LARGEST_LIMIT_DB
                      and not r["frames_differ"] and not r["not_finite"] for r in resampled))
    print(json.dumps({"bench": "exactness", "recordings": recordings, "frames_differ": len(frames_differ),
                      "worst": worst.largest, "beyond": worst.beyond, "undecided": worst.undecided, "limits": {name: limit for name, (limit, _, _) in LIMITS.items()},
                      "resampled": resampled, "resampled_limits": {"mean_db": MEAN_LIMIT_DB, "largest_db": LARGEST_LIMIT_DB},
                      "passed": bool(passed)}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
