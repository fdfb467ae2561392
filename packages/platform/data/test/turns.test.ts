import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { ConnectionLost, TurnTimeout, UnitOfWorkFailed } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';

const LOCK_TIMEOUT_MS = 500;

describe('A turn in a unit of work', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop({ poolSize: 1, lockTimeoutMs: LOCK_TIMEOUT_MS });
  });
  afterEach(() => shop.close());

  const run = <T>(work: () => Promise<T>) => shop.unitOfWork.run(work);
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const place = (customer: string) =>
    shop.database.of('orders').query('INSERT INTO orders.orders (customer) VALUES ($1)', [customer]);
  const takeFromStock = () => shop.database.of('stock').query('UPDATE stock.stock SET available = available - 1');

  /** A command that awaits what its caller begins while the command is open. */
  const waitForEachOther = async (
    begin: () => Promise<unknown>,
    hold: (work: Promise<unknown>) => Promise<unknown>,
  ) => {
    let callersWork: Promise<unknown> = Promise.resolve();
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    await place('caller');
    const command = run(async () => {
      await takeFromStock();
      await hasBegun;
      await hold(callersWork);
    });
    callersWork = begin();
    begun();
    await command;
  };

  const expectUsable = async () => {
    expect(await shop.countOrders('caller')).toBe(0);
    const { rows } = await shop.outside.query('SELECT max(available) AS available FROM stock.stock');
    expect(rows).toEqual([{ available: 10 }]);
    await run(() => place('next'));
    expect(await shop.countOrders('next')).toBe(1);
  };

  test('that a command keeps from the statement which it awaits ends at the lock timeout, and names both', async () => {
    const error = await caught(
      run(() =>
        waitForEachOther(
          () => place('caller'),
          (work) => work,
        ),
      ),
    );
    expect(error).toBeInstanceOf(TurnTimeout);
    expect(error).toMatchObject({
      waiting: { module: 'orders', statement: expect.stringContaining('INSERT INTO orders.orders') },
      openCommand: { module: 'stock', statement: expect.stringContaining('UPDATE stock.stock') },
    });
    expect((error as TurnTimeout).waitedMs).toBeGreaterThanOrEqual(LOCK_TIMEOUT_MS - 5);
    expect((error as Error).message).toMatch(/module 'orders'.*module 'stock' \(UPDATE.*await it before/s);
    await expectUsable();
  });

  test('that a command keeps from the command which it awaits ends as well', async () => {
    const error = await caught(
      run(() =>
        waitForEachOther(
          () => run(() => place('caller')),
          (work) => work,
        ),
      ),
    );
    expect(error).toBeInstanceOf(TurnTimeout);
    expect(error).toMatchObject({ waiting: undefined, openCommand: { module: 'stock' } });
    await expectUsable();
  });

  test('that never came rolls the whole unit back, also when its error is swallowed', async () => {
    const error = await caught(run(() => waitForEachOther(() => place('caller'), caught)));
    expect(error).toBeInstanceOf(UnitOfWorkFailed);
    expect((error as Error).cause).toBeInstanceOf(TurnTimeout);
    await expectUsable();
  });

  test('that never came rolls the whole unit back, also when its command is caught', async () => {
    const error = await caught(
      run(() =>
        caught(
          waitForEachOther(
            () => place('caller'),
            (work) => work,
          ),
        ),
      ),
    );
    expect((error as Error).cause).toBeInstanceOf(TurnTimeout);
    await expectUsable();
  });

  test('is waited for until the deadline of the call, if that is earlier', async () => {
    await shop.close();
    const lockTimeoutMs = 60_000;
    shop = await openShop({ poolSize: 1, lockTimeoutMs });
    const error = await caught(
      runInContext({ deadlineAt: Date.now() + 50 }, () =>
        run(() =>
          waitForEachOther(
            () => place('caller'),
            (work) => work,
          ),
        ),
      ),
    );
    expect(error).toBeInstanceOf(TurnTimeout);
    expect((error as TurnTimeout).waitedMs).toBeLessThan(lockTimeoutMs);
    await expectUsable();
  });

  test('is refused when the connection is lost', async () => {
    const holdUntilKilled = async (work: Promise<unknown>) => {
      const { rows } = await shop.database.of('stock').query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await shop.outside.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await work;
    };
    const error = await caught(run(() => waitForEachOther(() => place('caller'), holdUntilKilled)));
    expect(error).toBeInstanceOf(ConnectionLost);
    await expectUsable();
  });

  test('is refused when it is asked for after the connection was lost', async () => {
    const error = await caught(
      run(async () => {
        const { rows } = await shop.database.of('stock').query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await shop.terminate(rows[0]!.pid);
        await waitForEachOtherWithoutStatements();
      }),
    );
    expect(error).toBeInstanceOf(ConnectionLost);
    await expectUsable();
  });

  const waitForEachOtherWithoutStatements = async () => {
    let callersWork: Promise<unknown> = Promise.resolve();
    const command = run(async () => {
      await null;
      await callersWork;
    });
    callersWork = place('caller');
    await command;
  };

  test('that a command keeps before it sent anything says so', async () => {
    const error = await caught(run(waitForEachOtherWithoutStatements));
    expect(error).toMatchObject({ waiting: { module: 'orders' }, openCommand: undefined });
    expect((error as Error).message).toContain('that had sent no statement');
    await expectUsable();
  });

  test('comes to each of many commands that take longer than the limit only together', async () => {
    await run(() =>
      Promise.all(
        Array.from({ length: 8 }, () =>
          run(async () => {
            await place('patient');
            await pause(LOCK_TIMEOUT_MS / 5);
          }),
        ),
      ),
    );
    expect(await shop.countOrders('patient')).toBe(8);
  });
});
