import type { ShipmentStatus } from './index.js';

export type ShipmentAction = 'dispatch' | 'deliver' | 'refuse';

/**
 * ```
 *   requested ──dispatch──▶ dispatched ──deliver──▶ delivered
 *       │                       │
 *     refuse                  refuse
 *       ▼                       │
 *    refused ◀──────────────────┘
 * ```
 */
const NEXT: Readonly<Record<ShipmentStatus, Partial<Record<ShipmentAction, ShipmentStatus>>>> = {
  requested: { dispatch: 'dispatched', refuse: 'refused' },
  dispatched: { deliver: 'delivered', refuse: 'refused' },
  delivered: {},
  refused: {},
};

/** The status after an action; `undefined` when the shipment does not allow it. */
export function statusAfter(status: ShipmentStatus, action: ShipmentAction): ShipmentStatus | undefined {
  return NEXT[status][action];
}

/** Where goods are that will not reach their recipient. */
export function whereabouts(status: ShipmentStatus): 'in-house' | 'away' {
  return status === 'requested' ? 'in-house' : 'away';
}
