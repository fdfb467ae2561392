import type { InputOf } from '@macrolith/contract';
import type { Notifications } from '@macrolith/notifications';
import type { Cancellation, Order } from './index.js';
import { moneyText } from './money-text.js';

type News = InputOf<Notifications['send']>;

/** A message names this many lines; it only counts the others. */
const LINES_NAMED = 20;

export function placedNews(order: Order): News {
  return {
    ...recipient(order),
    template: 'order-placed',
    data: { order: numberOf(order), lines: listOf(order.lines), total: moneyText(order.total) },
  };
}

export function fulfilledNews(order: Order): News {
  return {
    ...recipient(order),
    template: 'order-fulfilled',
    data: { order: numberOf(order), lines: listOf(piecesKept(order)), total: moneyText(order.total) },
  };
}

export function cancelledNews(order: Order, { lines, amount }: Cancellation): News {
  const names = new Map(order.lines.map((line) => [line.productId, line.name]));
  const named = lines.map((line) => ({ ...line, name: names.get(line.productId)! }));
  return {
    ...recipient(order),
    template: 'order-cancelled',
    data: { order: numberOf(order), lines: listOf(named), amount: moneyText(amount) },
  };
}

/** The shop could not do what it had said. */
export function undeliverableNews(order: Order, cancellation: Cancellation): News {
  return { ...cancelledNews(order, cancellation), template: 'order-undeliverable' };
}

/** Who left no address finds the news in the list of messages. */
function recipient({ email, customerId }: Order): Pick<News, 'channel' | 'to'> {
  return email === undefined ? { channel: 'memory', to: customerId } : { channel: 'email', to: email };
}

/** What people call an order: the customer's number, else the last group of its id, which is random. */
function numberOf({ reference, orderId }: Order): string {
  return reference ?? orderId.slice(-12);
}

function piecesKept({ lines }: Order) {
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - line.cancelled }))
    .filter((line) => line.quantity > 0);
}

function listOf(lines: readonly { readonly quantity: number; readonly name: string }[]): string {
  const named = lines.slice(0, LINES_NAMED).map(({ quantity, name }) => `${quantity} × ${name}`);
  const others = lines.length - named.length;
  return [...named, ...(others > 0 ? [`… + ${others}`] : [])].join('\n');
}
