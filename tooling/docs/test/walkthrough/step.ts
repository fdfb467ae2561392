import { type CodeBlock, codeBlocks } from './code-block.ts';

/** What a page tells its reader to do. */
export type Step =
  /** Write a file. */
  | { readonly kind: 'file'; readonly path: string; readonly content: string; readonly place: string }
  /** Look at parts of a file. */
  | { readonly kind: 'excerpt'; readonly path: string; readonly lines: readonly string[]; readonly place: string }
  /** Change a file, as a diff without line numbers shows it. */
  | { readonly kind: 'change'; readonly path: string; readonly hunks: readonly Hunk[]; readonly place: string }
  | CommandStep;

/** Run a command, and see what it writes when the page shows that. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: string;
  readonly shown: readonly string[];
  readonly place: string;
}

export interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const FILE = /^\/\/ (\S+\.ts)$/;

/**
 * Reads the steps of a page from its code blocks:
 * - `ts` whose first line is a comment with a path is that file;
 * - `typescript` with such a line is an excerpt: all its lines stand in that file, in that order;
 * - `diff` below `--- path` changes that file;
 * - `sh` is commands, one a line, and `text` right after them what the last one writes, `…` standing for anything.
 *
 * Other blocks are for the eyes.
 */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const block of codeBlocks(page)) {
    if (block.language === 'ts') steps.push(fileStep(block));
    if (block.language === 'typescript') steps.push(excerptStep(block));
    if (block.language === 'diff') steps.push(changeStep(block));
    if (block.language === 'sh') steps.push(...commandSteps(block));
    if (block.language === 'text') showOutput(steps, block);
  }
  return steps;
}

function fileStep(block: CodeBlock): Step {
  return { kind: 'file', path: pathOf(block), content: `${block.lines.slice(1).join('\n')}\n`, place: block.place };
}

function excerptStep(block: CodeBlock): Step {
  const lines = block.lines.slice(1).filter((line) => line.trim() !== '');
  return { kind: 'excerpt', path: pathOf(block), lines, place: block.place };
}

/** Code of no file is refused: nobody would check it. */
function pathOf({ lines, place }: CodeBlock): string {
  const [, path] = FILE.exec(lines[0] ?? '') ?? [];
  if (path === undefined) throw new Error(`${place}: the first line of code must be a comment with the file's path.`);
  return path;
}

function changeStep({ lines, place }: CodeBlock): Step {
  const [, path] = /^--- (\S+)$/.exec(lines[0] ?? '') ?? [];
  if (path === undefined) throw new Error(`${place}: the first line of a diff must be '--- path'.`);
  const hunks: Hunk[] = [];
  let hunk: string[] = [];
  for (const line of [...lines.slice(1), '@@']) {
    if (line !== '@@') {
      hunk.push(line);
      continue;
    }
    hunks.push({ before: side(hunk, '-'), after: side(hunk, '+') });
    hunk = [];
  }
  return { kind: 'change', path, hunks, place };
}

/** The lines that one side of a diff has. */
function side(lines: readonly string[], mark: '-' | '+'): string[] {
  return lines.filter((line) => line.startsWith(mark) || /^( |$)/.test(line)).map((line) => line.slice(1));
}

function commandSteps({ lines, place }: CodeBlock): Step[] {
  return lines
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((command) => command !== '')
    .map((command) => ({ kind: 'command', command, shown: [], place }));
}

function showOutput(steps: Step[], { lines, place }: CodeBlock): void {
  const last = steps.pop();
  if (last?.kind !== 'command') throw new Error(`${place}: output without a command before it.`);
  steps.push({ ...last, shown: lines });
}
