import { api, formatMoney, type Money } from '@macrolith/ui';

/** What was sold, as the API sends it. */
export interface Sales {
  readonly pieces: number;
  readonly amount: Money;
  readonly cancelledPieces: number;
  readonly cancelledAmount: Money;
}

export interface DaySales extends Sales {
  /** `2026-11-30`, in UTC. */
  readonly day: string;
}

export interface ProductSales extends Sales {
  readonly productId: string;
  readonly name?: string;
}

export interface CountrySales extends Sales {
  readonly country?: string;
}

export interface Funnel {
  readonly placed: number;
  readonly open: number;
  readonly fulfilled: number;
  readonly cancelled: number;
  readonly returned: number;
}

/** All that one look at the page shows. */
export interface Report {
  /** In which the report is; the others are in `currencies`. Absent when nothing was sold. */
  readonly currency: string | undefined;
  readonly currencies: readonly string[];
  readonly days: readonly DaySales[];
  readonly products: readonly ProductSales[];
  /** Of all countries, whichever is looked at. */
  readonly countries: readonly CountrySales[];
  readonly funnel: Funnel;
}

export interface Wanted {
  readonly from: string | undefined;
  readonly country: string | null;
  readonly currency: string | null;
}

const TOP = 10;

/** Reads a report. Without a currency it is in the one in which most was sold. */
export async function readReport({ from, country, currency }: Wanted, signal: AbortSignal): Promise<Report> {
  const get = <T>(what: string, query: Record<string, string | number | null | undefined>) =>
    api.get<T>(`/api/analytics/${what}`, { query: { from, ...query }, signal });
  const [allDays, allCountries, funnel] = await Promise.all([
    get<DaySales[]>('sales/days', { country }),
    get<CountrySales[]>('sales/countries', {}),
    get<Funnel>('funnel', { country }),
  ]);
  const currencies = currenciesOf(allCountries);
  const chosen = currencies.find((each) => each === currency) ?? currencies[0];
  const inCurrency = ({ amount }: Sales) => amount.currency === chosen;
  return {
    currency: chosen,
    currencies,
    days: allDays.filter(inCurrency),
    products:
      chosen === undefined
        ? []
        : await get<ProductSales[]>('sales/products', { country, currency: chosen, limit: TOP }),
    countries: allCountries.filter(inCurrency),
    funnel,
  };
}

/** Those in which most pieces were sold first. */
function currenciesOf(sales: readonly Sales[]): readonly string[] {
  const pieces = new Map<string, number>();
  for (const { amount, pieces: sold } of sales) pieces.set(amount.currency, (pieces.get(amount.currency) ?? 0) + sold);
  return [...pieces].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
}

/** The sum of all days. */
export function totalOf(days: readonly DaySales[]): { readonly pieces: number; readonly amount: Money | undefined } {
  const [first] = days;
  const minor = days.reduce((sum, { amount }) => sum + BigInt(amount.amountMinor), 0n);
  return {
    pieces: days.reduce((sum, { pieces }) => sum + pieces, 0),
    amount: first && { amountMinor: minor.toString(), currency: first.amount.currency },
  };
}

/** `£12.05 for 3 pieces` */
export function salesText({ amount, pieces }: Pick<Sales, 'amount' | 'pieces'>): string {
  return `${formatMoney(amount)} for ${piecesText(pieces)}`;
}

export function piecesText(pieces: number): string {
  return pieces === 1 ? '1 piece' : `${pieces.toLocaleString()} pieces`;
}
