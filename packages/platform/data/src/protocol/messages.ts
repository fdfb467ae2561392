/**
 * The few messages of the extended query protocol that statements without parameters need.
 * Formats: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** Parse, Bind and Execute of an unnamed statement without parameters. */
export function controlMessages(text: string): Buffer {
  return Buffer.concat([parse('', text), bind(''), EXECUTE]);
}

/** The same for a statement that the connection keeps under `name`: Parse is sent once, Bind and Execute each time. */
export function namedStatementMessages(name: string, text: string): { parse: Buffer; run: Buffer } {
  return { parse: parse(name, text), run: Buffer.concat([bind(name), EXECUTE]) };
}

const NO_PARAMETERS = Buffer.alloc(2);
const UNNAMED_PORTAL = Buffer.alloc(1);
/** No parameter formats, no parameters, no result formats. */
const NO_VALUES = Buffer.alloc(6);
const ALL_ROWS = Buffer.alloc(4);

const EXECUTE = message('E', UNNAMED_PORTAL, ALL_ROWS);

function parse(name: string, text: string): Buffer {
  return message('P', cString(name), cString(text), NO_PARAMETERS);
}

function bind(name: string): Buffer {
  return message('B', UNNAMED_PORTAL, cString(name), NO_VALUES);
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  // The length counts itself and not the type.
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function cString(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf8');
}
