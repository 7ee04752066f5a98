"""Our tars read by Python's tarfile, and our shards by WebDataset's own rule for names.

Called by ctest with the path of the program tar_peers.cpp makes.
"""
import json, os, re, subprocess, sys, tarfile, tempfile

program = sys.argv[1]


def content_of(size):
    return bytes((i * 31 + size) & 255 for i in range(size))


def files_open_elsewhere(folder):
    path = os.path.join(folder, 'files.tar')
    subprocess.run([program, 'files', path], check=True)
    names = ['empty.txt', 'a.jpg', 'b/c d.jpg', 'é/北京 🦙.txt', 'd' * 80 + '/' + 'n' * 90 + '.txt', 'x' * 140 + '.txt',
             'y' * 200 + '/' + 'z' * 120]
    with tarfile.open(path, 'r:') as archive:
        assert archive.getnames() == names, archive.getnames()
        size = 0
        for member in archive:
            assert member.isreg() and member.mode == 0o644 and member.mtime == 1_700_000_000
            assert archive.extractfile(member).read() == content_of(size), member.name
            size = size * 3 + 511
    assert os.path.getsize(path) % 10240 == 0
    listed = subprocess.run(['tar', '-tf', path], check=True, capture_output=True)
    assert len(listed.stdout.splitlines()) == len(names) and not listed.stderr


def shards_hold_samples(folder):
    subprocess.run([program, 'shards', folder], check=True)
    shards = sorted(name for name in os.listdir(folder) if name.startswith('shard-'))
    assert shards == [f'shard-{i:06}.tar' for i in range(3)], shards
    seen = []
    for shard in shards:
        with tarfile.open(os.path.join(folder, shard), 'r|') as archive:  # a stream, as training reads it
            for member in archive:
                key, field = re.match(r'^((?:.*/|)[^.]+)[.]([^/]*)$', member.name).groups()
                content = archive.extractfile(member).read()
                if not seen or seen[-1][0] != key:
                    assert key not in [k for k, _ in seen], 'a sample in two parts'
                    seen.append((key, {}))
                assert field not in seen[-1][1]
                seen[-1][1][field] = content
    assert len(seen) == 25
    for i, (key, fields) in enumerate(seen):
        assert key == f'p-{i}' and sorted(fields) == ['jpg', 'json', 'txt'], (key, sorted(fields))
        assert fields['txt'].decode() == f'Caption é of {i}'
        assert json.loads(fields['json'])['file_name'] == f'shoot/p.{i}.jpg'
        assert fields['jpg'] == content_of(1000 + i)


with tempfile.TemporaryDirectory() as folder:
    files_open_elsewhere(folder)
    shards_hold_samples(folder)
print('tars agree with tarfile and GNU tar')
