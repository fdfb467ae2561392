import { InvalidEvent, InvalidInput, InvalidOutput } from './errors/invalid-value.js';
import type { EventType } from './event.js';
import type { Operation } from './operation.js';
import { decoded, encoded } from './wire/wire-codec.js';
import type { WireValue } from './wire/wire-value.js';

type WithInput<In> = Operation<any, In, any, any>;
type WithOutput<Out> = Operation<any, any, Out, any>;

/** An argument as plain JSON data; `null` for an operation that takes none. @throws InvalidInput */
export function encodeInput<In>(operation: WithInput<In>, value: In): WireValue {
  if (operation.input === undefined) return null;
  return encoded(operation.input, value, (issues) => new InvalidInput(operation.id, issues));
}

/** An argument from plain JSON data. Shares nothing with it. @throws InvalidInput */
export function decodeInput<In>(operation: WithInput<In>, wire: unknown): In {
  if (operation.input === undefined) return undefined as In;
  return decoded(operation.input, wire, (issues) => new InvalidInput(operation.id, issues));
}

/** An answer as plain JSON data; `null` for an operation that gives none. @throws InvalidOutput */
export function encodeOutput<Out>(operation: WithOutput<Out>, value: Out): WireValue {
  if (operation.output === undefined) return null;
  return encoded(operation.output, value, (issues) => new InvalidOutput(operation.id, issues));
}

/** An answer from plain JSON data. Shares nothing with it. @throws InvalidOutput */
export function decodeOutput<Out>(operation: WithOutput<Out>, wire: unknown): Out {
  if (operation.output === undefined) return undefined as Out;
  return decoded(operation.output, wire, (issues) => new InvalidOutput(operation.id, issues));
}

/** An event's data as plain JSON data. @throws InvalidEvent */
export function encodeEvent<Data>(type: EventType<Data>, data: Data): WireValue {
  return encoded(type.data, data, (issues) => new InvalidEvent(type.id, issues));
}

/** An event's data from plain JSON data. Shares nothing with it. @throws InvalidEvent */
export function decodeEvent<Data>(type: EventType<Data>, wire: unknown): Data {
  return decoded(type.data, wire, (issues) => new InvalidEvent(type.id, issues));
}
