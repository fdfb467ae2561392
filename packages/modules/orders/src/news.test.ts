import { expect, test } from '@jest/globals';
import { decodeInput, encodeInput } from '@macrolith/contract';
import { Notifications } from '@macrolith/notifications';
import type { Order } from './index.js';
import { cancelledNews, fulfilledNews, placedNews } from './news.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const line = (productId: string, quantity: number, cancelled = 0) => ({
  productId,
  name: `Product ${productId}`,
  quantity,
  cancelled,
  unitPrice: pounds(100n),
  total: pounds(100n * BigInt(quantity - cancelled)),
});
const order: Order = {
  orderId: '01930000-0000-7000-8000-000000000001',
  customerId: '17850',
  accountId: '17850',
  status: 'placed',
  fulfilment: 'manual',
  total: pounds(300n),
  placedAt: new Date(0),
  lines: [line('A', 3, 1), line('B', 1), line('C', 2, 2)],
  cancellations: [],
};

test('who left an address gets an e-mail; for the others the news is kept', () => {
  expect(placedNews({ ...order, email: 'ada@example.com' })).toMatchObject({ channel: 'email', to: 'ada@example.com' });
  expect(placedNews(order)).toMatchObject({ channel: 'memory', to: '17850' });
});

test("the customer's own number is used where there is one", () => {
  expect(placedNews({ ...order, reference: '536365' }).data.order).toBe('536365');
  expect(placedNews(order).data.order).toBe('000000000001');
});

test('what leaves the house is what was not cancelled', () => {
  expect(fulfilledNews(order).data).toMatchObject({ lines: '2 × Product A\n1 × Product B', total: '3.00 GBP' });
});

test('a cancellation names what was cancelled, and what is given back', () => {
  const cancellation = {
    number: 1,
    lines: [{ productId: 'A', quantity: 1 }],
    amount: pounds(100n),
    cancelledAt: new Date(0),
  };

  expect(cancelledNews(order, cancellation).data).toMatchObject({ lines: '1 × Product A', amount: '1.00 GBP' });
});

test('the news of the largest order is a message that can be sent', () => {
  const name = 'x'.repeat(200);
  const lines = Array.from({ length: 1000 }, (_, n) => ({ ...line(`P${n}`, 1_000_000), name }));

  const news = placedNews({ ...order, lines });

  expect(news.data.lines).toMatch(/\n… \+ 980$/);
  expect(() => decodeInput(Notifications.op.send, encodeInput(Notifications.op.send, news))).not.toThrow();
});
