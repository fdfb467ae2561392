import { controlMessages, parseMessage, runMessages } from './messages.js';

/**
 * A statement that the platform sends in front of a caller's statement: BEGIN, SAVEPOINT, SET LOCAL ROLE and the like.
 * Its protocol messages are made once, so that sending it is copying bytes.
 */
export interface Control {
  readonly text: string;
  /** Parse, Bind and Execute; or, of a prepared control, Bind and Execute only. */
  readonly messages: Buffer;
  /** Set when the control is a prepared statement of the connection. */
  readonly prepared?: { readonly name: string; readonly parse: Buffer };
}

/** A control that is parsed anew each time. Right for commands such as SAVEPOINT, which PostgreSQL does not plan. */
export function control(text: string): Control {
  return { text, messages: controlMessages(text) };
}

/** A control that each connection prepares once. Right for a SELECT, whose planning would cost more than running it. */
export function preparedControl(name: string, text: string): Control {
  return { text, messages: runMessages(name), prepared: { name, parse: parseMessage(name, text) } };
}
