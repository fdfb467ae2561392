import pg from 'pg';
import { Database, type ModuleDataSource } from '../../src/index.js';
import { stepOfPlatform } from '../../src/migration/migration-step.js';
import { PooledUnitOfWork } from '../../src/transaction/pooled-unit-of-work.js';

export const MODULES = ['ant', 'bee', 'cat', 'dog'] as const;
export type LogModule = (typeof MODULES)[number];

/** Four modules that each keep a log: every row knows the role and the transaction that wrote it. */
export interface LogModules {
  readonly database: Database;
  readonly unitOfWork: PooledUnitOfWork;
  readonly dataSources: Readonly<Record<LogModule, ModuleDataSource>>;
  /** What is there, as `<module> <id>`, with the role that wrote it. */
  read(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
}

export async function openLogModules(url: string, poolSize: number): Promise<LogModules> {
  const log = (module: string) =>
    `CREATE TABLE ${module}.log (id integer PRIMARY KEY, role text NOT NULL DEFAULT current_user)`;
  const modules = MODULES.map((module) => ({
    module,
    schema: module,
    steps: [stepOfPlatform(module, { name: 'log', statements: [log(module)] })],
  }));
  const database = await Database.open({ url, poolSize }, modules);
  const sources = await Promise.all(MODULES.map((module) => database.dataSource(module, [])));
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  return {
    database,
    unitOfWork: new PooledUnitOfWork(database.pool),
    dataSources: Object.fromEntries(MODULES.map((module, index) => [module, sources[index]])) as never,
    async read() {
      const each = MODULES.map((module) => `SELECT '${module}' AS module, id, role FROM ${module}.log`);
      const { rows } = await outside.query(each.join(' UNION ALL '));
      return new Map(rows.map(({ module, id, role }) => [`${module} ${id}`, role]));
    },
    async close() {
      await database.close();
      await outside.end();
    },
  };
}
