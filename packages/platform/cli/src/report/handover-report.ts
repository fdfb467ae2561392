import { createColors } from 'picocolors';
import { isColored, type Streams } from '../commands/streams.js';
import { type ComparedTable, isSame } from '../handover/contents.js';
import { withoutPassword } from '../handover/handover-errors.js';
import type { LocalModule } from '../handover/local-module.js';
import type { Progress } from '../handover/progress.js';
import type { HandoverRecord, Phase } from '../handover/record.js';
import type { ReplicationState } from '../handover/replication.js';
import { addressOf, type Side } from '../handover/side.js';
import type { HandoverStatus } from '../handover/status.js';
import { aligned } from './aligned.js';

/** How often a long step says how far it is, in milliseconds. */
const SAY_EVERY_MS = 2_000;
const STEP_WIDTH = 9;

/** Tells a person what a handover does while it does it, or a program at the end. */
export class HandoverReport implements Progress {
  private readonly colors;
  private saidAt = 0;
  /** What the last comparison found, by table. */
  private readonly tables = new Map<string, ComparedTable>();

  constructor(
    private readonly streams: Streams,
    private readonly isJson: boolean,
  ) {
    this.colors = createColors(isColored(streams));
  }

  begun({ name }: LocalModule, source: Side, target: Side): void {
    this.say(`${this.colors.bold(name)}  ${source.address} → ${target.address}\n`);
  }

  done(step: string, text: string): void {
    this.say(`${this.colors.green('✓')} ${step.padEnd(STEP_WIDTH)}  ${text}\n`);
    if (step === 'verify') this.say(this.tableText());
  }

  replicating(step: string, state: ReplicationState): void {
    const now = Date.now();
    if (now - this.saidAt < SAY_EVERY_MS) return;
    this.saidAt = now;
    this.say(this.colors.dim(`… ${step.padEnd(STEP_WIDTH)}  ${stateText(state)}\n`));
  }

  compared(table: ComparedTable): void {
    this.tables.set(table.table, table);
  }

  ended({ name, packageName }: LocalModule, source: Side, target: Side, phase: Phase): void {
    const tables = [...this.tables.values()].map(flat);
    const content = { module: name, source: source.address, target: target.address, phase, tables };
    if (phase === 'verified') {
      const text = `\n${name} is ready to be switched; the target follows. Run the same command without --no-switch to switch.\n`;
      this.tell(content, text);
      return;
    }
    const lines = [
      `  set    DATABASE_URL of the macroservice that hosts ${packageName} to ${target.address}, and start it`,
      `  stop   what still hosts it on ${source.address}: it may neither read nor write there any more, nor start again`,
      ...(phase === 'dropped' ? [] : [`  later  macro handover ${name} --drop-source removes what is left there`]),
    ];
    this.tell(content, `\n${this.colors.bold(name)} lives in ${target.address} now.\n\n${lines.join('\n')}\n`);
  }

  status(status: HandoverStatus): void {
    const { module, source, target, phase, changedAt, replication, problem } = status;
    const line =
      phase === 'none'
        ? `${module} is not being handed over from ${source}.\n`
        : `${this.colors.bold(module)}  ${source} → ${target}  ${phase} since ${changedAt!.toISOString()}\n`;
    const details = [
      ...(replication === undefined ? [] : [stateText(replication)]),
      ...(problem === undefined ? [] : [problem]),
    ];
    this.tell(status, [line, ...details.map((text) => `${withoutPassword(text)}\n`)].join(''));
  }

  aborted({ place, address }: Side, { peer }: HandoverRecord, isTargetCleared: boolean): void {
    const left = `What has come to ${addressOf(peer)} is still there, and follows nobody. The same command with --to and its address removes it.\n`;
    this.tell(
      { module: place.module, source: address, phase: 'none', isTargetCleared },
      `${this.colors.green('✓')} ${place.module} stays in ${address}.\n${isTargetCleared ? '' : left}`,
    );
  }

  dropped({ place, address }: Side, { peer }: HandoverRecord): void {
    this.tell(
      { module: place.module, source: address, target: addressOf(peer), phase: 'dropped' },
      `${this.colors.green('✓')} The tables of ${place.module} are gone from ${address}. The schema stays, and says that it lives in ${addressOf(peer)}.\n`,
    );
  }

  failed(error: Error & { readonly code: string }): void {
    const message = withoutPassword(error.message);
    if (this.isJson) {
      this.tell({ error: { ...error, code: error.code, message } }, '');
      return;
    }
    const isDifferent = [...this.tables.values()].some((table) => !isSame(table));
    if (isDifferent) this.say(this.tableText());
    this.streams.err.write(`macro: ${message}\n`);
  }

  private tableText(): string {
    const { red, dim } = this.colors;
    return aligned<ComparedTable>(
      [...this.tables.values()],
      [
        { label: 'TABLE', value: ({ table }) => table },
        { label: 'ROWS', value: ({ source }) => String(source.rows), align: 'end' },
        { label: 'CHECKSUM', value: ({ source }) => source.checksum },
        {
          label: '',
          value: (table) => (isSame(table) ? '' : `differs: ${table.target.rows} rows at the target`),
          style: (text) => red(text),
        },
      ],
      dim,
    );
  }

  private say(text: string): void {
    if (!this.isJson) this.streams.out.write(text);
  }

  /** The answer: to a person, or to a program. */
  private tell(content: object, text: string): void {
    this.streams.out.write(this.isJson ? `${JSON.stringify(content, null, 2)}\n` : text);
  }
}

function flat(compared: ComparedTable): object {
  const { table, source, target } = compared;
  return {
    table,
    rows: source.rows,
    checksum: source.checksum,
    isSame: isSame(compared),
    ...(isSame(compared) ? {} : { target }),
  };
}

function stateText({ copied, tables, rowsUnderWay, behindBytes, keptBytes }: ReplicationState): string {
  const underWay = copied < tables ? `, ${rowsUnderWay} rows of the next` : '';
  return `${copied} of ${tables} tables copied${underWay}; ${bytes(behindBytes)} behind; the source keeps ${bytes(keptBytes)} of its log for it`;
}

function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(count) / 10), units.length);
  return `${(count / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}
