/** A process that starts on a database: `prepare-shop.ts URL [SECONDS]`, where a migration of the stock takes so long. */
import 'reflect-metadata';
import { Database } from '../../src/index.js';
import { SHOP_MODULES } from '../shop/shop.js';
import { slowly } from '../shop/tables.js';

const [url = '', seconds = '0'] = process.argv.slice(2);
const modules = SHOP_MODULES.map((module) => ({
  ...module,
  steps: [...module.steps, slowly(module.module, Number(seconds))],
}));
const database = await Database.open({ url, poolSize: 2 }, modules);
const { rows } = await database.of('stock').query('SELECT count(*)::int AS products FROM stock.stock');
process.stdout.write(`${JSON.stringify(rows[0])}\n`);
await database.close();
