import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findChromium } from '@macrolith/local-services';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type RunningShell, startShell } from './running-shell.js';

const PICTURES = fileURLToPath(new URL('../reports/screenshots/', import.meta.url));
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

let shell: RunningShell;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  shell = await startShell({}, { seeded: true });
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(async () => {
  await browser?.close();
  await shell?.close();
});
beforeEach(async () => {
  complaints = [];
  await visit({ viewport: DESK });
});
afterEach(async () => {
  await context.close();
});

async function visit(options: Parameters<Browser['newContext']>[0]) {
  await context?.close();
  context = await browser.newContext({ baseURL: shell.url, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser logs every refused request; what the page makes of it is what the tests look at.
    const ownWords = !message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && ownWords) complaints.push(message.text());
  });
}

async function putIntoBasket(productId: string) {
  await page.goto(`/catalog/products/${productId}`);
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await page.getByText('In the basket.').first().waitFor();
}

async function checkOut(customer: string, account: string, email = '') {
  await page.goto('/orders/basket');
  await page.getByLabel('Customer').fill(customer);
  await page.getByLabel('Pay from account').selectOption(account);
  if (email !== '') await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: /Place the order/ }).click();
}

test('a customer orders, another finds the last piece gone, and the first one’s news is there', async () => {
  await putIntoBasket('KIT-009');
  await page.getByRole('link', { name: 'Go to the basket' }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  expect(await page.getByText('In the basket.').count()).toBe(0);
  await checkOut('ada', 'acct-river-studio', 'ada@example.org');
  await page.getByText('The order is placed.').waitFor();
  await page.getByText('Carbon steel knife').first().waitFor();
  await page.screenshot({ path: `${PICTURES}order.png` });

  await visit({ viewport: DESK });
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
  expect(complaints).toEqual([]);
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
  expect(complaints).toEqual([]);
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

/** All that can be wrong in the dark alone, and what is on a phone as it is on a desk. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

describe.each([
  ['light', { viewport: DESK, colorScheme: 'light' }],
  ['dark', { viewport: DESK, colorScheme: 'dark' }],
  ['phone', { viewport: PHONE, colorScheme: 'light', hasTouch: true }],
] as const)('in a %s browser', (kind, options) => {
  test.each(PAGES)(
    'the page %s is complete, fits, can be used by everybody, and breaks no rule of its own',
    async (name, path) => {
      await visit(options);
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `${PICTURES}${kind}-${name}.png` });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      const axe = new AxeBuilder({ page }).setLegacyMode();
      if (kind === 'dark') axe.withRules(COLOUR_RULES);
      else axe.withTags(['wcag2a', 'wcag2aa']);
      if (kind === 'phone') axe.disableRules(COLOUR_RULES);
      const { violations } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target))])).toEqual([]);
      expect(complaints).toEqual([]);
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
