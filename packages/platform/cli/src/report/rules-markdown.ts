import type { Rule } from '../rules/rule.js';

/** What a reference page says around its rules. */
interface RulesPage {
  readonly heading: string;
  readonly writtenBy: string;
  readonly introduction: string;
}

export const BOUNDARY_PAGE: RulesPage = {
  heading: 'Boundary rules',
  writtenBy: 'macro rules --format markdown',
  introduction:
    '`macro verify` checks these rules. A violation names the rule, the place, the team that answers for it, and what to do.',
};

export const READINESS_PAGE: RulesPage = {
  heading: 'Readiness rules',
  writtenBy: 'macro rules --of readiness --format markdown',
  introduction: `\`macro readiness MODULE\` asks these rules before a module is moved out, and of [the boundary rules](boundary-rules.md) those on imports,
SQL and entities. Obstacles have to be changed first. Notes (\`workflow-becomes-durable\`, \`query-in-transaction\`, and \`events-leave-the-process\` where
events have a way) are good to know.
[How to get a module ready](../how-to/get-a-module-ready-to-move.md).`,
};

/** The reference page of the rules. It is made from the rules themselves, so it cannot fall behind them. */
export function rulesMarkdown(
  rules: readonly Pick<Rule, 'id' | 'title' | 'why' | 'remedy'>[],
  { heading, writtenBy, introduction }: RulesPage,
): string {
  return [
    `# ${heading}`,
    '',
    `<!-- Written by \`${writtenBy}\`. Change the rules, not this page. -->`,
    '',
    introduction,
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
