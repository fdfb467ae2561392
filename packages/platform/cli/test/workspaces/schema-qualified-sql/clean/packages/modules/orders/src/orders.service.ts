import { Repository } from 'typeorm';

export const run = (orders: Repository<object>) =>
  orders.query(`
    WITH picked AS (SELECT * FROM orders.line AS line ORDER BY 1 FOR UPDATE OF line)
    UPDATE orders.line AS target SET quantity = 0 FROM picked, unnest($1::text[]) AS given (product_id)`);
