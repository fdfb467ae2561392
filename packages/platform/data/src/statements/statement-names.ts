import { type Refusal, refusalOf } from './refused-statement.js';
import { type TransactionCommand, transactionCommandOf } from './transaction-command.js';

/** Most statements that are kept prepared per role: each costs memory in every connection of the pool. */
export const PREPARED_STATEMENTS_PER_ROLE = 250;
/** Most texts that are remembered per role while it is seen whether they come again. */
export const REMEMBERED_TEXTS_PER_ROLE = 2_000;
/** In characters. Longer texts are long lists of values, rarely the same twice. */
export const LONGEST_PREPARED_TEXT = 8_000;
/** A text is prepared when it comes for this time, so that texts which never come again are not kept. */
export const USES_BEFORE_PREPARING = 3;

/** What is known about one text under one role. */
export interface KnownStatement {
  readonly text: string;
  /** Set when the text would begin or end a transaction or a savepoint. */
  readonly command: TransactionCommand | undefined;
  /** Set when the text must not run on a shared connection. */
  readonly refusal: Refusal | undefined;
  /** The name under which connections keep it prepared; undefined while it is not worth it. */
  name: string | undefined;
  uses: number;
}

/**
 * Classifies each text once, and names those that come again, so that connections plan them once. A name stands for
 * one text under one role, in every connection of the pool.
 */
export class StatementNames {
  private readonly roles = new Map<string, { texts: Map<string, KnownStatement>; named: number }>();
  private names = 0;

  of(role: string, text: string): KnownStatement {
    let known = this.roles.get(role);
    if (known === undefined) {
      known = { texts: new Map(), named: 0 };
      this.roles.set(role, known);
    }
    let statement = known.texts.get(text);
    if (statement === undefined) {
      if (known.texts.size >= REMEMBERED_TEXTS_PER_ROLE) forgetUnnamed(known.texts);
      statement = { text, command: transactionCommandOf(text), refusal: refusalOf(text), name: undefined, uses: 0 };
      known.texts.set(text, statement);
    }
    if (statement.name === undefined && ++statement.uses >= USES_BEFORE_PREPARING && isWorthAName(text, known.named)) {
      known.named += 1;
      statement.name = this.nextName();
    }
    return statement;
  }

  /**
   * Gives the text another name, after a connection answered that its plan under `outdated` is no longer valid.
   * Connections keep the old plan, unused, until they close.
   */
  renew(statement: KnownStatement, outdated: string): void {
    if (statement.name === outdated) statement.name = this.nextName();
  }

  private nextName(): string {
    this.names += 1;
    return `macrolith_${this.names}`;
  }
}

function isWorthAName(text: string, alreadyNamed: number): boolean {
  return alreadyNamed < PREPARED_STATEMENTS_PER_ROLE && text.length <= LONGEST_PREPARED_TEXT;
}

function forgetUnnamed(texts: Map<string, KnownStatement>): void {
  for (const [text, { name }] of texts) if (name === undefined) texts.delete(text);
}
