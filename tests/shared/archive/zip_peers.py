"""Archives between us and other programs: ours opened by Python's zipfile and by unzip, theirs opened by us.

Called by ctest with the path of the program zip_peers.cpp makes.
"""
import io, os, subprocess, sys, tempfile, zipfile, zlib

program = sys.argv[1]


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def ours_opens_elsewhere(folder):
    path = os.path.join(folder, 'ours.zip')
    run(program, 'write', path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 302
        assert archive.read('déjà vu/ñandú 北京 🦙.txt') == b'names\n'
        assert all(i.compress_type == 0 and i.create_system == 3 for i in archive.infolist())
    assert 'No errors detected' in run('unzip', '-tq', path)


def past_4_gb_opens_elsewhere(folder):
    path = os.path.join(folder, 'large.zip')
    run(program, 'write-large', path)
    assert os.path.getsize(path) > 1 << 32
    with zipfile.ZipFile(path) as archive:
        zeros, after = archive.infolist()
        assert zeros.file_size == (1 << 32) + (1 << 20) and zeros.compress_size == zeros.file_size
        assert archive.read(after) == b'hi'
    # Only the small file behind it: summing 4 GB of zeros takes half a minute, and the sum has its own test.
    assert 'OK' in run('unzip', '-t', path, 'after.txt')


def theirs_open_here(folder):
    path = os.path.join(folder, 'theirs.zip')
    contents = {f'n{i}/ü{i}.txt': os.urandom(i % 50) * (i * 13 % 900) for i in range(120)}
    with zipfile.ZipFile(path, 'w') as archive:
        for i, (name, content) in enumerate(contents.items()):
            archive.writestr(name, content, [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED][i % 2])
        archive.writestr('bz.txt', b'x' * 100, zipfile.ZIP_BZIP2)
    lines = [line.split('\t') for line in run(program, 'read', path).splitlines()]
    seen = {name: (size, crc) for name, size, crc in lines}
    for name, content in contents.items():
        assert seen[name] == (str(len(content)), f'{zlib.crc32(content):08x}'), name
    assert seen['bz.txt'][0] == '!' and 'bzip2' in seen['bz.txt'][1]


def streamed_with_descriptors_opens_here(folder):
    class Pipe(io.RawIOBase):  # not seekable: Python then writes sizes after the content
        def __init__(self, path): self.file = open(path, 'wb')
        def writable(self): return True
        def write(self, data): return self.file.write(data)
    path = os.path.join(folder, 'stream.zip')
    pipe = Pipe(path)
    with zipfile.ZipFile(pipe, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('a.txt', b'abc' * 1000)
        archive.writestr('b.txt', b'')
    pipe.file.close()
    lines = run(program, 'read', path).splitlines()
    assert lines == [f'a.txt\t3000\t{zlib.crc32(b"abc" * 1000):08x}', 'b.txt\t0\t00000000'], lines


def exactly_65535_entries_open_here(folder):
    path = os.path.join(folder, 'many.zip')
    with zipfile.ZipFile(path, 'w') as archive:
        for i in range(65535):
            archive.writestr(zipfile.ZipInfo(str(i)), b'')
    assert len(run(program, 'read', path).splitlines()) == 65535


with tempfile.TemporaryDirectory() as folder:
    ours_opens_elsewhere(folder)
    theirs_open_here(folder)
    streamed_with_descriptors_opens_here(folder)
    exactly_65535_entries_open_here(folder)
    past_4_gb_opens_elsewhere(folder)
print('archives agree with zipfile and unzip')
