import type { Call, TaskTerms } from '@macrolith/core';
import { CallRefused } from './call-refused.js';

/** Does a task while its module's limit allows it. What was not begun waits in the outbox that it came from. */
export function underTerms(task: string, run: Call, terms: TaskTerms | undefined): Call {
  if (terms === undefined) return run;
  return async (input) => {
    const begun = await terms.begin(task);
    if (begun === undefined) {
      throw new CallRefused('overloaded', `As many of ${task} are at work as its module allows. It was not begun.`);
    }
    try {
      return await run(input);
    } finally {
      await begun.end();
    }
  };
}
