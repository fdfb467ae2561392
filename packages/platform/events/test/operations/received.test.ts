import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { DirectConnection } from './direct-connection.js';
import { NewsroomShell, REASON, story } from './newsroom-shell.js';

describe('a message that another module has received over a broker', () => {
  let database: TestDatabase;
  let connection: DirectConnection;
  let messageId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    const shell = await NewsroomShell.boot(database, { enabled: false });
    await shell.print(story('tea', 1));
    messageId = await shell.messageOf('tea');
    await shell.close();
    const unused = await DirectConnection.open(database);
    expect(unused.operations.logs.map(({ name }) => name)).toEqual(['press']);
    await unused.close();

    await asSuperuser(
      database,
      `INSERT INTO readers.received (id, source, type, key, time, stored_at, data, correlation_id)
      SELECT id, source, type, key, time, now(), data, correlation_id FROM press.outbox;
      INSERT INTO readers.received_delivery (position, consumer, key, state, failure)
      SELECT position, 'readers.read', key, 'dead', 'Error: no paper' FROM readers.received;
      UPDATE press.delivery SET consumer = '@jetstream', state = 'done'`,
    );
    connection = await DirectConnection.open(database);
  });
  afterAll(async () => {
    await connection?.close();
    await database?.drop();
  });

  test('is shown once, with what both logs owe of it', async () => {
    const { operations } = connection;
    expect(operations.logs.map(({ name }) => name)).toEqual(['press', 'readers (received)']);
    const { deliveries } = await operations.messages.show(messageId);
    expect(deliveries).toMatchObject([
      { log: 'press', consumer: '@jetstream', state: 'done' },
      { log: 'readers (received)', consumer: 'readers.read', state: 'dead', failure: 'Error: no paper' },
    ]);
    const { messages } = await operations.messages.story({ key: 'tea' });
    expect(messages).toHaveLength(1);
    expect(messages[0]!.deliveries).toHaveLength(2);
  });

  test('is found by the name of the module that received it, and dealt with where it is owed', async () => {
    const { operations } = connection;
    const { items } = await operations.deliveries.list({ log: 'readers', state: 'dead' });
    expect(items.map((item) => item.messageId)).toEqual([messageId]);
    await operations.interventions.act('discard', { messageId, consumer: 'readers.read' }, REASON);
    const { deliveries, interventions } = await operations.messages.show(messageId);
    expect(deliveries.map(({ state }) => state)).toEqual(['done', 'discarded']);
    expect(interventions).toMatchObject([{ log: 'readers (received)', action: 'discard', ...REASON }]);
  });
});

test('what came over a broker and is no event is listed, the newest first, as it came', async () => {
  const database = await createTestDatabase();
  const shell = await NewsroomShell.boot(database, { enabled: false });
  await shell.close();
  await asSuperuser(
    database,
    `INSERT INTO readers.received_unreadable (sequence, subject, headers, payload, reason, stored_at)
    SELECT n, 'macrolith.events.press.printed.v1', '{}', decode('ff' || repeat('41', 3000), 'hex'), 'it has no id', now() + n * interval '1 s'
    FROM generate_series(1, 3) AS n`,
  );
  const connection = await DirectConnection.open(database);
  const messages = await connection.operations.unreadable.list(2);
  expect(messages.map(({ sequence }) => sequence)).toEqual(['3', '2']);
  expect(messages[0]).toMatchObject({ log: 'readers (received)', bytes: 3001, payload: `\uFFFD${'A'.repeat(1_999)}` });
  const overview = await connection.operations.consumers.overview();
  expect(overview.map(({ log, unreadable }) => [log, unreadable])).toEqual([
    ['press', 0],
    ['readers (received)', 3],
  ]);
  await connection.close();
  await database.drop();
});

async function asSuperuser({ url }: TestDatabase, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
