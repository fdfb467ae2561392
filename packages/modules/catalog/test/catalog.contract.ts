import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import { type Catalog, ProductDiscontinued, ProductExists, ProductNotFound } from '../src/index.js';
import { aProduct } from '../src/testing.js';

/** What every provider of the catalog must do. Tests share one, so each works on products of its own. */
export function specifyCatalog(catalog: ContractSubject<typeof Catalog>): void {
  test('a product that was added is sold at its price', async () => {
    const added = await catalog.port.addProduct(aProduct({ productId: 'ADD 1', description: 'Holds one\ntea light.' }));

    expect(added).toEqual({
      productId: 'ADD 1',
      name: 'White metal lantern',
      description: 'Holds one\ntea light.',
      price: { amountMinor: 339n, currency: 'GBP' },
      active: true,
      updatedAt: expect.any(Date),
    });
    expect(await catalog.port.getProduct({ productId: 'ADD 1' })).toEqual(added);
  });

  test('a product without a description has none', async () => {
    expect(await catalog.port.addProduct(aProduct({ productId: 'ADD2' }))).not.toHaveProperty('description');
    expect(await catalog.port.getProduct({ productId: 'ADD2' })).not.toHaveProperty('description');
  });

  test('a product that exists is not added again', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'TWICE' }));

    const again = catalog.port.addProduct(aProduct({ productId: 'TWICE', name: 'Another' }));

    await expect(again).rejects.toThrow(new ProductExists({ productId: 'TWICE' }));
    expect(await catalog.port.getProduct({ productId: 'TWICE' })).toMatchObject({ name: 'White metal lantern' });
  });

  test('ids that differ in case are two products', async () => {
    await catalog.port.addProduct(aProduct({ productId: '15056BL', name: 'Umbrella black' }));
    await catalog.port.addProduct(aProduct({ productId: '15056bl', name: 'Umbrella blue' }));

    expect(await catalog.port.getProduct({ productId: '15056bl' })).toMatchObject({ name: 'Umbrella blue' });
  });

  test('a product that nobody added is not found', async () => {
    await expect(catalog.port.getProduct({ productId: 'NOBODY' })).rejects.toMatchObject({
      code: ProductNotFound.code,
      productId: 'NOBODY',
    });
  });

  test('quotes come in the order asked', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'Q1', price: { amountMinor: 100n, currency: 'GBP' } }));
    await catalog.port.addProduct(aProduct({ productId: 'Q2', price: { amountMinor: 200n, currency: 'EUR' } }));

    const quotes = await catalog.port.quote({ productIds: ['Q2', 'Q1', 'Q2'] });

    expect(quotes.map(({ productId, price }) => [productId, price.amountMinor, price.currency])).toEqual([
      ['Q2', 200n, 'EUR'],
      ['Q1', 100n, 'GBP'],
      ['Q2', 200n, 'EUR'],
    ]);
  });

  test('a quote names the first product that does not exist', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'Q3' }));

    const quotes = catalog.port.quote({ productIds: ['Q3', 'Q-none', 'Q-none-either'] });

    await expect(quotes).rejects.toMatchObject({ code: ProductNotFound.code, productId: 'Q-none' });
  });

  test('a new price counts from now on, in quotes too', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'PRICE' }));
    const price = { amountMinor: 295n, currency: 'EUR' };

    expect(await catalog.port.reprice({ productId: 'PRICE', price })).toMatchObject({ productId: 'PRICE', price });

    expect(await catalog.port.quote({ productIds: ['PRICE'] })).toMatchObject([{ price }]);
  });

  test('a price may be nothing', async () => {
    const free = aProduct({ productId: 'FREE', price: { amountMinor: 0n, currency: 'GBP' } });

    expect(await catalog.port.addProduct(free)).toMatchObject({ price: { amountMinor: 0n } });
  });

  test('a product that nobody added has no price to change', async () => {
    const repriced = catalog.port.reprice({ productId: 'NOBODY', price: { amountMinor: 1n, currency: 'GBP' } });

    await expect(repriced).rejects.toThrow(ProductNotFound);
  });

  test('a discontinued product can be read, and neither quoted nor repriced', async () => {
    const productId = 'GONE';
    await catalog.port.addProduct(aProduct({ productId }));

    expect(await catalog.port.discontinue({ productId })).toMatchObject({ active: false });

    expect(await catalog.port.getProduct({ productId })).toMatchObject({ active: false });
    await expect(catalog.port.quote({ productIds: [productId] })).rejects.toThrow(ProductDiscontinued);
    const repriced = catalog.port.reprice({ productId, price: { amountMinor: 1n, currency: 'GBP' } });
    await expect(repriced).rejects.toThrow(ProductDiscontinued);
  });

  test('discontinuing once more changes nothing', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'GONE2' }));
    const first = await catalog.port.discontinue({ productId: 'GONE2' });

    expect(await catalog.port.discontinue({ productId: 'GONE2' })).toEqual(first);
    await expect(catalog.port.discontinue({ productId: 'NOBODY' })).rejects.toThrow(ProductNotFound);
  });

  test('the search finds every word in the id or the name, in any case', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'KW77a', name: 'HANGING Kiwi T-Light Holder' }));
    await catalog.port.addProduct(aProduct({ productId: 'KW78', name: 'Kiwi bowl' }));
    const find = async (q: string) => (await catalog.port.search({ q })).items.map((product) => product.productId);

    expect(await find('kiwi')).toEqual(['KW77a', 'KW78']);
    expect(await find('LIGHT kiwi')).toEqual(['KW77a']);
    expect(await find(' kw77A holder ')).toEqual(['KW77a']);
    expect(await find('kiwi lantern')).toEqual([]);
  });

  test('the search takes wildcards and quotes for themselves', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'WILD_1', name: "100% Zebra's bowl" }));
    await catalog.port.addProduct(aProduct({ productId: 'WILDx1', name: '1000 Zebra bowls' }));
    const find = async (q: string) => (await catalog.port.search({ q })).items.map((product) => product.productId);

    expect(await find('wild_1')).toEqual(['WILD_1']);
    expect(await find('zebra 100%')).toEqual(['WILD_1']);
    expect(await find("zebra's")).toEqual(['WILD_1']);
    expect(await find('zebra\\')).toEqual([]);
  });

  test('the search leaves discontinued products out unless it is told otherwise', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'OLD1', name: 'Quokka candle' }));
    await catalog.port.discontinue({ productId: 'OLD1' });

    expect(await catalog.port.search({ q: 'quokka' })).toEqual({ items: [] });
    expect((await catalog.port.search({ q: 'quokka', includeDiscontinued: true })).items).toHaveLength(1);
  });

  test('the search can be narrowed to some products, as far as they exist', async () => {
    await catalog.port.addProduct(aProduct({ productId: 'N1' }));
    await catalog.port.addProduct(aProduct({ productId: 'N2' }));

    const { items } = await catalog.port.search({ productIds: ['N2', 'N-none'] });

    expect(items.map((product) => product.productId)).toEqual(['N2']);
  });

  test('pages neither repeat nor skip a product when others are added between them', async () => {
    const add = (productId: string) => catalog.port.addProduct(aProduct({ productId, name: 'Paged heron' }));
    for (const productId of ['PG5', 'PG1', 'PG3', 'PGa']) await add(productId);

    const first = await catalog.port.search({ q: 'heron', limit: 2 });
    await add('PG0');
    await add('PG4');
    const second = await catalog.port.search({ q: 'heron', limit: 2, cursor: first.nextCursor! });
    const third = await catalog.port.search({ q: 'heron', limit: 2, cursor: second.nextCursor! });

    const ids = [first, second, third].map((page) => page.items.map((product) => product.productId));
    expect(ids).toEqual([['PG1', 'PG3'], ['PG4', 'PG5'], ['PGa']]);
    expect(third).not.toHaveProperty('nextCursor');
  });
}
