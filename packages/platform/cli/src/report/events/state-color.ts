import type { DeliveryState } from '@macrolith/events/operations';
import type { Colors } from '../../events/work.js';

/** Red needs a person, yellow may need one, green is over. */
export function stateColor(state: DeliveryState, { red, yellow, green, dim }: Colors): (text: string) => string {
  switch (state) {
    case 'dead':
      return red;
    case 'held':
    case 'waiting':
      return yellow;
    case 'done':
      return green;
    case 'discarded':
    case 'parked':
      return dim;
    default:
      return (text) => text;
  }
}
