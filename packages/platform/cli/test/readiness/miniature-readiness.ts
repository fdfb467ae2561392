import { readiness } from '../../src/readiness/readiness.js';
import { sortViolations } from '../../src/violations/violation.js';
import { readWorkspace } from '../../src/workspace/workspace.js';
import { miniature } from '../rules/miniature.js';

/**
 * What one rule says of moving `payments` out of a miniature workspace: `file:line:column subject`, the files without
 * `packages/modules/`.
 */
export async function standsInTheWay(rule: string, workspace: 'broken' | 'clean', calls?: string): Promise<string[]> {
  const { obstacles, notes } = await readiness(readWorkspace(miniature(`readiness/${workspace}`)), {
    module: 'payments',
    rules: [rule],
    ...(calls === undefined ? {} : { calls }),
  });
  return sortViolations([...obstacles, ...notes]).map(
    ({ file, line, column, subject }) => `${file.replace('packages/modules/', '')}:${line}:${column} ${subject}`,
  );
}
