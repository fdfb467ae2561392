import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inspect, PICTURES, TestBrowser, violationsOf, type WatchedPage, WINDOW_KINDS } from '@macrolith/test-browser';
import { eventually } from '@macrolith/testing';
import pg from 'pg';
import { type RunningShell, startShell } from './running-shell.js';
import { unrecorded } from './sales-in-sql.js';

let shell: RunningShell;
let browser: TestBrowser;
let administrator: pg.Client;
let page: WatchedPage;

beforeAll(async () => {
  shell = await startShell({}, { seeded: true });
  administrator = new pg.Client(shell.databaseUrl);
  await administrator.connect();
  browser = await TestBrowser.launch(shell.url, { locale: 'en-GB' });
});
afterAll(async () => {
  await browser?.close();
  await administrator?.end();
  await shell?.close();
});
beforeEach(async () => {
  page = await browser.open();
});
afterEach(() => browser.leave());

async function post(path: string, body: object = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${shell.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
  return answer.json();
}

const PRODUCTS = ['KIT-001', 'KIT-002', 'KIT-003', 'DSK-001'];
const COUNTRIES = ['United Kingdom', 'France', 'EIRE', 'Germany'];

/** Twelve orders, of which three are fulfilled and two are cancelled. */
async function sell(): Promise<void> {
  for (let number = 0; number < 12; number += 1) {
    const { orderId } = await post('/api/orders/orders', {
      customerId: 'ada',
      accountId: 'acct-river-studio',
      country: COUNTRIES[number % 4],
      lines: [{ productId: PRODUCTS[(number * 3) % 4], quantity: 1 + (number % 3) }],
    });
    if (number < 3) await post(`/api/orders/orders/${orderId}/fulfil`);
    if (number > 9) await post(`/api/orders/orders/${orderId}/cancel`);
  }
  await recorded();
}

const recorded = () =>
  eventually(
    'The end of the backlog',
    () => unrecorded(administrator),
    (open) => open === 0,
    { withinMs: 30_000 },
  );

const chart = (name: string) => page.getByRole('img', { name: new RegExp(`^${name}: a chart`) });

/** Whether something is drawn: a canvas that is still empty has no pixel of any colour. */
async function isDrawn(name: string): Promise<boolean> {
  return chart(name).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    return data.some((value) => value !== 0);
  });
}

test('before anything was sold, the page says so and leads to the catalog', async () => {
  await page.goto('/analytics');
  await page.getByText('Nothing was sold').waitFor();
  await page.getByText('None yet').waitFor();
  await page.screenshot({ path: `${PICTURES}sales-empty.png` });
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Look at the catalog' }).click();
  await page.waitForURL('**/catalog');
  expect(page.complaints).toEqual([]);
});

describe('when something was sold', () => {
  beforeAll(sell);

  const CHARTS = ['Sales over time', 'Top products', 'Countries', 'What became of the orders'];

  describe.each(WINDOW_KINDS)('in a %s browser', (kind) => {
    test('every chart is drawn, the page fits, can be used by everybody, and breaks no rule of its own', async () => {
      page = await browser.open(kind);
      await page.goto('/analytics');
      for (const name of CHARTS) {
        await chart(name).waitFor();
        await eventually(
          `The chart ${name}`,
          () => isDrawn(name),
          (drawn) => drawn,
        );
      }
      await page.getByText('Events not counted yet').waitFor();
      expect(await inspect(page, 'sales', 'all')).toEqual([]);
    });
  });

  test('the figures of a chart can be read as a table', async () => {
    await page.goto('/analytics');
    await page.getByRole('button', { name: 'What became of the orders as a table' }).click();
    const table = page.getByRole('table', { name: 'What became of the orders' });
    await table.getByRole('row', { name: /^Placed.* 12 orders/ }).waitFor();
    await table.getByRole('row', { name: /^Fulfilled.* 3 orders, 25 %/ }).waitFor();
    await table.getByRole('row', { name: /^Cancelled before.* 2 orders, 17 %/ }).waitFor();
    await page.screenshot({ path: `${PICTURES}sales-table.png`, fullPage: true });
    expect(await violationsOf(page)).toEqual([]);
  });

  test('a chart is walked through with the arrow keys, and says what stands there', async () => {
    await page.goto('/analytics');
    await chart('Countries').focus();
    const said = page.getByRole('status').filter({ hasText: /: £/ });

    await page.keyboard.press('Home');
    const first = await said.textContent();
    expect(first).toMatch(/^[A-Z].*: £[\d.,]+ for \d+ pieces?/);
    await page.keyboard.press('ArrowDown');
    await eventually(
      'The next bar',
      () => said.textContent(),
      (text) => text !== first,
    );
    await page.screenshot({ path: `${PICTURES}sales-pointed.png`, fullPage: true });

    await page.keyboard.press('Escape');
    await said.waitFor({ state: 'detached' });
    expect(page.complaints).toEqual([]);
  });

  test('one country can be looked at, and the address says which', async () => {
    await page.goto('/analytics');
    await page.getByLabel('Country').selectOption('France');
    await page.waitForURL('**/analytics?country=France');
    await page.getByRole('button', { name: 'What became of the orders as a table' }).click();
    await page.getByRole('row', { name: /^Placed.* 3 orders/ }).waitFor();

    await page.getByRole('button', { name: '7 days' }).click();
    await page.waitForURL('**/analytics?**days=7**');
    await page.goto('/analytics?country=Atlantis');
    await page.getByRole('button', { name: 'Show all sales' }).click();
    await chart('Sales over time').waitFor();
  });

  test('the figures follow what happens, and a rebuild shows its progress', async () => {
    await page.goto('/analytics');
    await page.getByRole('button', { name: 'What became of the orders as a table' }).click();
    await page.getByRole('row', { name: /^Placed.* 12 orders/ }).waitFor();
    await administrator.query(
      `ALTER TABLE analytics.order_step ADD CONSTRAINT not_yet CHECK (generation <> 2) NOT VALID`,
    );

    await page.getByRole('button', { name: 'Rebuild' }).click();
    await page.getByText('Being built anew: 0 of 17 events').waitFor();
    await page.getByRole('progressbar', { name: 'Rebuild' }).waitFor();
    await page.screenshot({ path: `${PICTURES}sales-rebuild.png`, fullPage: true });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('row', { name: /^Placed.* 12 orders/ }).waitFor();

    await administrator.query('ALTER TABLE analytics.order_step DROP CONSTRAINT not_yet');
    await administrator.query(`UPDATE orders.delivery SET due_at = now() WHERE state = 'open'`);
    await page.getByText('The figures were added up anew.').waitFor();
    await page.getByText('(no. 2)').waitFor();
    expect(page.complaints).toEqual([]);
  });

  test('an answer that does not come is told in its place, and asked for again', async () => {
    await page.route('**/api/analytics/sales/**', (route) => route.abort());
    await page.goto('/analytics');
    await page
      .getByRole('button', { name: /try again|retry/i })
      .first()
      .waitFor();
    await page.screenshot({ path: `${PICTURES}sales-error.png` });
    expect(await violationsOf(page)).toEqual([]);
    await page.unroute('**/api/analytics/sales/**');
    await page
      .getByRole('button', { name: /try again|retry/i })
      .first()
      .click();
    await chart('Sales over time').waitFor();
  });
});
