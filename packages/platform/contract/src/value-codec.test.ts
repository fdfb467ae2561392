import { describe, expect, it } from '@jest/globals';
import { Product, Shop } from '../test/shop.js';
import {
  binary,
  decodeEvent,
  decodeInput,
  decodeOutput,
  encodeEvent,
  encodeInput,
  encodeOutput,
  InvalidEvent,
  InvalidInput,
  InvalidOutput,
  instant,
  integer,
  mapOf,
  type Operation,
  Port,
  query,
  setOf,
  z,
} from './index.js';

const price = { amountMinor: 1_250n, currency: 'EUR' };
const product: Product = { productId: 'p1', name: 'Mug', price, updatedAt: new Date('2026-11-20T12:00:00.123Z') };

/** An operation that takes values of `schema`. */
function echo<T>(schema: z.ZodType<T>): Operation<any, T, T> {
  return Port({
    name: 'echo',
    version: '1.0.0',
    operations: { echo: query({ input: schema as z.ZodAny, output: z.int() } as never) },
  }).op.echo as never;
}

function crossed<T>(schema: z.ZodType<T>, value: T): T {
  const operation = echo(schema);
  return decodeInput(operation, JSON.parse(JSON.stringify(encodeInput(operation, value))));
}

function invalid(work: () => unknown): InvalidInput {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
  }
  throw new Error('The value was not refused as InvalidInput.');
}

describe('A value', () => {
  it('has a plain JSON wire form', () => {
    expect(encodeOutput(Shop.op.getProduct, product)).toEqual({
      productId: 'p1',
      name: 'Mug',
      price: { amountMinor: '1250', currency: 'EUR' },
      updatedAt: '2026-11-20T12:00:00.123Z',
    });
  });

  it('comes back as it was', () => {
    const wire = JSON.parse(JSON.stringify(encodeOutput(Shop.op.getProduct, product)));
    expect(decodeOutput(Shop.op.getProduct, wire)).toStrictEqual(product);
  });

  it('is null on the wire when there is none', () => {
    expect(encodeInput(Shop.op.count, undefined)).toBeNull();
    expect(decodeInput(Shop.op.count, null)).toBeUndefined();
    expect(encodeOutput(Shop.op.charge, undefined)).toBeNull();
    expect(decodeOutput(Shop.op.charge, null)).toBeUndefined();
  });

  it('loses unknown keys in both directions', () => {
    const more = { productId: 'p1', more: true };
    expect(encodeInput(Shop.op.getProduct, more)).toEqual({ productId: 'p1' });
    expect(decodeInput(Shop.op.getProduct, more)).toEqual({ productId: 'p1' });
  });

  it('leaves out keys that hold undefined', () => {
    const wire = encodeInput(Shop.op.reprice, { productId: 'p1', price, note: undefined }) as object;
    expect(Object.keys(wire)).toEqual(['productId', 'price']);
  });

  it('shares nothing with its wire form', () => {
    const operation = echo(z.object({ lines: z.array(z.object({ quantity: z.int() })) }));
    const value = { lines: [{ quantity: 1 }] };
    const wire = encodeInput(operation, value) as typeof value;
    const copy = decodeInput(operation, wire);
    value.lines[0]!.quantity = 2;
    wire.lines[0]!.quantity = 3;
    expect(copy).toEqual({ lines: [{ quantity: 1 }] });
  });

  it('may hold bytes, maps, sets and numbers of any size', () => {
    const schema = z.object({
      bytes: binary(),
      prices: mapOf(z.string(), z.object({ amount: integer() })),
      tags: setOf(z.string()),
    });
    const value = {
      bytes: new Uint8Array([0, 255, 128]),
      prices: new Map([['__proto__', { amount: -(10n ** 60n) }]]),
      tags: new Set(['b', 'a']),
    };
    expect(crossed(schema, value)).toStrictEqual(value);
  });

  it('may be bytes of some megabytes', () => {
    const bytes = new Uint8Array(8_000_000).fill(7);
    expect(Buffer.compare(crossed(binary(), bytes), bytes)).toBe(0);
  });

  it('gets the default of a field that an older writer did not know', () => {
    const operation = echo(z.object({ limit: z.int().default(20), amount: integer().prefault('5') }));
    expect(decodeInput(operation, {})).toEqual({ limit: 20, amount: 5n });
  });

  it('cannot reach a prototype through __proto__', () => {
    const operation = echo(z.object({ names: z.record(z.string(), z.string()), a: z.string().optional() }));
    const wire = JSON.parse('{"__proto__":{"a":"x"},"names":{"__proto__":"x","constructor":"y"}}');
    const value = decodeInput(operation, wire);
    expect(value.a).toBeUndefined();
    expect(Object.getPrototypeOf(value.names)).toBe(Object.prototype);
    expect(Object.entries(value.names)).toEqual([['constructor', 'y']]);
  });
});

