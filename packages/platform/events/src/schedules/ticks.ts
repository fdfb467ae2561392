import { Cron } from 'croner';

/**
 * The moments that a cron expression means in a time zone. Where clocks are put forward, a fixed time that is left out
 * comes at the first moment after it; where they are put back, a fixed time that comes twice is taken once, as Vixie cron has it.
 */
export class Ticks {
  private constructor(
    private readonly pattern: Cron,
    /** Tells it from others: the expression and the time zone. */
    readonly terms: string,
  ) {}

  /** @throws what `invalid` makes of the problem */
  static of(cron: string, timeZone: string, invalid: (problem: string) => Error): Ticks {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      throw invalid(`'${timeZone}' is no time zone of the IANA database, such as Europe/London.`);
    }
    try {
      const pattern = new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts', paused: true });
      const ticks = new Ticks(pattern, `${cron} ${timeZone}`);
      if (pattern.nextRun(new Date(0)) !== null) return ticks;
    } catch (error) {
      throw invalid(`'${cron}' is no cron expression. ${error instanceof Error ? error.message : error}`);
    }
    throw invalid(`'${cron}' never comes.`);
  }

  /** The first after `moment`, which itself does not count. Undefined when there is none any more. */
  after(moment: Date): Date | undefined {
    return this.pattern.nextRun(moment) ?? undefined;
  }

  /** The last up to `moment`, which itself counts. */
  upTo(moment: Date): Date | undefined {
    // Ticks are whole seconds, and the search leaves out the moment that it starts from.
    return this.pattern.previousRuns(1, new Date(moment.getTime() + 1_000 - (moment.getTime() % 1_000)))[0];
  }
}
