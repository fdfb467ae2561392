import { MANIFEST_PATH } from '../workspace/module-manifest.js';
import { modulesOf } from '../workspace/workspace.js';
import { type Rule, violationOf } from './rule.js';

/** Somebody answers for every module. */
export const moduleHasOwner: Rule = {
  id: 'module-has-owner',
  title: 'Every module has a manifest, and the manifest names the team that answers for it.',
  why: `A violation, a failing migration or a dead letter is dealt with by somebody, or by nobody. The name is read from the source, so it is a
constant text.`,
  remedy: `Call defineModule in ${MANIFEST_PATH} with the team's name: { owner: 'team-…' }.`,

  check({ workspace }) {
    return modulesOf(workspace).flatMap((member) => {
      const { manifest } = member;
      if (manifest?.owner !== undefined) return [];
      return [
        violationOf(moduleHasOwner, {
          member,
          file: manifest?.file.path ?? member.packageJson.path,
          position: manifest?.position ?? { line: 1, column: 1 },
          subject: member.name,
          message: manifest
            ? `The manifest of ${member.name} names no owner in a constant text.`
            : `${member.name} has no ${MANIFEST_PATH} that calls defineModule(Port, { … }).`,
        }),
      ];
    });
  },
};
