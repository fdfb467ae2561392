import { cyclesOf } from '../../graph/cycles.js';
import type { UsedPort } from '../../workspace/module-manifest.js';
import { modulesOf } from '../../workspace/workspace.js';
import type { WorkspacePackage } from '../../workspace/workspace-package.js';
import type { ReadinessEvidence } from '../evidence.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** Nobody whom the module asks asks the module. */
export const synchronousCycle: ReadinessRule = {
  id: 'synchronous-cycle',
  level: 'obstacle',
  title: 'The module is in no ring of modules that call each other.',
  why: `A call that comes back to where it began is one transaction in one process. Over a network each side waits for the other with its hands full:
under load both run out of what they wait with, and neither can be started or released without the other. Every \`uses\` of a manifest counts. Events do
not: nobody waits for them.`,
  remedy: 'Let one side publish an event that the other hears, or move what both need into a third module.',

  check(evidence) {
    const links = linksOf(evidence);
    const weights = new Map([...links.keys()].map((link) => [link, 1]));
    return cyclesOf(weights)
      .filter(({ path }) => path.includes(evidence.module.name))
      .map(({ weakest, path }) => {
        const { from, used } = links.get(weakest)!;
        return readinessFinding(synchronousCycle, {
          member: from,
          file: from.manifest!.file.path,
          position: used.position,
          subject: weakest,
          message: `${path.join(' → ')} is a ring of modules that call each other.`,
        });
      });
  },
};

function linksOf({ workspace }: ReadinessEvidence): Map<string, { from: WorkspacePackage; used: UsedPort }> {
  return new Map(
    modulesOf(workspace).flatMap((from) =>
      (from.manifest?.uses ?? []).map((used) => [`${from.name} → ${used.specifier}`, { from, used }] as const),
    ),
  );
}
