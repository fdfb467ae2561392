import { UnitOfWork } from '@macrolith/core';
import { EventOperations, type ListedDelivery, type StateFilter } from '@macrolith/events/operations';
import type { RunningModules } from './boot-module.js';
import { eventually, type Patience } from './eventually.js';

/**
 * Resolves when nothing is owed any more: every event and task of these modules has been handled, and all that followed
 * from them, or is a dead letter. What waits for a later hour, and has never been tried, is left to wait.
 *
 * @throws DidNotHappen with what is still owed, and why its last attempt failed
 */
export async function settled(modules: RunningModules, patience: Patience = {}): Promise<void> {
  const owed = async () => {
    const open = await deliveries(modules, 'open');
    return open
      .filter(({ state, attempts }) => state !== 'waiting' || attempts > 0)
      .map(({ type, consumer, state, attempts, failure }) => ({ type, consumer, state, attempts, failure }));
  };
  await eventually('The last delivery', owed, (rest) => rest.length === 0, patience);
}

/** What failed for good: the newest first, each with the first line of the reason. */
export function deadLetters(modules: RunningModules): Promise<readonly ListedDelivery[]> {
  return deliveries(modules, 'dead');
}

/**
 * In one snapshot of all logs: a message that one module handles becomes the message of another one in a single commit, and
 * would be in neither if the logs were read one after the other.
 */
function deliveries(modules: RunningModules, state: StateFilter): Promise<readonly ListedDelivery[]> {
  const { deliveries: list } = modules.get(EventOperations);
  const read = async () => {
    const found: ListedDelivery[] = [];
    let cursor: string | undefined;
    do {
      const page = await list.list({ state }, { cursor, limit: 200 });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found;
  };
  return modules.get(UnitOfWork).run(read, { isolation: 'REPEATABLE READ' });
}
