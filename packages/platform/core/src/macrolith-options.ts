import type { Clock } from './clock.js';

/** DI token of the options of `MacrolithModule.forRoot`. */
export const MACROLITH_OPTIONS = Symbol('macrolith.options');

export interface MacrolithOptions {
  /** How ports are provided in this process. `loopback` sends every call through the wire codec as JSON text. */
  readonly binding: 'local' | 'loopback';
  /** Check and copy the arguments and results of every port call, on both sides. Meant for tests: it costs a codec run a call. */
  readonly checks: boolean;
  /**
   * How workflows run. `by-binding`: as one transaction where all participants are in this process and none acts outside the
   * database, else as a durable run. `durable`: always as a durable run, with every module but the owner as if it were
   * elsewhere; meant for tests.
   */
  readonly workflows: 'by-binding' | 'durable';
  /** What time it is for schedules and delays. Default: the system's. */
  readonly clock: Clock;
  /** How long the process may take to end once it is told to, in milliseconds. Default: as long as each part of it has patience. */
  readonly shutdownTimeoutMs: number;
}
