import { setTimeout as pause } from 'node:timers/promises';
import type { Probed } from '../process/probe.js';
import type { ShopUnderLoad } from './shop-under-load.js';

export interface OutageOptions {
  /** How many calls are made and measured while nobody is there. */
  readonly calls: number;
  /** Who is away: the processes that host the module, or nats-server. */
  readonly away: 'provider' | 'nats';
  readonly onStep?: ((step: string) => void) | undefined;
}

/** What callers see of a module that is away, and that comes back. */
export interface OutageOutcome {
  readonly away: OutageOptions['away'];
  /** How many calls failed before they began to fail at once. */
  readonly failuresToOpen: number;
  /** The circuit of the module, while nobody is there. */
  readonly circuit: string;
  /** How the measured calls ended, and how many so. */
  readonly failures: Readonly<Record<string, number>>;
  /** How long a failing call takes for its caller in the shell, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Calls that failed with an open circuit, and were sent all the same. There must be none. */
  readonly sentThoughOpen: readonly string[];
  /** What a browser gets: the status, the media type and the document. */
  readonly answer: {
    readonly status: number;
    readonly type: string | null;
    readonly problem: Readonly<Record<string, unknown>>;
  };
  /** What `/health/ready` of the shell answered, all the time. */
  readonly readiness: Readonly<Record<string, number>>;
  /** How long after the return of the module the first call went through, in milliseconds. */
  readonly recoveredAfterMs: number;
}

const LOOK_EVERY_MS = 20;
const OPEN = 'macrolith.remote-unavailable, circuit-open';

/** Takes away all processes of a module, or NATS, measures how calls fail meanwhile, and brings it back. */
export async function outage(shop: ShopUnderLoad, { calls, away, onStep }: OutageOptions): Promise<OutageOutcome> {
  shop.tap.forget();
  const { url } = shop.shell;
  const readiness = new Readiness(url);

  onStep?.(`without ${away}`);
  await takeAway(shop, away);
  const failuresToOpen = await failUntilOpen(url);
  const { circuit } = await ask<{ circuit: string }>(`${url}/probe/circuit`);
  const names = Array.from({ length: calls }, (_, number) => `without-${away}-${number}`);
  const probed = await probe(url, names);
  const answer = await problemOf(url);

  onStep?.(`${away} returns`);
  await bringBack(shop, away);
  const returnedAt = Date.now();
  while (!(await goesThrough(url))) await pause(LOOK_EVERY_MS);
  const recoveredAfterMs = Date.now() - returnedAt;

  const sent = await shop.tap.sent();
  const took = probed.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return {
    away,
    failuresToOpen,
    circuit,
    failures: counted(probed.map(({ failure }) => failure ?? 'none')),
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
    sentThoughOpen: probed.filter(({ call, failure }) => failure === OPEN && sent.has(call)).map(({ call }) => call),
    answer,
    readiness: await readiness.stop(),
    recoveredAfterMs,
  };
}

async function takeAway({ hosts, stage }: ShopUnderLoad, away: OutageOptions['away']): Promise<void> {
  if (away === 'nats') await stage.nats.kill();
  else await Promise.all(hosts.map((host) => host.stop()));
}

/** Resolves when it serves again. */
async function bringBack(shop: ShopUnderLoad, away: OutageOptions['away']): Promise<void> {
  if (away === 'nats') await shop.stage.nats.restart();
  else await shop.replace(0);
}

async function failUntilOpen(url: string): Promise<number> {
  for (let failures = 0; ; failures += 1) {
    const [{ failure }] = (await probe(url, [`opening-${failures}`])) as [Probed];
    if (failure === OPEN) return failures;
  }
}

async function goesThrough(url: string): Promise<boolean> {
  const [{ failure }] = (await probe(url, ['back'])) as [Probed];
  return failure === undefined;
}

function probe(url: string, calls: readonly string[]): Promise<readonly Probed[]> {
  const headers = { 'content-type': 'application/json' };
  return ask(`${url}/probe`, { method: 'POST', headers, body: JSON.stringify({ calls }) });
}

async function problemOf(url: string): Promise<OutageOutcome['answer']> {
  const response = await fetch(`${url}/api/tally/look?call=browser`);
  const problem = (await response.json()) as Readonly<Record<string, unknown>>;
  return { status: response.status, type: response.headers.get('content-type'), problem };
}

async function ask<T>(url: string, options: RequestInit = {}): Promise<T> {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Asks the shell over and over whether it is ready, and counts its answers. 0 stands for none. */
class Readiness {
  private over = false;
  private readonly statuses: string[] = [];
  private readonly asking: Promise<void>;

  constructor(url: string) {
    this.asking = this.ask(`${url}/health/ready`);
  }

  async stop(): Promise<Readonly<Record<string, number>>> {
    this.over = true;
    await this.asking;
    return counted(this.statuses);
  }

  private async ask(url: string): Promise<void> {
    while (!this.over) {
      const { status } = await fetch(url).catch(() => ({ status: 0 }));
      this.statuses.push(`${status}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length]));
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 1_000) / 1_000;
}
