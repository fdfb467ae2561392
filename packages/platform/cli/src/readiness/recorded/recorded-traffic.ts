import type { RecordedAction, RecordedCall, RecordedCalls } from './recorded-calls.js';
import { recordedName } from './recorded-calls.js';

/** How often actions of one kind will go over the network. Only calls that somebody waits for count. */
export interface ActionTraffic {
  /** The outermost call: `orders.place`. */
  readonly action: string;
  readonly times: number;
  /** Calls into the module and out of it, in one action. */
  readonly median: number;
  readonly most: number;
}

/** The kinds of action in which the module takes part, the busiest first. */
export function trafficOf(recorded: RecordedCalls, module: string): ActionTraffic[] {
  const byRoot = Map.groupBy(recorded.actions, ({ root }) => recordedName(root));
  return [...byRoot]
    .map(([action, actions]) => {
      const counts = actions.map(({ calls }) => calls.filter((call) => goesOver(call, module)).length).sort(ascending);
      return { action, times: actions.length, median: counts[(counts.length - 1) >> 1]!, most: counts.at(-1)! };
    })
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most || (a.action < b.action ? -1 : 1));
}

/** Whether somebody waits for the call, and the move makes it a call over the network. */
export function goesOver({ from, to, kind }: RecordedCall, module: string): boolean {
  return kind !== 'task' && (from === module) !== (to === module);
}

/** The modules that one action waits for. Whoever calls without being called is the user, or a test in the user's place. */
export function modulesIn({ calls }: RecordedAction): string[] {
  return [...new Set(calls.filter(({ kind }) => kind !== 'task').map(({ to }) => to))].sort();
}

function ascending(a: number, b: number): number {
  return a - b;
}
