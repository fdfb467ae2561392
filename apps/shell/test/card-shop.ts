import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@macrolith/local-services';
import {
  newSecrets,
  type RunningSandbox,
  type SandboxAuthorisation,
  startSandbox,
} from '@macrolith/payment-sandbox/process';
import pg from 'pg';
import { atRest } from './at-rest.js';
import { forgetClaims } from './dead-claims.js';
import { type Elsewhere, REMOTE, startElsewhere } from './elsewhere.js';
import { type ShellProcess, startShellProcess } from './shell-process.js';

interface Difference {
  readonly kind: string;
}

/**
 * A shell and a card network, each a process that can be killed and started again, over one database and one store. Modules that are
 * elsewhere are in further processes.
 */
export class CardShop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'card-shop-'));
  readonly #secrets = newSecrets();
  #shell: ShellProcess | undefined;
  #sandbox: RunningSandbox | undefined;
  #elsewhere: Elsewhere | undefined;
  #port = 0;

  private constructor(
    /** One connection, for locks. */
    readonly administrator: pg.Client,
    private readonly connections: pg.Pool,
    private readonly database: { readonly url: string; drop(): Promise<void> },
  ) {}

  static async open(): Promise<CardShop> {
    const database = await createTestDatabase();
    const administrator = new pg.Client(database.url);
    await administrator.connect();
    const shop = new CardShop(administrator, new pg.Pool({ connectionString: database.url, max: 4 }), database);
    await shop.startNetwork();
    shop.#elsewhere = await startElsewhere(database.url, shop.settings);
    await shop.startShell();
    return shop;
  }

  get network(): RunningSandbox {
    return this.#sandbox!;
  }

  get url(): string {
    return this.#shell!.url;
  }

  async startNetwork(): Promise<void> {
    const store = join(this.#folder, 'cards.sqlite');
    this.#sandbox = await startSandbox({ store, secrets: this.#secrets, port: this.#port });
    this.#port = this.#sandbox.port;
  }

  /** What payments read from the environment, wherever they are. */
  private get settings(): Readonly<Record<string, string>> {
    return { ...this.network.environment, CARD_NETWORK_TIMEOUT_MS: '1500' };
  }

  async startShell(): Promise<void> {
    this.#shell = await startShellProcess({
      DATABASE_URL: this.database.url,
      MACROLITH_SEED: 'true',
      ...this.settings,
      ...this.#elsewhere!.environmentOfProgram,
    });
    await this.network.sendWebhooksTo(`${this.url}/api/payments/card-network/events`);
  }

  /** @param meanwhile is done between its death and the end of what it had claimed */
  async killShell(meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
    await this.#shell!.kill();
    await meanwhile();
    await forgetClaims(this.connections, (module) => !REMOTE.includes(module));
  }

  /** The modules that are elsewhere die in their processes, and others take their place. Nothing happens where none is. */
  async replaceElsewhere(): Promise<void> {
    await this.#elsewhere!.kill();
    await forgetClaims(this.connections, (module) => REMOTE.includes(module));
    await this.#elsewhere!.start();
  }

  async killNetwork(): Promise<void> {
    await this.#sandbox!.kill();
  }

  /** Places an order, under its reference as the key. Answers the status, 0 when nobody answered. */
  async place(reference: string, payer: object = { card: { token: 'tok_visa_4242' } }): Promise<number> {
    const lines = [{ productId: 'DSK-001', quantity: 1 }];
    return this.post('/api/orders/orders', { customerId: 'ada', reference, lines, ...payer }, reference);
  }

  async post(path: string, body: object, key: string): Promise<number> {
    try {
      const { status, body: answer } = await fetch(`${this.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      });
      await answer?.cancel();
      return status;
    } catch {
      return 0;
    }
  }

  async rows<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.connections.query<Row>(sql, values)).rows;
  }

  async count(from: string): Promise<number> {
    return (await this.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`))[0]!.n;
  }

  /** The order of a reference; undefined when there is none. */
  async orderOf(reference: string): Promise<{ order_id: string; status: string; payment_id: string } | undefined> {
    return (await this.rows<never>('SELECT * FROM orders.order_header WHERE reference = $1', reference))[0];
  }

  /** What the network was asked for the payment of an order. */
  async chargesOf(reference: string): Promise<SandboxAuthorisation[]> {
    const order = await this.orderOf(reference);
    return order === undefined ? [] : this.network.authorisations(order.payment_id);
  }

  /** Waits until nothing is under way any more. */
  async rest(): Promise<void> {
    await atRest({ administrator: this.connections });
  }

  /** What the two reconciliations find, with whatever is a second old. */
  async differences(): Promise<Difference[]> {
    const found = await Promise.all(
      ['payments', 'orders'].map(async (module) => {
        const answer = await fetch(`${this.url}/api/${module}/reconciliation?olderThanSeconds=0`);
        if (!answer.ok) throw new Error(`The reconciliation of ${module} was answered with ${await answer.text()}`);
        return ((await answer.json()) as { differences: Difference[] }).differences;
      }),
    );
    return found.flat();
  }

  async close(): Promise<void> {
    await Promise.all([this.#shell?.kill(), this.#sandbox?.kill(), this.#elsewhere?.end()]);
    await this.administrator.end();
    await this.connections.end();
    await this.database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
