import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import type { Reject } from '../shop/importer.js';

type Row = Record<'InvoiceNo' | 'StockCode' | 'Quantity' | 'UnitPrice' | 'CustomerID' | 'Country', string>;

/**
 * Loads the file and its reject file into temporary tables beside the shop's, so that SQL can compare them with it without
 * any of the importer's code. The view `retail` has the lines with their values: pieces and pence, where they are any.
 */
export async function loadIntoSql(administrator: pg.Client, file: string, rejects: readonly Reject[]): Promise<void> {
  const rows: { record: Row; info: { lines: number } }[] = parse(readFileSync(file), { columns: true, info: true });
  const column = (name: keyof Row) => rows.map(({ record }) => record[name]);
  await administrator.query(`
    CREATE TEMPORARY TABLE file_line (line integer, invoice text, code text, quantity text, price text, customer text, country text);
    CREATE TEMPORARY TABLE reject (line integer PRIMARY KEY, invoice text, code text, quantity text, price text, reason text);
    CREATE TEMPORARY VIEW retail AS
      SELECT line, invoice, code, customer,
             invoice LIKE 'C%' AS cancels,
             CASE WHEN quantity ~ '^-?[0-9]+$' THEN quantity::bigint END AS pieces,
             CASE WHEN price ~ '^-?[0-9]+(\\.[0-9]{1,2})?$' THEN (price::numeric * 100)::bigint END AS pence,
             line IN (SELECT line FROM reject) AS rejected
      FROM file_line`);
  await administrator.query(
    'INSERT INTO file_line SELECT * FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])',
    [
      rows.map(({ info }) => info.lines),
      column('InvoiceNo'),
      column('StockCode'),
      column('Quantity'),
      column('UnitPrice'),
      column('CustomerID'),
      column('Country'),
    ],
  );
  await administrator.query(
    'INSERT INTO reject SELECT * FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])',
    [
      rejects.map(({ Line }) => Number(Line)),
      rejects.map(({ InvoiceNo }) => InvoiceNo),
      rejects.map(({ StockCode }) => StockCode),
      rejects.map(({ Quantity }) => Quantity),
      rejects.map(({ UnitPrice }) => UnitPrice),
      rejects.map(({ Code }) => Code),
    ],
  );
}

/** Invoices whose lines with an article, pieces and a price do not sum up to the orders that were placed for them. */
export const INVOICES_THAT_DIFFER = `
  SELECT invoice, expected.pence AS file, placed.pence AS shop
  FROM (
    SELECT invoice, sum(pieces * pence) AS pence FROM retail
    WHERE NOT cancels AND code ~ '^[0-9]{5}' AND pieces > 0 AND pence > 0 GROUP BY invoice
  ) expected
  FULL JOIN (
    SELECT split_part(reference, '/', 1) AS invoice, sum(total_minor) AS pence FROM orders.order_header GROUP BY 1
  ) placed USING (invoice)
  WHERE expected.pence IS DISTINCT FROM placed.pence`;

/** Orders that go to another country than the file says. */
export const COUNTRIES_THAT_DIFFER = `
  SELECT reference, placed.country, file.country AS in_file
  FROM orders.order_header placed
  JOIN (SELECT invoice, min(nullif(country, '')) AS country FROM file_line GROUP BY invoice) file
    ON file.invoice = split_part(reference, '/', 1)
  WHERE placed.country IS DISTINCT FROM file.country`;

/** Articles of which the shop sold or took back other numbers of pieces than the lines that were not rejected. */
export const ARTICLES_THAT_DIFFER = `
  SELECT code, file.sold, shop.sold AS sold_in_shop, file.returned, shop.returned AS returned_in_shop
  FROM (
    SELECT code, coalesce(sum(pieces) FILTER (WHERE NOT cancels), 0) AS sold,
           coalesce(-sum(pieces) FILTER (WHERE cancels), 0) AS returned
    FROM retail WHERE NOT rejected GROUP BY code
  ) file
  FULL JOIN (
    SELECT product_id AS code, sum(quantity) AS sold, sum(cancelled) AS returned FROM orders.order_line GROUP BY product_id
  ) shop USING (code)
  WHERE (file.sold, file.returned) IS DISTINCT FROM (shop.sold, shop.returned)`;

/** All that the file says, and all that the shop and the reject file say together. Pence. */
export const SUMS = `
  SELECT (SELECT sum(pieces * pence) FROM retail) AS file,
         (SELECT sum(total_minor) FROM orders.order_header) AS placed,
         (SELECT coalesce(sum(amount_minor), 0) FROM orders.cancellation) AS cancelled,
         (SELECT coalesce(sum(pieces * pence), 0) FROM retail WHERE rejected) AS rejected,
         (SELECT sum(amount_minor) FROM payments.entry WHERE kind = 'deposit' AND account_id LIKE 'retail-%') AS deposited,
         (SELECT count(DISTINCT invoice)::integer FROM retail) AS invoices,
         (SELECT count(*)::integer FROM retail) AS lines`;

/**
 * Cancellation lines that were decided wrongly: rejected for want of an order although the customer still had as many
 * pieces at that price from earlier lines, or replayed although not.
 */
export const CANCELLATIONS_DECIDED_WRONGLY = `
  SELECT returned.line, before.pieces AS had, returned.pieces, reject.reason
  FROM retail returned
  LEFT JOIN reject USING (line)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(pieces), 0) AS pieces FROM retail earlier
    WHERE earlier.line < returned.line AND NOT earlier.rejected
      AND (earlier.customer, earlier.code, earlier.pence) = (returned.customer, returned.code, returned.pence)
  ) before
  WHERE returned.cancels AND (reject.reason IS NULL OR reject.reason = 'no-order')
    AND (reject.reason IS NULL) <> (returned.customer <> '' AND before.pieces >= -returned.pieces)`;

/** Rejected lines that do not stand in the file as they stand in the reject file. */
export const REJECTS_THAT_DIFFER = `
  SELECT reject.line FROM reject LEFT JOIN file_line USING (line, invoice, code, quantity, price)
  WHERE file_line.line IS NULL`;

/** Rejected lines in words that the file itself bears out. */
export const REJECTS_WITHOUT_GROUND = `
  SELECT line, reject.reason FROM reject JOIN retail USING (line)
  WHERE NOT CASE reject.reason
    WHEN 'no-goods' THEN retail.code !~ '^[0-9]{5}'
    WHEN 'write-off' THEN NOT cancels AND pieces < 0
    WHEN 'no-price' THEN NOT cancels AND pence = 0
    WHEN 'bad-price' THEN pence IS NULL
    WHEN 'bad-quantity' THEN pieces IS NULL OR pieces = 0
    WHEN 'no-customer' THEN cancels AND customer = ''
    ELSE reject.reason = 'no-order' AND cancels
  END`;
