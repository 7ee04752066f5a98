import assert from 'node:assert/strict';
import test from 'node:test';

import { Intake } from '../../wasm/js/app/intake.mjs';
import { Sources } from '../../wasm/js/app/sources.mjs';
import { listener, settle } from './app_fakes.mjs';

function intaker() {
  const heard = listener();
  const target = new EventTarget();
  const intake = new Intake({ sources: new Sources(), send: heard.send });
  intake.watchDrops(target);
  const drag = (type, more = {}) =>
    target.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { dataTransfer: { types: ['Files'], items: [] }, relatedTarget: null, ...more }));
  return { intake, drag, ...heard };
}

const fileEntry = (path) => ({
  isFile: true,
  name: path.split('/').pop(),
  fullPath: `/${path}`,
  file: (found) => found(new File(['x'], path.split('/').pop())),
});
/** Hands out its children two at a time, as browsers do a hundred at a time. */
const folderEntry = (path, children) => ({
  isFile: false,
  name: path.split('/').pop(),
  fullPath: `/${path}`,
  createReader() {
    let next = 0;
    return { readEntries: (found) => found(children.slice(next, (next += 2))) };
  },
});
const dropOf = (...entries) => ({
  dataTransfer: {
    types: ['Files'],
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => (entry?.isFile ? new File(['x'], entry.name) : null) })),
  },
});

test('a dropped folder is read to its end, in the order people count', async () => {
  const { drag, events } = intaker();
  const inner = folderEntry('set/more', [fileEntry('set/more/z.jpg')]);
  const folder = folderEntry('set', ['set/p10.jpg', 'set/p2.jpg', 'set/p1.jpg'].map(fileEntry).concat(inner));
  drag('drop', dropOf(folder));
  await settle();
  const arrived = events.filter(({ kind }) => kind === 'FilesArrived');
  assert.deepEqual(arrived.flatMap(({ files }) => files.map(({ path }) => path)), ['set/more/z.jpg', 'set/p1.jpg', 'set/p2.jpg', 'set/p10.jpg']);
  assert.deepEqual(arrived.map(({ last }) => last), [...arrived.slice(1).map(() => false), true]);
});

test('a drop of single files arrives at once', () => {
  const { drag, events } = intaker();
  drag('drop', dropOf(fileEntry('b.jpg'), fileEntry('a.jpg')));
  assert.deepEqual(events.at(-1).files.map(({ path }) => path), ['a.jpg', 'b.jpg']);
});

test('files without a file system entry are taken too', () => {
  const { drag, events } = intaker();
  drag('drop', { dataTransfer: { types: ['Files'], items: [{ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => new File(['x'], 'a.png') }] } });
  assert.deepEqual(events.at(-1).files.map(({ path }) => path), ['a.png']);
});

test('hovering is told when it begins and when it ends, not with every movement', () => {
  const { drag, events } = intaker();
  drag('dragenter');
  drag('dragover');
  drag('dragover');
  drag('dragleave', { relatedTarget: {} }); // into a child
  drag('dragleave');
  assert.deepEqual(events, [{ kind: 'FilesHover', over: true }, { kind: 'FilesHover', over: false }]);
});

test('dragged text is left alone', () => {
  const { drag, events } = intaker();
  drag('dragover', { dataTransfer: { types: ['text/plain'], items: [] } });
  drag('drop', { dataTransfer: { types: ['text/plain'], items: [] } });
  assert.deepEqual(events, []);
});

test('many files come in portions, and only the last closes the import and names the script', () => {
  const { intake, events } = intaker();
  intake.files(Array.from({ length: 1100 }, (_, i) => ({ file: new Blob(['x']), path: `${i}.jpg` })), 9);
  const sizes = events.map(({ files }) => files.length);
  assert.equal(sizes.reduce((a, b) => a + b), 1100);
  assert.ok(Math.max(...sizes) <= 500);
  assert.deepEqual(events.map(({ last, request }) => [last, request]).at(-1), [true, 9]);
  assert.ok(events.slice(0, -1).every(({ last, request }) => !last && request === 0));
});

test('no files at all still answer the script', () => {
  const { intake, events } = intaker();
  intake.files([], 4);
  assert.deepEqual(events, [{ kind: 'FilesArrived', files: [], last: true, request: 4 }]);
});

test('a pasted picture gets a name that tells when, a pasted file keeps its own', () => {
  const { intake, events } = intaker();
  const image = { type: 'image/png' };
  intake.pasted([new File(['x'], 'image.png', image), new File(['y'], 'image.png', image), new File(['z'], 'cat.jpg', { type: 'image/jpeg' })]);
  const [first, second, third] = events[0].files.map(({ path }) => path);
  assert.match(first, /^pasted-\d{8}-\d{6}\.png$/);
  assert.match(second, /^pasted-\d{8}-\d{6}-2\.png$/);
  assert.equal(third, 'cat.jpg');
});
