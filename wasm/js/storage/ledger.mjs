// What left this machine, with the dataset it belongs to. Rows come as JSON (wasm/js/app/sending/ledger.mjs) and leave the
// same way.

const kMostRows = 5000; // that the app is told of; the file keeps all

const kFields = ['id', 'time', 'what', 'item', 'provider', 'model', 'host', 'bytes'];
const kUsed = ['input_tokens', 'output_tokens', 'cost_micro_usd'];
const kCopy = { width: 'width', height: 'height', copy_bytes: 'bytes', copy_hash: 'hash' };
const kColumns = [...kFields, ...Object.keys(kCopy), ...kUsed];
const kValues = [
  ...[...kFields, ...kUsed].map((name) => [name, `value ->> '$.${name}'`]),
  ...Object.entries(kCopy).map(([column, name]) => [column, `value ->> '$.copy.${name}'`]),
];

const kPut = `
INSERT INTO ledger(${kValues.map(([column]) => column).join(', ')})
SELECT ${kValues.map(([, value]) => value).join(', ')} FROM json_each(?1) WHERE true
ON CONFLICT(id) DO UPDATE SET ${kUsed.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const kRead = `
SELECT json_group_array(json_object(${[...kFields, ...kUsed].map((name) => `'${name}', ${name}`).join(', ')},
  'copy', iif(copy_hash IS NULL, NULL, json_object('width', width, 'height', height, 'bytes', copy_bytes, 'hash', copy_hash)))
  ORDER BY time, rowid)
FROM (SELECT rowid, ${kColumns.join(', ')} FROM ledger ORDER BY time DESC, rowid DESC LIMIT ${kMostRows})`;

/** Rows with a known id tell what the call has used. */
export function addToLedger(db, rows) {
  db.exec({ sql: kPut, bind: [JSON.stringify(rows)] });
}

/** The newest, oldest first. @returns {string} a JSON list */
export function ledgerText(db) {
  return db.selectValue(kRead);
}
