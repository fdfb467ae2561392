import { createColors } from 'picocolors';
import type { Readiness } from '../readiness/readiness.js';
import type { ActionTraffic } from '../readiness/recorded/recorded-traffic.js';
import type { RatchetOutcome } from '../violations/ratchet.js';
import type { Violation } from '../violations/violation.js';
import { ownerOf } from '../workspace/workspace-package.js';
import { aligned, type TextColumn } from './aligned.js';
import { count } from './count.js';
import { vanishedLines } from './text.js';
import { type Colors, violationBlock } from './violation-block.js';

const ACTION_COLUMNS: readonly TextColumn<ActionTraffic>[] = [
  { label: 'action', value: ({ action }) => action },
  { label: 'recorded', value: ({ times }) => String(times), align: 'end' },
  { label: 'calls across, median', value: ({ median }) => String(median), align: 'end' },
  { label: 'most', value: ({ most }) => String(most), align: 'end' },
];

/** What reading cannot know, said where somebody decides by it. */
const LIMITS =
  'Read from the sources: a call is seen where the type of what is called is written beside its name. Record calls to see what really runs.';
const LIMITS_RECORDED = 'Read from the sources and from recorded calls: what neither has is not seen.';

/** What stands in the way, for people: obstacles, then notes, then one line with the verdict. */
export function readinessReport(
  readiness: Readiness,
  outcome: RatchetOutcome,
  isPartial: boolean,
  colored: boolean,
): string {
  const colors = createColors(colored);
  const { notes, traffic, rules } = readiness;
  return [
    ...outcome.fresh.map((violation) => violationBlock(violation, colors)),
    ...rules.map((rule) => noteBlock(rule, notes, colors)).filter((block) => block !== ''),
    ...(traffic && traffic.length > 0 ? [aligned(traffic, ACTION_COLUMNS, colors.dim)] : []),
    ...vanishedLines(outcome.vanished),
    colors.dim(traffic ? LIMITS_RECORDED : LIMITS),
    verdict(readiness, outcome, isPartial, colors),
    '',
  ].join('\n');
}

/** Notes are many and alike: what to do about them is said once. */
function noteBlock(rule: string, all: readonly Violation[], { bold, dim, yellow }: Colors): string {
  const notes = all.filter((note) => note.rule === rule);
  if (notes.length === 0) return '';
  const places = notes.map(({ file, line, column }) => `${file}:${line}:${column}`);
  const width = Math.max(...places.map((place) => place.length));
  return [
    `${yellow(rule)}  ${dim('note')}`,
    ...notes.map(({ message, owner }, index) => `  ${bold(places[index]!.padEnd(width))}  ${message} ${dim(owner)}`),
    `  ${dim('do')}  ${notes[0]!.remedy}`,
    '',
  ].join('\n');
}

function verdict(
  { module, notes }: Readiness,
  { fresh, known }: RatchetOutcome,
  isPartial: boolean,
  { green, red }: Colors,
): string {
  const named = `${module.manifest!.name} (${ownerOf(module)})`;
  const noted = notes.length === 0 ? '' : `, with ${count(notes.length, 'note')}`;
  const stays = known.length === 0 ? '' : `, and ${count(known.length, 'known obstacle')} that may stay`;
  const rest = `${noted}${stays}.`;
  if (fresh.length > 0) {
    return `${red('✗')} NOT READY: ${count(fresh.length, 'obstacle')} before ${named} can move out${rest}`;
  }
  if (isPartial) return `${green('✓')} No obstacle by the rules that were asked${rest}`;
  return `${green('✓')} READY: nothing stands in the way of moving ${named} out${rest}`;
}

/** The same for programs. The module is ready when there are no obstacles but known ones. */
export function readinessJson(
  { module, notes, traffic, rules }: Readiness,
  { fresh, known, vanished }: RatchetOutcome,
): string {
  const content = {
    module: module.manifest!.name,
    package: module.name,
    owner: ownerOf(module),
    ready: fresh.length === 0,
    obstacles: fresh,
    known,
    vanished,
    notes,
    ...(traffic ? { traffic } : {}),
    rules,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
