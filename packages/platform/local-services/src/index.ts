/**
 * Brings the real services that development and tests need (PostgreSQL, NATS and Chromium, each started, found and stopped in
 * one call), and programs that are killed where it hurts.
 */
export { type ChromiumOptions, findChromium } from './chromium/find-chromium.ts';
export type { Moment } from './crash/conversation.ts';
export { type Crash, type CrashOptions, crash, DidNotCrash, type Doomed, startDoomed } from './crash/crash.ts';
export { ANY_MOMENT, after, afterCommitOf, before, beforeCommitOf, type CrashPoint } from './crash/crash-point.ts';
export { SeededRandom } from './crash/seeded-random.ts';
export { LocalServiceError, type LocalServiceErrorCode } from './error.ts';
export { findNatsServer, type NatsServerSearch } from './nats/find-nats-server.ts';
export type { NatsServer } from './nats/nats-server.ts';
export { type NatsServerOptions, startNats } from './nats/start-nats.ts';
export { freePort, isPortFree } from './network/free-port.ts';
export type { PostgresServer } from './postgres/postgres-server.ts';
export { type PostgresOptions, startPostgres } from './postgres/start-postgres.ts';
export { createTestDatabase, TEST_SERVER_VARIABLE, type TestDatabase } from './postgres/test-database.ts';
export { identityOf, isRunning, type ProcessIdentity, stillRuns } from './process/identity.ts';
export { EndedBeforeReady, type Ending, type Program, type RunningProgram, startProgram } from './process/program.ts';
export { type Watchdog, type Watched, watch } from './process/watchdog.ts';
