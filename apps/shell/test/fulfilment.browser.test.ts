import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inspect, PICTURES, TestBrowser, type WatchedPage, WINDOW_KINDS } from '@macrolith/test-browser';
import { eventually } from '@macrolith/testing';
import { type RunningShell, startShell } from './running-shell.js';

let shell: RunningShell;
let browser: TestBrowser;
let page: WatchedPage;

beforeAll(async () => {
  shell = await startShell({}, { seeded: true });
  browser = await TestBrowser.launch(shell.url);
  page = await browser.open();
});
afterAll(async () => {
  await browser?.close();
  await shell?.close();
});

/** An order that is fulfilled automatically, placed over HTTP. Answers its id once its goods wait to be sent. */
async function fulfilledOrder(): Promise<{ readonly orderId: string; readonly shipmentId: string }> {
  const response = await fetch(`${shell.url}/api/orders/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customerId: 'ada',
      accountId: 'acct-river-studio',
      fulfilment: 'automatic',
      lines: [{ productId: 'KIT-001', quantity: 1 }],
    }),
  });
  const { orderId } = (await response.json()) as { orderId: string };
  const [shipment] = await eventually(
    'A shipment',
    async () => {
      const listed = await fetch(`${shell.url}/api/shipping/shipments?orderId=${orderId}`);
      return ((await listed.json()) as { items: { shipmentId: string }[] }).items;
    },
    ({ length }) => length === 1,
    { withinMs: 20_000 },
  );
  return { orderId, shipmentId: shipment!.shipmentId };
}

test('a customer asks for it, and watches the order being paid, packed, sent and fulfilled', async () => {
  await page.goto('/catalog/products/KIT-001');
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByText('In the basket.').first().waitFor();
  await page.goto('/orders/basket');
  await page.getByLabel('Customer').fill('ada');
  await page.getByLabel('Pay from account').selectOption('acct-river-studio');
  await page.getByLabel('Fulfil it automatically').check();
  await page.screenshot({ path: `${PICTURES}automatic-basket.png` });
  await page.getByRole('button', { name: /Place the order/ }).click();

  await page.getByRole('heading', { name: 'Automatic fulfilment' }).waitFor();
  await page.getByText('The order is fulfilled.').waitFor();
  await page.getByText('Handed to shipping', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Shipment' }).waitFor();
  expect(await page.getByRole('button', { name: 'Fulfil', exact: true }).count()).toBe(0);
  await page.screenshot({ path: `${PICTURES}automatic-order.png`, fullPage: true });

  await page.getByText('The whole story').click();
  await page.getByText('The goods were taken from the shelves', { exact: true }).waitFor();
  await page.getByText('payments.captureOrder').waitFor();
  expect(page.complaints).toEqual([]);
});

test('shipping refuses, and the page of the order tells that everything was taken back', async () => {
  const { orderId, shipmentId } = await fulfilledOrder();
  await page.goto(`/shipping/${shipmentId}`);
  await page.getByLabel('Why').fill('The box was dropped.');
  await page.getByRole('button', { name: 'Do not send it' }).click();
  await page.getByText('It was not sent.', { exact: true }).waitFor();

  await page.goto(`/orders/${orderId}`);
  await page.getByText('The order was cancelled, and what had been done was taken back.').waitFor();
  await page.getByText('The money was given back').waitFor();
  await page.getByText('The goods are on the shelves again').waitFor();
  await page.screenshot({ path: `${PICTURES}automatic-refused.png`, fullPage: true });
  expect(page.complaints).toEqual([]);
});

test('an order that was read just before its story came to its end is read again', async () => {
  const { orderId, shipmentId } = await fulfilledOrder();
  const url = `${shell.url}/api/orders/orders/${orderId}`;
  const before = await (await fetch(url)).text();
  const refused = await fetch(`${shell.url}/api/shipping/shipments/${shipmentId}/refuse`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'The box was dropped.' }),
  });
  expect(refused.status).toBeLessThan(300);
  await eventually(
    'The order',
    async () => ((await (await fetch(url)).json()) as { status: string }).status,
    (status) => status === 'cancelled',
    { withinMs: 20_000 },
  );
  await page.route(url, (route) => route.fulfill({ contentType: 'application/json', body: before }), { times: 1 });

  await page.goto(`/orders/${orderId}`);

  await page.getByText('The order was cancelled, and what had been done was taken back.').waitFor();
});

describe.each(WINDOW_KINDS)('in a %s browser', (kind) => {
  let ids: Awaited<ReturnType<typeof fulfilledOrder>>;
  beforeAll(async () => {
    ids = await fulfilledOrder();
  });

  test.each(['order', 'story', 'shipment', 'shipments'] as const)(
    'the page %s is complete, fits, can be used by everybody, and breaks no rule of its own',
    async (name) => {
      const { orderId, shipmentId } = ids;
      const paths = {
        order: `/orders/${orderId}`,
        story: `/orders/${orderId}/story`,
        shipment: `/shipping/${shipmentId}`,
        shipments: '/shipping',
      };
      page = await browser.open(kind);
      await page.goto(paths[name]);
      await page.locator('h1').first().waitFor();
      expect(await inspect(page, `automatic-${name}`)).toEqual([]);
    },
  );
});
