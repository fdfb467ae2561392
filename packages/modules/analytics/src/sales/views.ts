import type { CountrySales, DaySales, Funnel, ProductSales, Sales } from '../index.js';
import type { FunnelRow, SumsRow } from '../statements/read-sales.js';

export function toDaySales(row: SumsRow & { readonly day: string }): DaySales {
  return { day: row.day, ...toSales(row) };
}

export function toProductSales(
  row: SumsRow & { readonly product_id: string; readonly name: string | null },
): ProductSales {
  return { productId: row.product_id, ...(row.name === null ? {} : { name: row.name }), ...toSales(row) };
}

export function toCountrySales(row: SumsRow & { readonly country: string }): CountrySales {
  return { ...(row.country === '' ? {} : { country: row.country }), ...toSales(row) };
}

export function toFunnel(row: FunnelRow): Funnel {
  return funnelOf(Number(row.placed), Number(row.fulfilled), Number(row.cancelled), Number(row.returned));
}

export function funnelOf(placed: number, fulfilled: number, cancelled: number, returned: number): Funnel {
  return { placed, open: placed - fulfilled - cancelled, fulfilled, cancelled, returned };
}

function toSales({ currency, ...row }: SumsRow): Sales {
  return {
    pieces: Number(row.pieces),
    amount: { amountMinor: BigInt(row.amount_minor), currency },
    cancelledPieces: Number(row.cancelled_pieces),
    cancelledAmount: { amountMinor: BigInt(row.cancelled_minor), currency },
  };
}
