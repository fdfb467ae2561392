import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Summary } from '../src/report/summary.js';
import {
  ARTICLES_THAT_DIFFER,
  CANCELLATIONS_DECIDED_WRONGLY,
  COUNTRIES_THAT_DIFFER,
  INVOICES_THAT_DIFFER,
  loadIntoSql,
  REJECTS_THAT_DIFFER,
  REJECTS_WITHOUT_GROUND,
  SUMS,
} from './file/file-in-sql.js';
import { MADE_UP, retailFiles } from './file/retail-files.js';
import { contentsOf, everythingIsHeard } from './shop/contents.js';
import { Importer } from './shop/importer.js';
import { COUNTRIES_IN_FILE, COUNTRIES_IN_READ_MODEL, READ_MODEL_SUMS, SALES_THAT_DIFFER } from './shop/read-model.js';
import { ShopProcess } from './shop/shop-process.js';

const RECONCILE = readFileSync(new URL('../sql/reconcile.sql', import.meta.url), 'utf8');

/** The made-up file in both ways; the real one over NATS only where somebody asks for it, since it takes minutes. */
const IMPORTS = [
  ...retailFiles().map((retailFile) => ({ retailFile, transport: 'within the database' }) as const),
  ...(process.env.RETAIL_OVER_NATS ? retailFiles() : [MADE_UP]).map(
    (retailFile) => ({ retailFile, transport: 'over NATS' }) as const,
  ),
];

describe.each(IMPORTS)('$retailFile.name, with events $transport', ({ retailFile, transport }) => {
  let shop: ShopProcess;
  let importer: Importer;
  let file: string;
  let summary: Summary;

  beforeAll(async () => {
    shop = await ShopProcess.start(transport);
    importer = new Importer();
    file = retailFile.bring(importer.folder);
    summary = await importer.import(file, shop.url);
    await loadIntoSql(shop.administrator, file, importer.rejects());
  });

  afterAll(async () => {
    importer[Symbol.dispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function rowsOf(statement: string): Promise<Record<string, unknown>[]> {
    return (await shop.administrator.query(statement)).rows;
  }

  test('is placed, cancelled or rejected, invoice by invoice', () => {
    const { all, placed, cancelled, rejected, before } = summary.invoices;
    expect(placed + cancelled + rejected).toBe(all);
    expect(placed).toBeGreaterThan(0);
    expect(cancelled).toBeGreaterThan(0);
    expect(rejected).toBeGreaterThan(0);
    expect(before).toBe(0);
  });

  test('sums up to the penny: what was placed, less what was cancelled, and what was rejected', async () => {
    const [sums] = await rowsOf(SUMS);
    expect(BigInt(sums!.file as string)).toBe(
      BigInt(sums!.placed as string) - BigInt(sums!.cancelled as string) + BigInt(sums!.rejected as string),
    );
    expect(sums).toMatchObject({
      placed: summary.placedMinor,
      cancelled: summary.cancelledMinor,
      deposited: summary.placedMinor,
      invoices: summary.invoices.all,
      lines: summary.lines.all,
    });
  });

  test('costs in the shop what SQL makes of its lines, invoice by invoice', async () => {
    expect(await rowsOf(INVOICES_THAT_DIFFER)).toEqual([]);
  });

  test('goes to the country that the file says', async () => {
    expect(await rowsOf(COUNTRIES_THAT_DIFFER)).toEqual([]);
  });

  test('moves the pieces of the lines that were not rejected, article by article', async () => {
    expect(await rowsOf(ARTICLES_THAT_DIFFER)).toEqual([]);
  });

  test('takes back what the customer had, and rejects what he had not', async () => {
    expect(await rowsOf(CANCELLATIONS_DECIDED_WRONGLY)).toEqual([]);
  });

  test('has every refused line in the reject file, as it stands in the file and with a reason', async () => {
    const rejects = importer.rejects();
    expect(rejects).toHaveLength(summary.lines.refused);
    expect(rejects.every(({ Reason }) => /^.+\.$/.test(Reason))).toBe(true);
    expect(await rowsOf(REJECTS_THAT_DIFFER)).toEqual([]);
    expect(await rowsOf(REJECTS_WITHOUT_GROUND)).toEqual([]);
  });

  test('leaves stock, payments and orders that agree', async () => {
    const checks = await rowsOf(RECONCILE);
    expect(checks).toHaveLength(16);
    expect(checks.filter(({ wrong }) => wrong !== 0)).toEqual([]);
    expect(checks.filter(({ looked_at }) => looked_at === 0)).toEqual([]);
  });

  test('is in the read model of sales to the penny, by day, article and country, as the events told it', async () => {
    await everythingIsHeard(shop.administrator);
    expect(await rowsOf(SALES_THAT_DIFFER)).toEqual([]);
    const [sums] = await rowsOf(READ_MODEL_SUMS);
    expect(sums).toMatchObject({ placed: summary.placedMinor, cancelled: summary.cancelledMinor });
    expect(sums!.orders).toBe(sums!.orders_in_shop);
    expect(await rowsOf(COUNTRIES_IN_READ_MODEL)).toEqual(await rowsOf(COUNTRIES_IN_FILE));
  });

  test('changes nothing when it is imported again', async () => {
    const before = await contentsOf(shop.administrator);
    const rejects = importer.rejects();

    const again = await importer.import(file, shop.url);

    expect(await contentsOf(shop.administrator)).toEqual(before);
    expect(importer.rejects()).toEqual(rejects);
    const { placed, cancelled } = summary.invoices;
    expect(again).toEqual({ ...summary, invoices: { ...summary.invoices, before: placed + cancelled } });
  });

  test('is the same in a read model that is built anew, while the first one answers', async () => {
    const before = await rowsOf(READ_MODEL_SUMS);
    const answer = await fetch(`${shop.url}/api/analytics/projection/rebuild`, { method: 'POST' });
    expect(answer.status).toBe(200);
    await everythingIsHeard(shop.administrator);
    expect(await rowsOf("SELECT generation FROM analytics.projection WHERE state = 'live'")).toEqual([
      { generation: 2 },
    ]);
    expect(await rowsOf(SALES_THAT_DIFFER)).toEqual([]);
    expect(await rowsOf(READ_MODEL_SUMS)).toEqual(before);
  });
});
