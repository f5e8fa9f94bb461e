#!/usr/bin/env python3
"""peer_features.py as a job on object storage: fetch the recordings, compute, put the tables back.

    python peer_s3.py PEER_FEATURES ENDPOINT BUCKET/FOLDER BUCKET/OUTPUT WORK_FOLDER [options of peer_features.py]

Objects go through pyarrow's S3 client with its threads. Credentials come from AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY. Prints the JSON line of peer_features.py, with the seconds of fetching and putting added. What lies
in WORK_FOLDER then is the caller's to remove: whoever measures until the end of this process would measure that too.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

# S3Proxy knows no checksums that trail a body.
os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")

from pyarrow import fs


def main():
    script, endpoint, source, target, work, *options = sys.argv[1:]
    s3 = fs.S3FileSystem(endpoint_override=endpoint, scheme="http", region="us-east-1")
    recordings, tables = pathlib.Path(work, "recordings"), pathlib.Path(work, "tables")
    shutil.rmtree(work, ignore_errors=True)
    recordings.mkdir(parents=True)
    tables.mkdir()
    start = time.perf_counter()
    fs.copy_files(source, str(recordings), source_filesystem=s3, destination_filesystem=fs.LocalFileSystem())
    fetched = time.perf_counter()
    done = subprocess.run([sys.executable, script, str(recordings), *options, "--out", str(tables)],
                          stdout=subprocess.PIPE, text=True, check=True)
    computed = time.perf_counter()
    fs.copy_files(str(tables), target, source_filesystem=fs.LocalFileSystem(), destination_filesystem=s3)
    line = json.loads(done.stdout.strip().splitlines()[-1])
    line.update(fetch_wall_s=round(fetched - start, 3), put_wall_s=round(time.perf_counter() - computed, 3))
    print(json.dumps(line))


if __name__ == "__main__":
    main()
