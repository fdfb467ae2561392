import type { Generation } from './generation.js';
import type { Backlog } from './projected-log.js';

interface BacklogStatus {
  /** Events that are not recorded yet. */
  readonly events: number;
  /** When the oldest of them happened. The lag in time is what has passed since. */
  readonly oldestAt?: Date;
  /** Events that were given up on: dead letters. */
  readonly dead: number;
}

/** A generation that is being built beside the one that answers. */
export interface RebuildStatus extends BacklogStatus {
  readonly generation: number;
  readonly startedAt: Date;
  /** Events that were in the log when it was started. */
  readonly total: number;
}

/** How far a projection has come. */
export interface ProjectionStatus extends BacklogStatus {
  /** The one that answers. */
  readonly generation: number;
  /** Since when it does. */
  readonly builtAt?: Date;
  readonly rebuild?: RebuildStatus;
}

export function statusOf(
  live: Generation & { readonly backlog: Backlog },
  building: (Generation & { readonly backlog: Backlog }) | undefined,
): ProjectionStatus {
  return {
    generation: live.number,
    ...(live.liveAt === undefined ? {} : { builtAt: live.liveAt }),
    ...backlogStatus(live.backlog),
    ...(building === undefined
      ? {}
      : {
          rebuild: {
            generation: building.number,
            startedAt: building.startedAt,
            total: building.total,
            ...backlogStatus(building.backlog),
          },
        }),
  };
}

function backlogStatus({ events, oldestAt, dead }: Backlog): BacklogStatus {
  return { events, ...(oldestAt === undefined ? {} : { oldestAt }), dead };
}

/** What several logs have or owe, taken together. */
export function together(backlogs: readonly Backlog[]): Backlog {
  return {
    events: sum(backlogs.map(({ events }) => events)),
    oldestAt: oldest(backlogs.map(({ oldestAt }) => oldestAt)),
    dead: sum(backlogs.map(({ dead }) => dead)),
  };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

export function oldest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((time) => time !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
}
