import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, publishedEvents, type RunningModules } from '@macrolith/testing';
import { EntryExists, __Name__ } from '../src/index.js';
import { __Name__Module } from '../src/local.js';
import { anEntry } from '../src/testing.js';

let modules: RunningModules;
beforeAll(async () => {
  modules = await bootModule(__Name__Module);
});
afterAll(() => modules.close());

test('an entry that was added is told once', async () => {
  const entry = anEntry({ entryId: 'TOLD' });

  await modules.port(__Name__).addEntry(entry);
  await expect(modules.port(__Name__).addEntry(entry)).rejects.toThrow(EntryExists);

  expect(await publishedEvents(modules, __Name__.event.entryAdded)).toEqual([entry]);
});
