import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../../usage-error.js';

/** One call of a port, as `recordCalls` of @macrolith/testing wrote it: one line of JSON. */
export interface RecordedCall {
  /** Names the user's action: the same for every call that follows from one wish. */
  readonly trace: string;
  /** The module that called. */
  readonly from: string;
  /** The module that was called. */
  readonly to: string;
  readonly operation: string;
  readonly kind: 'query' | 'command' | 'task';
  /** Whether a transaction of the caller was open. */
  readonly inTransaction: boolean;
  /** The event or task that was being handled: nobody waits for what follows from it. */
  readonly message?: string;
  /** Where it stands in the file; begins with 1. */
  readonly line: number;
}

/** What one user, or one message, waited for. */
export interface RecordedAction {
  /** The outermost call: it stands first. */
  readonly root: RecordedCall;
  readonly calls: readonly RecordedCall[];
}

/** The calls of a product that ran, e.g. in a test or for an hour before a move. */
export class RecordedCalls {
  readonly actions: readonly RecordedAction[];

  private constructor(
    /** As it was given: findings name it. */
    readonly file: string,
    readonly calls: readonly RecordedCall[],
  ) {
    const byAction = Map.groupBy(calls, ({ trace, message }) => `${trace} ${message ?? ''}`);
    this.actions = [...byAction.values()].map((ofAction) => ({ root: ofAction[0]!, calls: ofAction }));
  }

  /** @throws UsageError when the file is absent, or a line of it is no call */
  static read(file: string): RecordedCalls {
    if (!existsSync(file)) {
      throw new UsageError(`The file of calls ${file} does not exist. recordCalls() of @macrolith/testing writes one.`);
    }
    const lines = readFileSync(file, 'utf8').split('\n');
    const calls = lines.flatMap((text, index) => (text.trim() === '' ? [] : [callIn(text, index + 1, file)]));
    return new RecordedCalls(file, calls);
  }
}

/** `payments.void` */
export function recordedName({ to, operation }: Pick<RecordedCall, 'to' | 'operation'>): string {
  return `${to}.${operation}`;
}

function callIn(text: string, line: number, file: string): RecordedCall {
  const read = parsed(text);
  if (isCall(read)) return { ...read, line };
  throw new UsageError(
    `${file}:${line} is no call. A line is JSON with trace, from, to, operation, kind (query, command or task) and inTransaction.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const KINDS: readonly unknown[] = ['query', 'command', 'task'];

function isCall(value: unknown): value is Omit<RecordedCall, 'line'> {
  const call = (value ?? {}) as Partial<Record<keyof RecordedCall, unknown>>;
  const texts = [call.trace, call.from, call.to, call.operation, call.message ?? ''];
  return (
    texts.every((text) => typeof text === 'string') &&
    KINDS.includes(call.kind) &&
    typeof call.inTransaction === 'boolean'
  );
}
