import type { InputOf } from '@macrolith/contract';
import { type ProjectionStatus, Projections, RebuildWouldForget } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type Analytics,
  type CountrySales,
  type DaySales,
  type Funnel,
  HistoryIncomplete,
  MAX_ROWS,
  type ProductSales,
  type Projection,
} from './index.js';
import { toCountrySales, toDaySales, toFunnel, toProductSales } from './sales/views.js';
import { FUNNEL, LAST_EVENT, SALES_BY_COUNTRY, SALES_BY_DAY, SALES_BY_PRODUCT } from './statements/read-sales.js';

const TOP_PRODUCTS = 20;

@Injectable()
export class AnalyticsService implements Analytics {
  constructor(
    private readonly data: DataSource,
    private readonly projections: Projections,
  ) {}

  async salesByDay(wanted: InputOf<Analytics['salesByDay']>): Promise<DaySales[]> {
    const { from, to, country, productId, currency } = wanted;
    const values = [from, to, country, productId, currency, MAX_ROWS];
    const rows: Parameters<typeof toDaySales>[0][] = await this.data.query(SALES_BY_DAY, values);
    return rows.reverse().map(toDaySales);
  }

  async salesByProduct(wanted: InputOf<Analytics['salesByProduct']>): Promise<ProductSales[]> {
    const { from, to, country, currency, limit = TOP_PRODUCTS } = wanted;
    const rows: Parameters<typeof toProductSales>[0][] = await this.data.query(SALES_BY_PRODUCT, [
      from,
      to,
      country,
      currency,
      limit,
    ]);
    return rows.map(toProductSales);
  }

  async salesByCountry({ from, to, currency }: InputOf<Analytics['salesByCountry']>): Promise<CountrySales[]> {
    const values = [from, to, currency, MAX_ROWS];
    const rows: Parameters<typeof toCountrySales>[0][] = await this.data.query(SALES_BY_COUNTRY, values);
    return rows.map(toCountrySales);
  }

  async funnel({ from, to, country }: InputOf<Analytics['funnel']>): Promise<Funnel> {
    const [row]: [Parameters<typeof toFunnel>[0]] = await this.data.query(FUNNEL, [from, to, country]);
    return toFunnel(row);
  }

  async projection(): Promise<Projection> {
    return this.describe(await this.projections.status('sales'));
  }

  async rebuild(): Promise<Projection> {
    try {
      return await this.describe(await this.projections.rebuild('sales'));
    } catch (error) {
      if (!(error instanceof RebuildWouldForget)) throw error;
      const { knownFrom, logFrom } = error;
      throw new HistoryIncomplete({ knownFrom, ...(logFrom === undefined ? {} : { logFrom }) });
    }
  }

  private async describe(status: ProjectionStatus): Promise<Projection> {
    const [{ last_event_at: lastEventAt }]: [{ last_event_at: Date | null }] = await this.data.query(LAST_EVENT);
    return { ...status, ...(lastEventAt === null ? {} : { lastEventAt }) };
  }
}
