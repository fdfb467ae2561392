import { randomUUID } from 'node:crypto';
import { AckPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { type Newspaper, TOPICS } from './newspaper.js';

const AT_ONCE = 16;

export interface BareOptions {
  /** Notes in the same transaction which messages took effect, so that one which comes again does nothing. */
  readonly once: boolean;
}

/**
 * What one writes with the client alone: commit, then publish; consume, insert, acknowledge after the commit. Sixteen
 * messages are worked on at once, in whatever order.
 */
export async function bareNewspaper(databaseUrl: string, natsUrl: string, { once }: BareOptions): Promise<Newspaper> {
  const name = once ? 'bare_once' : 'bare';
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 32 });
  await pool.query(`CREATE TABLE ${name}_story (number integer)`);
  await pool.query(`CREATE TABLE ${name}_note (number integer)`);
  await pool.query(`CREATE TABLE ${name}_seen (id uuid PRIMARY KEY)`);
  const connection = await connect({ servers: natsUrl, noAsyncTraces: true });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name, subjects: [`${name}.>`] });
  await manager.consumers.add(name, { durable_name: name, ack_policy: AckPolicy.Explicit });
  const client = jetstream(connection);
  const consumer = await client.consumers.get(name, name);
  let onHeard = (_: number): void => {};

  const effect = (statement: string, text: string, values: unknown[]) =>
    pool.query({ name: `${name}-${statement}`, text, values });
  const handle = async (message: JsMsg): Promise<void> => {
    const { number } = message.json<{ number: number }>();
    onHeard(number);
    if (once) {
      await effect(
        'effect-once',
        `WITH first AS (INSERT INTO ${name}_seen VALUES ($2) ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO ${name}_note SELECT $1 FROM first`,
        [number, message.headers?.get('Nats-Msg-Id')],
      );
    } else await effect('effect', `INSERT INTO ${name}_note VALUES ($1)`, [number]);
    message.ack();
  };
  const messages = await consumer.consume({ max_messages: 200 });
  const working = new Set<Promise<void>>();
  const consuming = (async () => {
    for await (const message of messages) {
      const work = handle(message).finally(() => working.delete(work));
      working.add(work);
      if (working.size >= AT_ONCE) await Promise.race(working);
    }
  })();

  return {
    name: once ? 'bare consumer, dedupe row and insert' : 'bare consumer, insert',
    async print(number) {
      await effect('change', `INSERT INTO ${name}_story VALUES ($1)`, [number]);
      const payload = JSON.stringify({ number, topic: `t${number % TOPICS}` });
      await client.publish(`${name}.printed`, payload, { msgID: randomUUID() });
    },
    onHeard(heard) {
      onHeard = heard;
    },
    stored: async () => (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}_note`)).rows[0]!.n,
    async close() {
      messages.stop();
      await consuming;
      await Promise.all(working);
      await connection.close();
      await pool.end();
    },
  };
}
