import { type Command, Option } from 'commander';
import { ALL_READINESS_RULES } from '../readiness/all-readiness-rules.js';
import { BOUNDARY_PAGE, READINESS_PAGE, rulesMarkdown } from '../report/rules-markdown.js';
import { ALL_RULES } from '../rules/all-rules.js';
import type { Streams } from './streams.js';

interface RulesCommandOptions {
  readonly of: 'verify' | 'readiness';
  readonly format: 'text' | 'json' | 'markdown';
  readonly json?: true;
}

/** `macro rules`: what is checked, and why. */
export function addRulesCommand(program: Command, streams: Streams): void {
  program
    .command('rules')
    .description('List the rules that verify and readiness check.')
    .addOption(new Option('--of <command>', 'whose rules').choices(['verify', 'readiness']).default('verify'))
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'))
    .option('--json', 'short for --format json')
    .action((options: RulesCommandOptions) => {
      streams.out.write(rendered(options));
    });
}

function rendered({ of, format, json }: RulesCommandOptions): string {
  const rules = of === 'readiness' ? ALL_READINESS_RULES : ALL_RULES;
  if (json || format === 'json') {
    return `${JSON.stringify(
      rules.map(({ id, title, why, remedy }) => ({ id, title, why, remedy })),
      null,
      2,
    )}\n`;
  }
  if (format === 'markdown') return rulesMarkdown(rules, of === 'readiness' ? READINESS_PAGE : BOUNDARY_PAGE);
  const width = Math.max(...rules.map(({ id }) => id.length));
  return `${rules.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join('\n')}\n`;
}
