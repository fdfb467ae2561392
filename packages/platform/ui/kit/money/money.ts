/** An amount as it travels in JSON: minor units (pence, cents) as a decimal string, so that no digit is lost. */
export interface Money {
  readonly amountMinor: string;
  /** ISO 4217, e.g. `GBP`. */
  readonly currency: string;
}

/** The digits behind the point: 2 for GBP, 0 for JPY, 3 for KWD. */
export function fractionDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The amount as a plain decimal, e.g. `-12.05`. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const minor = BigInt(amountMinor);
  const digits = fractionDigits(currency);
  const unsigned = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = unsigned.slice(0, unsigned.length - digits);
  const decimal = digits === 0 ? whole : `${whole}.${unsigned.slice(-digits)}`;
  return minor < 0n ? `-${decimal}` : decimal;
}

/** The amount in the reader's language, e.g. `£12.05`. Exact for any size. */
export function formatMoney(money: Money, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
  return format.format(toDecimal(money) as Intl.StringNumericLiteral);
}

/** Reads what a person typed, e.g. `1,250.5`. Undefined when it is no amount or has too many digits behind the point. */
export function parseMoney(text: string, currency: string): Money | undefined {
  const digits = fractionDigits(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d*))?$/.exec(text.trim().replaceAll(/[,\s]/g, ''));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (fraction.length > digits) return undefined;
  const amountMinor = BigInt(`${sign}${whole}${fraction.padEnd(digits, '0')}`).toString();
  return { amountMinor, currency };
}
