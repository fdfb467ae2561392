import { Catalog } from '@macrolith/catalog';
import { aProduct, FakeCatalog } from '@macrolith/catalog/testing';
import { Fraud } from '@macrolith/fraud';
import { FakeFraud } from '@macrolith/fraud/testing';
import { Inventory } from '@macrolith/inventory';
import { FakeInventory } from '@macrolith/inventory/testing';
import { Notifications } from '@macrolith/notifications';
import { FakeNotifications } from '@macrolith/notifications/testing';
import { Payments } from '@macrolith/payments';
import { anAccount, FakePayments } from '@macrolith/payments/testing';
import type { FakePort } from '@macrolith/testing';

/** The modules that orders stand on, in memory. */
export interface Shop {
  readonly catalog: FakeCatalog;
  readonly fraud: FakeFraud;
  readonly inventory: FakeInventory;
  readonly payments: FakePayments;
  readonly notifications: FakeNotifications;
  readonly fakes: readonly FakePort[];
}

/**
 * Sells lanterns (`71053`, 3.39 GBP), bowls (`22960`, 4.25 GBP), free samples (`SAMPLE`) and things from abroad (`EURO`,
 * 1.00 EUR), of each a thousand. The account `demo` has 100,000.00 GBP, `poor` has 5.00 GBP. `SUSPECT` looks like fraud, and
 * `SHADY` nearly so.
 */
export async function aShop(): Promise<Shop> {
  const [catalog, inventory] = [new FakeCatalog(), new FakeInventory()];
  const [payments, notifications] = [new FakePayments(), new FakeNotifications()];
  const fraud = new FakeFraud();
  fraud.suspect('SUSPECT', 80);
  fraud.suspect('SHADY', 79);
  const goods: [string, bigint, string][] = [
    ['71053', 339n, 'GBP'],
    ['22960', 425n, 'GBP'],
    ['SAMPLE', 0n, 'GBP'],
    ['EURO', 100n, 'EUR'],
  ];
  for (const [productId, amountMinor, currency] of goods) {
    await catalog.addProduct(aProduct({ productId, name: `Product ${productId}`, price: { amountMinor, currency } }));
    await inventory.receive({ productId, quantity: 1000, reference: `opening stock of ${productId}` });
  }
  await anAccount(payments, { balance: { amountMinor: 10_000_000n, currency: 'GBP' } });
  await anAccount(payments, { accountId: 'poor', balance: { amountMinor: 500n, currency: 'GBP' } });
  const fakes: FakePort[] = [
    [Catalog, catalog],
    [Fraud, fraud],
    [Inventory, inventory],
    [Payments, payments],
    [Notifications, notifications],
  ];
  return { catalog, fraud, inventory, payments, notifications, fakes };
}
