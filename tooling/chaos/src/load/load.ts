import { SeededRandom } from '@macrolith/local-services';
import { ShopClient } from './shop-client.js';

const PRODUCTS = ['lamp', 'chair', 'table', 'clock', 'kettle'];
const TOPICS = Array.from({ length: 40 }, (_, number) => `topic ${number}`);
const ACCOUNTS = ['ada', 'ben', 'cleo'];
/** So little that some orders are refused. */
const PIECES = 250;

/** What the callers know in the end. */
export interface Claimed {
  /** Orders that the shop said it has, by reference, with their status as it was last told. */
  readonly orders: ReadonlyMap<string, string>;
  readonly refused: number;
  /** The highest number of each topic that the witness said it said. */
  readonly said: ReadonlyMap<string, number>;
  readonly repetitions: number;
}

/** Callers of the shop who order, cancel, have orders fulfilled, and let the witness speak, until they are told to stop. */
export class Load {
  private over = false;
  private readonly client: ShopClient;
  private readonly orders = new Map<string, string>();
  private readonly said = new Map<string, number>();
  private refused = 0;
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    url: string,
    private readonly seed: number,
  ) {
    this.client = new ShopClient(url, () => this.over);
  }

  /** Puts goods on the shelves and money into the accounts. */
  async furnish(): Promise<void> {
    for (const productId of PRODUCTS) {
      const price = { amountMinor: '1250', currency: 'GBP' };
      await this.must('/catalog/products', `add ${productId}`, { productId, name: productId, price });
      await this.must('/inventory/receipts', `receive ${productId}`, {
        productId,
        quantity: PIECES,
        reference: productId,
      });
    }
    for (const accountId of ACCOUNTS) {
      await this.must('/payments/accounts', `open ${accountId}`, { accountId, currency: 'GBP' });
      const amount = { amountMinor: '1000000000', currency: 'GBP' };
      await this.must(`/payments/accounts/${accountId}/deposits`, `fill ${accountId}`, {
        amount,
        reference: accountId,
      });
    }
  }

  start(callers: number): void {
    this.working = Promise.all([
      ...Array.from({ length: callers }, (_, caller) => this.order(caller)),
      ...Array.from({ length: callers }, (_, caller) => this.speak(caller)),
    ]);
  }

  /** Lets wishes under way end without an answer, and tells what is known. */
  async stop(): Promise<Claimed> {
    this.over = true;
    await this.working;
    const { orders, refused, said, client } = this;
    return { orders, refused, said, repetitions: client.repetitions };
  }

  private async order(caller: number): Promise<void> {
    const random = new SeededRandom(this.seed * 1_000 + caller);
    for (let number = 1; !this.over; number += 1) {
      const reference = `order ${caller}/${number}`;
      const productIds = [...new Set([random.oneOf(PRODUCTS), random.oneOf(PRODUCTS)])];
      const lines = productIds.map((productId) => ({ productId, quantity: random.between(1, 3) }));
      const customer = random.oneOf(ACCOUNTS);
      const fulfilment = random.oneOf(['manual', 'automatic']);
      const wish = { customerId: customer, accountId: customer, reference, lines, fulfilment };
      const placed = await this.client.post('/orders/orders', reference, wish);
      if (placed === undefined) return;
      if (placed.status >= 400) {
        this.refused += 1;
        continue;
      }
      this.orders.set(reference, 'placed');
      await this.goOn(random, reference, placed.body.orderId);
    }
  }

  private async goOn(random: SeededRandom, reference: string, orderId: string): Promise<void> {
    const action = random.oneOf(['leave', 'cancel', 'fulfil', 'fulfil and cancel']);
    for (const step of action.split(' and ').filter((step) => step !== 'leave')) {
      const done = await this.client.post(`/orders/orders/${orderId}/${step}`, `${reference} ${step}`, {});
      if (done?.status === 200) this.orders.set(reference, done.body.status);
    }
  }

  private async speak(caller: number): Promise<void> {
    const random = new SeededRandom(this.seed * 2_000 + caller);
    for (let number = 1; !this.over; number += 1) {
      const topics = [...new Set([random.oneOf(TOPICS), random.oneOf(TOPICS), random.oneOf(TOPICS)])];
      const answer = await this.client.post('/witness/say', `say ${caller}/${number}`, { topics });
      if (answer?.status !== 200) continue;
      for (const { topic, number: last } of answer.body as { topic: string; number: number }[]) {
        this.said.set(topic, Math.max(last, this.said.get(topic) ?? 0));
      }
    }
  }

  private async must(path: string, key: string, body: object): Promise<void> {
    const answer = await this.client.post(path, key, body);
    if (answer !== undefined && answer.status < 400) return;
    throw new Error(`The shop could not be furnished: ${path} answered ${JSON.stringify(answer)}.`);
  }
}
