import { PlatformError } from '@macrolith/core';
import { type ModulePlace, placeOf, prepareModule } from '@macrolith/data/handover';
import { DatabaseError } from 'pg';
import type { HandoverCommandOptions } from '../commands/handover-command.js';
import type { Streams } from '../commands/streams.js';
import { type DatabaseAddress, databaseAddress, namedDatabase } from '../events/database-address.js';
import { HandoverReport } from '../report/handover-report.js';
import { UsageError } from '../usage-error.js';
import { handOver } from './handover.js';
import { HandoverError, HandoverInterrupted } from './handover-errors.js';
import { type LocalModule, localModule } from './local-module.js';
import { lockModule } from './module-lock.js';
import type { HostAndPort } from './replication.js';
import { Side } from './side.js';
import { statusOf } from './status.js';
import { abort, dropSource } from './taking-back.js';

const LONGEST_PAUSE_S = 600;
const POSTGRES_PORT = 5432;

/** Runs `macro handover`. Answers the exit code: 1 when the handover cannot go on, and then says why. */
export async function runHandover(name: string, options: HandoverCommandOptions, streams: Streams): Promise<number> {
  const report = new HandoverReport(streams, options.json === true);
  const sides: Side[] = [];
  try {
    await work(name, options, streams, report, sides);
    return 0;
  } catch (error) {
    if (error instanceof HandoverError || error instanceof PlatformError) report.failed(error);
    else if (isOfDatabase(error)) report.failed(new HandoverInterrupted(error));
    else throw error;
    return 1;
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

async function work(
  name: string,
  options: HandoverCommandOptions,
  { environment }: Streams,
  report: HandoverReport,
  sides: Side[],
): Promise<void> {
  const pauseMs = pauseOf(options.pause);
  const { url } = databaseAddress({ database: options.database, root: options.root, environment });
  const to = targetOf(options, environment);
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
  const target = to && (await open('target', to.url));
  if (source.facts.identity === target?.facts.identity) {
    throw new UsageError(
      `--to names the database that '${module.name}' is in already (${source.address}). Name another one.`,
    );
  }

  if (options.status) return report.status(await statusOf(source, target));
  await lockModule(source);
  if (options.abort) return report.aborted(source, await abort(source, target), target !== undefined);
  if (options.dropSource) return report.dropped(source, await dropSource(source));
  report.begun(module, source, target!);
  const phase = await handOver(source, target!, {
    pauseMs,
    isToSwitch: options.switch,
    sourceHost: options.sourceHost === undefined ? source.place.location : hostAndPort(options.sourceHost),
    migrate: () => prepareModule(to!.url, module.declaration),
    progress: report,
  });
  report.ended(module, source, target!, phase);
}

/** A refusal of the server, or a connection that broke: those have no code. */
function isOfDatabase(error: unknown): error is Error {
  return (
    error instanceof DatabaseError ||
    (error instanceof Error && /^Connection terminated|not queryable/.test(error.message))
  );
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
  const [, host, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!host) throw new UsageError('--source-host takes a host and a port, such as db.internal:5432.');
  return { host, port: Number(port ?? POSTGRES_PORT) };
}

function pauseOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0.5 && seconds <= LONGEST_PAUSE_S)) {
    throw new UsageError(`--pause takes seconds from 0.5 to ${LONGEST_PAUSE_S}.`);
  }
  return seconds * 1000;
}
