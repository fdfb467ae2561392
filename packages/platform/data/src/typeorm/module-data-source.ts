import type { IsolationLevel as PostgresIsolation } from '@macrolith/core';
import { DataSource, type EntityManager, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { ModuleDatabase } from '../module-database.js';
import type { SharedPool } from '../pool/shared-pool.js';
import { PooledUnitOfWork } from '../transaction/pooled-unit-of-work.js';
import type { Entity } from './entity.js';
import { ModuleConnection } from './module-connection.js';
import { moduleDriver } from './module-driver.js';

type IsolationLevel = NonNullable<Parameters<QueryRunner['startTransaction']>[0]>;
type Work<T> = (manager: EntityManager) => Promise<T>;

const INSIDE_A_TRANSACTION = { isTransactionActive: true, transactionDepth: 1 };

export interface ModuleDataSourceOptions {
  readonly pool: SharedPool;
  readonly database: ModuleDatabase;
  /** Entity classes and schemas. A table without a schema of its own lies in the module's. */
  readonly entities: readonly Entity[];
  readonly server: { readonly database: string; readonly version: string };
}

/**
 * A module's TypeORM data source: its own entities, over the pool that all modules share. Repositories join the
 * running unit of work, under the module's role. `transaction` starts a unit of work or joins the running one as a
 * savepoint, and so do the `transaction` methods of its managers.
 *
 * It cannot stream results, and TypeORM's transaction subscribers hear nothing of units of work.
 */
export class ModuleDataSource extends DataSource {
  private readonly unitOfWork: PooledUnitOfWork;
  private readonly pool: SharedPool;
  private readonly database: ModuleDatabase;

  constructor({ pool, database, entities, server }: ModuleDataSourceOptions) {
    super({
      type: 'postgres',
      driver: moduleDriver(pool, database),
      schema: database.schema,
      database: server.database,
      entities: [...entities],
      installExtensions: false,
      // gen_random_uuid(), which PostgreSQL has without an extension.
      uuidExtension: 'pgcrypto',
    });
    // TypeORM asks the server for what is not set: two round trips per module at every start.
    Object.assign(this.driver, { version: server.version, searchSchema: 'public' });
    this.unitOfWork = new PooledUnitOfWork(pool);
    this.database = database;
    this.pool = pool;
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const queryRunner = super.createQueryRunner(mode);
    const scope = this.database.runningScope();
    const connection = new ModuleConnection(this.database, this.pool, scope);
    Object.assign(queryRunner, {
      // As if it had connected already: that leases nothing here, and TypeORM takes five promises for it.
      databaseConnection: connection,
      releaseCallback: () => connection.release(),
      // TypeORM then neither starts a transaction of its own in save() and remove(), nor refuses row locks.
      ...(scope === undefined ? undefined : INSIDE_A_TRANSACTION),
    });
    return queryRunner;
  }

  override createEntityManager(queryRunner?: QueryRunner): EntityManager {
    const manager = super.createEntityManager(queryRunner);
    const isOfHandMadeRunner = queryRunner !== undefined && this.database.runningScope() === undefined;
    if (!isOfHandMadeRunner) manager.transaction = (first: any, second?: any) => this.runTransaction(first, second);
    return manager;
  }

  override transaction<T>(work: Work<T>): Promise<T>;
  override transaction<T>(isolation: IsolationLevel, work: Work<T>): Promise<T>;
  override transaction<T>(first: IsolationLevel | Work<T>, second?: Work<T>): Promise<T> {
    return this.runTransaction(first, second);
  }

  private runTransaction<T>(first: IsolationLevel | Work<T>, second?: Work<T>): Promise<T> {
    const work = typeof first === 'function' ? first : second!;
    const isolation = typeof first === 'string' ? { isolation: first as PostgresIsolation } : {};
    return this.unitOfWork.run(async () => {
      const queryRunner = this.createQueryRunner();
      try {
        return await work(queryRunner.manager);
      } finally {
        await queryRunner.release();
      }
    }, isolation);
  }
}
