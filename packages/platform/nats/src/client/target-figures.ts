import type { Observation, ObservedFigure } from '@macrolith/core';
import type { Circuit, TargetState } from './target.js';

const CIRCUITS: readonly Circuit[] = ['closed', 'probing', 'open'];

/** What is known of remote modules, as figures with a few series for each module. */
export function targetFigures(states: () => readonly TargetState[]): readonly ObservedFigure[] {
  const of = (valuesOf: (state: TargetState) => Iterable<Observation>) => () =>
    states().flatMap((s) => [...valuesOf(s)]);
  return [
    {
      name: 'macrolith.remote.circuit',
      help: 'The circuit of a remote module: 1 for the state that it is in, 0 for the others.',
      unit: '1',
      is: 'level',
      observe: of(({ module, circuit }) =>
        CIRCUITS.map((state) => ({ labels: { to: module, state }, value: state === circuit ? 1 : 0 })),
      ),
    },
    {
      name: 'macrolith.remote.calls.under_way',
      help: 'Calls to a remote module that are under way.',
      unit: '{call}',
      is: 'level',
      observe: of(({ module, underWay }) => [{ labels: { to: module }, value: underWay }]),
    },
    {
      name: 'macrolith.remote.calls.sent_again',
      help: 'How often calls to a remote module were sent again, by why.',
      unit: '{call}',
      is: 'sum',
      observe: of(({ module, sentAgain }) => byReason(module, sentAgain)),
    },
    {
      name: 'macrolith.remote.calls.not_sent',
      help: 'Calls to a remote module that failed here without being sent, by why.',
      unit: '{call}',
      is: 'sum',
      observe: of(({ module, notSent }) => byReason(module, notSent)),
    },
  ];
}

function byReason(module: string, counts: Readonly<Record<string, number>>): readonly Observation[] {
  return Object.entries(counts).map(([reason, value]) => ({ labels: { to: module, reason }, value }));
}
