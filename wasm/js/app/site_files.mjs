// Where the files of this build are. Their names carry a hash of their content, so only the build
// (wasm/js/build/site.mjs) knows them: it puts one object in the place of SITE. All are beside this script, wherever
// the site is served from.
//
//   site.appWasm: {name: 'app-1a2b3c4d.wasm', bytes: 512345}

/* global SITE */
export const site = SITE;

export const urlOf = (file) => new URL(file.name, import.meta.url);
