import { describe, expect, test } from '@jest/globals';
import { defineError, instant, wireSchema, z } from '@macrolith/contract';
import type { JsonSchema } from '../route/json-schema.js';
import { Components } from './components.js';

describe('Components of the API document', () => {
  test('stand under the name of their module, and refer to each other there', () => {
    const Shelf = z.object({ row: z.int() }).meta({ id: 'Shelf' });
    const components = new Components();
    const input = components.add('library.move.input', wireSchema(z.object({ to: Shelf })) as JsonSchema);
    expect(input).toEqual({ $ref: '#/components/schemas/library.move.input' });
    expect(components.schemas['library.move.input']).toMatchObject({
      properties: { to: { $ref: '#/components/schemas/library.Shelf' } },
    });
    expect(components.schemas['library.Shelf']).toMatchObject({ type: 'object', required: ['row'] });
  });

  test('may refer to themselves', () => {
    const Chapter = z.object({
      title: z.string(),
      get parts() {
        return z.array(Chapter);
      },
    });
    const components = new Components();
    components.add('library.read.output', wireSchema(z.object({ first: Chapter })) as JsonSchema);
    const { first } = components.schemas['library.read.output']!.properties!;
    expect(first).toEqual({ $ref: '#/components/schemas/library.read.output.__schema0' });
    expect(components.schemas['library.read.output.__schema0']?.properties?.parts).toEqual({
      type: 'array',
      items: first,
    });
  });

  test('show an instant that a person would write', () => {
    const components = new Components();
    components.add('library.at', wireSchema(z.object({ at: instant() })) as JsonSchema);
    expect(components.schemas['library.at']?.properties?.at).toMatchObject({ examples: ['2026-11-20T12:00:00.000Z'] });
  });

  test('tell a declared error once, however many operations have it', () => {
    class Lost extends defineError('library.lost', { bookId: z.string() }, () => 'Lost.', { kind: 'conflict' }) {}
    const components = new Components();
    components.addError(Lost);
    expect(components.addError(Lost)).toEqual({ $ref: '#/components/schemas/library.lost' });
    expect(Object.keys(components.schemas)).toEqual(['Problem', 'library.lost']);
    expect(components.schemas['library.lost']).toMatchObject({
      title: 'Lost',
      required: ['code', 'status', 'bookId'],
      properties: { code: { const: 'library.lost' }, status: { const: 409 } },
    });
  });
});
