/** One PostgreSQL transaction across modules, each under its own role and in its own schema. */

export { Database } from './database.js';
export { DatabaseFeature, type DatabaseFeatureOptions, database } from './database-feature.js';
export { DatabaseModule } from './database-module.js';
export type { DatabaseOptions } from './database-options.js';
export {
  ConnectionLost,
  DatabaseAuthenticationFailed,
  type DatabaseLocation,
  DatabaseNotFound,
  DatabaseUnreachable,
  InvalidDatabaseUrl,
  NoConnectionAvailable,
} from './errors/connection-errors.js';
export { ForeignEntity } from './errors/foreign-entity.js';
export { type HandoverPeer, ModuleArriving, ModuleHandedOver } from './errors/handover-errors.js';
export { IdempotencyKeyReused } from './errors/idempotency-key-reused.js';
export { KeyedCallUnderWay } from './errors/keyed-call-under-way.js';
export { ModuleWithoutDatabase } from './errors/module-without-database.js';
export {
  DatabaseNotPrepared,
  InsufficientDatabaseRights,
  InvalidMigration,
  MigrationFailed,
  MigrationLockTimeout,
  SchemaBelongsToAnother,
  UnsupportedPostgres,
} from './errors/provisioning-errors.js';
export { HandMadeTransaction, StatementRefused } from './errors/statement-errors.js';
export { TurnTimeout } from './errors/turn-timeout.js';
export {
  CommitOutcomeUnknown,
  IsolationMismatch,
  SpansTwoDatabases,
  UnitOfWorkEnded,
  UnitOfWorkFailed,
} from './errors/unit-of-work-errors.js';
export type { MigrationClass, MigrationPhase, ModuleMigration } from './migration/migration.js';
export type { FeatureWithTables, PlatformMigration } from './migration/platform-migration.js';
export type { ModuleDatabase } from './module-database.js';
export type { DatabaseStatistics } from './pool/statistics.js';
export { ReservedModuleName } from './provision/role-names.js';
export type { PipelinedCollector } from './transaction/collected-items.js';
export { detach } from './transaction/detach.js';
export { NotMadeByNest, Transactional } from './transaction/transactional.js';
export { bigintColumn, safeIntegerColumn } from './typeorm/bigint-column.js';
export type { Entity } from './typeorm/entity.js';
export { ModuleDataSource } from './typeorm/module-data-source.js';
