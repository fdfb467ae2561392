import { describe, expect, it } from '@jest/globals';
import { Shop } from '../test/shop.js';
import { canonicalJson, Port, query, snapshot, z } from './index.js';

const place = (operations: any) => Port({ name: 'snap', version: '1.0.0', operations });

describe('The snapshot of a contract', () => {
  it('holds all that others may depend on', () => {
    expect(snapshot(Shop.contract)).toMatchObject({
      format: 1,
      dialect: 'https://json-schema.org/draft/2020-12/schema',
      name: 'shop',
      version: '1.2.0',
      operations: {
        charge: { kind: 'command', external: true, errors: [] },
        count: { kind: 'query', output: { type: 'integer' }, errors: [] },
        reindex: { kind: 'task', input: { required: ['since'] } },
        reprice: {
          kind: 'command',
          input: { required: ['price', 'productId'], properties: { note: { type: 'string' } } },
          errors: ['shop.price-too-low', 'shop.product-not-found'],
        },
      },
      errors: {
        'shop.product-not-found': { kind: 'not-found', fields: { required: ['productId'] } },
        'shop.price-too-low': { kind: 'rejected' },
      },
      events: { 'shop.price-changed.v1': { name: 'priceChanged', version: 1, data: { type: 'object' } } },
      workflows: {},
    });
  });

  it('says nothing of what an operation does not have', () => {
    expect(Object.keys(snapshot(Shop.contract).operations.count!)).toEqual(['errors', 'kind', 'output']);
  });

  it('says which permission an operation asks for, where it asks for one', () => {
    const operations = { a: query({ output: z.int(), permission: 'snap.read' }), b: query({ output: z.int() }) };
    const { a, b } = snapshot(place(operations).contract).operations;
    expect(a).toMatchObject({ permission: 'snap.read' });
    expect(b).not.toHaveProperty('permission');
  });

  it('can hold the shapes of workflows', () => {
    const workflows = { 'shop.buy.v1': 'step a=shop.reprice\npivot b=shop.charge' };
    expect(snapshot(Shop.contract, { workflows }).workflows).toEqual(workflows);
  });

  it('does not depend on the order of writing', () => {
    const one = { b: query({ output: z.object({ x: z.int(), y: z.string() }) }), a: query({ output: z.int() }) };
    const other = { a: query({ output: z.int() }), b: query({ output: z.object({ y: z.string(), x: z.int() }) }) };
    const [first, second] = [one, other].map((operations) => canonicalJson(snapshot(place(operations).contract)));
    expect(second).toBe(first);
  });

  it('is the same text at each run', () => {
    const texts = Array.from({ length: 5 }, () => canonicalJson(snapshot(Shop.contract)));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/\}\n$/);
    expect(JSON.parse(texts[0]!)).toEqual(snapshot(Shop.contract));
  });

  it('keeps a property that is called required', () => {
    const operations = { a: query({ output: z.object({ required: z.array(z.string()), b: z.int() }) }) };
    expect(snapshot(place(operations).contract).operations.a!.output).toMatchObject({
      properties: { required: { type: 'array' } },
      required: ['b', 'required'],
    });
  });
});
