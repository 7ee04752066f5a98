// The browser's own file system (OPFS) as we use it. Its layout:
//
//   vignette/last                          the dataset that was used last
//   vignette/datasets/<id>/catalogue/      files of the SQLite pool: catalogue.sqlite and thumbnails.sqlite
//   vignette/datasets/<id>/bytes/<item>    the original pictures
//   vignette/datasets/<id>/card.json       what the start page shows (cards.mjs)
//   vignette/datasets/<id>/damaged.sqlite  what recovery found (recovery.mjs)

const kRoot = ['vignette', 'datasets'];

export const catalogueDirectory = (id) => `/${[...kRoot, id, 'catalogue'].join('/')}`;

/** The folder of all datasets. */
export async function datasetsFolder() {
  let folder = await navigator.storage.getDirectory();
  for (const name of kRoot) folder = await folder.getDirectoryHandle(name, { create: true });
  return folder;
}

/** A folder inside `folder`, or null when it is not there and shall not be made. */
export async function folderIn(folder, name, { create = false } = {}) {
  try {
    return await folder.getDirectoryHandle(name, { create });
  } catch (thrown) {
    if (thrown.name === 'NotFoundError') return null;
    throw thrown;
  }
}

export async function namesIn(folder, kind) {
  const names = [];
  for await (const [name, handle] of folder.entries()) if (!kind || handle.kind === kind) names.push(name);
  return names;
}

/** The bytes of a small file, or null. */
export async function readSmall(folder, name) {
  try {
    return await (await (await folder.getFileHandle(name)).getFile()).text();
  } catch {
    return null;
  }
}

/** Writes a small file so that a reader finds the old or the new one, where the browser can rename. */
export async function writeSmall(folder, name, content) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const fresh = await folder.getFileHandle(`${name}.new`, { create: true });
  const access = await fresh.createSyncAccessHandle();
  try {
    access.truncate(0);
    access.write(bytes, { at: 0 });
    access.flush();
  } finally {
    access.close();
  }
  await fresh.move(name);
}

export async function remove(folder, name) {
  await folder.removeEntry(name, { recursive: true }).catch((thrown) => {
    if (thrown.name !== 'NotFoundError') throw thrown;
  });
}

/** Everything inside, in bytes. */
export async function sizeOf(folder) {
  let bytes = 0;
  for await (const handle of folder.values()) {
    bytes += handle.kind === 'directory' ? await sizeOf(handle) : await sizeOfFile(handle);
  }
  return bytes;
}

const sizeOfFile = (handle) => handle.getFile().then((file) => file.size, () => 0);
