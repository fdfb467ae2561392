import type { Rule } from '../rules/rule.js';

/** The reference page of the rules. It is made from the rules themselves, so it cannot fall behind them. */
export function rulesMarkdown(rules: readonly Rule[]): string {
  return [
    '# Boundary rules',
    '',
    '<!-- Written by `macro rules --format markdown`. Change the rules, not this page. -->',
    '',
    '`macro verify` checks these rules. A violation names the rule, the place, the team that answers for it, and what to do.',
    '',
    '| rule | what holds when it is kept |',
    '| --- | --- |',
    ...rules.map(({ id, title }) => `| [${id}](#${id}) | ${title} |`),
    '',
    ...rules.flatMap(({ id, title, why, remedy }) => [
      `## ${id}`,
      '',
      `**${title}**`,
      '',
      why,
      '',
      `*What to do:* ${remedy}`,
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
