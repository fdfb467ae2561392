import type { ModuleDatabase } from '@macrolith/data';
import type { EventNames } from '@macrolith/nats-connection';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { Logger } from '@nestjs/common';
import { receivedOf } from '../log/log-tables.js';
import { CLOCKS_APART_MS } from '../received/received-registration.js';
import { ReceivedWriting } from '../received/received-writing.js';
import type { OpenLink } from './jetstream-link.js';
import { asReceived } from './received-from-nats.js';
import { declaredConsumer, startOf } from './stream-config.js';
import { consumerConfigDiff } from './stream-config-diff.js';
import { isMissing, listOf } from './stream-setup.js';

/** How long one request for messages is open; the server answers it as soon as there are some. */
const REQUEST_MS = 30_000;

/** Another process reads, or messages on their way here were lost: reading begins anew where the cursor is. */
export class ReadingInterrupted extends Error {
  override readonly name = 'ReadingInterrupted';
}

interface Cursor {
  readonly sequence: number | null;
  readonly since: Date;
}

/**
 * Reads one event for one module, strictly in the order of the stream.
 *
 * 1. The durable consumer is made anew where the cursor is. Going on with the old one would bring again what was handed
 *    out and not acknowledged, in between what is new.
 * 2. A bounded number of messages is asked for. Whatever has come is written while more comes.
 * 3. After the commit, and only then, the last message is acknowledged, and with it all before.
 *
 * The server counts what it hands out to a consumer. A gap in the count means that something was on its way here and was
 * lost, or was handed to somebody else: then reading begins anew.
 */
export class EventReader {
  private readonly writing: ReceivedWriting;
  private readonly durable: string;
  private from: number | null = null;

  constructor(
    private readonly event: string,
    private readonly database: ModuleDatabase,
    private readonly names: EventNames,
    private readonly readAhead: number,
    private readonly written: () => void,
    private readonly logger: Logger,
  ) {
    this.writing = new ReceivedWriting(database);
    this.durable = names.durableOf(database.module, event);
  }

  /** Reads until `stop`. @throws ReadingInterrupted, or whatever the server or the database answers */
  async run({ client, manager }: OpenLink, stop: AbortSignal): Promise<void> {
    const { created, state } = await manager.streams.info(this.names.stream);
    const cursor = await this.cursorIn(manager, created, state.last_seq);
    await this.renew(manager, cursor);
    const consumer = await client.consumers.get(this.names.stream, this.durable);
    const position = { delivered: 0, created };
    while (!stop.aborted) await this.readSome(consumer, position, stop);
  }

  private async readSome(
    consumer: Consumer,
    position: { delivered: number; readonly created: string },
    stop: AbortSignal,
  ): Promise<void> {
    const request = await consumer.fetch({ max_messages: this.readAhead, expires: REQUEST_MS });
    const end = (): void => request.stop();
    stop.addEventListener('abort', end);
    const pending: JsMsg[] = [];
    let writing: Promise<void> | undefined;
    let failure: unknown;
    try {
      for await (const message of request) {
        position.delivered += 1;
        if (message.info.deliverySequence !== position.delivered) {
          throw new ReadingInterrupted(`A message of ${this.event} was lost on its way.`);
        }
        pending.push(message);
        writing ??= this.writeAll(pending, position.created)
          .catch((error) => {
            failure = error;
            request.stop();
          })
          .finally(() => {
            writing = undefined;
          });
      }
    } finally {
      stop.removeEventListener('abort', end);
      request.stop();
      await writing;
    }
    if (failure !== undefined) throw failure;
  }

  /** Writes what has come, and what comes meanwhile. */
  private async writeAll(pending: JsMsg[], created: string): Promise<void> {
    // Whatever arrives in the same turn of the event loop is written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length > 0) await this.write(pending.splice(0), created);
  }

