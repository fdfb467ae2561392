/** Orders in memory that keep the same contract: for tests of modules that use them. */
import { randomUUIDv7 } from 'node:crypto';
import type { Catalog } from '@macrolith/catalog';
import { type InputOf, type Money, type OutputOf, pageFrom } from '@macrolith/contract';
import type { Fraud } from '@macrolith/fraud';
import { type Inventory, NotHeld, ReservationEnded } from '@macrolith/inventory';
import { InvalidPaymentState, type Payments } from '@macrolith/payments';
import {
  LineNotCancellable,
  OnePayerNeeded,
  type Order,
  OrderBeingFulfilled,
  OrderNotCancellable,
  OrderNotFound,
  OrderNotFulfillable,
  type OrderReconciliation,
  OrderReferenceTaken,
  type OrderSummary,
  OrderSuspected,
  Orders,
} from './index.js';
import { piecesLeft, strike } from './order-lines.js';
import { statusAfter } from './order-status.js';
import { price } from './pricing.js';
import { isSuspicious, orderToScore } from './suspicion.js';

/** Input for `place`: two lanterns for a customer who pays from the account `demo`, with `changes` applied. */
export function anOrder(changes: Partial<InputOf<Orders['place']>> = {}): InputOf<Orders['place']> {
  return { customerId: '17850', accountId: 'demo', lines: [{ productId: '71053', quantity: 2 }], ...changes };
}

/** Input for `place`: two lanterns for a customer who pays by a card, with `changes` applied. */
export function aCardOrder(changes: Partial<InputOf<Orders['place']>> = {}): InputOf<Orders['place']> {
  const lines = [{ productId: '71053', quantity: 2 }];
  return { customerId: '17850', card: { token: 'tok_visa_4242' }, lines, ...changes };
}

type Request = InputOf<Orders['place']>;
type Held = Required<Pick<Order, 'paymentId' | 'reservationId'>>;

interface Wanted {
  readonly orderId: string;
  readonly lines: InputOf<Inventory['reserve']>['lines'];
  readonly total: Money;
}

/** Orders in memory, on whatever catalog, inventory, payments and fraud they are given. They pass the contract suite of the real ones. */
export class FakeOrders implements Orders {
  private readonly orders = new Map<string, Order>();

  constructor(
    private readonly catalog: Catalog,
    private readonly inventory: Inventory,
    private readonly payments: Payments,
    private readonly fraud: Fraud,
  ) {}

  async place(request: InputOf<Orders['place']>): Promise<Order> {
    const { customerId, accountId, card, email, country, reference } = request;
    const payers = [accountId, card].filter((payer) => payer !== undefined).length;
    if (payers !== 1) throw new OnePayerNeeded({ payers });
    const productIds = [...new Set(request.lines.map((line) => line.productId))];
    const priced = price(request.lines, await this.catalog.quote({ productIds }));
    this.refuseTakenReference(reference);

    const money = (amountMinor: bigint) => ({ amountMinor, currency: priced.currency });
    const orderId = randomUUIDv7();
    const total = money(priced.totalMinor);
    const lines = priced.lines.map(({ productId, quantity }) => ({ productId, quantity }));
    const order: Order = {
      orderId,
      ...(reference === undefined ? {} : { reference }),
      customerId,
      ...(accountId === undefined ? {} : { accountId }),
      ...(card === undefined ? {} : { card }),
      ...(email === undefined ? {} : { email }),
      ...(country === undefined ? {} : { country }),
      fulfilment: request.fulfilment ?? 'manual',
      status: 'pending',
      total,
      placedAt: new Date(),
      lines: priced.lines.map(({ unitPriceMinor, ...line }) => ({
        ...line,
        cancelled: 0,
        unitPrice: money(unitPriceMinor),
        total: money(unitPriceMinor * BigInt(line.quantity)),
      })),
      cancellations: [],
    };
    if (isSuspicious(await this.fraud.scoreOrder(orderToScore(order)))) throw new OrderSuspected({ customerId });
    const hold = card === undefined ? this.holdOnAccount : this.holdOnCard;
    return this.put({ ...order, ...(await hold.call(this, request, { orderId, lines, total })), status: 'placed' });
  }

  async cancel({ orderId, lines: wanted, reason }: InputOf<Orders['cancel']>): Promise<Order> {
    const order = this.find(orderId);
    const cancelled = statusAfter(order.status, 'cancel');
    if (cancelled === undefined) throw new OrderNotCancellable({ orderId, state: order.status });
    const left = order.lines.map((line) => ({ ...line, unitPriceMinor: line.unitPrice.amountMinor }));
    const struck = strike(left, wanted);
    if ('refused' in struck) {
      const { productId, quantity } = struck.refused;
      throw new LineNotCancellable({ orderId, productId, requested: quantity, left: struck.left });
    }

    const lines = [...struck.lines];
    const part = { paymentId: order.paymentId!, ...(struck.whole ? {} : { amountMinor: struck.amountMinor }) };
    const isLeftToOthers = order.status === 'placed' && order.fulfilment === 'automatic' && struck.whole;
    if (order.status === 'fulfilled') await this.payments.refund(part);
    else if (!isLeftToOthers) await this.giveBack(order, part, lines).catch((error) => refuseIfMovedOn(order, error));

    const { currency } = order.total;
    const pieces = new Map(lines.map((line) => [line.productId, line.quantity]));
    return this.put({
      ...order,
      status: struck.whole ? cancelled : order.status,
      total: { amountMinor: order.total.amountMinor - struck.amountMinor, currency },
      lines: order.lines.map((line) => withCancelled(line, pieces.get(line.productId) ?? 0)),
      cancellations: [
        ...order.cancellations,
        {
          number: order.cancellations.length + 1,
          lines,
          amount: { amountMinor: struck.amountMinor, currency },
          ...(reason === undefined ? {} : { reason }),
          cancelledAt: new Date(),
        },
      ],
    });
  }

