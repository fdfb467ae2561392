import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { docComments } from '../src/module/doc-comments.ts';
import { fieldTable } from '../src/reference/field-table.ts';

const GENERATE = join(import.meta.dirname, '../src/generate.ts');

test('the reference is what the source says', () => {
  const { status, stderr } = spawnSync(process.execPath, [GENERATE, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a table has a row for every field, nested ones too, with limits and what is optional', () => {
  const line = { type: 'object', properties: { quantity: { type: 'integer', minimum: 1, maximum: 1000 } } };
  const table = fieldTable({
    type: 'object',
    required: ['orderId', 'total'],
    properties: {
      orderId: { type: 'string', format: 'uuid' },
      lines: { type: 'array', items: { ...line, required: ['quantity'] }, maxItems: 1000 },
      total: { type: 'object', properties: { amountMinor: {}, currency: {} }, description: 'All | of it.' },
      status: { enum: ['placed', 'cancelled'] },
    },
  });

  expect(table.split('\n').slice(2)).toEqual([
    '| `orderId` | uuid |  |',
    '| `lines` | list of objects (at most 1,000), optional |  |',
    '| `lines[].quantity` | integer (1 to 1,000) |  |',
    '| `total` | money | All \\| of it. |',
    '| `status` | `placed` or `cancelled`, optional |  |',
  ]);
});

test('a doc comment belongs to what stands right behind it', () => {
  const comments = docComments(`
    /** Of nothing. */

    import { Port } from '@macrolith/contract';
    /** No such thing. */
    export class Missing extends defineError('x.missing', {}) {}
    /**
     * The shop,
     * as it is.
     */
    export abstract class Shop extends Port({
      operations: {
        /** Opens it. */
        open: command({}),
        close: command({}),
      },
    }) {}`);

  expect(Object.fromEntries(comments)).toEqual({
    Missing: 'No such thing.',
    Shop: 'The shop, as it is.',
    open: 'Opens it.',
  });
});
