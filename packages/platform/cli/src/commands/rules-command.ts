import { type Command, Option } from 'commander';
import { rulesMarkdown } from '../report/rules-markdown.js';
import { ALL_RULES } from '../rules/all-rules.js';
import type { Streams } from './streams.js';

interface RulesCommandOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly json?: true;
}

/** `macro rules`: what is checked, and why. */
export function addRulesCommand(program: Command, streams: Streams): void {
  program
    .command('rules')
    .description('List the rules that verify checks.')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'markdown']).default('text'))
    .option('--json', 'short for --format json')
    .action((options: RulesCommandOptions) => {
      streams.out.write(rendered(options));
    });
}

function rendered({ format, json }: RulesCommandOptions): string {
  if (json || format === 'json') {
    return `${JSON.stringify(
      ALL_RULES.map(({ id, title, why, remedy }) => ({ id, title, why, remedy })),
      null,
      2,
    )}\n`;
  }
  if (format === 'markdown') return rulesMarkdown(ALL_RULES);
  const width = Math.max(...ALL_RULES.map(({ id }) => id.length));
  return `${ALL_RULES.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join('\n')}\n`;
}
