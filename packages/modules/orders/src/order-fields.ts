/** What single fields of an order hold, wherever one is named. */
import { z } from '@macrolith/contract';

export const OrderId = z.uuid();

export const CustomerId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@-]*$/,
    'Use letters, digits, dots, underscores, colons, @ and dashes; begin with a letter or digit.',
  );

/** The customer's own number for the order, e.g. an invoice number. No two orders have the same. */
export const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** One paragraph of plain text. */
export const Reason = z
  .string()
  .max(500)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** Where the goods go, as the customer writes it. */
export const Country = z
  .string()
  .max(64)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');
