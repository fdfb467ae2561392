import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generationOf, NotAProjection, Projection, RebuildWouldForget, UnknownProjection } from '@macrolith/events';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { gazette, issues, type Process, Processes, until } from './gazette.js';
import { counting, ledger, SeenLedger } from './ledger.js';

let database: TestDatabase;
let processes: Processes;

beforeEach(async () => {
  database = await createTestDatabase();
  processes = new Processes(database.url);
  counting.weight = 1;
  counting.trouble = () => {};
});
afterEach(async () => {
  await processes.end();
  await database.drop();
});

const press = gazette();
const Ledger = ledger(press);

/** Nobody waits long for a consumer, so that a retired generation is soon forgotten. */
const SOON_COLD = { patienceMs: 1_000 };

async function start(options = {}): Promise<Process & { readonly ledger: SeenLedger }> {
  const process = await processes.start([press.GazetteModule, Ledger], options);
  return Object.assign(process, { ledger: new SeenLedger(process) });
}

const answers = (process: { readonly ledger: SeenLedger }, ...expected: string[]) =>
  until(async () => (await process.ledger.answer()).join() === expected.join());
const isAt = (process: { readonly ledger: SeenLedger }, ...expected: string[]) =>
  until(async () => (await process.ledger.generations()).join() === expected.join());

