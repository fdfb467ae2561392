import { expect, test } from '@jest/globals';
import { type DataOf, decodeInput, type EventType, InvalidInput } from '@macrolith/contract';
import { Orders } from '@macrolith/orders';
import type { ContractSubject } from '@macrolith/testing';
import { Analytics } from '../src/index.js';
import { cancelledEvent, fulfilledEvent, placedEvent } from './order-events.js';

export type Tell = <E extends EventType<any>>(event: E, data: DataOf<E>) => Promise<void>;

const money = (amountMinor: bigint, currency = 'GBP') => ({ amountMinor, currency });

/** What every provider must do. Tests share one, so each has a year of its own. */
export function specifyAnalytics(analytics: ContractSubject<typeof Analytics>, tell: () => Tell): void {
  const placed = (order: Parameters<typeof placedEvent>[0]) => tell()(Orders.event.orderPlaced, placedEvent(order));
  const year = (number: number) => ({ from: `${number}-01-01`, to: `${number}-12-31` });

  test('what was sold is counted on the day on which it was ordered', async () => {
    await placed({
      on: '2001-03-01',
      lines: [
        ['MUG', 2, 350n],
        ['BOWL', 1, 425n],
      ],
    });
    await placed({ on: '2001-03-01', lines: [['MUG', 1, 350n]] });
    await placed({ on: '2001-03-03', lines: [['MUG', 4, 300n]] });

    expect(await analytics.port.salesByDay(year(2001))).toEqual([
      { day: '2001-03-01', pieces: 4, amount: money(1475n), cancelledPieces: 0, cancelledAmount: money(0n) },
      { day: '2001-03-03', pieces: 4, amount: money(1200n), cancelledPieces: 0, cancelledAmount: money(0n) },
    ]);
  });

  test('what is cancelled counts against the day of its order, even when it is heard of first', async () => {
    const order = { on: '2002-05-05', lines: [['MUG', 5, 350n] as const] };
    await tell()(Orders.event.orderCancelled, cancelledEvent(order, [['MUG', 2, 350n]], { on: '2002-06-30' }));
    await placed(order);

    expect(await analytics.port.salesByDay(year(2002))).toEqual([
      { day: '2002-05-05', pieces: 3, amount: money(1050n), cancelledPieces: 2, cancelledAmount: money(700n) },
    ]);
  });

  test('currencies are never added up with each other', async () => {
    await placed({ on: '2003-01-01', lines: [['MUG', 1, 350n]] });
    await placed({ on: '2003-01-01', lines: [['MUG', 1, 410n]], currency: 'EUR' });

    const amounts = (sales: readonly { readonly amount: unknown }[]) => sales.map(({ amount }) => amount);
    expect(amounts(await analytics.port.salesByDay(year(2003)))).toEqual([money(410n, 'EUR'), money(350n)]);
    expect(amounts(await analytics.port.salesByProduct(year(2003)))).toEqual([money(410n, 'EUR'), money(350n)]);
    expect(amounts(await analytics.port.salesByProduct({ ...year(2003), currency: 'GBP' }))).toEqual([money(350n)]);
  });

  test('products that brought in most come first, under the name that they were last sold by', async () => {
    await placed({
      on: '2004-02-01',
      lines: [
        ['P-1', 1, 100n],
        ['P-2', 1, 900n],
        ['P-3', 1, 500n],
      ],
    });
    await placed({ on: '2004-02-02', lines: [['P-1', 10, 100n]], names: { 'P-1': 'Renamed' } });

    const { port } = analytics;
    expect(await port.salesByProduct({ ...year(2004), limit: 2 })).toEqual([
      {
        productId: 'P-1',
        name: 'Renamed',
        pieces: 11,
        amount: money(1100n),
        cancelledPieces: 0,
        cancelledAmount: money(0n),
      },
      {
        productId: 'P-2',
        name: 'Product P-2',
        pieces: 1,
        amount: money(900n),
        cancelledPieces: 0,
        cancelledAmount: money(0n),
      },
    ]);
    expect(await port.salesByProduct({ from: '2004-02-01', to: '2004-02-01' })).toMatchObject([
      { productId: 'P-2' },
      { productId: 'P-3' },
      { productId: 'P-1', name: 'Product P-1' },
    ]);
  });

  test('countries are told apart, and so is none', async () => {
    await placed({ on: '2005-02-01', lines: [['MUG', 1, 100n]], country: 'France' });
    await placed({ on: '2005-02-01', lines: [['MUG', 2, 100n]], country: 'EIRE' });
    await placed({ on: '2005-02-01', lines: [['MUG', 3, 100n]] });

    const { port } = analytics;
    const countries = await port.salesByCountry(year(2005));
    expect(countries.map(({ country, pieces }) => [country, pieces])).toEqual([
      [undefined, 3],
      ['EIRE', 2],
      ['France', 1],
    ]);
    expect(await port.salesByDay({ ...year(2005), country: 'EIRE' })).toMatchObject([{ pieces: 2 }]);
    expect(await port.salesByProduct({ ...year(2005), country: 'France' })).toMatchObject([{ pieces: 1 }]);
    expect(await port.funnel({ ...year(2005), country: 'France' })).toMatchObject({ placed: 1 });
  });

  test('one product can be looked at alone', async () => {
    await placed({
      on: '2006-02-01',
      lines: [
        ['A-1', 1, 100n],
        ['A-2', 7, 100n],
      ],
    });

    expect(await analytics.port.salesByDay({ ...year(2006), productId: 'A-2' })).toMatchObject([{ pieces: 7 }]);
  });

  test('the funnel tells what became of the orders of a period', async () => {
    const orders = Array.from({ length: 6 }, () => ({ on: '2007-07-07', lines: [['MUG', 2, 100n] as const] }));
    for (const order of orders) await placed(order);
    for (const order of orders.slice(0, 3)) await tell()(Orders.event.orderFulfilled, fulfilledEvent(order));
    const all = [['MUG', 2, 100n] as const];
    await tell()(Orders.event.orderCancelled, cancelledEvent(orders[0]!, all, { fulfilled: true, whole: true }));
    await tell()(Orders.event.orderCancelled, cancelledEvent(orders[3]!, all, { whole: true }));
    await tell()(Orders.event.orderCancelled, cancelledEvent(orders[4]!, [['MUG', 1, 100n]], {}));

    expect(await analytics.port.funnel(year(2007))).toEqual({
      placed: 6,
      open: 2,
      fulfilled: 3,
      cancelled: 1,
      returned: 1,
    });
    expect(await analytics.port.salesByDay(year(2007))).toMatchObject([{ pieces: 7, cancelledPieces: 5 }]);
  });

  test('a period without orders has nothing', async () => {
    const { port } = analytics;
    expect(await port.salesByDay(year(1990))).toEqual([]);
    expect(await port.salesByProduct(year(1990))).toEqual([]);
    expect(await port.salesByCountry(year(1990))).toEqual([]);
    expect(await port.funnel(year(1990))).toEqual({ placed: 0, open: 0, fulfilled: 0, cancelled: 0, returned: 0 });
  });

  test('it tells how far it has come', async () => {
    await placed({ on: '2008-01-01', lines: [['MUG', 1, 100n]] });

    expect(await analytics.port.projection()).toMatchObject({
      generation: expect.any(Number),
      builtAt: expect.any(Date),
      lastEventAt: expect.any(Date),
      events: 0,
      dead: 0,
    });
  });

  test.each([
    ['a day that no calendar has', { from: '2026-02-30' }],
    ['the year 0', { from: '0000-01-01' }],
    ['a moment', { to: '2026-02-28T10:00:00Z' }],
    ['no country', { country: '' }],
    ['half a currency', { currency: 'GB' }],
  ])('%s is refused', (_what, wanted) => {
    expect(() => decodeInput(Analytics.op.salesByDay, wanted)).toThrow(InvalidInput);
  });
}
