import { z } from 'zod';

/** What every paged query takes. Extend it with the query's own fields: `pageRequest().extend({ text: z.string() })`. */
export const pageRequest = () =>
  z.object({
    /** The `nextCursor` of the page before. Left out for the first page. Opaque. */
    cursor: z.string().min(1).max(1_024).optional(),
    /** The most items wanted, 1 to 100. The provider chooses when it is left out. */
    limit: z.int().min(1).max(100).optional(),
  });

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Left out on the last page. */
  nextCursor?: string | undefined;
}

/** The schema of one page of `item`s. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    /** What to send as `cursor` for the next page. Left out on the last one. */
    nextCursor: z.string().optional(),
  });

/**
 * The page that begins with `rows`. To learn whether there is a next one, read one row more than the page has:
 * ```ts
 * const rows = await products.limit(limit + 1).getMany();
 * return pageFrom(rows.map(toProduct), limit, (product) => product.productId);
 * ```
 *
 * @param rows at most `limit + 1` are looked at
 * @param cursorOf tells where the next page begins, from the last row of this one
 */
export function pageFrom<Row>(rows: readonly Row[], limit: number, cursorOf: (last: Row) => string): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, nextCursor: cursorOf(last) } : { items };
}
