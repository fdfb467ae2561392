import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { MADE_UP } from './file/retail-files.js';
import { type Contents, comparableContentsOf } from './shop/contents.js';
import { Importer } from './shop/importer.js';
import { ShopProcess } from './shop/shop-process.js';

let uninterrupted: Contents;
let shop: ShopProcess;
let importer: Importer;
let file: string;

async function open(): Promise<void> {
  shop = await ShopProcess.start();
  importer = new Importer();
  file = MADE_UP.bring(importer.folder);
}

async function close(): Promise<void> {
  importer[Symbol.dispose]();
  await shop[Symbol.asyncDispose]();
}

beforeAll(async () => {
  await open();
  await importer.import(file, shop.url);
  uninterrupted = await comparableContentsOf(shop.administrator);
  await close();
});

beforeEach(open);
afterEach(close);

async function ordersInShop(): Promise<number> {
  const { rows } = await shop.administrator.query('SELECT count(*)::integer AS orders FROM orders.order_header');
  return rows[0].orders;
}

async function untilOrders(atLeast: number): Promise<void> {
  while ((await ordersInShop()) < atLeast) await pause(2);
}

function ordersWhenUninterrupted(): number {
  return uninterrupted['orders.order_header']!.length;
}

test('an import that is killed and started again ends as one that was not', async () => {
  for (const orders of [1, 10, 20]) {
    const { ended, kill } = importer.start(file, '--url', shop.url);
    await untilOrders(orders);
    kill();
    expect((await ended).code).toBeNull();
    expect(await ordersInShop()).toBeLessThan(ordersWhenUninterrupted());
  }

  const { invoices } = await importer.import(file, shop.url);

  expect(invoices.before).toBeGreaterThan(0);
  expect(await comparableContentsOf(shop.administrator)).toEqual(uninterrupted);
});

test('an import goes on by itself when the shop is killed and comes back', async () => {
  const { ended } = importer.start(file, '--url', shop.url);
  for (const orders of [5, 15]) {
    await untilOrders(orders);
    await shop.kill();
    expect(await ordersInShop()).toBeLessThan(ordersWhenUninterrupted());
    await shop.restart();
  }

  expect(await ended).toMatchObject({ code: 0, complaints: '' });
  expect(await comparableContentsOf(shop.administrator)).toEqual(uninterrupted);
});

test('an import whose shop stays away says so, and goes on when it is started again', async () => {
  const { ended } = importer.start(file, '--url', shop.url);
  await untilOrders(15);
  await shop.kill();

  const { code, output, complaints } = await ended;
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(complaints).toMatch(
    /^The shop at http:\/\/127\.0\.0\.1:\d+ does not answer \(ECONN\w+\)\. [^\n]+ goes on where it stopped\.\n$/,
  );

  await shop.restart();
  await importer.import(file, shop.url);
  expect(await comparableContentsOf(shop.administrator)).toEqual(uninterrupted);
});
