import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { withDatabase } from '../../../harness/disposable-database.js';
import { openMacrolithCourier } from '../couriers/macrolith-courier.js';
import type { Sale } from '../sale.js';
import { startWorker } from '../worker/start-worker.js';
import { BACKLOG_BATCH, pileUp, type Shape } from './backlog.js';

export interface Drain {
  /** Resident memory of the relay's process at its highest. */
  readonly peakMib: number;
  readonly msPerThousandEvents: number;
  /** From the commit of a new event of another key to its handler, while the backlog was drained. */
  readonly delaysMs: readonly number[];
}

export interface DrainOptions {
  readonly events: number;
  readonly seconds: number | undefined;
}

const MIB = 2 ** 20;
const CONCURRENCY = 16;
const REST_MS = 2_000;
const PROBE_EVERY_MS = 100;
/** New events that are measured where there is no backlog. */
const PROBES_AT_REST = 50;

/** Starts a relay in a process of its own in front of a backlog, and sends new events of other keys meanwhile. */
export function drain(shape: Shape, { events, seconds = Number.POSITIVE_INFINITY }: DrainOptions): Promise<Drain> {
  return withDatabase(async (url) => {
    const publisher = await openMacrolithCourier({ url, part: 'publisher', concurrency: 2, order: 'by key' });
    await pileUp(url, events, shape);
    const outside = new pg.Client(url);
    await outside.connect();
    const probes = new Probes();
    const worker = await startWorker(planFor(url), (sale, at) => probes.heard(sale, at));
    // Not the start of the process.
    const startedAt = performance.now();
    const left = async () =>
      Number((await outside.query(`SELECT count(*) FROM market.delivery WHERE state = 'open'`)).rows[0].count);
    let peakBytes = 0;
    let elapsedMs = 0;
    try {
      for (let isIdle = false; !isIdle && elapsedMs < seconds * 1_000; ) {
        await probes.send(publisher);
        await pause(PROBE_EVERY_MS);
        peakBytes = Math.max(peakBytes, worker.rssBytes);
        isIdle = await publisher.isIdle();
        elapsedMs = performance.now() - startedAt;
      }
      const drained = events + probes.sent - (await left());
      await probes.allHeard();
      return {
        peakMib: peakBytes / MIB,
        msPerThousandEvents: (elapsedMs * 1_000) / drained,
        delaysMs: probes.delaysMs,
      };
    } finally {
      await worker.stop();
      await publisher.close();
      await outside.end();
    }
  });
}

export interface AtRest {
  readonly delaysMs: readonly number[];
  /** Resident memory of the relay's process. */
  readonly memoryMib: number;
}

/** So many new events while there is nothing else. */
export function atRest(news = PROBES_AT_REST): Promise<AtRest> {
  return withDatabase(async (url) => {
    const probes = new Probes();
    const publisher = await openMacrolithCourier({ url, part: 'publisher', concurrency: 2, order: 'by key' });
    const worker = await startWorker(planFor(url), (sale, at) => probes.heard(sale, at));
    try {
      await pause(REST_MS);
      const memoryMib = worker.rssBytes / MIB;
      while (probes.sent < news) {
        await probes.send(publisher);
        await pause(PROBE_EVERY_MS);
      }
      await probes.allHeard();
      return { delaysMs: probes.delaysMs, memoryMib };
    } finally {
      await worker.stop();
      await publisher.close();
    }
  });
}

function planFor(url: string) {
  return {
    courier: 'macrolith',
    name: 'macrolith',
    tuning: 'throughput',
    url,
    concurrency: CONCURRENCY,
    order: 'by key',
    silentBatch: BACKLOG_BATCH,
  } as const;
}

/** New events of other keys than the backlog's, and when they were heard. */
class Probes {
  readonly delaysMs: number[] = [];
  sent = 0;
  private readonly committedAt = new Map<number, bigint>();
  private readonly heardAt = new Map<number, bigint>();

  async send(publisher: { publish(sale: Sale): Promise<void> }): Promise<void> {
    this.sent += 1;
    const number = this.sent;
    await publisher.publish({ batch: BACKLOG_BATCH + 1, number, key: `new ${number}` });
    this.committedAt.set(number, process.hrtime.bigint());
    this.note(number);
  }

  heard({ number }: Sale, at: bigint): void {
    this.heardAt.set(number, at);
    this.note(number);
  }

  async allHeard(): Promise<void> {
    while (this.delaysMs.length < this.sent) await pause(PROBE_EVERY_MS);
  }

  /** Whichever of the two is known last. */
  private note(number: number): void {
    const [committedAt, heardAt] = [this.committedAt.get(number), this.heardAt.get(number)];
    if (committedAt === undefined || heardAt === undefined) return;
    this.delaysMs.push(Math.max(0.001, Number(heardAt - committedAt) / 1e6));
  }
}
