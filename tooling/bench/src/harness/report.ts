import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import type { Result } from './comparison.js';

/** A run as a value that later runs can be held against. */
export interface Report {
  readonly commit: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGib: number; readonly node: string };
  readonly results: readonly Result[];
}

export function reportOf(results: readonly Result[]): Report {
  return {
    commit: commit(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGib: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    results,
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

const HEADINGS = ['suite', 'case', 'metric', 'ours', 'peer', 'unit', 'ratio', 'against'] as const;

/** The results as an aligned table. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.suite,
    result.case,
    result.metric,
    figure(result.ours),
    figure(result.peer),
    result.unit,
    result.ratio.toFixed(2),
    result.peerName,
  ]);
  const lines = [[...HEADINGS] as string[], ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const numeric = new Set([3, 4, 6]);
  return lines
    .map((line) =>
      line
        .map((cell, column) => (numeric.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number): string {
  if (value >= 1_000) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
