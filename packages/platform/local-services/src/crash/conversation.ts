import { textsOf, type WireMessage } from './messages.ts';

/** Something that happens between a program and its database. */
export interface Moment {
  /**
   * `before`: the program has sent the statement, and the server does not know it yet. `after`: the server has carried it
   * out, for good if it stands alone or is a COMMIT, and the program does not know it yet.
   */
  readonly when: 'before' | 'after';
  readonly statement: string;
  /** The statements of the running transaction so far, this one last; this one alone outside of one. */
  readonly transaction: readonly string[];
}

/** A statement that was sent and is not answered yet. */
interface Sent {
  readonly statement: string;
  readonly transaction: readonly string[];
  isComplete: boolean;
}

const BEGIN = /^\s*(begin|start transaction)\b/i;
const END = /^\s*(commit|end|rollback(?!\s+to))\b/i;

/**
 * Follows what is said on one connection: which statement a message runs, in which transaction, and which answer belongs
 * to it. Statements that are sent without waiting are answered together, so they are told as carried out when the server
 * is ready for the next ones: an implicit transaction has committed then.
 */
export class Conversation {
  private readonly prepared = new Map<string, string>();
  private readonly portals = new Map<string, string>();
  private readonly unanswered: Sent[][] = [];
  private group: Sent[] = [];
  private transaction: readonly string[] | undefined;
  private hasFailed = false;

  /** Follows a message of the program. Answers the moment that it makes, if any. */
  sent({ type, bytes }: WireMessage): Moment | undefined {
    if (type === 'P') this.prepare(bytes);
    if (type === 'B') this.bind(bytes);
    if (type === 'E') return this.run(this.portals.get(textsOf(bytes, 1)[0]!) ?? '');
    if (type === 'Q') {
      const moment = this.run(textsOf(bytes, 1)[0]!);
      this.endGroup();
      return moment;
    }
    if (type === 'S') this.endGroup();
    return undefined;
  }

  /** Follows a message of the server. Answers the moments that it makes. */
  answered({ type }: WireMessage): readonly Moment[] {
    const group = this.unanswered[0] ?? this.group;
    if (type === 'E') this.hasFailed = true;
    // Command complete, empty query, portal suspended.
    if (type === 'C' || type === 'I' || type === 's') {
      const next = group.find((sent) => !sent.isComplete);
      if (next !== undefined) next.isComplete = true;
    }
    if (type !== 'Z') return [];
    const complete = this.hasFailed ? [] : group.filter((sent) => sent.isComplete);
    this.hasFailed = false;
    this.unanswered.shift();
    return complete.map(({ statement, transaction }) => ({ when: 'after', statement, transaction }));
  }

  private prepare(bytes: Buffer): void {
    const [name, text] = textsOf(bytes, 2);
    this.prepared.set(name!, text!);
  }

  private bind(bytes: Buffer): void {
    const [portal, name] = textsOf(bytes, 2);
    this.portals.set(portal!, this.prepared.get(name!) ?? '');
  }

  private run(statement: string): Moment {
    if (BEGIN.test(statement)) this.transaction = [];
    const transaction = [...(this.transaction ?? []), statement];
    if (this.transaction !== undefined) this.transaction = transaction;
    if (END.test(statement)) this.transaction = undefined;
    this.group.push({ statement, transaction, isComplete: false });
    return { when: 'before', statement, transaction };
  }

  private endGroup(): void {
    this.unanswered.push(this.group);
    this.group = [];
  }
}