describe('A value that does not fit', () => {
  it('is refused as input with the place and the expectation', () => {
    const error = invalid(() => decodeInput(Shop.op.reprice, { productId: 7, price: { amountMinor: '1.5' } }));
    expect(error.subject).toBe('shop.reprice');
    expect(error.issues).toEqual([
      { path: '/productId', message: 'must be a string, not a number' },
      { path: '/price/amountMinor', message: 'must be a whole number in decimal digits' },
      { path: '/price/currency', message: 'is missing' },
    ]);
    expect(error.message).toMatch(/^Input of shop\.reprice is not valid: \/productId: must be a string/);
  });

  it.each([[null], [undefined], ['text'], [[]], [7]])('is refused when it is %p instead of an object', (wire) => {
    expect(invalid(() => decodeInput(Shop.op.getProduct, wire)).issues).toHaveLength(1);
  });

  it('is refused as output and as event under their own names', () => {
    expect(() => encodeOutput(Shop.op.getProduct, { productId: 'p1' } as never)).toThrow(InvalidOutput);
    expect(() => decodeOutput(Shop.op.getProduct, {})).toThrow(InvalidOutput);
    expect(() => encodeEvent(Shop.event.priceChanged, {} as never)).toThrow(InvalidEvent);
    expect(() => decodeEvent(Shop.event.priceChanged, {})).toThrow(InvalidEvent);
  });

  it('is refused before it leaves', () => {
    const wrong = { productId: 'p1', price: { amountMinor: 5, currency: 'EUR' } } as never;
    const error = invalid(() => encodeInput(Shop.op.reprice, wrong));
    expect(error.issues).toEqual([{ path: '/price/amountMinor', message: 'must be a bigint, not a number' }]);
  });

  it.each([[NaN], [Infinity]])('is refused when a number is %p', (number) => {
    expect(() => crossed(z.object({ number: z.number() }), { number })).toThrow(
      /must be a number, not NaN or Infinity/,
    );
  });

  it('is refused when a date is invalid or of the year 10000', () => {
    const operation = Shop.op.reindex;
    expect(() => encodeInput(operation, { since: new Date('no') })).toThrow(
      /must be a valid date, not an invalid date/,
    );
    expect(() => encodeInput(operation, { since: new Date(8.64e15) })).toThrow(InvalidInput);
  });

  it('is refused when a key or a member stands twice', () => {
    const maps = echo(z.object({ prices: mapOf(z.string(), z.int()) }));
    expect(
      invalid(() =>
        decodeInput(maps, {
          prices: [
            ['a', 1],
            ['a', 2],
          ],
        }),
      ).issues,
    ).toEqual([{ path: '/prices', message: 'must not hold a key twice' }]);
    const sets = echo(z.object({ tags: setOf(z.string()) }));
    expect(invalid(() => decodeInput(sets, { tags: ['a', 'a'] })).issues).toEqual([
      { path: '/tags', message: 'must not hold a member twice' },
    ]);
  });

  it('is refused when two members are the same on the wire, though a Set holds both', () => {
    const days = echo(z.object({ days: setOf(instant()) }));
    const day = '2026-01-01T00:00:00.000Z';
    const issues = [{ path: '/days', message: 'must not hold a member twice' }];
    expect(invalid(() => decodeInput(days, { days: [day, day] })).issues).toEqual(issues);
    expect(invalid(() => encodeInput(days, { days: new Set([new Date(day), new Date(day)]) })).issues).toEqual(issues);
    const prices = echo(z.object({ prices: mapOf(instant(), z.int()) }));
    const map = new Map([1, 2].map((price) => [new Date(day), price] as const));
    expect(invalid(() => encodeInput(prices, { prices: map })).issues).toEqual([
      { path: '/prices', message: 'must not hold a key twice' },
    ]);
  });

  it('is held to a check of a member that may be left out, and to what further members may be', () => {
    const unless = echo(
      z.object({
        a: z
          .string()
          .optional()
          .refine((text) => text !== 'b'),
      }),
    );
    expect(() => decodeInput(unless, { a: 'b' })).toThrow(InvalidInput);
    expect(() => encodeInput(unless, { a: 'b' })).toThrow(InvalidInput);
    const further = echo(z.object({ a: z.string() }).catchall(z.int()));
    expect(decodeInput(further, { a: 'x', b: 1 })).toEqual({ a: 'x', b: 1 });
    expect(encodeInput(further, { a: 'x', b: 1 } as never)).toEqual({ a: 'x', b: 1 });
    expect(() => decodeInput(further, { a: 'x', b: 'no' })).toThrow(InvalidInput);
  });

  it('is told apart from a codec that fails', () => {
    const locale = z.codec(z.string(), z.instanceof(Intl.Locale), {
      decode: (tag) => new Intl.Locale(tag),
      encode: (given) => given.toString(),
    });
    expect(() => decodeInput(echo(z.object({ locale })), { locale: 'not_a_locale!' })).toThrow(RangeError);
  });

  it('is answered briefly, however big and wrong it is, and never repeated', () => {
    const operation = echo(z.object({ records: z.record(z.string().max(10), z.enum(['a', 'b'])) }));
    const secret = 'secret'.repeat(10_000);
    const records = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}/~`, secret]));
    const error = invalid(() => decodeInput(operation, { records: { ...records, [secret]: 'a' } }));
    expect(error.issues).toHaveLength(20);
    expect(error.issues[0]).toEqual({ path: '/records/k0~1~0', message: 'must be one of "a", "b"' });
    expect(error.message.length).toBeLessThan(2_000);
    expect(invalid(() => decodeInput(operation, { records: { [secret]: 'a' } })).message.length).toBeLessThan(300);
  });

  it('is refused when a number has too many digits to read in time', () => {
    const operation = echo(z.object({ amount: integer() }));
    expect(() => decodeInput(operation, { amount: '9'.repeat(5_000_000) })).toThrow(InvalidInput);
    expect(() => decodeInput(operation, { amount: '-0' })).toThrow(InvalidInput);
    expect(() => decodeInput(operation, { amount: '007' })).toThrow(InvalidInput);
  });

  it('is refused when it is nested deeper than the stack', () => {
    type Tree = { child?: Tree | undefined };
    const Tree: z.ZodType<Tree> = z.object({ child: z.lazy(() => Tree).optional() });
    let deep: Tree = {};
    for (let depth = 0; depth < 200_000; depth++) deep = { child: deep };
    const error = invalid(() => decodeInput(echo(Tree), deep));
    expect(error.issues).toEqual([{ path: '', message: 'is nested too deeply' }]);
  });

  it('has the faults of the option that it nearly fits', () => {
    const Method = z.discriminatedUnion('type', [
      z.object({ type: z.literal('account'), accountId: z.string() }),
      z.object({ type: z.literal('card'), token: z.string().min(8) }),
    ]);
    const operation = echo(
      z.object({ method: Method, note: z.union([z.int(), z.object({ text: z.string() })]).optional() }),
    );
    const wrong = { method: { type: 'card', token: 'x' }, note: { text: 1 } };
    expect(invalid(() => decodeInput(operation, wrong)).issues).toEqual([
      { path: '/method/token', message: 'must have at least 8 characters' },
      { path: '/note/text', message: 'must be a string, not a number' },
    ]);
    expect(invalid(() => decodeInput(operation, { method: { type: 'cash' } })).issues).toEqual([
      { path: '/method/type', message: expect.stringContaining('none of the forms') },
    ]);
  });
});