  async fulfil({ orderId }: InputOf<Orders['fulfil']>): Promise<Order> {
    const order = this.find(orderId);
    const status = statusAfter(order.status, 'fulfil');
    if (status === undefined) throw new OrderNotFulfillable({ orderId, state: order.status });
    if (order.fulfilment === 'automatic') throw new OrderBeingFulfilled({ orderId });
    await this.payments.capture({ paymentId: order.paymentId! });
    await this.inventory.commit({ reservationId: order.reservationId! });
    return this.put({ ...order, status, fulfilledAt: new Date() });
  }

  async getOrder({ orderId }: InputOf<Orders['getOrder']>): Promise<Order> {
    return structuredClone(this.find(orderId));
  }

  /** Nobody hears of these orders, so nothing follows from them. */
  async getStory({ orderId }: InputOf<Orders['getStory']>): Promise<OutputOf<Orders['getStory']>> {
    this.find(orderId);
    return { entries: [], isCut: false };
  }

  async listOrders(request: InputOf<Orders['listOrders']>): Promise<OutputOf<Orders['listOrders']>> {
    const { customerId, status, reference, cursor, limit = 20 } = request;
    const found = [...this.orders.values()]
      .filter((order) => customerId === undefined || order.customerId === customerId)
      .filter((order) => status === undefined || order.status === status)
      .filter((order) => reference === undefined || order.reference === reference)
      .filter((order) => cursor === undefined || order.orderId < cursor)
      .sort((a, b) => (a.orderId < b.orderId ? 1 : -1));
    return pageFrom(found.map(summaryOf), limit, (last) => last.orderId);
  }

  /** Every order of this kind agrees with its payment: nothing is in between. */
  async reconcile(): Promise<OrderReconciliation> {
    return { ordersCompared: this.orders.size, paymentsCompared: this.orders.size, differences: [], complete: true };
  }

  async mend(): Promise<OrderReconciliation> {
    return this.reconcile();
  }

  /** The account first, as in one transaction: what is wanted by everybody is kept last. */
  private async holdOnAccount({ accountId }: Request, { orderId, lines, total }: Wanted): Promise<Held> {
    const method = { type: 'account', accountId: accountId! } as const;
    const { paymentId } = await this.payments.authorise({ orderId, method, amount: total });
    const { reservationId } = await this.inventory.reserve({ orderId, lines }).catch(async (error) => {
      await this.payments.void({ paymentId });
      throw error;
    });
    return { paymentId, reservationId };
  }

  /** The card last: it is not asked for what cannot be had. */
  private async holdOnCard({ card }: Request, { orderId, lines, total }: Wanted): Promise<Held> {
    const { reservationId } = await this.inventory.reserve({ orderId, lines });
    const paying = { type: 'card', token: card!.token } as const;
    const asked = this.payments.authoriseCard({ orderId, card: paying, amount: total });
    const { paymentId } = await asked.catch(async (error) => {
      await this.inventory.release({ reservationId });
      throw error;
    });
    return { paymentId, reservationId };
  }

  private async giveBack(
    { reservationId }: Order,
    part: InputOf<Payments['void']>,
    lines: InputOf<Inventory['reserve']>['lines'],
  ): Promise<void> {
    await this.payments.void(part);
    await this.inventory.release({ reservationId: reservationId!, lines });
  }

  private refuseTakenReference(reference: string | undefined): void {
    if (reference === undefined) return;
    const taken = [...this.orders.values()].find((order) => order.reference === reference);
    if (taken !== undefined) throw new OrderReferenceTaken({ reference, orderId: taken.orderId });
  }

  private find(orderId: string): Order {
    const order = this.orders.get(orderId);
    if (order === undefined) throw new OrderNotFound({ orderId });
    return order;
  }

  private put(order: Order): Order {
    this.orders.set(order.orderId, structuredClone(order));
    return structuredClone(order);
  }
}

/** A part of an automatic order cannot be taken back once its money or its goods have moved on. */
function refuseIfMovedOn({ orderId, fulfilment }: Order, error: unknown): never {
  const hasMovedOn = [InvalidPaymentState, ReservationEnded, NotHeld].some((refusal) => error instanceof refusal);
  throw hasMovedOn && fulfilment === 'automatic' ? new OrderBeingFulfilled({ orderId }) : error;
}

function withCancelled(line: Order['lines'][number], pieces: number): Order['lines'][number] {
  const cancelled = line.cancelled + pieces;
  const amountMinor = line.unitPrice.amountMinor * BigInt(piecesLeft({ ...line, cancelled, unitPriceMinor: 0n }));
  return { ...line, cancelled, total: { ...line.total, amountMinor } };
}

function summaryOf(order: Order): OrderSummary {
  const { orderId, reference, customerId, accountId, card, status, total, placedAt } = structuredClone(order);
  return {
    orderId,
    ...(reference === undefined ? {} : { reference }),
    customerId,
    ...(accountId === undefined ? {} : { accountId }),
    ...(card === undefined ? {} : { card }),
    status,
    total,
    placedAt,
  };
}
