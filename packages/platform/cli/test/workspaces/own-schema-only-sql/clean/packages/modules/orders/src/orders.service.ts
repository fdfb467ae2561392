import { Raw, Repository } from 'typeorm';
import { LINES } from './tables.js';

const RECENT = `
  WITH recent AS (SELECT line.order_id FROM orders.line AS line WHERE line.placed_at > $1)
  SELECT count(*)::int AS lines, pg_catalog.now() FROM recent`;

export class OrdersService {
  private readonly touch = 'UPDATE orders.line SET touched = true WHERE order_id = ANY ($1)';
  private readonly answers = { query: (input: object) => input };

  constructor(private readonly orders: Repository<object>) {}

  async run(descending: boolean, ids: string[]): Promise<void> {
    await this.orders.query(RECENT, [new Date()]);
    await this.orders.query(this.touch, [ids]);
    await this.orders.query(`SELECT * FROM ${LINES} ORDER BY order_id ${descending ? 'DESC' : 'ASC'}`);
    this.answers.query({ message: 'Select a product from the list' });
    await this.orders
      .createQueryBuilder('line')
      .leftJoin('line.parts', 'part')
      .where('line.orderId = ANY (:ids)', { ids })
      .andWhere(`line.note || ' ' || part.note ILIKE :q`, { q: '%x%' })
      .orderBy('line.orderId')
      .getMany();
    await this.orders.findBy({ lineId: Raw((column) => `${column} > now()`) });
    const criteria = { orderId: 1 };
    await this.orders
      .createQueryBuilder('line')
      .select(['line.a', 'line.b'])
      .where(criteria)
      .andWhere(this.criteria())
      .update()
      .set({ quantity: () => 'quantity + 1', order: () => this.criteria() })
      .execute();
    throw new Error(`Update of ${ids.length} lines failed.`);
  }

  private criteria(): object {
    return {};
  }
}
