import { formatMoney, type Money, toDecimal } from '@macrolith/ui';
import type { Bar } from './chart/bar.js';
import { daysOf, dayText } from './period.js';
import { type CountrySales, type DaySales, type Funnel, type ProductSales, type Sales, salesText } from './sales.js';

/** A bar a day. A day without sales has none, and keeps its place. @param from the first day; undefined: the first sale's */
export function dayBars(days: readonly DaySales[], from: string | undefined): readonly Bar[] {
  const byDay = new Map(days.map((sales) => [sales.day, sales]));
  const all = daysOf([...byDay.keys()], from);
  const withYear = all[0]?.slice(0, 4) !== all.at(-1)?.slice(0, 4);
  return all.map((day) => barOf(dayText(day, withYear), byDay.get(day)));
}

export function productBars(products: readonly ProductSales[]): readonly Bar[] {
  return products.map((sales) => barOf(sales.name ?? sales.productId, sales));
}

/** The countries that brought in most, and all others as one. */
export function countryBars(countries: readonly CountrySales[], most: number): readonly Bar[] {
  const top = countries.length <= most ? countries : countries.slice(0, most - 1);
  const others = countries.slice(top.length);
  const bars = top.map((sales) => barOf(sales.country ?? 'Not told', sales));
  return others.length === 0 ? bars : [...bars, barOf(`${others.length} others`, sumOf(others))];
}

export function funnelBars({ placed, open, fulfilled, cancelled, returned }: Funnel): readonly Bar[] {
  const bar = (label: string, value: number): Bar => ({ label, value, text: ordersText(value, placed) });
  return [
    bar('Placed', placed),
    bar('Open', open),
    bar('Fulfilled', fulfilled),
    bar('Cancelled before', cancelled),
    bar('Taken back after', returned),
  ];
}

/** An axis in money: `£1.2K`. */
export function moneyTick(currency: string): (value: number) => string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency, notation: 'compact' });
  return (value) => format.format(value);
}

/** An axis of whole things; none between them. */
export function countTick(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString() : '';
}

function barOf(label: string, sales: Sales | undefined): Bar {
  if (sales === undefined) return { label, value: 0, text: 'Nothing' };
  return { label, value: Number(toDecimal(sales.amount)), text: textOf(sales) };
}

function textOf(sales: Sales): string {
  const cancelled = BigInt(sales.cancelledAmount.amountMinor) > 0n;
  return cancelled ? `${salesText(sales)}; ${formatMoney(sales.cancelledAmount)} cancelled` : salesText(sales);
}

function sumOf(sales: readonly Sales[]): Sales {
  const money = (amounts: readonly Money[]): Money => ({
    amountMinor: amounts.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n).toString(),
    currency: amounts[0]!.currency,
  });
  return {
    pieces: sales.reduce((sum, { pieces }) => sum + pieces, 0),
    amount: money(sales.map(({ amount }) => amount)),
    cancelledPieces: sales.reduce((sum, { cancelledPieces }) => sum + cancelledPieces, 0),
    cancelledAmount: money(sales.map(({ cancelledAmount }) => cancelledAmount)),
  };
}

function ordersText(value: number, placed: number): string {
  const orders = value === 1 ? '1 order' : `${value.toLocaleString()} orders`;
  return placed === 0 || value === placed ? orders : `${orders}, ${Math.round((value / placed) * 100)} %`;
}
