import { Catalog, ProductExists } from '@macrolith/catalog';
import { Inventory } from '@macrolith/inventory';
import { AccountExists, Payments } from '@macrolith/payments';
import type { INestApplicationContext } from '@nestjs/common';
import { SEED_ACCOUNTS, SEED_CARDS, SEED_CATALOGUE, SEED_CURRENCY, type SeedArticle } from './catalogue.js';

/**
 * Fills an empty shop through the same ports as everybody else. Every step may be repeated: a start that was cut off in
 * the middle is completed by the next, and a shop that already sells something is left alone.
 *
 * @returns how many articles were added
 */
export async function seed(app: INestApplicationContext): Promise<number> {
  const catalog = app.get(Catalog, { strict: false });
  await seedCards(app.get(Payments, { strict: false }));
  const [first, last] = [SEED_CATALOGUE.at(0)!, SEED_CATALOGUE.at(-1)!];
  const { items } = await catalog.search({ limit: 1 });
  const started = items.length > 0;
  if (started && (await sells(catalog, last))) return 0;
  if (started && !(await sells(catalog, first))) return 0;

  const inventory = app.get(Inventory, { strict: false });
  await seedAccounts(app.get(Payments, { strict: false }));
  for (const article of SEED_CATALOGUE) await addArticle(catalog, inventory, article);
  return SEED_CATALOGUE.length;
}

async function sells(catalog: Catalog, { productId }: SeedArticle): Promise<boolean> {
  const { items } = await catalog.search({ q: productId, limit: 1 });
  return items.some((product) => product.productId === productId);
}

async function seedAccounts(payments: Payments): Promise<void> {
  for (const { accountId, balanceMinor } of SEED_ACCOUNTS) {
    await unless(AccountExists, payments.openAccount({ accountId, currency: SEED_CURRENCY }));
    const amount = { amountMinor: balanceMinor, currency: SEED_CURRENCY };
    await payments.deposit({ accountId, amount, reference: `opening balance of ${accountId}` });
  }
}

/** Where cards are taken. A shop that was filled before it took any gets them, too. */
async function seedCards(payments: Payments): Promise<void> {
  const { taken, cards } = await payments.listCards();
  if (!taken || cards.length > 0) return;
  for (const card of SEED_CARDS) await payments.keepCard(card);
}

async function addArticle(catalog: Catalog, inventory: Inventory, article: SeedArticle): Promise<void> {
  const { productId, name, description, priceMinor, stock } = article;
  // Stock first: the last article in the catalogue tells that the seed is complete.
  await inventory.receive({ productId, quantity: stock, reference: `opening stock of ${productId}` });
  const price = { amountMinor: priceMinor, currency: SEED_CURRENCY };
  await unless(ProductExists, catalog.addProduct({ productId, name, description, price }));
}

async function unless(expected: Function & { [Symbol.hasInstance](value: unknown): boolean }, work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}
