"""`vignette-relay codes` as people and scripts use it: exit codes, the last line, tables, CSV.

    python3 codes_test.py VIGNETTE_RELAY ACCOUNTS_HAMMER
"""
import csv
import io
import mmap
import os
import pathlib
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

PROGRAM, HAMMER = sys.argv[1:3]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "REDIS_URL"}
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}")


def codes(*arguments, exit_code=0):
    done = subprocess.run([PROGRAM, "codes", *arguments], capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
    assert done.returncode == exit_code, (arguments, done.returncode, done.stdout, done.stderr)
    assert (done.stderr == "") == (exit_code == 0), (arguments, done.stderr)
    return done.stdout if exit_code == 0 else done.stderr


def add(folder, *arguments):
    return codes("add", "--data", folder, *arguments).splitlines()[-1]


def test_add_prints_the_code_alone_on_its_last_line(folder):
    text = codes("add", "--data", folder, "--name", "class", "--models", "gemini/gemini-2.5-flash,groq/*", "--rpm", "60",
                 "--concurrency", "8", "--requests", "1000", "--budget", "25.00", "--expires", "2099-01-31")
    assert CODE.fullmatch(text.splitlines()[-1]), text
    assert text.endswith("\n")
    assert len({add(folder, "--name", "class") for _ in range(20)}) == 20


def test_show_tells_every_term(folder):
    add(folder, "--name", "one class", "--models=a/*,b/c", "--rpm=61", "--concurrency=9", "--requests=1234", "--budget=25.5",
        "--daily=5", "--per-session=0.000001", "--session-rpm=7", "--session-concurrency=3", "--sessions=40",
        "--max-tokens=1024", "--max-n=4", "--expires=2099-01-31")
    sheet = codes("show", "one class", "--data", folder)
    for part in ["one class", "a/*, b/c", "61", "0 of 1234", "$0.00 of $25.50", "$5.00", "$0.000001", "40", "1024",
                 "2099-02-01T00:00:00Z", "valid"]:
        assert part in sheet, (part, sheet)


def test_list_shows_state_and_an_empty_folder_says_so(folder):
    assert "No access codes yet" in codes("list", "--data", folder)
    add(folder, "--name", "über", "--expires", "2001-01-01")
    add(folder, "--name", "b")
    codes("disable", "b", "--data", folder)
    lines = codes("list", "--data", folder).splitlines()
    assert len(lines) == 3
    assert "expired" in lines[1] and "über" in lines[1]
    assert "disabled" in lines[2]
    column = lines[0].index("STATE")
    assert lines[1][column:].startswith("expired") and lines[2][column:].startswith("disabled")
    codes("enable", "b", "--data", folder)
    assert "valid" in codes("list", "--data", folder).splitlines()[2]


def test_a_name_that_several_have_asks_for_the_id(folder):
    add(folder, "--name", "twin")
    add(folder, "--name", "twin")
    message = codes("disable", "twin", "--data", folder, exit_code=1)
    ids = re.findall(r"[0-9a-f]{8}", message)
    assert len(ids) == 2
    codes("disable", ids[0], "--data", folder)
    assert [line.split()[2] for line in codes("list", "--data", folder).splitlines()[1:]].count("disabled") == 1


def test_mistakes_are_named_and_change_nothing(folder):
    for arguments in [[], ["make"], ["add", "--data", folder], ["add", "--data", folder, "--name"],
                      ["add", "--data", folder, "--name", "x", "--budget", "-1"],
                      ["add", "--data", folder, "--name", "x", "--budget", "1e9"],
                      ["add", "--data", folder, "--name", "x", "--budget", "ten"],
                      ["add", "--data", folder, "--name", "x", "--rpm", "0"],
                      ["add", "--data", folder, "--name", "x", "--rpm", "99999999999"],
                      ["add", "--data", folder, "--name", "x", "--expires", "2027-02-30"],
                      ["add", "--data", folder, "--name", "x", "--models", "a,,b"],
                      ["add", "--data", folder, "--name", "x", "--models", "*"],
                      ["add", "--data", folder, "--name", "x", "--name", "y"],
                      ["add", "--data", folder, "--name", "two\nlines"],
                      ["add", "--data", folder, "--name", "x", "--bugdet", "5"],
                      ["add", "--data", folder, "--name", "x", "stray"],
                      ["list", "--data", folder, "--csv"], ["disable", "--data", folder],
                      ["usage", "--data", folder, "--csv=yes"]]:
        message = codes(*arguments, exit_code=2)
        assert message.startswith("vignette-relay: "), message
        assert message.count("\n") == 1, message
    assert "No access codes yet" in codes("list", "--data", folder)
    codes("list", exit_code=1)
    codes("show", "nobody", "--data", folder, exit_code=1)
    codes("list", "--data", "/dev/null/nowhere", exit_code=1)


def test_help_names_every_command_and_option(folder):
    text = codes("--help")
    for word in ["add", "list", "show", "disable", "enable", "usage", "--name", "--models", "--rpm", "--concurrency",
                 "--requests", "--budget", "--expires", "--csv"]:
        assert word in text
    assert codes("add", "--help") == text


class Hammer:
    """A relay's accounts at work in another process, and what it counts: see tally.hpp."""

    def __init__(self, folder, code):
        path = os.path.join(folder, "tally")
        pathlib.Path(path).write_bytes(bytes(56))
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 56)
        self.process = subprocess.Popen([HAMMER, folder, code, path], env=ENVIRONMENT)
        self.wait_for(lambda: self.requests >= 200, 30)

    dispatched = property(lambda self: self.field(2))
    given_back = property(lambda self: self.field(3))
    requests = property(lambda self: self.field(4))
    failed = property(lambda self: self.field(6))

    def field(self, index):
        return struct.unpack_from("q", self.memory, 8 * index)[0]

    def wait_for(self, condition, seconds):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end
            assert self.process.poll() is None
            time.sleep(0.005)

    def stop(self):
        struct.pack_into("q", self.memory, 8, 1)
        assert self.process.wait(30) == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def test_usage_counts_what_was_spent_and_its_csv_is_safe(folder):
    code = add(folder, "--name", "=cmd(), \"quoted\"", "--budget", "1000")
    with Hammer(folder, code) as hammer:
        hammer.stop()
        requests, money = hammer.requests, hammer.dispatched - hammer.given_back
    rows = list(csv.DictReader(io.StringIO(codes("usage", "--data", folder, "--csv"))))
    assert rows and all(row["name"] == "'=cmd(), \"quoted\"" and row["model"] == "p/m" for row in rows)
    assert sum(int(row["requests"]) for row in rows) == requests == sum(int(row["input_tokens"]) for row in rows)
    assert sum(round(float(row["usd"]) * 1e6) for row in rows) == money
    table = codes("usage", "--data", folder)
    assert table.splitlines()[-1].startswith("in all") and str(requests) in table.splitlines()[-1]
    assert len(codes("usage", "--data", folder, "--to", "2001-01-01", "--csv").splitlines()) == 1
    assert codes("usage", rows[0]["code"], "--data", folder, "--csv") == codes("usage", "--data", folder, "--csv")
    assert f"{requests}" in codes("list", "--data", folder)


