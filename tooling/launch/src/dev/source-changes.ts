import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SourceFolder, sourceFolders } from './source-folders.ts';

/** Saves that arrived so close together that they are one change: an editor writes several files, a branch is switched. */
export interface SourceChange {
  /** The changed files, absolute. */
  readonly files: ReadonlySet<string>;
  /** Folders of the packages whose browser assets have changed. */
  readonly assetPackages: ReadonlySet<string>;
}

const QUIET_MS = 60;
const NOT_SERVED = /\.test\.ts$|~$|\.swp$|\.tmp$/;

/** Collects what is saved in the workspace's sources. */
export class SourceChanges implements Disposable {
  readonly #watchers: readonly Disposable[];
  #files = new Set<string>();
  #assetPackages = new Set<string>();
  #lastSaveAt = 0;
  #notify: (() => void) | undefined;

  constructor(root: string) {
    this.#watchers = sourceFolders(root).map((source) => {
      const watcher = watch(source.folder, { recursive: true }, (_event, name) => this.#add(source, name));
      return { [Symbol.dispose]: () => watcher.close() };
    });
  }

  /** Resolves once something was saved, and then nothing more for a moment. */
  async next(): Promise<SourceChange> {
    if (this.#files.size === 0) await new Promise<void>((resolve) => (this.#notify = resolve));
    while (performance.now() - this.#lastSaveAt < QUIET_MS) await sleep(QUIET_MS);
    const change = { files: this.#files, assetPackages: this.#assetPackages };
    this.#files = new Set();
    this.#assetPackages = new Set();
    return change;
  }

  [Symbol.dispose](): void {
    for (const watcher of this.#watchers) watcher[Symbol.dispose]();
  }

  #add(source: SourceFolder, name: string | null): void {
    if (name === null || NOT_SERVED.test(name)) return;
    this.#files.add(join(source.folder, name));
    if (source.kind === 'assets') this.#assetPackages.add(source.package);
    this.#lastSaveAt = performance.now();
    this.#notify?.();
    this.#notify = undefined;
  }
}
