import { compile, keyOf } from './compiled-sources.js';

/** Jest's transformer: what Jest keeps of it serves all packages, whichever of them it was compiled for. */
export default {
  process: (source, filename) => ({ code: compile(filename, source) }),
  getCacheKey: (source, filename) => keyOf(filename, source),
};