def test_disable_is_seen_by_a_running_relay_within_a_second(folder):
    code = add(folder, "--name", "class")
    with Hammer(folder, code) as hammer:
        assert hammer.failed == 0
        codes("disable", "class", "--data", folder)
        hammer.wait_for(lambda: hammer.failed > 0, 1)
        after = hammer.requests
        failed = hammer.failed
        hammer.wait_for(lambda: hammer.failed > failed + 1000, 10)
        assert hammer.requests - after <= 16  # what was at work then
        codes("enable", "class", "--data", folder)
        requests = hammer.requests
        hammer.wait_for(lambda: hammer.requests > requests + 100, 1)
        hammer.stop()


def test_the_code_is_in_no_file(folder):
    code = add(folder, "--name", "canary")
    files = [path for path in pathlib.Path(folder).iterdir() if path.is_file()]
    assert {"relay.sqlite", "secrets"} <= {path.name for path in files}
    for path in files:
        data = path.read_bytes()
        assert code.encode() not in data and code.replace("-", "").encode() not in data, path
    assert os.stat(os.path.join(folder, "secrets")).st_mode & 0o777 == 0o600
    with sqlite3.connect(os.path.join(folder, "relay.sqlite")) as database:
        assert database.execute("select length(mac) from codes").fetchall() == [(32,)]


def main():
    passed = failed = 0
    for name, test in [(n, t) for n, t in globals().items() if n.startswith("test_")]:
        with tempfile.TemporaryDirectory() as parent:
            try:
                test(os.path.join(parent, "data"))
                passed += 1
            except Exception as error:
                failed += 1
                print(f"FAILED {name}: {type(error).__name__} {error}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
