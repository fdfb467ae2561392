import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';
import type { Violation } from './violation.js';

/** A violation that is known and may stay for now. It has no line, so that edits above it do not make it new. */
export interface KnownViolation {
  readonly rule: string;
  readonly file: string;
  readonly subject: string;
  /** How often the file does it. */
  readonly count: number;
}

/** Violations, sorted by what a ratchet file says of them. */
export interface RatchetOutcome {
  /** Not in the file: forbidden. */
  readonly fresh: readonly Violation[];
  /** In the file: they may stay. */
  readonly known: readonly Violation[];
  /** In the file, but no more in the source: the file can shrink. */
  readonly vanished: readonly KnownViolation[];
}

/** What may stay. Ratchets turn one way: what has vanished may not come back once the file was updated. */
export class Ratchet {
  static readonly NONE = new Ratchet([]);

  constructor(readonly violations: readonly KnownViolation[]) {}

  /**
   * @param command what writes such a file, for who has none yet
   * @throws UsageError when the file is absent or no ratchet file
   */
  static read(file: string, command: string): Ratchet {
    if (!existsSync(file)) {
      throw new UsageError(
        `The ratchet file ${file} does not exist. Make it with: ${command} --ratchet ${file} --update-ratchet`,
      );
    }
    const content = parsed(file);
    if (!isRatchetContent(content)) throw new UsageError(`${file} is no ratchet file: it holds no list of violations.`);
    return new Ratchet(content.violations);
  }

  static of(violations: readonly Violation[]): Ratchet {
    const groups = Map.groupBy(violations, keyOf);
    return new Ratchet(
      [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, [first, ...more]]) => {
          const { rule, file, subject } = first!;
          return { rule, file, subject, count: 1 + more.length };
        }),
    );
  }

  write(file: string): void {
    writeFileSync(file, `${JSON.stringify({ version: 1, violations: this.violations }, null, 2)}\n`);
  }

  /** Which violations are new, which are known, and which have vanished. Of too many alike, the last are new. */
  compare(violations: readonly Violation[]): RatchetOutcome {
    const left = new Map(this.violations.map((known) => [keyOf(known), known.count]));
    const fresh: Violation[] = [];
    const known: Violation[] = [];
    for (const violation of violations) {
      const count = left.get(keyOf(violation)) ?? 0;
      if (count === 0) {
        fresh.push(violation);
        continue;
      }
      left.set(keyOf(violation), count - 1);
      known.push(violation);
    }
    const vanished = this.violations
      .map((entry) => ({ ...entry, count: left.get(keyOf(entry)) ?? 0 }))
      .filter(({ count }) => count > 0);
    return { fresh, known, vanished };
  }
}

function keyOf({ rule, file, subject }: Pick<KnownViolation, 'rule' | 'file' | 'subject'>): string {
  return [file, rule, subject].join('\n');
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`The ratchet file ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function isRatchetContent(content: unknown): content is { violations: KnownViolation[] } {
  const violations = (content as { violations?: unknown } | null)?.violations;
  return Array.isArray(violations) && violations.every(isKnownViolation);
}

function isKnownViolation(entry: unknown): entry is KnownViolation {
  const { rule, file, subject, count } = (entry ?? {}) as Partial<Record<keyof KnownViolation, unknown>>;
  return [rule, file, subject].every((text) => typeof text === 'string') && Number.isInteger(count);
}
