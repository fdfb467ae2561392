import type { ReadinessRule } from './readiness-rule.js';
import { chattyPath } from './rules/chatty-path.js';
import { commandInCallersTransaction } from './rules/command-in-callers-transaction.js';
import { commandInOwnTransaction } from './rules/command-in-own-transaction.js';
import { contractCrossesWire } from './rules/contract-crosses-wire.js';
import { durableRunsHaveTables } from './rules/durable-runs-have-tables.js';
import { eventsLeaveTheProcess } from './rules/events-leave-the-process.js';
import { movablePackage } from './rules/movable-package.js';
import { privatePortUsed } from './rules/private-port-used.js';
import { queryInTransaction } from './rules/query-in-transaction.js';
import { recordedChattyAction } from './rules/recorded-chatty-action.js';
import { recordedCommandInTransaction } from './rules/recorded-command-in-transaction.js';
import { recordedWideAction } from './rules/recorded-wide-action.js';
import { synchronousCycle } from './rules/synchronous-cycle.js';
import { webNeedsPortOnly } from './rules/web-needs-port-only.js';
import { workflowBecomesDurable } from './rules/workflow-becomes-durable.js';
import { workflowInTransaction } from './rules/workflow-in-transaction.js';

/** Every rule of readiness, in the order in which the reference explains them: obstacles first. */
export const ALL_READINESS_RULES: readonly ReadinessRule[] = [
  commandInCallersTransaction,
  commandInOwnTransaction,
  workflowInTransaction,
  durableRunsHaveTables,
  synchronousCycle,
  chattyPath,
  contractCrossesWire,
  privatePortUsed,
  webNeedsPortOnly,
  movablePackage,
  recordedCommandInTransaction,
  recordedChattyAction,
  recordedWideAction,
  workflowBecomesDurable,
  queryInTransaction,
  eventsLeaveTheProcess,
];
