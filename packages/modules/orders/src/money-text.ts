import type { Money } from '@macrolith/contract';

/** `6.78 GBP`: the amount in the currency's main unit, with as many decimals as the currency has (ISO 4217). */
export function moneyText({ amountMinor, currency }: Money): string {
  const decimals = decimalsOf(currency);
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${amountMinor < 0n ? '-' : ''}${whole}${fraction} ${currency}`;
}

function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
