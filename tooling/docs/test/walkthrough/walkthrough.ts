import { spawnSync } from 'node:child_process';
import { changed } from './change.ts';
import { type CommandStep, type Step, stepsOf } from './step.ts';
import type { WorkspaceCopy } from './workspace-copy.ts';

export interface WalkthroughOptions {
  /** What the test does instead of a command, such as starting the shell. */
  readonly instead?: Readonly<Record<string, (copy: WorkspaceCopy) => void>>;
}

const INSTEAD: NonNullable<WalkthroughOptions['instead']> = { 'pnpm install': (copy) => copy.install() };

/** Does in a copy of the workspace what a page tells its reader to do, in its order. Raises what goes otherwise than told. */
export function walkThrough(page: string, copy: WorkspaceCopy, options: WalkthroughOptions = {}): void {
  for (const step of stepsOf(page)) {
    try {
      take(step, copy, options);
    } catch (error) {
      throw new Error(`${step.place}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}

function take(step: Step, copy: WorkspaceCopy, options: WalkthroughOptions): void {
  switch (step.kind) {
    case 'file':
      copy.write(step.path, step.content);
      break;
    case 'excerpt':
      compare(step.lines, copy.read(step.path));
      break;
    case 'change':
      copy.write(step.path, changed(copy.read(step.path), step.hunks));
      break;
    case 'command':
      carryOut(step, copy, options);
  }
}

function carryOut({ command, shown }: CommandStep, copy: WorkspaceCopy, { instead = {} }: WalkthroughOptions): void {
  const ours = { ...INSTEAD, ...instead }[command];
  if (ours !== undefined) {
    ours(copy);
    return;
  }
  // What the page shows as refused is refused.
  const refused = shown.some((line) => line.startsWith('✗'));
  compare(shown, run(command, copy, refused));
}

/** Runs a command as the reader's shell would, and returns what it writes. */
function run(command: string, copy: WorkspaceCopy, refused: boolean): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command.replace(/^npx pnpm@12 /, 'pnpm ')], {
    cwd: copy.root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', pnpm_config_verify_deps_before_run: 'false' },
  });
  if ((status !== 0) !== refused) throw new Error(`${command} ended with code ${status}:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

/** Every line that is shown must be written, in that order. */
function compare(shown: readonly string[], written: string): void {
  const lines = written.split('\n');
  let from = 0;
  for (const line of shown.filter((line) => line.trim() !== '' && line.trim() !== '…')) {
    const found = lines.findIndex((candidate, index) => index >= from && fits(candidate.trim(), line.trim()));
    if (found === -1) throw new Error(`the page shows a line that is not there:\n${line}\nThere is:\n${written}`);
    from = found + 1;
  }
}

/** `…` in what is shown stands for anything. */
function fits(written: string, shown: string): boolean {
  const [beginning = '', ...rest] = shown.split('…');
  const end = rest.at(-1);
  return end === undefined ? written === shown : written.startsWith(beginning) && written.endsWith(end);
}
