import { isIPv6 } from 'node:net';
import { PlatformError } from '@macrolith/core';
import { type ModulePlace, placeOf, prepareModule } from '@macrolith/data/handover';
import { DatabaseError } from 'pg';
import type { HandoverCommandOptions } from '../commands/handover-command.js';
import type { Streams } from '../commands/streams.js';
import { type DatabaseAddress, databaseAddress, namedDatabase } from '../events/database-address.js';
import { HandoverReport } from '../report/handover-report.js';
import { EXIT_USAGE, UsageError } from '../usage-error.js';
import { handOver } from './handover.js';
import { HandoverError, HandoverInterrupted, RightMissing, WrongRequest } from './handover-errors.js';
import { tellOfInterruption } from './interruption.js';
import { type LocalModule, localModule } from './local-module.js';
import { lockModule } from './module-lock.js';
import type { HostAndPort } from './replication.js';
import { Side } from './side.js';
import { statusOf } from './status.js';
import { abort, dropSource } from './taking-back.js';

const LONGEST_PAUSE_S = 600;
const POSTGRES_PORT = 5432;
const HIGHEST_PORT = 65_535;
const INSUFFICIENT_PRIVILEGE = '42501';

/** Runs `macro handover`. Answers the exit code: 1 when the handover cannot go on, and then says why. */
export async function runHandover(name: string, options: HandoverCommandOptions, streams: Streams): Promise<number> {
  const report = new HandoverReport(streams, options.json === true);
  const sides: Side[] = [];
  try {
    return await work(name, options, streams, report, sides);
  } catch (error) {
    if (error instanceof UsageError && options.json) {
      report.failed(new WrongRequest(error));
      return EXIT_USAGE;
    }
    if (error instanceof HandoverError || error instanceof PlatformError) report.failed(error);
    else if (isRefusal(error)) report.failed(new RightMissing(error));
    else if (error instanceof DatabaseError) report.failed(new HandoverInterrupted(error));
    else if (isBroken(error))
      report.failed(new HandoverInterrupted(error, 'a connection to one of the databases broke'));
    else throw error;
    return 1;
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

async function work(
  name: string,
  options: HandoverCommandOptions,
  streams: Streams,
  report: HandoverReport,
  sides: Side[],
): Promise<number> {
  const { environment } = streams;
  const pauseMs = pauseOf(options.pause);
  const { url } = databaseAddress({ database: options.database, root: options.root, environment });
  const to = targetOf(options, environment);
  const sourceHost = options.sourceHost === undefined ? undefined : hostAndPort(options.sourceHost);
  const isToHandOver = !options.status && !options.abort && !options.dropSource;
  if (!to && isToHandOver) {
    throw new UsageError(
      'where to? Name the database with --to or TARGET_DATABASE_URL: postgres://user:password@host:5432/database.',
    );
  }

  const module = await localModule(options.root, name);
  const open = async (side: 'source' | 'target', address: string) => {
    const opened = await Side.open(side, address, tablesOf(module, address));
    sides.push(opened);
    return opened;
  };
  const source = await open('source', url);
  if (options.status) {
    const status = await statusOf(source, to && (() => open('target', to.url)));
    report.status(status);
    return status.problem === undefined ? 0 : 1;
  }
  if (options.dropSource) {
    await lockModule(source);
    report.dropped(source, await dropSource(source));
    return 0;
  }
  const target = to && (await open('target', to.url).catch(options.abort ? refuseToAbort : undefined));
  if (source.facts.identity === target?.facts.identity) {
    throw new UsageError(
      `--to names the database that '${module.name}' is in already (${source.address}). Name another one.`,
    );
  }

  await lockModule(source);
  if (options.abort) {
    report.aborted(source, await abort(source, target), target !== undefined);
    return 0;
  }
  report.begun(module, source, target!);
  const endTelling = tellOfInterruption(module.name, streams);
  const phase = await handOver(source, target!, {
    pauseMs,
    isToSwitch: options.switch,
    sourceHost: sourceHost ?? source.place.location,
    migrate: () => prepareModule(to!.url, module.declaration),
    progress: report,
  }).finally(endTelling);
  report.ended(module, source, target!, phase);
  return 0;
}

function refuseToAbort(error: Error): never {
  throw new UsageError(`${error.message} If it is gone for good, name none: the source is cleared without it.`);
}

/** The client has several words for a connection that broke, and none of them is a code. */
function isBroken(error: unknown): error is Error {
  return (
    error instanceof Error && /^Connection terminated|not queryable|ECONNRESET|EPIPE|ETIMEDOUT/.test(error.message)
  );
}

function isRefusal(error: unknown): error is Error {
  return error instanceof DatabaseError && error.code === INSUFFICIENT_PRIVILEGE;
}

function targetOf(
  { to }: HandoverCommandOptions,
  { TARGET_DATABASE_URL: given }: Streams['environment'],
): DatabaseAddress | undefined {
  if (to) return namedDatabase(to, '--to');
  return given ? namedDatabase(given, 'TARGET_DATABASE_URL') : undefined;
}

function tablesOf({ name, declaration }: LocalModule, url: string): ModulePlace {
  const place = placeOf(url, declaration);
  if (place === undefined) throw new UsageError(`'${name}' has no tables: there is nothing to hand over.`);
  return place;
}

function hostAndPort(text: string): HostAndPort {
  // An IPv6 address is told from its port by brackets, or is written without a port.
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? (isIPv6(text) ? text : undefined);
  const port = Number(digits ?? POSTGRES_PORT);
  if (!host || port < 1 || port > HIGHEST_PORT)
    throw new UsageError('--source-host takes a host and a port, such as db.internal:5432 or [fd00::5]:5432.');
  return { host, port };
}

function pauseOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0.5 && seconds <= LONGEST_PAUSE_S)) {
    throw new UsageError(`--pause takes seconds from 0.5 to ${LONGEST_PAUSE_S}.`);
  }
  return seconds * 1000;
}
