import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { workspaceRoot } from '../src/workspace.ts';

/** Every page of the repository, but those that new modules are made from. */
function pages(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: workspaceRoot,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(workspaceRoot, path)) && !path.includes('/templates/'));
}

function linksOf(text: string): string[] {
  const prose = text.replace(/^(\s*)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
  const markdown = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  const pictures = [...prose.matchAll(/(?:src|srcset)="([^"]+)"/g)].map((match) => match[1]!);
  return [...markdown, ...pictures].filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchor(heading!)));
}

function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');
}

function isBroken(page: string, link: string): boolean {
  const [path = '', fragment] = link.split('#');
  const target = path === '' ? join(workspaceRoot, page) : join(workspaceRoot, dirname(page), path);
  if (!existsSync(target)) return true;
  return fragment !== undefined && !anchorsOf(target).has(fragment);
}

test.each(pages())('every link of %s leads somewhere', (page) => {
  const links = linksOf(readFileSync(join(workspaceRoot, page), 'utf8'));
  expect(links.filter((link) => isBroken(page, link))).toEqual([]);
});
