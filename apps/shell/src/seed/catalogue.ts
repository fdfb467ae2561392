/** One article of the sample shop. */
export interface SeedArticle {
  readonly productId: string;
  readonly name: string;
  readonly description: string;
  /** Pence. */
  readonly priceMinor: bigint;
  /** Pieces in stock at the start. */
  readonly stock: number;
}

/** The sample shop of a fresh database: kitchen and desk goods, made up for this project. One article is down to its last piece. */
export const SEED_CATALOGUE: readonly SeedArticle[] = [
  {
    productId: 'KIT-001',
    name: 'Stoneware mug, moss',
    description: 'Holds 350 ml. Glazed inside, raw outside, warm for half an hour.',
    priceMinor: 1450n,
    stock: 64,
  },
  {
    productId: 'KIT-002',
    name: 'Stoneware mug, chalk',
    description: 'Holds 350 ml. The same mug in a quiet white.',
    priceMinor: 1450n,
    stock: 58,
  },
  {
    productId: 'KIT-003',
    name: 'Pour-over kettle',
    description: 'Brushed steel with a narrow spout and a thermometer in the lid.',
    priceMinor: 5900n,
    stock: 12,
  },
  {
    productId: 'KIT-004',
    name: 'Hand coffee mill',
    description: 'Steel burrs, forty settings, quieter than any machine.',
    priceMinor: 8400n,
    stock: 9,
  },
  {
    productId: 'KIT-005',
    name: 'Olive wood board',
    description: 'One piece of wood, 38 cm long. No two look alike.',
    priceMinor: 3200n,
    stock: 21,
  },
  {
    productId: 'KIT-006',
    name: 'Linen tea towel, pair',
    description: 'Washed linen that dries glasses without lint.',
    priceMinor: 1850n,
    stock: 80,
  },
  {
    productId: 'KIT-007',
    name: 'Cast iron pan, 24 cm',
    description: 'Seasoned twice. Gets better with every breakfast.',
    priceMinor: 4600n,
    stock: 17,
  },
  {
    productId: 'KIT-008',
    name: 'Salt cellar',
    description: 'Ash wood with a lid that swings aside under one thumb.',
    priceMinor: 2100n,
    stock: 26,
  },
  {
    productId: 'KIT-009',
    name: 'Carbon steel knife',
    description: '18 cm blade. Sharp for years, and easy to make sharp again.',
    priceMinor: 11900n,
    stock: 1,
  },
  {
    productId: 'KIT-010',
    name: 'Bread basket',
    description: 'Hand-woven willow, with a cotton lining that comes out for washing.',
    priceMinor: 2750n,
    stock: 14,
  },
  {
    productId: 'DSK-001',
    name: 'Notebook A5, dotted',
    description: '192 pages of 100 g paper that lies flat from the first page on.',
    priceMinor: 1600n,
    stock: 120,
  },
  {
    productId: 'DSK-002',
    name: 'Pencil set, six',
    description: 'Cedar pencils from 2H to 4B in a tin.',
    priceMinor: 950n,
    stock: 90,
  },
  {
    productId: 'DSK-003',
    name: 'Brass ruler, 15 cm',
    description: 'Engraved marks that do not rub off.',
    priceMinor: 1250n,
    stock: 34,
  },
  {
    productId: 'DSK-004',
    name: 'Desk lamp',
    description: 'Warm light that dims with a turn, on a joint that stays where it is put.',
    priceMinor: 13900n,
    stock: 8,
  },
  {
    productId: 'DSK-005',
    name: 'Felt desk pad',
    description: 'Wool felt, 70 by 40 cm, kind to wrists and wood.',
    priceMinor: 3900n,
    stock: 19,
  },
  {
    productId: 'DSK-006',
    name: 'Fountain pen',
    description: 'Steel nib, medium. Fills from a bottle.',
    priceMinor: 6400n,
    stock: 15,
  },
  {
    productId: 'DSK-007',
    name: 'Bottle of ink, night blue',
    description: '50 ml. Dries in ten seconds, washes out of shirts.',
    priceMinor: 1400n,
    stock: 42,
  },
  {
    productId: 'DSK-008',
    name: 'Letter tray',
    description: 'Powder-coated steel, stackable.',
    priceMinor: 2950n,
    stock: 23,
  },
];

/** The sample customers' accounts. One of them is short of money, so that a decline can be seen. */
export const SEED_ACCOUNTS: readonly { readonly accountId: string; readonly balanceMinor: bigint }[] = [
  { accountId: 'acct-river-studio', balanceMinor: 250_000n },
  { accountId: 'acct-north-cafe', balanceMinor: 75_000n },
  { accountId: 'acct-tight-budget', balanceMinor: 2_000n },
];

export const SEED_CURRENCY = 'GBP';

/** Cards of the sandbox's card network, by what people know them by. Some of them decline. */
export const SEED_CARDS: readonly { readonly token: string; readonly label: string }[] = [
  { token: 'tok_visa_4242', label: 'Visa ending in 4242' },
  { token: 'tok_mastercard_4444', label: 'Mastercard ending in 4444' },
  { token: 'tok_visa_no_funds_9995', label: 'Visa ending in 9995 (has no money)' },
  { token: 'tok_visa_expired_0069', label: 'Visa ending in 0069 (has expired)' },
];
