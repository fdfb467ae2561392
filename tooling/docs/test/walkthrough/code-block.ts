import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { workspaceRoot } from '../../src/workspace.ts';

/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** The word after the fence: `ts`, `sh`, `diff`, `text`. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Page and line, for messages. */
  readonly place: string;
}

const FENCE = /^(\s*)(`{3,})(\S*)\s*$/;

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = readFileSync(page, 'utf8').split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent, fence, language] = FENCE.exec(lines[index]!) ?? [];
    if (fence === undefined || indent === undefined) continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end === -1) throw new Error(`${page}:${index + 1}: the block has no end.`);
    blocks.push({
      language: language!,
      lines: lines.slice(index + 1, end).map((line) => line.slice(indent.length)),
      place: `${relative(workspaceRoot, page)}:${index + 1}`,
    });
    index = end;
  }
  return blocks;
}
