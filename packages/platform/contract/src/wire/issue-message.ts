import type { z } from 'zod';

const NAMES: Record<string, string> = {
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  nan: 'not a number',
  date: 'a valid date',
  invalid: 'an invalid date',
  infinite: 'NaN or Infinity',
  undefined: 'undefined',
};
const FORMATS: Record<string, string> = {
  datetime: 'must be a UTC time such as 2026-11-20T12:00:00Z',
  date: 'must be a date such as 2026-11-20',
  base64: 'must be base64',
  email: 'must be an e-mail address',
  url: 'must be a URL',
  uuid: 'must be a UUID',
};
const UNITS: Record<string, string> = { string: ' characters', array: ' items', set: ' items', map: ' entries' };
const MOST_OPTIONS = 12;

/**
 * What is wrong, as a phrase that follows the place: `/quantity must be at least 1`. It never repeats the value.
 * `undefined` leaves the words to zod. A message that the schema's author wrote is not asked for here.
 */
export function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${nameOf(issue.expected)}, not ${nameOf(kindOf(issue.input))}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'too_small':
      return `must ${bound(issue, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')}`;
    case 'too_big':
      return `must ${bound(issue, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')}`;
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : 'has none of the forms that are possible here';
    case 'invalid_key':
      return 'has a key that is not possible here';
    case 'custom':
      return 'is not valid';
    default:
      return undefined;
  }
}

function nameOf(type: string): string {
  return NAMES[type] ?? `a ${type}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : 'Date';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'infinite';
  return typeof value;
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_OPTIONS).map((value) => JSON.stringify(value));
  const more = values.length > MOST_OPTIONS ? ' and others' : '';
  return values.length === 1 ? `must be ${shown[0]}` : `must be one of ${shown.join(', ')}${more}`;
}

function bound(
  issue: { readonly origin: string; readonly exact?: boolean },
  limit: number | bigint,
  compared: string,
): string {
  const unit = UNITS[issue.origin];
  const amount = `${issue.exact ? 'exactly' : compared} ${limit}`;
  return unit === undefined ? `be ${amount}` : `have ${amount}${unit}`;
}
