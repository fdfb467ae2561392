import { api, formatMoney, type Money, type Page } from '@macrolith/ui';

interface Account {
  readonly accountId: string;
  readonly status: 'open' | 'closed';
  readonly available: Money;
}

interface Cards {
  readonly cards: readonly { readonly token: string; readonly label: string }[];
}

/** Who can pay an order, as a choice of a form. */
export interface Payer {
  readonly value: string;
  readonly label: string;
}

/** An account's id has no space in it, so no account is taken for a card. */
const CARD = 'card ';

/** Accounts that are open, and cards that are kept. */
export async function loadPayers(signal: AbortSignal): Promise<readonly Payer[]> {
  const [{ items }, { cards }] = await Promise.all([
    api.get<Page<Account>>('/api/payments/accounts', { query: { limit: 100 }, signal }),
    api.get<Cards>('/api/payments/cards', { signal }),
  ]);
  const open = items.filter(({ status }) => status === 'open');
  return [
    ...open.map(({ accountId, available }) => ({
      value: accountId,
      label: `${accountId}: ${formatMoney(available)} available`,
    })),
    ...cards.map(({ token, label }) => ({ value: `${CARD}${token}`, label })),
  ];
}

/** The chosen payer as the API takes it. */
export function payerOf(
  choice: string,
): { readonly accountId: string } | { readonly card: { readonly token: string } } {
  return choice.startsWith(CARD) ? { card: { token: choice.slice(CARD.length) } } : { accountId: choice };
}
