import { expect, test } from '@jest/globals';
import { decodeEvent, event, heardEvent, isHeardEvent, Port, z } from '@macrolith/contract';

const orderPlaced = heardEvent('orders.order-placed', {
  version: 2,
  data: z.object({ orderId: z.string(), total: z.object({ currency: z.string() }).optional() }),
});

test('a heard event has the id, the module and the name that its publisher gave it', () => {
  expect(orderPlaced).toMatchObject({
    id: 'orders.order-placed.v2',
    module: 'orders',
    name: 'orderPlaced',
    version: 2,
    heard: true,
  });
  expect(Object.isFrozen(orderPlaced)).toBe(true);
});

test('an event of a private port belongs to its module', () => {
  const struck = heardEvent('orders.order-book.line-struck', { version: 1, data: z.object({}) });
  expect(struck).toMatchObject({ id: 'orders.order-book.line-struck.v1', module: 'orders', name: 'lineStruck' });
});

test('the reader gets the fields that it named, whatever else was written', () => {
  const written = { orderId: 'o1', lines: [1, 2], total: { amountMinor: '12', currency: 'GBP' } };
  expect(decodeEvent(orderPlaced, written)).toEqual({ orderId: 'o1', total: { currency: 'GBP' } });
});

test('an event that a contract declares is not a heard one', () => {
  abstract class Bells extends Port({
    name: 'bells',
    version: '1.0.0',
    operations: {},
    events: { rung: event({ data: z.object({}), key: () => '' }) },
  }) {}
  expect([isHeardEvent(orderPlaced), isHeardEvent(Bells.event.rung)]).toEqual([true, false]);
});

test.each(['orderPlaced', 'orders.orderPlaced', 'orders.order-placed.v1x.y', 'Orders.order-placed', 'orders.', ''])(
  'the name %j is refused, with an example of a good one',
  (name) => {
    expect(() => heardEvent(name, { version: 1, data: z.object({}) })).toThrow(/kebab-case .* catalog\.price-changed/);
  },
);

test.each([0, -1, 1.5, Number.NaN])('the version %d is refused', (version) => {
  expect(() => heardEvent('orders.order-placed', { version, data: z.object({}) })).toThrow(
    `The heard event orders.order-placed has version ${version}: write the one that its publisher declares.`,
  );
});

test('what cannot cross a wire cannot be heard', () => {
  // @ts-expect-error the compiler says so, too
  const define = () => heardEvent('orders.order-placed', { version: 1, data: z.object({ at: z.date() }) });
  expect(define).toThrow(/Data of the heard event orders\.order-placed cannot cross a wire\.\n {2}\/at: z\.date\(\)/);
});
