import { api } from '@macrolith/ui';

interface Backlog {
  /** Events that are not in it yet. */
  readonly events: number;
  /** ISO 8601. */
  readonly oldestAt?: string;
  readonly dead: number;
}

/** How far the read model has come, as the API sends it. */
export interface Projection extends Backlog {
  readonly generation: number;
  readonly builtAt?: string;
  readonly lastEventAt?: string;
  readonly rebuild?: Rebuild;
}

export interface Rebuild extends Backlog {
  readonly generation: number;
  readonly startedAt: string;
  readonly total: number;
}

export function readProjection(signal: AbortSignal): Promise<Projection> {
  return api.get<Projection>('/api/analytics/projection', { signal });
}

export function startRebuild(): Promise<Projection> {
  return api.post<Projection>('/api/analytics/projection/rebuild', undefined, { idempotencyKey: true });
}

/** Whole percents of a rebuild. It is not complete before the new read model answers. */
export function percentOf({ total, events }: Rebuild): number {
  if (total === 0) return 0;
  return Math.max(0, Math.min(99, Math.floor(((total - events) / total) * 100)));
}

/** Whether anything is under way, so that it is worth looking again soon. */
export function isUnderWay({ events, rebuild }: Projection): boolean {
  return events > 0 || rebuild !== undefined;
}
