import { Repository } from 'typeorm';

export const run = (orders: Repository<object>) =>
  orders.query(`
    UPDATE line
       SET quantity = 0
      FROM orders.placed JOIN part USING (part_id)`);