describe('a projection', () => {
  test('records what was published before it was there, and what is published from then on', async () => {
    const before = await processes.start([press.GazetteModule]);
    await before.issue(press, ...issues('times', 10), ...issues('post', 5));

    const shell = await start();
    await shell.issue(press, ...issues('times', 2, 11));

    await answers(shell, 'post: 5/15', 'times: 12/78');
    expect(await shell.ledger.generations()).toEqual(['1 live']);
    expect(await shell.ledger.consumers()).toEqual(['ledger.count@1']);
    // An event is closed after what it led to is there.
    const status = () => shell.ledger.projections.status('circulation');
    await until(async () => (await status()).events === 0);
    expect(await status()).toEqual({
      generation: 1,
      builtAt: expect.any(Date),
      events: 0,
      dead: 0,
    });
  });

  test('begins once, however many processes start at the same time', async () => {
    const shells = await Promise.all([start(), start(), start()]);
    await shells[0]!.issue(press, ...issues('times', 4));

    await answers(shells[2]!, 'times: 4/10');
    expect(await shells[1]!.ledger.generations()).toEqual(['1 live']);
  });

  test('shows how far it lags behind: how many events, and when the oldest of them happened', async () => {
    const shell = await start({ enabled: false });
    const before = new Date(Date.now() - 1000);
    await shell.issue(press, ...issues('times', 3));

    const { events, oldestAt } = await shell.ledger.projections.status('circulation');
    expect(events).toBe(3);
    expect(oldestAt!.getTime()).toBeGreaterThan(before.getTime());
    expect(oldestAt!.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('shows what it had to give up on', async () => {
    const shell = await start({ maxAttempts: 1 });
    counting.trouble = ({ number }) => {
      if (number === 2) throw new Error('unreadable');
    };
    await shell.issue(press, ...issues('times', 1));
    await shell.issue(press, { paper: 'post', number: 2 });

    await until(async () => (await shell.ledger.projections.status('circulation')).dead === 1);
    await answers(shell, 'times: 1/1');
  });

  test('that a module does not have is refused by name', async () => {
    const shell = await start();
    await expect(async () => shell.ledger.projections.status('sales')).rejects.toThrow(
      new UnknownProjection('ledger', 'sales'),
    );
  });

  test('cannot be named so that its tables could not be found', () => {
    expect(() => Projection('sales; drop', { tables: [] })).toThrow(TypeError);
    expect(() => Projection('sales', { tables: ['ledger.sale'] })).toThrow(TypeError);
  });

  test('is what a generation belongs to: a plain subscriber has none', () => {
    const envelope = { consumer: 'ledger.count' } as Parameters<typeof generationOf>[0];
    expect(() => generationOf(envelope)).toThrow(new NotAProjection('ledger.count'));
  });
});

describe('a rebuild', () => {
  test('makes the same of the same log, answers when it is done, and clears away what answered before', async () => {
    const shell = await start(SOON_COLD);
    await shell.issue(press, ...issues('times', 20), ...issues('post', 7));
    await answers(shell, 'post: 7/28', 'times: 20/210');

    expect(await shell.ledger.projections.rebuild('circulation')).toMatchObject({
      generation: 1,
      rebuild: { generation: 2, total: 27 },
    });

    await isAt(shell, '2 live');
    expect(await shell.ledger.rows()).toEqual(['post: 7/28', 'times: 20/210']);
    expect(await shell.ledger.consumers()).toEqual(['ledger.count@2']);
    const left = 'SELECT count(*)::integer AS left FROM gazette.delivery WHERE consumer = $1';
    expect(await shell.query(left, ['ledger.count@1'])).toEqual([{ left: 0 }]);
    const { rows } = await shell.database.of('ledger').query('SELECT DISTINCT consumer FROM ledger.inbox');
    expect(rows).toEqual([{ consumer: 'ledger.count@2' }]);
  });

  test('counts as the code counts now, while the old figures are shown', async () => {
    const shell = await start();
    await shell.issue(press, ...issues('times', 3));
    await answers(shell, 'times: 3/6');

    const hold = Promise.withResolvers<void>();
    counting.weight = 10;
    counting.trouble = (_, generation) => (generation === 2 ? hold.promise : undefined);
    await shell.ledger.projections.rebuild('circulation');
    await until(async () => (await shell.ledger.projections.status('circulation')).rebuild!.events === 3);
    expect(await shell.ledger.answer()).toEqual(['times: 3/6']);

    hold.resolve();
    await answers(shell, 'times: 30/6');
  });

  test('that is asked for while one is under way starts no other', async () => {
    const shell = await start();
    await shell.issue(press, ...issues('times', 3));
    const hold = Promise.withResolvers<void>();
    counting.trouble = (_, generation) => (generation === 2 ? hold.promise : undefined);

    const asked = await Promise.all(Array.from({ length: 5 }, () => shell.ledger.projections.rebuild('circulation')));

    expect(asked.map(({ rebuild }) => rebuild?.generation)).toEqual([2, 2, 2, 2, 2]);
    hold.resolve();
    await until(async () => (await shell.ledger.projections.status('circulation')).generation === 2);
  });

  test('loses and repeats nothing of what is published meanwhile, whichever process publishes and records it', async () => {
    const shells = [await start(), await start(), await start()];
    const published = new Map<string, number>();
    let count = 0;
    let stop = false;
    const publishing = shells.map(async (shell) => {
      while (!stop) {
        count += 1;
        const paper = `paper ${count % 30}`;
        published.set(paper, (published.get(paper) ?? 0) + 1);
        await shell.issue(press, { paper, number: 1 });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    for (const generation of [2, 3, 4]) {
      await shells[generation % 3]!.ledger.projections.rebuild('circulation');
      await until(async () => (await shells[0]!.ledger.projections.status('circulation')).generation === generation);
    }
    stop = true;
    await Promise.all(publishing);

    const expected = [...published].map(([paper, times]) => `${paper}: ${times}/${times}`).sort();
    await until(async () => (await shells[0]!.ledger.answer()).toSorted().join() === expected.join());
  });

  test('is not held up by an event that fails again and again, and that the old figures lack, too', async () => {
    const shell = await start({ backoff: { firstMs: 600_000, maxMs: 600_000 } });
    counting.trouble = ({ paper }) => {
      if (paper === 'post') throw new Error('not yet');
    };
    await shell.issue(press, ...issues('times', 2), { paper: 'post', number: 9 });
    await answers(shell, 'times: 2/3');

    await shell.ledger.projections.rebuild('circulation');

    await until(async () => (await shell.ledger.projections.status('circulation')).generation === 2);
    expect(await shell.ledger.projections.status('circulation')).toMatchObject({ events: 1, dead: 0 });
    expect(await shell.ledger.answer()).toEqual(['times: 2/3']);
  });

  test('waits for what was given up on, until somebody has decided about it', async () => {
    const shell = await start({ maxAttempts: 1 });
    await shell.issue(press, ...issues('times', 2), { paper: 'post', number: 9 });
    await answers(shell, 'post: 1/9', 'times: 2/3');
    counting.trouble = ({ paper }, generation) => {
      if (generation === 2 && paper === 'post') throw new Error('unreadable');
    };

    await shell.ledger.projections.rebuild('circulation');
    const look = () => shell.ledger.projections.status('circulation');
    await until(async () => (await look()).rebuild?.dead === 1 && (await look()).rebuild?.events === 0);
    expect(await shell.ledger.answer()).toEqual(['post: 1/9', 'times: 2/3']);

    await shell.query(`UPDATE gazette.delivery SET state = 'discarded' WHERE state = 'dead'`);
    await answers(shell, 'times: 2/3');
  });

  test('that would forget what the log has no more is refused', async () => {
    const shell = await start();
    await shell.issue(press, ...issues('times', 1));
    await shell.issue(press, ...issues('times', 1, 2));
    await answers(shell, 'times: 2/3');
    await until(async () => {
      const { rows } = await shell.database
        .of('ledger')
        .query('SELECT FROM ledger.projection WHERE log_from IS NOT NULL');
      return rows.length === 1;
    });

    await shell.query('DELETE FROM gazette.outbox WHERE position = (SELECT min(position) FROM gazette.outbox)');

    await expect(shell.ledger.projections.rebuild('circulation')).rejects.toThrow(RebuildWouldForget);
    expect(await shell.ledger.answer()).toEqual(['times: 2/3']);
  });

  test('goes on in another process when the one that began it is gone', async () => {
    const first = await start(SOON_COLD);
    await first.issue(press, ...issues('times', 30));
    await answers(first, 'times: 30/465');
    counting.trouble = async (_, generation) => {
      if (generation === 2) throw new Error('not here');
    };
    await first.ledger.projections.rebuild('circulation');
    await processes.end();
    counting.trouble = () => {};

    const second = await start(SOON_COLD);

    await isAt(second, '2 live');
    expect(await second.ledger.rows()).toEqual(['times: 30/465']);
  });
});
