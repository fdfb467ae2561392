import { z } from '@macrolith/contract';
import type { TaskRetry } from '@macrolith/core';

/** Nobody means to wait longer than three weeks. */
const LONGEST_MS = 2 ** 31 - 1;

const Milliseconds = z.int().min(0).max(LONGEST_MS);

/** What of `Macrolith-Retry` can be followed, which any program may have written. What cannot is as if it had been left out. */
export function taskRetry(text: string): TaskRetry {
  const said = membersOf(jsonOf(text));
  const backoff = membersOf(said.backoff);
  const fitting = {
    ...fits('firstMs', Milliseconds, backoff.firstMs),
    ...fits('maxMs', Milliseconds, backoff.maxMs),
  };
  return {
    ...fits('maxAttempts', z.int().min(1), said.maxAttempts),
    ...(Object.keys(fitting).length > 0 && { backoff: fitting }),
  };
}

function fits<Name extends string>(name: Name, schema: z.ZodNumber, value: unknown): { [K in Name]?: number } {
  const { data } = schema.safeParse(value);
  return (data === undefined ? {} : { [name]: data }) as { [K in Name]?: number };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
