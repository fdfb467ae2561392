import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Events } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Catalog, type Product, ProductDiscontinued, ProductExists, ProductNotFound } from './index.js';
import { ProductRow } from './product.entity.js';
import { wordPatterns } from './search-pattern.js';

@Injectable()
export class CatalogService implements Catalog {
  constructor(
    @InjectRepository(ProductRow) private readonly products: Repository<ProductRow>,
    private readonly events: Events,
  ) {}

  async search(request: InputOf<Catalog['search']>): Promise<OutputOf<Catalog['search']>> {
    const { q = '', productIds, includeDiscontinued = false, cursor, limit = 20 } = request;
    const page = this.products
      .createQueryBuilder('product')
      .orderBy('product.productId')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('product.productId > :cursor', { cursor });
    if (productIds !== undefined) page.andWhere('product.productId = ANY (:productIds)', { productIds });
    if (!includeDiscontinued) page.andWhere('product.active');
    if (q !== '') {
      const text = `product.productId || ' ' || product.name COLLATE "default"`;
      page.andWhere(`${text} ILIKE ALL (:patterns)`, { patterns: wordPatterns(q) });
    }

    const products = (await page.getMany()).map(toProduct);
    return pageFrom(products, limit, (last) => last.productId);
  }

  async getProduct({ productId }: InputOf<Catalog['getProduct']>): Promise<Product> {
    const row = await this.products.findOneBy({ productId });
    if (row === null) throw new ProductNotFound({ productId });
    return toProduct(row);
  }

  async quote({ productIds }: InputOf<Catalog['quote']>): Promise<OutputOf<Catalog['quote']>> {
    // One array parameter keeps the statement's text, and so its plan, the same for every number of products.
    const rows = await this.products
      .createQueryBuilder('product')
      .where('product.productId = ANY (:productIds)', { productIds })
      .getMany();
    const known = new Map(rows.map((row) => [row.productId, row]));
    return productIds.map((productId) => {
      const { name, price } = toProduct(onSale(productId, known.get(productId)));
      return { productId, name, price };
    });
  }

  @Transactional()
  async addProduct({ productId, name, description, price }: InputOf<Catalog['addProduct']>): Promise<Product> {
    const row = this.products.create({
      productId,
      name,
      description: description ?? null,
      priceMinor: price.amountMinor,
      currency: price.currency,
      active: true,
    });
    const { raw } = await this.products.createQueryBuilder().insert().values(row).orIgnore().execute();
    if (raw.length === 0) throw new ProductExists({ productId });

    await this.events.publish(Catalog.event.productAdded, { productId, name, price });
    return toProduct(row);
  }

  @Transactional()
  async reprice({ productId, price }: InputOf<Catalog['reprice']>): Promise<Product> {
    const row = onSale(productId, await this.lock(productId));
    const { price: previousPrice } = toProduct(row);
    if (price.amountMinor === previousPrice.amountMinor && price.currency === previousPrice.currency) {
      return toProduct(row);
    }

    row.priceMinor = price.amountMinor;
    row.currency = price.currency;
    const saved = await this.products.save(row);
    await this.events.publish(Catalog.event.priceChanged, { productId, price, previousPrice });
    return toProduct(saved);
  }

  @Transactional()
  async discontinue({ productId }: InputOf<Catalog['discontinue']>): Promise<Product> {
    const row = await this.lock(productId);
    if (row === null) throw new ProductNotFound({ productId });
    if (!row.active) return toProduct(row);

    row.active = false;
    const saved = await this.products.save(row);
    await this.events.publish(Catalog.event.productDiscontinued, { productId });
    return toProduct(saved);
  }

  /** Two changes of one product take turns, so that each event tells the price that it really replaced. */
  private lock(productId: string): Promise<ProductRow | null> {
    return this.products.findOne({ where: { productId }, lock: { mode: 'for_no_key_update' } });
  }
}

function onSale(productId: string, row: ProductRow | null | undefined): ProductRow {
  if (!row) throw new ProductNotFound({ productId });
  if (!row.active) throw new ProductDiscontinued({ productId });
  return row;
}

function toProduct(row: ProductRow): Product {
  return {
    productId: row.productId,
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    price: { amountMinor: row.priceMinor, currency: row.currency },
    active: row.active,
    updatedAt: row.updatedAt,
  };
}
