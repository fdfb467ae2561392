import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ACCOUNT, PRODUCT } from './furniture.js';
import { type Answer, send, type Wish } from './send.js';

/** A call that was not answered as it should be. */
export interface Failure {
  readonly call: string;
  readonly status: number;
  /** The problem document, or what broke the connection. */
  readonly problem: string;
}

/** What the callers know in the end. */
export interface LoadOutcome {
  readonly queries: number;
  readonly commands: number;
  readonly orders: number;
  readonly failures: readonly Failure[];
  /** Commands that were answered, by the name of the call. */
  readonly marked: ReadonlySet<string>;
}

const LOOK_EVERY_MS = 20;

/** Callers of a shell who ask, command and order without a pause, and never twice for the same, until they are told to stop. */
export class Load {
  private readonly agent = new Agent({ keepAlive: true });
  private over = false;
  private working: Promise<unknown> = Promise.resolve();
  private calls = 0;
  private readonly counts = { look: 0, mark: 0, order: 0 };
  private readonly failures: Failure[] = [];
  private readonly marked = new Set<string>();

  /** @param name begins the names of all calls */
  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  /** `askers` ask, as many command, and `orderers` place orders. Each has one call under way all the time. */
  start(askers: number, orderers: number): void {
    const repeated = (count: number, call: () => Promise<void>) =>
      Array.from({ length: count }, () => this.endless(call));
    this.working = Promise.all([
      ...repeated(askers, () => this.look()),
      ...repeated(askers, () => this.mark()),
      ...repeated(orderers, () => this.order()),
    ]);
  }

  /** Resolves when so many calls more have been answered. */
  async answers(count: number): Promise<void> {
    const until = this.answered + count;
    while (this.answered < until) await pause(LOOK_EVERY_MS);
  }

  /** Lets what is under way end, and tells what is known. */
  async stop(): Promise<LoadOutcome> {
    this.over = true;
    await this.working;
    this.agent.destroy();
    const { counts, failures, marked } = this;
    return { queries: counts.look, commands: counts.mark, orders: counts.order, failures, marked };
  }

  private get answered(): number {
    return this.counts.look + this.counts.mark + this.counts.order;
  }

  private async endless(call: () => Promise<void>): Promise<void> {
    while (!this.over) await call();
  }

  private async look(): Promise<void> {
    const call = this.next('look');
    await this.counted('look', call, this.ask({ method: 'GET', path: `/api/tally/look?call=${call}` }));
  }

  private async mark(): Promise<void> {
    const call = this.next('mark');
    const asking = this.ask({ method: 'POST', path: '/api/tally/mark', body: { call }, key: call });
    const isDone = await this.counted('mark', call, asking);
    if (isDone) this.marked.add(call);
  }

  private async order(): Promise<void> {
    const reference = this.next('order');
    const lines = [{ productId: PRODUCT, quantity: 1 }];
    const body = { customerId: ACCOUNT, accountId: ACCOUNT, reference, fulfilment: 'automatic', lines };
    await this.counted(
      'order',
      reference,
      this.ask({ method: 'POST', path: '/api/orders/orders', body, key: reference }),
    );
  }

  private next(kind: string): string {
    this.calls += 1;
    return `${this.name}-${kind}-${this.calls}`;
  }

  private async counted(kind: keyof typeof this.counts, call: string, answering: Promise<Answer>): Promise<boolean> {
    const { status, body } = await answering;
    this.counts[kind] += 1;
    if (status < 300) return true;
    this.failures.push({ call, status, problem: body });
    return false;
  }

  private ask(wish: Wish): Promise<Answer> {
    return send(this.url, wish, this.agent);
  }
}
