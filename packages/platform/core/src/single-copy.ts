import { PlatformError } from './platform-error.js';

/** Two copies of a package that must be loaded once are in this process. */
export class DuplicatePlatform extends PlatformError {
  readonly code = 'macrolith.duplicate-platform';
  constructor(
    readonly first: string,
    readonly second: string,
  ) {
    super(
      `Two copies of @macrolith/core are loaded, so contexts and ports of one are invisible to the other:\n  ${first}\n  ${second}\n` +
        'Make @macrolith/core a peer dependency of every module, install again, and look for the second path with `pnpm why @macrolith/core`.',
    );
  }
}

interface Entry {
  readonly url: string;
  readonly value: unknown;
}

const ENTRIES = Symbol.for('macrolith.core.single-copy');
const shared = globalThis as { [ENTRIES]?: Map<string, Entry> };
shared[ENTRIES] ??= new Map();
const registry = shared[ENTRIES];

/** Makes a value once per process. The same file evaluated again gets the first value; another file is refused. */
export function singleCopy<T>(name: string, make: () => T, url: string = import.meta.url): T {
  const known = registry.get(name);
  if (known === undefined) {
    const value = make();
    registry.set(name, { url, value });
    return value;
  }
  if (known.url !== url) throw new DuplicatePlatform(known.url, url);
  return known.value as T;
}
