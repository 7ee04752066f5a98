// Cells that stand side by side become rows of the mirrored grid.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withRows } from '../../wasm/js/host/mirror_rows.mjs';

const grid = { id: 1, parent: 0, role: 'grid', name: 'Pictures', rect: { x: 0, y: 0, w: 300, h: 300 } };
const cell = (id, x, y, more = {}) => ({ id, parent: 1, role: 'gridcell', name: `p${id}`, rect: { x, y, w: 90, h: 90 }, ...more });

test('cells of one height share a row, parents before children', () => {
  const nodes = withRows([grid, cell(2, 0, 0), cell(3, 100, 0), cell(4, 0, 100)]);
  assert.deepEqual(nodes.map((n) => n.role), ['grid', 'row', 'gridcell', 'gridcell', 'row', 'gridcell']);
  assert.equal(nodes[2].parent, nodes[1].id);
  assert.equal(nodes[5].parent, nodes[4].id);
  assert.deepEqual(nodes[1].rect, { x: 0, y: 0, w: 190, h: 90 });
});

test('a row keeps its id while its first cell does', () => {
  const before = withRows([grid, cell(2, 0, 0), cell(3, 100, 0)]);
  const after = withRows([grid, cell(2, 0, -50), cell(3, 100, -50)]);
  assert.equal(before[1].id, after[1].id);
});

test('in a long grid of which a part is drawn, rows and columns count from the beginning', () => {
  const nodes = withRows([grid, cell(2, 0, 0, { position: 7, setSize: 40 }), cell(3, 100, 0, { position: 8, setSize: 40 })]);
  const [top, row, first, second] = nodes;
  assert.deepEqual([top.columns, top.cells, row.number, first.column, second.column], [2, 40, 4, 1, 2]);
});

test('what is no grid passes as it is', () => {
  const nodes = [{ id: 5, parent: 0, role: 'button', name: 'B', rect: grid.rect }];
  assert.deepEqual(withRows(nodes), nodes);
});
