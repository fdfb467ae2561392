import pc from 'picocolors';
import type { Outcome } from '../chaos.js';

/** The outcome for a person. */
export function outcomeText({
  transport,
  seed,
  kills,
  deaths,
  orders,
  refused,
  repetitions,
  seconds,
  checks,
}: Outcome): string {
  const width = Math.max(...checks.map(({ lookedAt }) => String(lookedAt).length));
  const lines = checks.map(({ what, lookedAt, wrong, examples }) => {
    const mark = wrong === 0 ? pc.green('✓') : pc.red('✗');
    const count = wrong === 0 ? '' : pc.red(`: ${wrong} wrong`);
    return [
      `${mark} ${String(lookedAt).padStart(width)}  ${what}${count}`,
      ...examples.map((example) => `    ${example}`),
    ];
  });
  return [
    `${kills} kills, ${deaths} deaths, in ${seconds} s. ${orders} orders placed, ${refused} refused, ${repetitions} wishes sent again.`,
    '',
    ...lines.flat(),
    '',
    `Once more: pnpm chaos --transport ${transport} --seed ${seed} --kills ${kills}`,
  ].join('\n');
}
