const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const ORDERS = 60;
const CUSTOMERS = ['40001', '40002', '40003', '40004', '40005', ''];
/** Where a customer lives; who has no number lives in the first. */
const COUNTRIES = ['United Kingdom', 'France', 'EIRE', 'Channel Islands', '', 'Germany'];
const CHARGES = ['POST', 'DOT', 'BANK CHARGES', 'M'];
const THINGS = ['LANTERN', 'TEA TOWEL', 'COAT "HOOK"', 'CUSHION, BLUE', 'ALARM CLOCK', 'CAKE STAND', 'DOORMAT'];

interface Article {
  readonly code: string;
  readonly names: readonly string[];
  /** Pence. The same article costs this or that. */
  readonly prices: readonly number[];
}

type Cell = string | number;

/**
 * A made-up file that is as messy as the real one: two prices and two names for an article, also in one invoice; the same
 * article twice in an invoice; missing customers and names; charges, write-offs, lines without a price or with broken
 * values; cancellations of what was ordered, of too much, of what nobody ordered, of customers that nobody knows. The same
 * seed gives the same text.
 */
export function madeUpFile(seed: number): string {
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const chance = (share: number) => random() < share;
  const articles = makeArticles(random, pick);
  const bought: { customer: string; code: string; quantity: number; pence: number }[] = [];
  const rows: Cell[][] = [];

  const write = (invoice: string, customer: string, code: string, name: string, quantity: Cell, price: string) =>
    rows.push([
      invoice,
      code,
      name,
      quantity,
      '06-01-2020 09:30',
      price,
      customer,
      COUNTRIES[(CUSTOMERS.indexOf(customer) + 1) % COUNTRIES.length]!,
    ]);

  const order = (invoice: string, customer: string) => {
    for (let line = Math.floor(random() * 7); line >= 0; line -= 1) {
      const { code, names, prices } = pick(articles);
      const [quantity, pence] = [1 + Math.floor(random() * 24), pick(prices)];
      write(invoice, customer, code, chance(0.05) ? '' : pick(names), quantity, pounds(pence));
      bought.push({ customer, code, quantity, pence });
    }
    if (chance(0.1)) write(invoice, customer, pick(CHARGES), 'CHARGE', 1, pounds(1800));
    if (chance(0.05)) write(invoice, customer, pick(articles).code, '', 3, '0');
    if (chance(0.03)) write(invoice, customer, pick(articles).code, 'BROKEN', 'two', '1.005');
  };

  const cancel = (invoice: string) => {
    const { customer, code, quantity, pence } = pick(bought);
    const pieces = chance(0.2) ? quantity * 100 : 1 + Math.floor(random() * quantity);
    write(invoice, customer, code, 'RETURNED', -pieces, pounds(pence));
    if (chance(0.2)) write(invoice, customer, 'D', 'DISCOUNT', -1, '27.50');
  };

  for (let number = 1; number <= ORDERS; number += 1) {
    const invoice = `${700_000 + number}`;
    if (chance(0.08)) write(invoice, '', pick(articles).code, 'damaged', -5, '0');
    else order(invoice, pick(CUSTOMERS));
    if (chance(0.3)) cancel(`C${700_500 + number}`);
  }
  return [HEADING, ...rows.map((row) => row.map(cell).join(','))].join('\r\n');
}

function makeArticles(random: () => number, pick: <T>(from: readonly T[]) => T): Article[] {
  return Array.from({ length: 18 }, (_, index) => {
    const pence = 20 + Math.floor(random() * 2000);
    const name = `${pick(THINGS)} ${index}`;
    return {
      code: `${80_000 + index}${index % 4 === 0 ? 'A' : ''}`,
      names: index % 3 === 0 ? [name, `${name} LARGE`] : [name],
      prices: index % 2 === 0 ? [pence, pence * 2 + 1] : [pence],
    };
  });
}

function pounds(pence: number): string {
  return (pence / 100).toFixed(2).replace(/\.?0+$/, '');
}

function cell(value: Cell): string {
  return /[",]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : `${value}`;
}

/** Mulberry32, a generator of 32 bits: the same numbers from the same seed on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
