import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file of the shell that says where modules run, from the root of the workspace. */
const LIST = 'apps/shell/src/modules.ts';
const LINES = readFileSync(fileURLToPath(new URL(`../../../../${LIST}`, import.meta.url)), 'utf8').split('\n');

/** The shell's list of modules has no import of it by '/local'. */
export class NotInTheShell extends Error {
  constructor(readonly module: string) {
    super(`${LIST} does not import @macrolith/${module}/local.`);
  }
}

/**
 * What somebody changes in the shell who moves modules out, as `git diff --unified=0` would write it: one line for each.
 * @throws NotInTheShell
 */
export function movingDiff(remote: readonly string[]): string {
  if (remote.length === 0) return '';
  const hunks = remote
    .map((module) => {
      const index = LINES.findIndex((line) => line.endsWith(`'@macrolith/${module}/local';`));
      if (index < 0) throw new NotInTheShell(module);
      return { number: index + 1, line: LINES[index]! };
    })
    .sort((one, other) => one.number - other.number)
    .map(({ number, line }) => `@@ -${number} +${number} @@\n-${line}\n+${line.replace("/local';", "/remote';")}\n`);
  return [`diff --git a/${LIST} b/${LIST}\n`, `--- a/${LIST}\n`, `+++ b/${LIST}\n`, ...hunks].join('');
}
