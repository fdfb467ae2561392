import { type Money, parseMoney, toDecimal } from '../money/money.js';

export type FieldType =
  | 'text'
  | 'email'
  | 'search'
  | 'number'
  | 'integer'
  | 'money'
  | 'textarea'
  | 'select'
  | 'checkbox';

/** Undefined: left empty. */
export type FieldValue = string | number | boolean | Money | undefined;

export interface FieldRules {
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** ISO 4217, for `money`. */
  readonly currency: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

export type Reading = { readonly value: FieldValue } | { readonly error: string };

/** What was typed, as the value the API takes; or what is wrong with it, in words. */
export function readField(text: string, rules: FieldRules): Reading {
  const trimmed = text.trim();
  if (trimmed === '') return rules.required ? { error: missing(rules) } : { value: undefined };
  switch (rules.type) {
    case 'number':
    case 'integer':
      return readNumber(trimmed, rules);
    case 'money':
      return readMoney(trimmed, rules);
    case 'email':
      return /^\S+@\S+\.\S+$/.test(trimmed)
        ? { value: trimmed }
        : { error: 'Enter an e-mail address, like name@example.com.' };
    default:
      return { value: trimmed };
  }
}

/** A value as the text of its input. */
export function fieldText(value: FieldValue): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? toDecimal(value) : String(value);
}

function missing({ type, label }: FieldRules): string {
  return type === 'select' ? `Choose: ${label.toLowerCase()}.` : `Enter: ${label.toLowerCase()}.`;
}

function readNumber(text: string, rules: FieldRules): Reading {
  const value = Number(text);
  if (!Number.isFinite(value)) return { error: 'Enter a number.' };
  if (rules.type === 'integer' && !Number.isSafeInteger(value)) return { error: 'Enter a whole number.' };
  return withinRange(value, rules) ?? { value };
}

function readMoney(text: string, rules: FieldRules): Reading {
  const value = parseMoney(text, rules.currency);
  if (value === undefined) return { error: `Enter an amount in ${rules.currency}, like 12.50.` };
  return withinRange(Number(toDecimal(value)), rules) ?? { value };
}

function withinRange(value: number, { min, max }: FieldRules): Reading | undefined {
  if (min !== undefined && value < min) return { error: `Enter ${min} or more.` };
  if (max !== undefined && value > max) return { error: `Enter ${max} or less.` };
  return undefined;
}
