/** __Title__: the module's public API. */
import { command, defineError, event, instant, pageOf, pageRequest, Port, query, z } from '@macrolith/contract';

/** A code that people choose, such as `A-17`. Case matters. */
export const EntryId = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, 'Use letters, digits, dots, underscores and dashes.');

/** One line, not blank. */
const EntryName = z
  .string()
  .max(200)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

export const Entry = z.object({ entryId: EntryId, name: EntryName, addedAt: instant() });
export type Entry = z.output<typeof Entry>;

/** No entry has this id. */
export class EntryNotFound extends defineError(
  '__name__.entry-not-found',
  { entryId: EntryId },
  (e) => `There is no entry ${e.entryId}.`,
  { kind: 'not-found' },
) {}

/** Another entry has this id. */
export class EntryExists extends defineError(
  '__name__.entry-exists',
  { entryId: EntryId },
  (e) => `There is an entry ${e.entryId} already. Choose another id.`,
  { kind: 'conflict' },
) {}

/** __Title__. */
export abstract class __Name__ extends Port({
  name: '__name__',
  version: '0.1.0',
  operations: {
    /** Entries in the order of their ids. */
    list: query({ input: pageRequest().extend({ cursor: EntryId.optional() }), output: pageOf(Entry) }),
    getEntry: query({ input: z.object({ entryId: EntryId }), output: Entry, errors: [EntryNotFound] }),
    addEntry: command({
      input: Entry.pick({ entryId: true, name: true }),
      output: Entry,
      errors: [EntryExists],
    }),
  },
  events: {
    /** An entry was added. */
    entryAdded: event({ data: Entry.pick({ entryId: true, name: true }), key: (e) => e.entryId }),
  },
}) {}