  private async write(batch: readonly JsMsg[], created: string): Promise<void> {
    const read = batch.map((message) => asReceived(message, this.names));
    const last = batch.at(-1)!;
    const written = {
      event: this.event,
      from: this.from,
      to: last.seq,
      storedAt: last.time,
      streamMade: created,
      messages: read.flatMap(({ message }) => message ?? []),
      unreadable: read.flatMap(({ unreadable }) => unreadable ?? []),
    };
    try {
      if (!(await this.writing.write(written))) {
        throw new ReadingInterrupted(`Another process reads ${this.event} for '${this.database.module}'.`);
      }
    } catch (error) {
      if (!isRefusedData(error)) throw error;
      return await this.writeOneByOne(batch, created, error);
    }
    this.from = last.seq;
    batch.forEach((message, index) => {
      const { unreadable } = read[index]!;
      if (unreadable === undefined) return;
      this.logger.error(
        `Message ${message.seq} on ${message.subject} is a dead letter now (${receivedOf(this.database.schema).unreadable}). ${unreadable.reason}`,
      );
      message.term();
    });
    last.ack();
    this.written();
  }

  /** The database refuses what one of them contains, a null character for instance: that one is set aside. */
  private async writeOneByOne(batch: readonly JsMsg[], created: string, reason: unknown): Promise<void> {
    if (batch.length > 1) {
      for (const message of batch) await this.write([message], created);
      return;
    }
    const [message] = batch as [JsMsg];
    const { unreadable } = asReceived(message, this.names, String(reason));
    const at = { from: this.from, to: message.seq, storedAt: message.time, streamMade: created };
    const set = { event: this.event, ...at, messages: [] };
    if (!(await this.writing.write({ ...set, unreadable: [unreadable!] }))) {
      throw new ReadingInterrupted(`Another process reads ${this.event} for '${this.database.module}'.`);
    }
    this.from = message.seq;
    this.logger.error(`Message ${message.seq} on ${message.subject} is a dead letter now. ${unreadable!.reason}`);
    message.term();
  }

  /**
   * Where the reading goes on. A stream that was made anew, or that a power cut has cut short, counts the same numbers a
   * second time: it is read from somewhat before the last message that is known, and what is known already is ignored.
   */
  private async cursorIn(manager: OpenLink['manager'], created: string, lastSequence: number): Promise<Cursor> {
    const table = `${receivedOf(this.database.schema).log}_cursor`;
    const { rows } = await this.database.query<{ sequence: string | null; since: Date; sameStream: boolean }>(
      `SELECT sequence::text AS sequence, since, coalesce(stream_made = $2::timestamptz, true) AS "sameStream"
      FROM ${table} WHERE event = $1`,
      [this.event, created],
    );
    const { sequence, since, sameStream } = rows[0]!;
    this.from = sequence === null ? null : Number(sequence);
    const early = new Date(since.getTime() - CLOCKS_APART_MS);
    if (this.from === null || this.from === 0) return { sequence: this.from, since: early };
    if (sameStream && (await this.isWhereItWas(manager, this.from, since, lastSequence))) {
      return { sequence: this.from, since: early };
    }
    this.logger.warn(
      `The stream ${this.names.stream} does not have what '${this.database.module}' read last of ${this.event}: it was made anew or cut short. ` +
        `Reading goes on with what it stored since ${early.toISOString()}.`,
    );
    await this.database.query(`UPDATE ${table} SET sequence = NULL, stream_made = NULL WHERE event = $1`, [this.event]);
    this.from = null;
    return { sequence: null, since: early };
  }

  private async isWhereItWas(
    manager: OpenLink['manager'],
    sequence: number,
    storedAt: Date,
    lastSequence: number,
  ): Promise<boolean> {
    if (sequence > lastSequence) return false;
    const message = await manager.streams.getMessage(this.names.stream, { seq: sequence });
    // One that has grown too old for the stream was where it was.
    return message === null || Math.abs(message.time.getTime() - storedAt.getTime()) <= 1;
  }

  private async renew(manager: OpenLink['manager'], { sequence, since }: Cursor): Promise<void> {
    const { stream } = this.names;
    const declared = declaredConsumer(this.names, this.database.module, this.event, this.readAhead);
    try {
      const existing = await manager.consumers.info(stream, this.durable);
      const differences = consumerConfigDiff(declared, { ...existing.config });
      if (differences.length > 0) this.logger.warn(`Changing the consumer ${this.durable}:${listOf(differences)}`);
      await manager.consumers.delete(stream, this.durable);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    await manager.consumers.add(stream, {
      durable_name: this.durable,
      ...declared,
      ...startOf(sequence === null ? { since } : { sequence: sequence + 1 }),
    });
  }
}

/** Class 22 of SQLSTATE, data exceptions: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isRefusedData(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('22');
}
