import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { UnexpectedError } from '@macrolith/contract';
import { notDoneElsewhere, runInContext } from '@macrolith/core';
import { type GivenNatsOptions, RemoteRefused } from '@macrolith/nats';
import { Applications } from './applications.js';
import { Stores } from './observatory.js';
import {
  LocalPlanetarium1,
  LocalPlanetarium2,
  Planetarium1,
  Planetarium1Service,
  Planetarium2,
  Planetarium2Service,
  RemotePlanetarium1,
  RemotePlanetarium2,
  SoldOut,
} from './planetarium.js';

let applications: Applications;
beforeAll(async () => {
  applications = await Applications.start();
});
afterEach(() => applications.closeAll());
afterAll(() => applications.end());

const providerOf1 = () => applications.serving(Planetarium1Service, [LocalPlanetarium1, Stores]);
const providerOf2 = () => applications.serving(Planetarium2Service, [LocalPlanetarium2, Stores]);

/** Asks again at once, and often: of two processes NATS chooses one by chance. */
const PERSISTENT = { resilience: { maxAttempts: 50, backoff: { firstMs: 1, maxMs: 5 } } };
const callerOf1 = () => applications.calling(Planetarium1, [RemotePlanetarium1], PERSISTENT);
const callerOf2 = (options: GivenNatsOptions = PERSISTENT) =>
  applications.calling(Planetarium2, [RemotePlanetarium2], options);

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a caller that is one version behind its provider', () => {
  test('has its call done with the defaults of what it does not know, and gets what it knows', async () => {
    const [{ service }, { port }] = [await providerOf2(), await callerOf1()];

    expect(await port.seats({ show: 'comets' })).toEqual({ free: 100 });
    expect(await port.book({ show: 'comets' })).toEqual({ ticket: 'comets 1' });

    expect(service.got).toEqual([
      { show: 'comets', dome: 'large' },
      { show: 'comets', seats: 1 },
    ]);
  });

  test('gets a declared error that it does not know as any other error, with its trace, and its log the code of it', async () => {
    const [, { port }] = [await providerOf2(), await callerOf1()];
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;

    const error = await errorOf(runInContext({ traceparent }, () => port.book({ show: 'eclipse' })));

    expect(error).toBeInstanceOf(UnexpectedError);
    expect(error).toMatchObject({ operation: 'planetarium.book', traceId: trace });
    expect((error as Error).message).not.toContain('sold-out');
    expect((error as { cause: Error }).cause.message).toContain('planetarium.sold-out');
    const ahead = await callerOf2();
    await expect(ahead.port.book({ show: 'eclipse', seats: 1 })).rejects.toBeInstanceOf(SoldOut);
  });
});

describe('a caller that is one version ahead of its provider', () => {
  test('has its call done without what the provider does not know, and gets the defaults of that', async () => {
    const [{ service }, { port }] = [await providerOf1(), await callerOf2()];

    expect(await port.seats({ show: 'comets', dome: 'small' })).toEqual({ free: 100, wheelchairs: 0 });
    expect(await port.book({ show: 'comets', guest: 'ada', seats: 2 })).toEqual({ ticket: 'comets 1', row: 0 });

    expect(service.got).toEqual([{ show: 'comets' }, { show: 'comets' }]);
  });

  test('is refused an operation that its provider does not have, and may ask again later', async () => {
    await providerOf1();
    const { port, calls, registry } = await callerOf2({ resilience: { maxAttempts: 2 } });

    const refused = await errorOf(port.programme());
    const notDone = await errorOf(
      runInContext({ messageId: randomUUID() }, () =>
        registry.performing(Planetarium2.op.dim, 'astronomer')!({ percent: 50 }),
      ),
    );

    expect(refused).toBeInstanceOf(RemoteRefused);
    expect(refused).toMatchObject({
      code: 'macrolith.unknown-operation',
      operation: 'planetarium.programme',
      message: expect.stringContaining('Another version of the module may have it.'),
      askAgainInMs: 5_000,
    });
    // An outbox keeps a task for later, and counts no attempt.
    expect(notDone).toMatchObject({ code: 'macrolith.unknown-operation' });
    expect(notDoneElsewhere(notDone)).toEqual({ askAgainInMs: 5_000 });
    expect(calls.remoteModules).toMatchObject([{ circuit: 'closed' }]);
  });
});

describe('while processes of both versions serve a module', () => {
  test('callers of both are answered by either', async () => {
    const [older, newer] = [await providerOf1(), await providerOf2()];
    const [behind, ahead] = [await callerOf1(), await callerOf2()];

    const [ofBehind, ofAhead] = await Promise.all([
      Promise.all(Array.from({ length: 40 }, () => behind.port.book({ show: 'comets' }))),
      Promise.all(Array.from({ length: 40 }, () => ahead.port.book({ show: 'comets', seats: 2 }))),
    ]);

    expect(new Set(ofBehind.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"ticket":"comets 1"}']));
    expect(new Set(ofAhead.map(({ row }) => row))).toEqual(new Set([0, 3]));
    expect(older.service.got.length + newer.service.got.length).toBe(80);
    expect(older.service.got.length).toBeGreaterThan(0);
    expect(newer.service.got).toContainEqual({ show: 'comets', seats: 1 });
    expect(newer.service.got).toContainEqual({ show: 'comets', seats: 2 });
  });

  test('an operation that only the newer one has is asked for until that one hears it', async () => {
    const [older] = [await providerOf1(), await providerOf2()];
    const { port } = await callerOf2();

    const answers = await Promise.all(Array.from({ length: 20 }, () => port.programme()));

    expect(new Set(answers.map(String))).toEqual(new Set(['eclipse,comets']));
    expect(older.server.state.refused['unknown-operation']).toBeGreaterThan(0);
  });
});
