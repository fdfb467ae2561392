import { encodeInput, type Operation } from '@macrolith/contract';
import { Ticks } from './ticks.js';

export interface ScheduleOptions<In> {
  /** `minute hour day-of-month month day-of-week`, as in `0 6 * * 1-5`; with a sixth field in front for seconds. */
  readonly cron: string;
  /** Of the IANA database, as in `Europe/London`. Default `UTC`. */
  readonly timeZone?: string;
  /** What is placed at each tick. The module must have `outbox()`. */
  readonly task: Operation<'task', In, any, any>;
  /** The task's input, or how it is made of the moment that the schedule says. */
  readonly input: NoInfer<In> | ((tick: Date) => NoInfer<In>);
}

/** A task that is placed by the clock, as a value. */
export interface Schedule {
  readonly rule: 'schedule';
  readonly name: string;
  readonly task: Operation<'task'>;
  readonly ticks: Ticks;
  readonly inputAt: (tick: Date) => unknown;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Places a task again and again: `schedule('nightly-digest', { cron: '0 6 * * *', timeZone: 'Europe/London', task, input })`.
 * One task for each tick, however many processes there are. Ticks that nobody was there for become one task, for the
 * latest of them, when somebody is there again.
 *
 * @param name unique in its module, and kept: how far the schedule has come is stored under it
 * @throws InvalidSchedule, InvalidInput
 */
export function schedule<In>(name: string, { cron, timeZone = 'UTC', task, input }: ScheduleOptions<In>): Schedule {
  if (!NAME.test(name)) throw new InvalidSchedule(name, 'a name is lower-case words joined by hyphens.');
  const ticks = Ticks.of(cron, timeZone, (problem) => new InvalidSchedule(name, problem));
  const inputAt = typeof input === 'function' ? (input as (tick: Date) => In) : () => input;
  // An input that is the same each time is checked while somebody is looking.
  if (typeof input !== 'function') encodeInput(task, input);
  return Object.freeze({ rule: 'schedule', name, task, ticks, inputAt });
}

/** A schedule says something that no clock can keep. */
export class InvalidSchedule extends TypeError {
  override readonly name = 'InvalidSchedule';
  constructor(
    readonly schedule: string,
    problem: string,
  ) {
    super(`The schedule '${schedule}' cannot be kept: ${problem}`);
  }
}
