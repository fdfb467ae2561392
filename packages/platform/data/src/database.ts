import { Shutdown } from '@macrolith/core';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseOptions } from './database-options.js';
import { DatabaseAuthenticationFailed } from './errors/connection-errors.js';
import { ModuleWithoutDatabase } from './errors/module-without-database.js';
import type { ModulePlan } from './migration/pending-migrations.js';
import { ModuleDatabase } from './module-database.js';
import { type ModuleAccess, moduleAccess } from './pool/module-access.js';
import {
  CONNECTION_WAIT_MS,
  DEFAULT_LOCK_TIMEOUT_MS,
  DEFAULT_POOL_SIZE,
  DEFAULT_STATEMENT_TIMEOUT_MS,
  SharedPool,
} from './pool/shared-pool.js';
import type { DatabaseStatistics } from './pool/statistics.js';
import { parseDatabaseUrl } from './provision/database-url.js';
import { loginPassword, scramVerifier } from './provision/login-password.js';
import { type Preparation, prepareDatabase, resetLoginPassword } from './provision/prepare-database.js';
import { loginRole, moduleRoles } from './provision/role-names.js';
import type { Entity } from './typeorm/entity.js';
import { refuseForeignEntities } from './typeorm/foreign-entity.js';
import { ModuleDataSource } from './typeorm/module-data-source.js';

/** What a module wants of the database. */
export interface ModuleSchema extends Omit<ModulePlan, 'owner'> {}

/** The database of this process: prepared for its modules, and one pool of connections that they share. */
@Injectable()
export class Database implements OnApplicationShutdown {
  /** @internal Made by `Database.open`. */
  constructor(
    readonly name: string,
    readonly pool: SharedPool,
    private readonly serverVersion: string,
    private readonly accesses: ReadonlyMap<string, ModuleAccess>,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * Makes what is missing of roles, schemas and tables, and opens the pool.
   *
   * @throws DatabaseUnreachable, DatabaseAuthenticationFailed, DatabaseNotFound, InvalidDatabaseUrl
   * @throws InsufficientDatabaseRights, SchemaBelongsToAnother, UnsupportedPostgres, DatabaseNotPrepared
   * @throws ModuleHandedOver, ModuleArriving
   * @throws MigrationFailed, MigrationLockTimeout
   */
  static async open(
    options: DatabaseOptions,
    modules: readonly ModuleSchema[],
    shutdown = new Shutdown(),
  ): Promise<Database> {
    const url = parseDatabaseUrl(options.url);
    const { database } = url.location;
    const login = loginRole(database);
    const password = loginPassword(url.password, database);
    const roles = modules.map(({ module, schema }) => moduleRoles(database, module, schema));
    const preparation: Preparation = {
      url,
      wanted: {
        database,
        login,
        loginVerifier: () => (password === undefined ? undefined : scramVerifier(password)),
        modules: roles,
      },
      plans: modules.map((module, index) => ({ ...module, owner: roles[index]!.owner })),
      make: options.migrate ?? true,
      ran: (migration) => new Logger('Migrations').log(migration),
    };
    const version = await prepareDatabase(preparation);
    const pool = new SharedPool({
      connection: url.connection(login, password),
      location: { ...url.location, user: login },
      size: options.poolSize ?? DEFAULT_POOL_SIZE,
      statementTimeoutMs: options.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: options.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS,
      connectionWaitMs: CONNECTION_WAIT_MS,
    });
    const accesses = roles.map(({ module, schema, runtime }) => moduleAccess(module, schema, runtime));
    const byModule = new Map(accesses.map((access) => [access.module, access]));
    const opened = new Database(database, pool, version, byModule, shutdown);
    try {
      await opened.logIn(preparation);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return opened;
  }

  /** SQL under the role of a module, for packages of the platform that keep tables in its schema. */
  of(module: string): ModuleDatabase {
    return new ModuleDatabase(this.pool, this.accessOf(module));
  }

  /** The modules that have a schema here, in dependency order. */
  get modules(): readonly string[] {
    return [...this.accesses.keys()];
  }

  /** Opens a TypeORM data source of a module. */
  async dataSource(module: string, entities: readonly Entity[]): Promise<ModuleDataSource> {
    const server = { database: this.name, version: this.serverVersion };
    const database = this.of(module);
    const dataSource = await new ModuleDataSource({ pool: this.pool, database, entities, server }).initialize();
    refuseForeignEntities(module, database.schema, dataSource.entityMetadatas);
    return dataSource;
  }

  get statistics(): DatabaseStatistics {
    return { ...this.pool.statistics };
  }

  /** Resolves when the database answers a statement. */
  async ping(): Promise<void> {
    await this.pool.ping();
  }

  /**
   * Sends a notification to every process that listens, at once and outside of any transaction: NOTIFY within one would
   * make commits wait for each other. It may be lost, so nothing may depend on it but speed.
   */
  notify(channel: string, payload: string): Promise<void> {
    return this.pool.notify(channel, payload);
  }

  /** Calls `heard` with the payload of each notification, and `missed` whenever some may have been lost, first at once. */
  listen(channel: string, heard: (payload: string) => void, missed: () => void): Promise<void> {
    return this.pool.listen(channel, heard, missed);
  }

  /** Waits for units of work that are under way, and closes the connections. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.shutdown.waitFor('closing', this.close());
  }

  private accessOf(module: string): ModuleAccess {
    const access = this.accesses.get(module);
    if (access === undefined) throw new ModuleWithoutDatabase(module);
    return access;
  }

  /** The password that the role has is unknown until it is tried: the deployment's may have been changed since. */
  private async logIn(preparation: Preparation): Promise<void> {
    try {
      await this.ping();
    } catch (error) {
      if (!(error instanceof DatabaseAuthenticationFailed) || !preparation.make) throw error;
      new Logger('Database').log(`Setting the password of ${preparation.wanted.login} again.`);
      await resetLoginPassword(preparation);
      await this.ping();
    }
  }
}
