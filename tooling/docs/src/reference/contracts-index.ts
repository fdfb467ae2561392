import type { DocumentedModule } from '../module/documented-module.ts';
import { GENERATED } from './page.ts';

/** The list of all contracts, with how values look on a wire. */
export function contractsIndex(modules: readonly DocumentedModule[]): string {
  const rows = modules.map(
    ({ name, owner, contract }) =>
      `| [${name}](${name}.md) | ${contract.version} | ${Object.keys(contract.operations).length} | ${Object.keys(contract.events).length} | ${owner} |`,
  );
  return `${[
    '# Contracts',
    GENERATED,
    'What each module promises. The running shell tells the same as OpenAPI at `/openapi.json`, and as a page at `/docs`.',
    ['| module | version | operations | events | owner |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
    '## Words for values',
    WORDS,
  ].join('\n\n')}\n`;
}

const WORDS = `| word | on the wire | in code |
| --- | --- | --- |
| text | string | \`string\` |
| digits | string of decimal digits | \`bigint\` |
| integer | number without fraction | \`number\` |
| instant | string, RFC 3339 in UTC: \`2026-12-24T15:00:00.000Z\` | \`Date\` |
| money | \`{ "amountMinor": "1250", "currency": "EUR" }\` | \`{ amountMinor: bigint, currency: string }\` |
| uuid, email | string | \`string\` |

An optional field is left out, never \`null\`. Fields that nobody declared are left out, in both directions. Errors name their HTTP status
in parentheses.`;
