import type { Command } from 'commander';

/** Where the events are. */
export interface PlaceOptions {
  readonly database?: string;
  readonly root: string;
  readonly json?: true;
}

/** Which deliveries are meant. */
export interface FilterOptions {
  readonly module?: string;
  readonly state?: string;
  readonly consumer?: string;
  readonly type?: string;
  readonly key?: string;
  readonly correlation?: string;
  readonly olderThan?: string;
  readonly newerThan?: string;
}

/** Who does something about them, and why. */
export interface ReasonOptions {
  readonly who?: string;
  readonly why?: string;
}

export const STATES = 'open, due, leased, waiting, parked, held, dead, done, discarded';

export function withPlace(command: Command): Command {
  return command
    .option('--database <url>', 'the database (default: DATABASE_URL, else the one that pnpm start runs)')
    .option('--root <dir>', 'the workspace whose development database is meant', '.')
    .option('--json', 'answer as JSON');
}

export function withFilters(command: Command): Command {
  return command
    .option('--module <name>', 'of the module that said it')
    .option('--state <state>', `one of ${STATES}`)
    .option('--consumer <name>', 'for this consumer: payments.capture; for a task its operation')
    .option('--type <type>', 'orders.order-placed.v1, or without the version')
    .option('--key <key>', 'of this key')
    .option('--correlation <id>', 'of this story')
    .option('--older-than <time>', 'written before: 10m, 2h, 3d ago, or 2026-11-26T02:00:00Z')
    .option('--newer-than <time>', 'written since');
}

export function withReason(command: Command, isWhyRequired: boolean): Command {
  const named = command.option('--who <name>', 'who does it (default: the user of this machine)');
  const why = 'why; it is kept with the change';
  return isWhyRequired ? named.requiredOption('--why <reason>', why) : named.option('--why <reason>', why);
}
