interface SampleOrder {
  readonly customerId: string;
  readonly accountId: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

const ORDERS: readonly SampleOrder[] = [
  {
    customerId: 'ada',
    accountId: 'acct-river-studio',
    lines: [
      { productId: 'KIT-001', quantity: 6 },
      { productId: 'KIT-003', quantity: 1 },
      { productId: 'KIT-006', quantity: 2 },
    ],
  },
  { customerId: 'ben', accountId: 'acct-north-cafe', lines: [{ productId: 'DSK-001', quantity: 3 }] },
];

/** Places a few orders through the public API, so that pages have something to show. Answers their ids. */
export async function placeSampleOrders(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (const order of ORDERS) {
    const response = await fetch(`${url}/api/orders/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...order, email: `${order.customerId}@example.org` }),
    });
    if (!response.ok) throw new Error(`The sample order was refused: ${await response.text()}`);
    ids.push(((await response.json()) as { orderId: string }).orderId);
  }
  return ids;
}
