import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import { type __Name__, EntryExists, EntryNotFound } from '../src/index.js';
import { anEntry } from '../src/testing.js';

/** What every provider must do. Tests share one, so each works on entries of its own. */
export function specify__Name__(subject: ContractSubject<typeof __Name__>): void {
  test('an entry that was added is found', async () => {
    const added = await subject.port.addEntry(anEntry({ entryId: 'ADD-1' }));

    expect(added).toEqual({ entryId: 'ADD-1', name: 'First entry', addedAt: expect.any(Date) });
    expect(await subject.port.getEntry({ entryId: 'ADD-1' })).toEqual(added);
  });

  test('an entry that exists is not added again', async () => {
    await subject.port.addEntry(anEntry({ entryId: 'TWICE' }));

    const again = subject.port.addEntry(anEntry({ entryId: 'TWICE', name: 'Another' }));

    await expect(again).rejects.toThrow(new EntryExists({ entryId: 'TWICE' }));
    expect(await subject.port.getEntry({ entryId: 'TWICE' })).toMatchObject({ name: 'First entry' });
  });

  test('an entry that nobody added is not found', async () => {
    const nothing = subject.port.getEntry({ entryId: 'NOBODY' });
    await expect(nothing).rejects.toThrow(new EntryNotFound({ entryId: 'NOBODY' }));
  });

  test('pages have the order of ids, and neither repeat nor skip', async () => {
    for (const entryId of ['zz-3', 'zz-1', 'zz-2']) await subject.port.addEntry(anEntry({ entryId }));

    const first = await subject.port.list({ cursor: 'zz', limit: 2 });
    const second = await subject.port.list({ cursor: first.nextCursor!, limit: 2 });

    expect(first.items.map(({ entryId }) => entryId)).toEqual(['zz-1', 'zz-2']);
    expect(second.items.map(({ entryId }) => entryId)).toEqual(['zz-3']);
    expect(second).not.toHaveProperty('nextCursor');
  });
}
