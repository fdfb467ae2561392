import type { Command } from 'commander';
import { makeModule, type NewModule } from '../new-module/make-module.js';
import type { Streams } from './streams.js';

interface NewModuleOptions {
  readonly root: string;
  readonly owner?: string;
  readonly json?: true;
}

/** `macro new module NAME`: a module that builds, passes its tests and has a page. */
export function addNewCommand(program: Command, streams: Streams): void {
  program
    .command('new')
    .description('Make something new in the workspace.')
    .command('module')
    .description('Make a module: contract, service, table, fake, tests and page.')
    .argument('<name>', 'lower case, words joined by dashes: gift-cards')
    .option('--root <dir>', 'the root of the workspace', '.')
    .option('--owner <team>', 'the team that answers for it (default: team-<name>)')
    .option('--json', 'tell what was made as JSON')
    .action((name: string, { root, owner = `team-${name}`, json }: NewModuleOptions) => {
      const made = makeModule({ root, name, owner, now: new Date() });
      streams.out.write(json ? `${JSON.stringify(made, null, 2)}\n` : told(made, name, owner));
    });
}

function told({ folder, packageName, files, shell, binding }: NewModule, name: string, owner: string): string {
  const lines = [`✓ ${packageName} is made in ${folder}: ${files.length} files, owner ${owner}.`];
  if (shell && binding) {
    lines.push(
      `  ${shell} depends on it now. Bind it with this line in ${binding.file}:`,
      '',
      `    ${binding.line}`,
      '',
    );
    if (binding.listed) lines.push(`  and ${binding.listed} in its list of imports.`, '');
    lines.push(`  Then: pnpm install && pnpm start, and open /${name}.`);
  } else {
    lines.push(`  Bind it in an app: import { … } from '${packageName}/local'.`);
  }
  return `${lines.join('\n')}\n`;
}
