import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command, Port, query, z } from '@macrolith/contract';
import { CallCancelled, currentContext, defineModule, LocalModule, MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule, database } from '@macrolith/data';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { Inject, Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, HttpModule, routes } from '../src/index.js';

abstract class Counter extends Port({
  name: 'counter',
  version: '1.0.0',
  operations: {
    add: command({ input: z.object({ by: z.int() }), output: z.object({ total: z.int() }) }),
    run: query({ input: z.object({ sql: z.string() }), output: z.object({ rows: z.int() }) }),
    /** Runs a statement once whoever asked has gone. */
    linger: query({ output: z.string() }),
  },
}) {}

@Injectable()
class CounterService implements Counter {
  private total = 0;

  constructor(@Inject(Database) private readonly database: Database) {}

  async add({ by }: { by: number }) {
    this.total += by;
    return { total: this.total };
  }

  readonly lingering = Promise.withResolvers<void>();
  readonly lingered = Promise.withResolvers<unknown>();

  async linger() {
    this.lingering.resolve();
    await new Promise<void>((resolve) => currentContext().cancellation!.onCancel(resolve));
    this.lingered.resolve(await this.run({ sql: 'SELECT 1' }).catch((error: unknown) => error));
    return 'nobody reads this';
  }

  async run({ sql }: { sql: string }) {
    return { rows: (await this.database.of('counter').query(sql)).rows.length };
  }
}

const counter = defineModule(Counter, {
  owner: 'team-counter',
  web: [routes(Counter, { add: 'POST /additions', run: 'POST /statements', linger: 'GET /long-answer' })],
});

@LocalModule(counter, { provider: CounterService, features: [database({ entities: [], migrations: [] })] })
class CounterModule {}

describe('With a database', () => {
  let server: TestDatabase;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    server = await createTestDatabase();
    @Module({
      imports: [
        MacrolithModule.forRoot(),
        DatabaseModule.forRoot({ url: server.url }),
        HttpModule.forRoot({ title: 'Counter' }),
        CounterModule,
      ],
    })
    class Shell {}
    app = await createHttpApp(Shell, { log: { level: 'silent' }, shutdownSignals: [] });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app.close();
    await server.drop();
  });

  async function post(path: string, body: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}/api/counter/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  test('a keyed command acts once, whoever sends it how often, and a reused key is 422', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const answers = await Promise.all([1, 2, 3].map(() => post('additions', { by: 5 }, key)));
    expect(answers).toEqual([1, 2, 3].map(() => ({ status: 201, body: { total: 5 } })));
    expect(await post('additions', { by: 6 }, key)).toMatchObject({
      status: 422,
      body: { code: 'macrolith.idempotency-key-reused' },
    });
    expect(await post('additions', { by: 1 })).toEqual({ status: 201, body: { total: 6 } });
  });

  test.each([
    ['a relation that is not there', 'select secret from nowhere', 500, 'macrolith.unexpected-error'],
    ['a value out of range', "select '99999999999'::int", 500, 'macrolith.unexpected-error'],
    [
      'a lock that others hold',
      "do $$ begin raise exception using errcode = '55P03'; end $$",
      503,
      'macrolith.contention',
    ],
    [
      'a cancelled statement',
      "do $$ begin raise exception using errcode = '57014'; end $$",
      504,
      'macrolith.deadline-exceeded',
    ],
  ])('%s tells nothing of the inside', async (_what, sql, status, code) => {
    const answer = await post('statements', { sql });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toMatch(/nowhere|integer|P0001|do \$\$|errcode/);
  });

  test('readiness follows the database', async () => {
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await server.drop();
    const response = await fetch(`${url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'macrolith.unavailable',
      detail: 'The database does not answer.',
    });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  test('no statement is begun any more for a query whose asker has gone', async () => {
    const counter = app.get(CounterService, { strict: false });
    const browser = new AbortController();
    const request = fetch(`${url}/api/counter/long-answer`, { signal: browser.signal });
    await counter.lingering.promise;

    browser.abort();

    await expect(request).rejects.toThrow();
    expect(await counter.lingered.promise).toBeInstanceOf(CallCancelled);
  });
});
