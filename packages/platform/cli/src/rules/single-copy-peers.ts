import type { DeclaredDependency } from '../workspace/package-json.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Rule, violationOf } from './rule.js';

/** Libraries that hold state for a whole process: a second copy is a second, empty world. */
const SINGLE_COPY_LIBRARIES = new Set([
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/typeorm',
  'reflect-metadata',
  'rxjs',
  'typeorm',
]);

/** What a process may hold once only, a published package asks for as a peer. */
export const singleCopyPeers: Rule = {
  id: 'single-copy-peers',
  title: 'A published package asks for Nest, TypeORM, reflect-metadata and the platform as peers.',
  why: `As ordinary dependencies they are installed a second time as soon as two packages ask for different versions. Two copies of
@nestjs/core in one process cannot resolve each other's providers, and two platforms do not see each other's modules.`,
  remedy: "Move it to peerDependencies, and to devDependencies for the package's own tests.",

  check({ workspace }) {
    const singleCopies = singleCopyPackages(workspace);
    return workspace.members
      .filter(({ layer, packageJson }) => layer === 'module' || (layer === 'platform' && !packageJson.isPrivate))
      .flatMap((member) =>
        member.packageJson.dependencies
          .filter(({ section, name }: DeclaredDependency) => section === 'dependencies' && singleCopies.has(name))
          .map(({ section, name }) =>
            violationOf(singleCopyPeers, {
              member,
              file: member.packageJson.path,
              position: member.packageJson.positionOf(section, name),
              subject: name,
              message: `${member.name} declares ${name} in dependencies, so that its users may get a second copy.`,
              remedy: `Move ${name} to peerDependencies, and to devDependencies for the package's own tests.`,
            }),
          ),
      );
  },
};

/** Platform packages that ask for Nest themselves live in its process, as do modules. */
function singleCopyPackages({ members }: Workspace): ReadonlySet<string> {
  const hosted = members.filter(
    ({ layer, packageJson }) =>
      layer === 'module' || (layer === 'platform' && packageJson.declares('@nestjs/core', ['peerDependencies'])),
  );
  return new Set([...SINGLE_COPY_LIBRARIES, ...hosted.map(({ name }) => name)]);
}
