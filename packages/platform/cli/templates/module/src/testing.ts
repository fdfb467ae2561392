/** __Title__ in memory, keeping the same contract, and an entry to fill it with: for tests of modules that use it. */
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { __Name__, type Entry, EntryExists, EntryNotFound } from './index.js';

/** Input for `addEntry`, with `changes` applied. */
export function anEntry(changes: Partial<InputOf<__Name__['addEntry']>> = {}): InputOf<__Name__['addEntry']> {
  return { entryId: 'A-1', name: 'First entry', ...changes };
}

/** The module in memory. It passes the contract suite of the real one; it publishes no events. */
export class Fake__Name__ implements __Name__ {
  private readonly entries = new Map<string, Entry>();

  async list({ cursor = '', limit = 20 }: InputOf<__Name__['list']>): Promise<OutputOf<__Name__['list']>> {
    const found = [...this.entries.values()]
      .filter(({ entryId }) => entryId > cursor)
      .sort((a, b) => (a.entryId < b.entryId ? -1 : 1));
    const entries = found.map((entry) => ({ ...entry }));
    return pageFrom(entries, limit, (last) => last.entryId);
  }

  async getEntry({ entryId }: InputOf<__Name__['getEntry']>): Promise<Entry> {
    const entry = this.entries.get(entryId);
    if (entry === undefined) throw new EntryNotFound({ entryId });
    return { ...entry };
  }

  async addEntry({ entryId, name }: InputOf<__Name__['addEntry']>): Promise<Entry> {
    if (this.entries.has(entryId)) throw new EntryExists({ entryId });
    const entry = { entryId, name, addedAt: new Date() };
    this.entries.set(entryId, entry);
    return { ...entry };
  }
}
