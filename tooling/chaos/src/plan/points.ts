/**
 * Where a process may kill itself: before a statement is sent, or when its answer has come. They are told by the statements
 * that cross them, so the code under test has no word of it.
 */
export interface Point {
  readonly name: string;
  readonly when: 'before' | 'after';
  /** Matches the statement's text. */
  readonly statement: RegExp;
}

export const POINTS: readonly Point[] = [
  { name: 'before an event is written', when: 'before', statement: /INSERT INTO \w+\.outbox/ },
  { name: 'when an event is written', when: 'after', statement: /INSERT INTO \w+\.outbox/ },
  { name: 'when messages are claimed', when: 'after', statement: /^WITH candidate AS/ },
  { name: 'before the inbox is asked', when: 'before', statement: /INSERT INTO \w+\.inbox/ },
  { name: 'when the inbox has answered', when: 'after', statement: /INSERT INTO \w+\.inbox/ },
  { name: 'when a handler has had its effect', when: 'after', statement: /INSERT INTO notebook\.heard/ },
  { name: 'before deliveries are closed', when: 'before', statement: /SET state = 'done'/ },
  { name: 'between close and advance', when: 'after', statement: /SET state = 'done'/ },
  { name: 'when the next of a key is promoted', when: 'after', statement: /^WITH closed AS/ },
  { name: 'when a lease is renewed', when: 'before', statement: /AS held \(position/ },
  { name: 'when a task is about to be noted', when: 'before', statement: /INSERT INTO "?notifications"?/ },
  { name: 'when money is held', when: 'after', statement: /INSERT INTO payments\.payment/ },
];
