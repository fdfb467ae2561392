import type { ReadinessRule } from '../readiness-rule.js';
import { commandsInTransactions } from './command-in-callers-transaction.js';

/** The module's transactions count on nobody else's commands. */
export const commandInOwnTransaction: ReadinessRule = {
  id: 'command-in-own-transaction',
  level: 'obstacle',
  title: "The module calls no other module's commands in a transaction of its own.",
  why: `Seen from the module that has moved, the others are remote: what it changes at home and what they change for it are no longer undone
together. What counts as a transaction is what [command-in-callers-transaction](#command-in-callers-transaction) says.`,
  remedy: 'Make both changes steps of a workflow that the module owns, or enqueue a task where no answer is needed.',

  check: (evidence) =>
    commandsInTransactions(evidence, commandInOwnTransaction, ({ from }) => from.member === evidence.module),
};
