import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MacrolithModule, PortRegistry, runInContext } from '@macrolith/core';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { ConsoleLogger, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Database, DatabaseModule, IdempotencyKeyReused, KeyedCallUnderWay } from '../src/index.js';
import {
  FasterTelegraph,
  FasterTelegraphModule,
  LineCut,
  StormComing,
  Telegraph,
  TelegraphModule,
  TelegraphService,
} from './app/telegraph.js';

describe('An external command under an idempotency key', () => {
  let testDatabase: TestDatabase;
  let app: TestingModule;
  let telegraph: Telegraph;
  let service: TelegraphService;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    app = await processWith(TelegraphModule);
    telegraph = app.get(PortRegistry).use(Telegraph, 'test') as Telegraph;
    service = app.get(TelegraphService, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await testDatabase.drop();
  });
  beforeEach(() => {
    service.calls.length = 0;
    service.afterwards = async () => {};
  });

  async function processWith(module: Type): Promise<TestingModule> {
    const imports = [MacrolithModule.forRoot(), DatabaseModule.forRoot({ url: testDatabase.url, poolSize: 4 }), module];
    const started = await Test.createTestingModule({ imports })
      .setLogger(new ConsoleLogger('test', { logLevels: [] }))
      .compile();
    return started.init();
  }

  /** As a caller of the next version says it. */
  const faster = (to: string, isUrgent = false): { to: string } => ({ to, isUrgent }) as { to: string };
  const send = (key: string, to = 'paris', deadlineAt?: number) =>
    runInContext({ idempotencyKey: key, deadlineAt }, () => telegraph.send({ to }));
  const intents = async () => {
    const { rows } = await app
      .get(Database)
      .of('telegraph')
      .query('SELECT outcome, claimed_until > now() AS is_claimed FROM telegraph.idempotency');
    return rows;
  };

  test('is called outside a transaction, with its intent committed and the key in its context', async () => {
    const seen: unknown[] = [];
    service.afterwards = async () => {
      seen.push(...(await intents()));
    };
    expect(await send('w-1')).toEqual({ receipt: 'paris/w-1' });
    expect(seen).toEqual([{ outcome: null, is_claimed: true }]);
    expect(service.calls).toEqual([{ to: 'paris', key: 'w-1' }]);
  });

  test('is called once for duplicates, one after the other and together', async () => {
    service.afterwards = () => new Promise((resolve) => setTimeout(resolve, 50));
    const together = await Promise.all([send('w-2'), send('w-2'), send('w-2')]);
    expect([...together, await send('w-2')]).toEqual(Array(4).fill({ receipt: 'paris/w-2' }));
    expect(service.calls).toHaveLength(1);
  });

  test('answers a declared error to the duplicate, too: the outside world has given its answer', async () => {
    await expect(send('w-3', 'nowhere')).rejects.toBeInstanceOf(LineCut);
    await expect(send('w-3', 'nowhere')).rejects.toMatchObject({ code: LineCut.code, to: 'nowhere' });
    expect(service.calls).toHaveLength(1);
  });

  test('is called again under the same key when its answer was lost', async () => {
    service.afterwards = async () => {
      service.afterwards = async () => {};
      throw new Error('the answer was lost');
    };
    await expect(send('w-4')).rejects.toThrow('the answer was lost');
    expect(await send('w-4')).toEqual({ receipt: 'paris/w-4' });
    expect(service.calls).toEqual([
      { to: 'paris', key: 'w-4' },
      { to: 'paris', key: 'w-4' },
    ]);
  });

  test('is called again after the process that called it has died', async () => {
    await send('w-5');
    await app
      .get(Database)
      .of('telegraph')
      .query(
        "UPDATE telegraph.idempotency SET outcome = NULL, claimed_until = now() - interval '1 second' WHERE key = 'w-5'",
      );
    expect(await send('w-5')).toEqual({ receipt: 'paris/w-5' });
    expect(service.calls).toHaveLength(2);
  });

  test('is refused to a duplicate that cannot wait for the first', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: open, resolve: answer } = Promise.withResolvers<void>();
    service.afterwards = () => {
      begin();
      return open;
    };
    const first = send('w-6');
    await begun;
    await expect(send('w-6', 'paris', Date.now() + 100)).rejects.toBeInstanceOf(KeyedCallUnderWay);
    answer();
    expect(await first).toEqual({ receipt: 'paris/w-6' });
  });

  test('is refused when the key comes again with another input', async () => {
    await send('w-7');
    await expect(send('w-7', 'rome')).rejects.toBeInstanceOf(IdempotencyKeyReused);
  });

  test('is the same wish for a process with the next version, which adds a member with a default', async () => {
    await send('w-9');
    const newer = await processWith(FasterTelegraphModule);
    try {
      const port = newer.get(PortRegistry).use(FasterTelegraph, 'test') as FasterTelegraph;
      const again = (key: string, isUrgent = false) =>
        runInContext({ idempotencyKey: key }, () => port.send(faster('paris', isUrgent)));
      expect(await again('w-9')).toEqual({ receipt: 'paris/w-9' });
      await expect(again('w-9', true)).rejects.toBeInstanceOf(IdempotencyKeyReused);
      await again('w-10');
      expect(await send('w-10')).toEqual({ receipt: 'paris/w-10' });
    } finally {
      await newer.close();
    }
    expect(service.calls).toEqual([{ to: 'paris', key: 'w-9' }]);
  });

  test('is answered as unexpected where the stored error is one that only another version declares', async () => {
    const newer = await processWith(FasterTelegraphModule);
    try {
      const port = newer.get(PortRegistry).use(FasterTelegraph, 'test') as FasterTelegraph;
      const first = runInContext({ idempotencyKey: 'w-11' }, () => port.send(faster('storm')));
      await expect(first).rejects.toBeInstanceOf(StormComing);
    } finally {
      await newer.close();
    }
    await expect(send('w-11', 'storm')).rejects.toMatchObject({
      code: 'unexpected',
      cause: { message: expect.stringContaining("'telegraph.storm-coming' (A storm is coming.)") },
    });
  });

  test('keeps its key to itself: a command that its provider calls does not find it', async () => {
    service.afterwards = async () => {
      service.afterwards = async () => {};
      await telegraph.send({ to: 'relay' });
    };
    await send('w-8');
    expect(service.calls).toEqual([
      { to: 'paris', key: 'w-8' },
      { to: 'relay', key: undefined },
    ]);
  });
});
