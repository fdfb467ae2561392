import { type Rule, violationOf } from './rule.js';

/** Packages of one workspace ask for each other by range. */
export const compatibleWorkspaceRanges: Rule = {
  id: 'compatible-workspace-ranges',
  title: 'Published packages of the workspace ask for each other as workspace:^.',
  why: `\`workspace:*\` is published as an exact version: a patch of one package then forces a release of everything that uses it, and one
package can no longer be upgraded alone. A plain range may be met from the registry instead of from the workspace.`,
  remedy: 'Write workspace:^.',

  check({ workspace }) {
    const published = new Set(
      workspace.members.filter(({ packageJson }) => !packageJson.isPrivate).map(({ name }) => name),
    );
    return workspace.members
      .filter(({ packageJson }) => !packageJson.isPrivate)
      .flatMap((member) =>
        member.packageJson.dependencies
          .filter(({ name, range }) => published.has(name) && range !== 'workspace:^')
          .map(({ section, name, range }) =>
            violationOf(compatibleWorkspaceRanges, {
              member,
              file: member.packageJson.path,
              position: member.packageJson.positionOf(section, name),
              subject: `${name} in ${section}`,
              message: `${member.name} asks for ${name} as '${range}'.`,
              remedy: `Write "${name}": "workspace:^".`,
            }),
          ),
      );
  },
};
