import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '@macrolith/local-services';
import { Importer } from './shop/importer.js';
import { ShopProcess } from './shop/shop-process.js';

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

let importer: Importer;

beforeEach(() => {
  importer = new Importer();
});
afterEach(() => importer[Symbol.dispose]());

function write(name: string, ...lines: readonly string[]): string {
  return writeBytes(name, Buffer.from([HEADING, ...lines].join('\n')));
}

function writeBytes(name: string, bytes: Buffer): string {
  const path = join(importer.folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** One sentence or two for a person, on one line, without a stack. */
function sentence(about: RegExp) {
  return {
    code: 1,
    output: '',
    complaints: expect.stringMatching(new RegExp(`^[^\\n]*${about.source}[^\\n]*\\.\\n$`)),
  };
}

describe('without a shop', () => {
  test('the import says at once that nobody serves there, and how to start it', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const began = Date.now();
    expect(await importer.run(write('one.csv'), '--url', url)).toEqual(sentence(/npx pnpm@12 start/));
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('another server than a shop is told from one', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('<h1>Not here</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const ended = await importer.run(write('one.csv', '1,11111,MUG,1,,1,7,UK'), '--url', `http://127.0.0.1:${port}`);
      expect(ended).toEqual(sentence(/does not answer \(404 Not Found\)/));
    } finally {
      server.close();
    }
  });

  test.each([
    ['that is missing', () => 'missing.csv', /There is no file missing\.csv/],
    ['that is a folder', () => importer.folder, /is a folder/],
    ['that is empty', () => writeBytes('empty.csv', Buffer.alloc(0)), /has no column InvoiceNo, StockCode/],
    [
      'of other columns',
      () => writeBytes('other.csv', Buffer.from('a,b\n1,2\n')),
      /has no column InvoiceNo, StockCode/,
    ],
    [
      'that is a picture',
      () => writeBytes('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff])),
      /has no column/,
    ],
    ['with a broken line', () => write('broken.csv', '1,2,3'), /cannot be read as CSV: Invalid Record Length/],
    ['with an open quote', () => write('open.csv', '1,"2'), /cannot be read as CSV: Quote Not Closed/],
  ])('a file %s is refused in a sentence', async (_, file, about) => {
    expect(await importer.run(file())).toEqual(sentence(about));
  });

  test('a reject file that cannot be written is refused before anything is imported', async () => {
    const ended = await importer.run(write('one.csv'), '--rejects', 'no/such/folder.csv');
    expect(ended).toEqual(sentence(/no\/such\/folder\.csv cannot be written/));
  });

  test.each([
    [[], /missing required argument 'file'/],
    [['one.csv', 'two.csv'], /too many arguments/],
    [['one.csv', '--fast'], /unknown option '--fast'/],
    [['one.csv', '--url', 'localhost:3000'], /'localhost:3000' is invalid.*http:\/\/127\.0\.0\.1:3000/],
    [['one.csv', '--rejects'], /argument missing/],
  ])('the command line %j ends with code 2', async (options, about) => {
    const { code, output, complaints } = await importer.run(...options);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(complaints).toMatch(about);
  });

  test('--help tells the options', async () => {
    const { code, output, complaints } = await importer.run('--help');
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(output).toMatch(/--url <url>.*--rejects <file>.*--json/s);
  });
});

describe('with a shop', () => {
  let shop: ShopProcess;

  beforeAll(async () => {
    shop = await ShopProcess.start();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  async function post(path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${shop.url}${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
  }

  test('the summary is for people, and nothing else is written where no terminal is', async () => {
    const file = write(
      'few.csv',
      '900001,91000,MUG,3,,1.50,71,UK',
      '900002,91000,MUG,-5,,0,,UK',
      'C900003,91000,MUG,-1,,1.50,71,UK',
    );
    const { code, output, complaints } = await importer.run(file, '--url', shop.url, '--rejects', 'refused.csv');
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(output).toBe(
      [
        'Invoices       3 (0 done by an earlier run)',
        '  placed       1, £4.50',
        '  cancelled    1, £1.50',
        '  rejected     1',
        'Lines          3',
        '  replayed     2',
        '  refused      1, see refused.csv',
        '    write-off  1\n',
      ].join('\n'),
    );
    expect(readFileSync(join(importer.folder, 'refused.csv'), 'utf8')).toBe(
      'Line,InvoiceNo,StockCode,Description,Quantity,UnitPrice,Code,Reason\n' +
        '3,900002,91000,MUG,-5,0,write-off,Pieces went out of stock without a sale: a correction of the warehouse.\n',
    );
  });

  test('an address with a path or a slash at its end is the same shop', async () => {
    const file = write('slash.csv', '900011,91100,MUG,3,,1.50,72,UK');
    const { code, output } = await importer.run('--', file, '--json', '--url', `${shop.url}/`);
    expect({ code, placed: JSON.parse(output).invoices.placed }).toEqual({ code: 0, placed: 1 });
  });

  test('what the shop refuses is rejected in its words, and the import goes on', async () => {
    await importer.import(
      write('before.csv', '900021,91200,OLD MUG,1,,1.50,73,UK', '900022,91201,LAMP,1,,5,73,UK'),
      shop.url,
    );
    await post('/api/catalog/products/91200/discontinue');
    await post('/api/payments/accounts', { accountId: 'retail-74', currency: 'GBP' });
    await post('/api/payments/accounts/retail-74/close');

    const file = write(
      'after.csv',
      '900023,91200,OLD MUG,1,,1.50,73,UK',
      '900024,91200,OLD MUG,1,,1.75,73,UK',
      '900025,91201,LAMP,1,,5,74,UK',
      '900026,91201,LAMP,1,,5,no number,UK',
      '900027,91202,GOLD BAR,1000000,,100000000,75,UK',
      '900028,91201,LAMP,2,,5,75,UK',
    );
    const { invoices } = await importer.import(file, shop.url);

    expect(invoices).toEqual({ all: 6, placed: 1, cancelled: 0, rejected: 5, before: 0 });
    expect(importer.rejects().map(({ InvoiceNo, Code }) => [InvoiceNo, Code])).toEqual([
      ['900023', 'catalog.product-discontinued'],
      ['900024', 'catalog.product-discontinued'],
      ['900025', 'payments.account-closed'],
      ['900026', 'macrolith.invalid-input'],
      ['900027', 'macrolith.invalid-input'],
    ]);
  });

  test('a price that somebody changes is set again by the next invoice', async () => {
    await importer.import(write('first.csv', '900031,91300,VASE,1,,2.00,76,UK'), shop.url);
    const response = await fetch(`${shop.url}/api/catalog/products/91300/price`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ price: { amountMinor: '200', currency: 'EUR' } }),
    });
    expect(response.ok).toBe(true);
    const { placedMinor } = await importer.import(write('next.csv', '900032,91300,VASE,2,,2.00,76,UK'), shop.url);
    expect(placedMinor).toBe('400');
  });

  test('an order that costs something else in the shop than in the file is never taken for replayed', async () => {
    await importer.import(write('cheap.csv', '900041,91400,VASE,1,,2.00,77,UK'), shop.url);
    const ended = await importer.run(write('dear.csv', '900041,91400,VASE,1,,3.00,77,UK'), '--url', shop.url);
    expect(ended).toEqual(sentence(/\(900041\) costs 200 pence in the shop and 300 in the file/));
  });

  test('names in Latin-1, codes with spaces and blank names reach the shop', async () => {
    const text = `${HEADING}\n900051,gift 20 A,£20 VOUCHER,1,,20,78,UK\n900051,91501,,1,,1,78,UK\n`;
    await importer.import(writeBytes('latin1.csv', Buffer.from(text, 'latin1')), shop.url);
    const { rows } = await shop.administrator.query(
      "SELECT product_id, name FROM catalog.product WHERE product_id IN ('gift 20 A', '91501') ORDER BY 1",
    );
    expect(rows).toEqual([
      { product_id: '91501', name: 'Article 91501' },
      { product_id: 'gift 20 A', name: '£20 VOUCHER' },
    ]);
  });
});
