import { describe, expect, test } from '@jest/globals';
import { EventNames } from '@macrolith/nats-connection';
import { IncompatibleStream } from './incompatible-stream.js';
import { DAY_NS, declaredStream, STREAM_DEFAULTS } from './stream-config.js';
import { describeDifference, streamConfigDiff } from './stream-config-diff.js';

const declared = declaredStream(new EventNames('macrolith'), STREAM_DEFAULTS);

describe('A stream', () => {
  test('does not differ when all that is declared is as declared, whatever else it has', () => {
    expect(streamConfigDiff(declared, { ...declared, max_msgs: -1, placement: { cluster: 'east' } })).toEqual([]);
  });

  test('differs by what is to be added, changed, or cannot be changed', () => {
    const existing = {
      ...declared,
      description: undefined,
      subjects: ['macrolith.events.>', 'legacy.>'],
      max_age: 7 * DAY_NS,
      storage: 'memory',
    };

    expect(streamConfigDiff(declared, existing).map(describeDifference)).toEqual([
      '+ description: Events of macrolith',
      '~ subjects: macrolith.events.>, legacy.> → macrolith.events.>',
      '! storage: memory → file',
      '~ max_age: 7 days → 30 days',
    ]);
  });

  test('gets subjects besides those that it has', () => {
    const [difference] = streamConfigDiff({ subjects: ['a', 'b'] }, { subjects: ['a'] });

    expect(difference).toEqual({ setting: 'subjects', kind: 'addition', is: ['a'], wanted: ['b'] });
  });

  test('that cannot be changed is refused with what cannot, and with the ways out', () => {
    const refusal = new IncompatibleStream(
      'macrolith-events',
      streamConfigDiff(declared, { ...declared, storage: 'memory' }),
    );

    expect(refusal.differences).toMatchObject([{ setting: 'storage', is: 'memory', wanted: 'file' }]);
    expect(refusal.message).toContain('! storage: memory → file');
    expect(refusal.message).toContain('Nothing was changed.');
  });
});
