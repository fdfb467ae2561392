import { Raw, Repository } from 'typeorm';
import { PARTS, PRODUCTS, sql } from './tables.js';

const LINES = `
  SELECT line.product_id
    FROM orders.line
    JOIN catalog.product USING (product_id)`;

export class OrdersService {
  constructor(private readonly orders: Repository<object>) {}

  async run(table: string, descending: boolean): Promise<void> {
    await this.orders.query(LINES);
    await this.orders.query(`SELECT * FROM ${PRODUCTS} ORDER BY 1 ${descending ? 'DESC' : 'ASC'}`);
    await this.orders.query(sql.stock);
    await this.orders.query({ text: "SELECT 'é', nextval('catalog.product_seq')" });
    await this.orders.query(`DELETE FROM ${table}`);
    await this.orders.query(table);
    await this.orders.query('SELEC 1');
    await this.orders.query('SET search_path TO catalog');
    await this.orders.query("SELECT set_config('role', $1, true)", [table]);
  }

  async build(column: string): Promise<void> {
    await this.orders
      .createQueryBuilder('line')
      .leftJoin('catalog.product', 'product')
      .where('EXISTS (SELECT 1 FROM catalog.product WHERE product_id = :id)', { id: 1 })
      .andWhere(`line.${column} > 0`)
      .andWhere('line.quantity > :least AND line.product_id IN (:...ids)', { least: 0, ids: [] })
      .getMany();
  }

  async embed(column: string): Promise<void> {
    const touched = `line.${column} > 0`;
    const line = this.orders.createQueryBuilder('line');
    line.addSelect(PARTS, 'parts').select(['line.a', '(SELECT 1 FROM catalog.product)']);
    line.innerJoin('orders.part', 'part', 'part.a = (SELECT 1 FROM catalog.product)').where(touched);
    line.update().set({ name: () => '(SELECT name FROM catalog.product)' });
    await this.orders.findBy({ lineId: Raw((line) => `${line} = (SELECT 1 FROM catalog.product)`) });
    await this.orders.findBy({ lineId: Raw('(SELECT 1 FROM catalog.product)') });
  }
}
