import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PICTURES, TestBrowser, violationsOf, type WatchedPage } from '@macrolith/test-browser';
import { CardShop } from './card-shop.js';

let shop: CardShop;
let browser: TestBrowser;
let page: WatchedPage;
beforeAll(async () => {
  shop = await CardShop.open();
  browser = await TestBrowser.launch(shop.url);
  page = await browser.open();
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

async function payBy(card: string): Promise<void> {
  await page.getByLabel('Pay from account or card').selectOption({ label: card });
  await page.getByRole('button', { name: /Place the order/ }).click();
}

test('a customer whose card declines is told so, pays by another, and sees the payment settled', async () => {
  await page.goto('/catalog/products/KIT-001');
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByText('In the basket.').first().waitFor();
  await page.goto('/orders/basket');
  await page.getByLabel('Customer').fill('ada');

  await payBy('Visa ending in 9995 (has no money)');
  await page
    .getByText(/The card declined the payment: it has too little money available/)
    .first()
    .waitFor();
  await page.screenshot({ path: `${PICTURES}card-declined.png` });
  await payBy('Visa ending in 4242');
  await page.getByText('The order is placed.').waitFor();
  await page.getByText('tok_visa_4242').first().waitFor();

  await page.getByRole('button', { name: 'Fulfil' }).click();
  await page.getByText(/is taken from the card/).waitFor();
  await page.locator('.ml-confirm').getByRole('button', { name: 'Fulfil' }).click();
  await page.getByText('The order is fulfilled.').waitFor();
  await shop.rest();

  await page.goto('/payments/list');
  await page.getByText('Settled', { exact: true }).waitFor();
  await page.getByText('Declined', { exact: true }).waitFor();
  await page.screenshot({ path: `${PICTURES}card-payments.png` });
});

test('the page of the reconciliation shows what differs on either side, and mends it', async () => {
  const stray = { token: 'tok_visa_4242', reference: 'till 7', amountMinor: '250', currency: 'GBP' };
  await shop.network.request('POST', '/v1/authorisations', stray, { 'idempotency-key': 'stray' });
  // What is younger than a minute is left out, and no test waits that long: the network has known it for an hour.
  await page.route(/reconciliation(\/mend)?$/, async (route) => {
    const request = route.request();
    if (request.method() === 'POST') await route.continue({ postData: JSON.stringify({ olderThanSeconds: 0 }) });
    else await route.continue({ url: `${request.url()}?olderThanSeconds=0` });
  });

  await page.goto('/payments/list');
  await page.getByRole('link', { name: 'Reconcile' }).click();
  await page.getByText('Charge without a payment').waitFor();
  await page.getByText('Every order has its money').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.screenshot({ path: `${PICTURES}reconciliation.png` });

  await page.getByRole('button', { name: 'Mend what is unambiguous (1)' }).click();
  await page.locator('.ml-confirm').getByRole('button', { name: 'Mend' }).click();

  await page.getByText('No differences').waitFor();
  expect(await shop.network.authorisations('till 7')).toMatchObject([{ status: 'voided' }]);
});
