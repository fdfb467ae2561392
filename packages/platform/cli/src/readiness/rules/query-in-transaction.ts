import { operationName, positionOf } from '../../calls/call-site.js';
import { crossings } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';
import { isCertain, trailText, transactionText } from '../transaction-text.js';

/** Says which transactions will wait for the network. */
export const queryInTransaction: ReadinessRule = {
  id: 'query-in-transaction',
  level: 'note',
  title: 'No transaction asks a query over the network after the move.',
  why: `It is allowed, and means nearly the same: the query sees what is committed, and not what the asking transaction has changed there. But the
transaction keeps its connection and its locks until the answer is there, or the deadline.`,
  remedy: 'Ask before the transaction begins where that is possible.',

  check: (evidence) =>
    crossings(evidence).flatMap((crossing) => {
      const path = evidence.transactions.get(crossing)?.find((candidate) => isCertain(candidate, evidence.module));
      if (!path || crossing.to.operation.kind !== 'query') return [];
      return [
        readinessFinding(queryInTransaction, {
          member: crossing.from.member,
          file: crossing.from.file.path,
          position: positionOf(crossing),
          subject: `${crossing.from.name} → ${operationName(crossing.to)}`,
          message: `${trailText(path.trail, crossing)} will wait for the network in a transaction: ${transactionText(path, evidence.module)}.`,
        }),
      ];
    }),
};
