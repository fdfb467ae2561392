import { Agent, request } from 'node:http';

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

interface Answer {
  readonly status: number;
  readonly body: string;
}

const PRODUCT = 'lamp';
const ACCOUNT = 'ada';
const MUCH = '100000000000';

/** Callers of a shell who ask, command and order without a pause, and never twice for the same, until they are told to stop. */
export class Load {
  private readonly agent = new Agent({ keepAlive: true });
  private over = false;
  private working: Promise<unknown> = Promise.resolve();
  private calls = 0;
  private readonly counts = { look: 0, mark: 0, order: 0 };
  private readonly failures: Failure[] = [];
  private readonly marked = new Set<string>();

  constructor(private readonly url: string) {}

  /** Puts goods on the shelves and money into an account. */
  async furnish(): Promise<void> {
    const price = { amountMinor: '1250', currency: 'GBP' };
    await this.must('/catalog/products', { productId: PRODUCT, name: PRODUCT, price });
    await this.must('/inventory/receipts', { productId: PRODUCT, quantity: 1_000_000, reference: 'opening' });
    await this.must('/payments/accounts', { accountId: ACCOUNT, currency: 'GBP' });
    const deposit = { amount: { amountMinor: MUCH, currency: 'GBP' }, reference: 'opening' };
    await this.must(`/payments/accounts/${ACCOUNT}/deposits`, deposit);
  }

  /** As many callers ask, and as many command; `orderers` place orders. Each has one call under way all the time. */
  start({ askers, orderers }: { readonly askers: number; readonly orderers: number }): void {
    const repeated = (count: number, call: () => Promise<void>) => Array.from({ length: count }, () => this.endless(call));
    this.working = Promise.all([
      ...repeated(askers, () => this.look()),
      ...repeated(askers, () => this.mark()),
      ...repeated(orderers, () => this.order()),
    ]);
  }

  /** How many calls were answered so far. */
  get answered(): number {
    return this.counts.look + this.counts.mark + this.counts.order;
  }

  /** Lets what is under way end, and tells what is known. */
  async stop(): Promise<LoadOutcome> {
    this.over = true;
    await this.working;
    this.agent.destroy();
    const { counts, failures, marked } = this;
    return { queries: counts.look, commands: counts.mark, orders: counts.order, failures, marked };
  }

  private async endless(call: () => Promise<void>): Promise<void> {
    while (!this.over) await call();
  }

  private async look(): Promise<void> {
    const call = this.next('look');
    await this.counted('look', call, this.send('GET', `/api/tally/look?call=${call}`));
  }

  private async mark(): Promise<void> {
    const call = this.next('mark');
    const isDone = await this.counted('mark', call, this.send('POST', '/api/tally/mark', { call }, call));
    if (isDone) this.marked.add(call);
  }

  private async order(): Promise<void> {
    const reference = this.next('order');
    const lines = [{ productId: PRODUCT, quantity: 1 }];
    const wish = { customerId: ACCOUNT, accountId: ACCOUNT, reference, lines };
    await this.counted('order', reference, this.send('POST', '/api/orders/orders', wish, reference));
  }

  private next(kind: string): string {
    this.calls += 1;
    return `${kind}-${this.calls}`;
  }

  private async counted(kind: keyof typeof this.counts, call: string, answering: Promise<Answer>): Promise<boolean> {
    const { status, body } = await answering;
    this.counts[kind] += 1;
    if (status < 300) return true;
    this.failures.push({ call, status, problem: body });
    return false;
  }

  private async must(path: string, body: object): Promise<void> {
    const answer = await this.send('POST', `/api${path}`, body, `opening ${path}`);
    if (answer.status < 300) return;
    throw new Error(`The shop could not be furnished: ${path} answered ${JSON.stringify(answer)}.`);
  }

  /** Status 0 where the connection broke. */
  private send(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Answer> {
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': encodeURIComponent(key) }),
    };
    return new Promise((resolve) => {
      const sending = request(`${this.url}${path}`, { method, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body: text }));
      });
      sending.on('error', (error) => resolve({ status: 0, body: String(error) }));
      sending.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
