import { MessageWriter } from './message-writer.js';

/**
 * The messages of the extended query protocol that statements need.
 * Formats: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** A parameter in the form in which it is sent. */
export type PreparedValue = string | Buffer | null;

const UNNAMED = '';
const TEXT_FORMAT = 0;
const BINARY_FORMAT = 1;

const EXECUTE_ALL_ROWS = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const DESCRIBE_PORTAL = Buffer.from([0x44, 0, 0, 0, 6, 0x50, 0]);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

const writer = new MessageWriter();

/** One statement with its parameters. */
export interface StatementMessages {
  readonly text: string;
  readonly values: readonly PreparedValue[] | undefined;
  readonly name: string | undefined;
  /** Whether the connection has yet to prepare it. */
  readonly parse: boolean;
  /** Whether to ask for the columns of the answer. */
  readonly describe: boolean;
}

/** Everything up to and including the Sync, in one piece, with `controls` in front. */
export function messageGroup(controls: readonly Buffer[], statement: StatementMessages): Buffer {
  for (const control of controls) writer.append(control);
  if (statement.parse) writeParse(statement.name ?? UNNAMED, statement.text);
  writeBind(statement.name ?? UNNAMED, statement.values);
  if (statement.describe) writer.append(DESCRIBE_PORTAL);
  writer.append(EXECUTE_ALL_ROWS);
  writer.append(SYNC);
  return writer.take();
}

/** Parse of a statement that the connection keeps under `name`. */
export function parseMessage(name: string, text: string): Buffer {
  writeParse(name, text);
  return writer.take();
}

/** Bind and Execute of a prepared statement without parameters. */
export function runMessages(name: string): Buffer {
  writeBind(name, undefined);
  writer.append(EXECUTE_ALL_ROWS);
  return writer.take();
}

/** Parse, Bind and Execute of an unnamed statement without parameters. */
export function controlMessages(text: string): Buffer {
  return Buffer.concat([parseMessage(UNNAMED, text), runMessages(UNNAMED)]);
}

function writeParse(name: string, text: string): void {
  writer.begin(0x50);
  writer.cString(name);
  writer.cString(text);
  // The server finds out the types of the parameters.
  writer.int16(0);
  writer.finish();
}

function writeBind(name: string, values: readonly PreparedValue[] = []): void {
  writer.begin(0x42);
  writer.cString(UNNAMED);
  writer.cString(name);
  writeFormats(values);
  writer.int16(values.length);
  for (const value of values) writer.parameter(value);
  // No formats: all columns are answered as text.
  writer.int16(0);
  writer.finish();
}

function writeFormats(values: readonly PreparedValue[]): void {
  if (!values.some((value) => value instanceof Buffer)) {
    // No formats: all parameters are text.
    writer.int16(0);
    return;
  }
  writer.int16(values.length);
  for (const value of values) writer.int16(value instanceof Buffer ? BINARY_FORMAT : TEXT_FORMAT);
}
