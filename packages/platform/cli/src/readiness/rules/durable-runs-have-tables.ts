import { walk } from '../../syntax/walk.js';
import type { WorkspacePackage } from '../../workspace/workspace-package.js';
import { becomesDurable } from '../becoming-durable.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Who owns a workflow that becomes durable can keep its runs. */
export const durableRunsHaveTables: ReadinessRule = {
  id: 'durable-runs-have-tables',
  level: 'obstacle',
  title: 'A module whose workflows become durable has tables for their runs.',
  why: `The state of a durable run lies in its owner's schema. Without tables the shell does not start once a participant is remote.`,
  remedy:
    "Add durableWorkflows() of the platform's workflow package to the features in local.ts of the module that owns it.",

  check: (evidence) =>
    [...Map.groupBy(evidence.code.workflows, ({ owner }) => owner)].flatMap(([owner, workflows]) => {
      const [first, ...more] = workflows.filter((owned) => becomesDurable(owned, evidence));
      if (!first || hasTables(owner)) return [];
      const names = [first, ...more].map(({ workflow }) => workflow.name);
      return [
        readinessFinding(durableRunsHaveTables, {
          member: owner,
          file: first.workflow.file.path,
          position: first.workflow.position,
          subject: names.join(', '),
          message: `${owner.name} owns ${names.join(', ')}, which will take several transactions, and has no tables to keep their runs in.`,
        }),
      ];
    }),
};

function hasTables({ files }: WorkspacePackage): boolean {
  let found = false;
  for (const file of files.filter(
    ({ role, isSql, text }) => role === 'source' && !isSql && text.includes('durableWorkflows'),
  )) {
    walk(file.program, (node) => {
      found ||=
        node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'durableWorkflows';
    });
  }
  return found;
}
