import { send } from './send.js';

/** What the callers order, and who pays. */
export const PRODUCT = 'lamp';
export const ACCOUNT = 'ada';
const MUCH = '100000000000';

/** Puts goods on the shelves and money into an account. */
export async function furnish(url: string): Promise<void> {
  const price = { amountMinor: '1250', currency: 'GBP' };
  const deposit = { amount: { amountMinor: MUCH, currency: 'GBP' }, reference: 'opening' };
  await must(url, '/catalog/products', { productId: PRODUCT, name: PRODUCT, price });
  await must(url, '/inventory/receipts', { productId: PRODUCT, quantity: 1_000_000, reference: 'opening' });
  await must(url, '/payments/accounts', { accountId: ACCOUNT, currency: 'GBP' });
  await must(url, `/payments/accounts/${ACCOUNT}/deposits`, deposit);
}

async function must(url: string, path: string, body: object): Promise<void> {
  const answer = await send(url, { method: 'POST', path: `/api${path}`, body, key: `opening ${path}` });
  if (answer.status < 300) return;
  throw new Error(`The shop could not be furnished: ${path} answered ${JSON.stringify(answer)}.`);
}
