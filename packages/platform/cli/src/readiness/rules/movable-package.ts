import { offeredFile } from '../../imports/import-target.js';
import { walk } from '../../syntax/walk.js';
import type { WorkspacePackage } from '../../workspace/workspace-package.js';
import { type ReadinessRule, readinessFinding } from '../readiness-rule.js';

/** The package brings what a move needs. */
export const movablePackage: ReadinessRule = {
  id: 'movable-package',
  level: 'obstacle',
  title: 'The package has a remote entry, a fake, and a contract suite.',
  why: `The shell binds a module that is elsewhere by importing \`/remote\`. Its users' tests cannot start it any more and need the fake of \`/testing\`. And only a
contract suite shows that the module behaves over the network as it does in the process.`,
  remedy: 'Add what is missing: `macro new module` shows what each looks like.',

  check({ module }) {
    return missing(module).map(({ subject, message, remedy }) =>
      readinessFinding(movablePackage, {
        member: module,
        file: module.packageJson.path,
        position: { line: 1, column: 1 },
        subject,
        message: `${module.name} ${message}`,
        remedy,
      }),
    );
  },
};

interface Missing {
  readonly subject: string;
  readonly message: string;
  readonly remedy: string;
}

function missing(module: WorkspacePackage): Missing[] {
  const { manifest } = module;
  const found: Missing[] = [];
  if (!offers(module, './remote')) {
    const constant = manifest ? `@RemoteModule(${manifest.name})` : '@RemoteModule(…)';
    found.push({
      subject: './remote',
      message: "offers no './remote', so no shell can bind it elsewhere.",
      remedy: `Write src/remote.ts with ${constant} on the class that src/local.ts exports, and name it in the exports of package.json.`,
    });
  }
  if (!offers(module, './testing')) {
    found.push({
      subject: './testing',
      message: "offers no './testing': the tests of whoever uses it have no fake.",
      remedy:
        'Write a fake in src/testing.ts that passes the contract suite, and name it in the exports of package.json.',
    });
  }
  if (!hasContractSuite(module)) {
    found.push({
      subject: 'contract suite',
      message: 'has no contract suite: nothing shows that it behaves the same when it is remote.',
      remedy:
        "Write what the port promises as a specification, and run it with contractSuite() of the platform's testing package.",
    });
  }
  return found;
}

/** Whether the package's exports lead to a file of its source. */
function offers({ packageJson, folder, files }: WorkspacePackage, subpath: string): boolean {
  const offered = offeredFile(packageJson.exports, subpath);
  if (offered === undefined) return false;
  return !offered.startsWith('./src/') || files.some(({ path }) => path === `${folder}/${offered.slice(2)}`);
}

function hasContractSuite({ files }: WorkspacePackage): boolean {
  return files
    .filter(({ role, isSql, text }) => role === 'test' && !isSql && text.includes('contractSuite'))
    .some((file) => {
      let called = false;
      walk(file.program, (node) => {
        called ||=
          node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'contractSuite';
      });
      return called;
    });
}
