// A grid's cells stand in rows, for readers that walk by row and column. Views name the cells only; which stand side
// by side is seen from where they are.

/** The nodes with a row put around each run of cells of the same height in the window. */
export function withRows(nodes) {
  const out = [];
  const grids = new Map(nodes.filter((node) => node.role === 'grid').map((node) => [node.id, { ...node }]));
  let row = null;
  for (const node of nodes) {
    if (node.role === 'grid') {
      out.push(grids.get(node.id));
      continue;
    }
    const grid = node.role === 'gridcell' ? grids.get(node.parent) : undefined;
    if (!grid) {
      out.push(node);
      continue;
    }
    if (!row || row.parent !== grid.id || row.rect.y !== node.rect.y) {
      // Named after its first cell: it stays the same element while that cell does.
      row = { id: `row-of-${node.id}`, parent: grid.id, role: 'row', name: '', rect: { ...node.rect }, cells: 0 };
      out.push(row);
    }
    ++row.cells;
    row.rect.w = node.rect.x + node.rect.w - row.rect.x;
    grid.columns = Math.max(grid.columns ?? 1, row.cells);
    grid.cells = node.setSize ?? grid.cells;
    out.push({ ...node, parent: row.id, column: row.cells, row });
  }
  for (const node of out) {
    // Where only a part of the set is drawn, the count says how much there is.
    const { columns } = grids.get(node.row?.parent) ?? {};
    if (node.position !== undefined && columns) {
      node.column = ((node.position - 1) % columns) + 1;
      node.row.number = Math.ceil(node.position / columns);
    }
    delete node.row;
  }
  return out;
}
