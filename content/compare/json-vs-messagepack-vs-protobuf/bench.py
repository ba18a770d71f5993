"""JSON, MessagePack and Protocol Buffers: 10,000 readings of sensors, written and read in Python.

    python3 bench.py

Needs msgpack, protobuf and grpcio-tools, which compiles readings.proto beside this file. All
three writers and readers are compiled code: CPython's own json, msgpack's extension, and
protobuf's upb. Writing starts from plain dictionaries; reading ends when every field of every
reading has been touched from Python. Prints sizes in bytes, and for each direction the
milliseconds of a run: the median and the extremes of fifteen.
"""

import gzip
import json
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

import google.protobuf
import msgpack
from google.protobuf.internal import api_implementation

RUNS = 15
READINGS = 10_000
HERE = pathlib.Path(__file__).resolve().parent


def schema():
    folder = tempfile.mkdtemp()
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{HERE}", f"--python_out={folder}"]
    subprocess.run([*command, "readings.proto"], check=True)
    sys.path.insert(0, folder)
    import readings_pb2

    return readings_pb2


def records():
    chance = random.Random(3)
    tags = ["indoor", "outdoor", "roof", "cellar", "spare", "lab"]
    return [
        {
            "id": 1_000_000 + number,
            "sensor": f"sensor-{chance.randrange(200):03}",
            "taken_at": 1_790_000_000 + 60 * number,
            "celsius": round(chance.uniform(-20, 40), 2),
            "valid": chance.random() < 0.97,
            "tags": chance.sample(tags, chance.randrange(4)),
        }
        for number in range(READINGS)
    ]


def total(readings):
    """Touches every field of dictionaries."""
    found = 0
    for reading in readings:
        found += reading["id"] + reading["taken_at"] + len(reading["sensor"]) + reading["valid"]
        found += len(reading["tags"]) + int(reading["celsius"] * 100)
    return found


def total_of_messages(readings):
    """Touches every field of messages."""
    found = 0
    for reading in readings:
        found += reading.id + reading.taken_at + len(reading.sensor) + reading.valid
        found += len(reading.tags) + int(reading.celsius * 100)
    return found


def timed(work):
    seconds = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        seconds.append((time.perf_counter() - begin) * 1000)
    return f"{statistics.median(seconds):.1f}\t{min(seconds):.1f}\t{max(seconds):.1f}"


def main():
    pb = schema()
    data = records()
    forms = {
        "json": (
            lambda: json.dumps(data, separators=(",", ":")).encode(),
            lambda packed: total(json.loads(packed)),
        ),
        "messagepack": (
            lambda: msgpack.packb(data),
            lambda packed: total(msgpack.unpackb(packed)),
        ),
        "protobuf": (
            lambda: pb.Readings(readings=[pb.Reading(**each) for each in data]).SerializeToString(),
            lambda packed: total_of_messages(pb.Readings.FromString(packed).readings),
        ),
    }
    print("Python", platform.python_version(), "msgpack", msgpack.version, "protobuf",
          google.protobuf.__version__, api_implementation.Type())
    expected = total(data)
    for name, (write, read) in forms.items():
        packed = write()
        assert read(packed) == expected, name
        sizes = f"{len(packed)}\t{len(gzip.compress(packed, 6))}"
        print(f"{name}\t{sizes}\twrite {timed(write)}\tread {timed(lambda: read(packed))}", flush=True)


main()
