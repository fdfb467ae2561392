import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentedModule } from '../module/documented-module.ts';
import { workspaceRoot } from '../workspace.ts';
import type { ConsoleError } from './console-errors.ts';
import { anchorOf, ownErrors } from './contract-page.ts';
import { statusOf } from './http-status.ts';
import { GENERATED } from './page.ts';

const HTTP = join(workspaceRoot, 'packages/platform/http/README.md');

/** Every code that a problem document may have. */
export function errorsPage(modules: readonly DocumentedModule[], ofConsole: readonly ConsoleError[]): string {
  const declared = modules.flatMap((module) =>
    ownErrors(module).map((error) => {
      const meaning = module.comments.get(error.name) ?? '';
      return `| [\`${error.code}\`](contracts/${module.name}.md#${anchorOf(error)}) | ${statusOf(error.kind)} | ${meaning} |`;
    }),
  );
  return `${[
    '# Errors',
    GENERATED,
    'Every failure over HTTP is a problem document ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a `code`. In code, an error ' +
      'that a contract declares is a class: `error instanceof OutOfStock` holds over every binding.',
    '## Declared by modules',
    ['| code | status | meaning |', '| --- | --- | --- |', ...declared].join('\n'),
    '## Of the console',
    [
      '| code | status | meaning |',
      '| --- | --- | --- |',
      ...ofConsole.map(({ error, meaning }) => `| \`${error.code}\` | ${statusOf(error.kind)} | ${meaning} |`),
    ].join('\n'),
    '## Of the platform',
    rimTable(),
    'A 500 never tells more than its trace id; the log has the reason under it. With a 503 or a 504 the same request may be sent again; ' +
      'with an `Idempotency-Key`, nothing is done twice.',
  ].join('\n\n')}\n`;
}

/** The platform's own codes, as the page of `@macrolith/http` has them. */
function rimTable(): string {
  const lines = readFileSync(HTTP, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith('| code, after `macrolith.`'));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith('|'));
  if (from === -1) throw new Error(`${HTTP} has no table of codes any more. Tell this page where it stands now.`);
  return lines.slice(from, to).join('\n');
}
