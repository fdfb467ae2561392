const INBOX = '_INBOX.';

/**
 * Whether a subject is an inbox, and so one where an answer can do no harm. nats-server lets whoever was asked publish to whatever
 * subject the question names for the answer, also where only the asked one may: another module's calls, or the stream's removal.
 */
export function isInbox(subject: string | undefined): boolean {
  return subject?.startsWith(INBOX) === true;
}
