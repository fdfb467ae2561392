import pg from 'pg';
import type { PreparedValue } from '../protocol/messages.js';

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): PreparedValue } }).utils;

/** Puts values into the form in which they are sent. Throws what their serialisation throws. */
export function preparedValues(values: readonly unknown[] | undefined): readonly PreparedValue[] | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.map((value) => prepareValue(value));
}
