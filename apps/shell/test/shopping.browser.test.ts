import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inspect, PICTURES, TestBrowser, type WatchedPage, WINDOW_KINDS } from '@macrolith/test-browser';
import { type RunningShell, startShell } from './running-shell.js';

let shell: RunningShell;
let browser: TestBrowser;
let page: WatchedPage;

beforeAll(async () => {
  shell = await startShell({}, { seeded: true });
  browser = await TestBrowser.launch(shell.url);
});
afterAll(async () => {
  await browser?.close();
  await shell?.close();
});
beforeEach(async () => {
  page = await browser.open();
});
afterEach(() => browser.leave());

async function putIntoBasket(productId: string) {
  await page.goto(`/catalog/products/${productId}`);
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByText('In the basket.').first().waitFor();
}

async function checkOut(customer: string, account: string, { email = '', country = '' } = {}) {
  await page.goto('/orders/basket');
  await page.getByLabel('Customer').fill(customer);
  await page.getByLabel('Pay from account').selectOption(account);
  if (email !== '') await page.getByLabel('E-mail').fill(email);
  if (country !== '') await page.getByLabel('Country').fill(country);
  await page.getByRole('button', { name: /Place the order/ }).click();
}

test('a customer orders, another finds the last piece gone, and the first one’s news is there', async () => {
  await putIntoBasket('KIT-009');
  await page.getByRole('link', { name: 'Go to the basket' }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  expect(await page.getByText('In the basket.').count()).toBe(0);
  await checkOut('ada', 'acct-river-studio', { email: 'ada@example.org', country: 'France' });
  await page.getByText('The order is placed.').waitFor();
  await page.getByText('Carbon steel knife').first().waitFor();
  await page.getByText('France').waitFor();
  await page.screenshot({ path: `${PICTURES}order.png` });

  page = await browser.open();
  await putIntoBasket('KIT-009');
  await checkOut('ben', 'acct-north-cafe');
  await page
    .getByText(/0 can be had|sold out|not enough|out of stock|0 available|none left/i)
    .first()
    .waitFor();
  await page.screenshot({ path: `${PICTURES}shortage.png` });
  expect(page.url()).toContain('/orders/basket');

  await page.goto('/notifications');
  await page.getByText('ada@example.org').first().waitFor();
  await page
    .getByText(/We have your order/)
    .first()
    .click();
  await page.getByText('Carbon steel knife').first().waitFor();
  await page.screenshot({ path: `${PICTURES}message.png` });
  expect(page.complaints).toEqual([]);
});

test('a customer whose account is short of money is told so, and keeps the basket', async () => {
  await putIntoBasket('KIT-003');
  await checkOut('cleo', 'acct-tight-budget');
  await page
    .getByText(/too little money available/)
    .first()
    .waitFor();
  await page.screenshot({ path: `${PICTURES}decline.png` });
  await page.getByText('Pour-over kettle').first().waitFor();
  expect(page.complaints).toEqual([]);
});

const PAGES = [
  ['home', '/'],
  ['catalog', '/catalog'],
  ['product', '/catalog/products/KIT-001'],
  ['stock', '/inventory'],
  ['basket', '/orders/basket'],
  ['orders', '/orders'],
  ['accounts', '/payments'],
  ['messages', '/notifications'],
] as const;

describe.each(WINDOW_KINDS)('in a %s browser', (kind) => {
  test.each(PAGES)(
    'the page %s is complete, fits, can be used by everybody, and breaks no rule of its own',
    async (name, path) => {
      page = await browser.open(kind);
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      expect(await inspect(page, name)).toEqual([]);
    },
  );
});

test('the shop can be walked through with the keyboard alone', async () => {
  await page.goto('/');
  await page.locator('h1').first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const focused = await page.evaluate(() => document.activeElement !== document.body);
  expect(focused).toBe(true);
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent?.trim() ?? '';
    });
    if (text.startsWith('Catalog')) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL('**/catalog');
  await page.getByRole('heading', { level: 1, name: 'Catalog' }).waitFor();
});

test('a module whose pages cannot be loaded fails in its own place only', async () => {
  await page.route('**/assets/payments/**', (route) => route.abort());
  await page.goto('/payments');
  await page
    .getByRole('button', { name: /try again|retry/i })
    .first()
    .waitFor();
  await page.screenshot({ path: `${PICTURES}broken-module.png` });
  await page.getByRole('link', { name: 'Catalog' }).first().click();
  await page.getByText('Stoneware mug, moss').first().waitFor();
});
