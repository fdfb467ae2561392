import { operationName } from '../../calls/call-site.js';
import { becomesDurable } from '../becoming-durable.js';
import { areApart } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Says which workflows change their mode. */
export const workflowBecomesDurable: ReadinessRule = {
  id: 'workflow-becomes-durable',
  level: 'note',
  title: 'No workflow that is one transaction today takes several after the move.',
  why: `The declaration stays as it is, and so do results and errors. What changes is what others see: the state between two steps is committed, a
failure before the pivot is compensated and not rolled back, and a step after it is tried until it succeeds.`,
  remedy: `Read what a durable run asks of your code, and run the tests of its owner with MacrolithModule.forRoot({ workflows: 'durable' }): that acts it out today.`,

  check: (evidence) =>
    evidence.code.workflows
      .filter((owned) => becomesDurable(owned, evidence))
      .map(({ owner, workflow, calls }) => {
        const across = calls.filter(
          ({ port, operation }) => operation.kind !== 'task' && areApart(evidence.module, owner, port.member),
        );
        return readinessFinding(workflowBecomesDurable, {
          member: owner,
          file: workflow.file.path,
          position: workflow.position,
          subject: workflow.name,
          message: `The workflow ${workflow.name} becomes a durable run: ${across.map(operationName).join(', ')} will be called over the network.`,
        });
      }),
};
