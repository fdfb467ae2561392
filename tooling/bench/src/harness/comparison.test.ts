import { describe, expect, it } from '@jest/globals';
import { type Comparison, type Contender, compare, median } from './comparison.js';

describe('median', () => {
  it('is the middle value, wherever it stands', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is half way between the two middle values of an even number', () => {
    expect(median([4, 100, 1, 2])).toBe(3);
  });

  it('leaves its input as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('is not moved by one wild value', () => {
    expect(median([10, 11, 12, 13, 1_000_000])).toBe(12);
  });
});

describe('compare', () => {
  it('answers one result a peer, with ours divided by the peer', async () => {
    const results = await compare(
      comparison(contender('ours', [30]), contender('fast', [10]), contender('slow', [60])),
      {
        quick: false,
      },
    );
    expect(results).toEqual([
      { suite: 'race', case: 'dry', metric: 'time', unit: 'ms', ours: 30, peer: 10, peerName: 'fast', ratio: 3 },
      { suite: 'race', case: 'dry', metric: 'time', unit: 'ms', ours: 30, peer: 60, peerName: 'slow', ratio: 0.5 },
    ]);
  });

  it('takes the median of the rounds, without the one that warms up', async () => {
    const ours = contender('ours', [1000, 1, 2, 3, 4, 5]);
    const [result] = await compare({ ...comparison(ours, contender('peer', [1])), rounds: 5 }, { quick: false });
    expect(result?.ours).toBe(3);
  });

  it('counts every round when none is needed to warm up', async () => {
    const ours = contender('ours', [10, 20, 30]);
    const cold = { ...comparison(ours, contender('peer', [1])), rounds: 3, warmUpRounds: 0 };
    const [result] = await compare(cold, { quick: false });
    expect(result?.ours).toBe(20);
  });

  it('takes every contender once a round, before any is taken again', async () => {
    const log: string[] = [];
    const noted = (name: string): Contender => ({
      name,
      async sample() {
        log.push(name);
        return 1;
      },
    });
    const names = ['a', 'b', 'c'];
    const [ours, ...peers] = names.map(noted);
    await compare({ ...comparison(ours!, ...peers), rounds: 4 }, { quick: false });

    expect(log).toHaveLength(5 * names.length);
    for (let round = 0; round < 5; round += 1) {
      expect(log.slice(round * 3, round * 3 + 3).sort()).toEqual(names);
    }
  });

  it('never takes two contenders at once', async () => {
    let underWay = 0;
    const lonely = (name: string): Contender => ({
      name,
      async sample() {
        underWay += 1;
        expect(underWay).toBe(1);
        await new Promise(setImmediate);
        underWay -= 1;
        return 1;
      },
    });
    await compare(comparison(lonely('ours'), lonely('peer'), lonely('other')), { quick: false });
    expect.assertions(4 * 3);
  });

  it('changes the order from round to round as chance has it', async () => {
    const log: string[] = [];
    const noted = (name: string): Contender => ({
      name,
      async sample() {
        log.push(name);
        return 1;
      },
    });
    const chances = [0.999, 0, 0.999, 0];
    await compare({ ...comparison(noted('ours'), noted('peer')), rounds: 3 }, { quick: false }, () => chances.shift()!);
    expect(log).toEqual(['ours', 'peer', 'peer', 'ours', 'ours', 'peer', 'peer', 'ours']);
  });

  it('takes fewer rounds when it is to be quick, and never more than were asked for', async () => {
    const samples = async (rounds: number) => {
      let taken = 0;
      const counted: Contender = { name: 'ours', sample: async () => ++taken };
      await compare({ ...comparison(counted, contender('peer', [1])), rounds, warmUpRounds: 0 }, { quick: true });
      return taken;
    };
    expect(await samples(15)).toBe(3);
    expect(await samples(1)).toBe(1);
  });
});

function comparison(ours: Contender, ...peers: Contender[]): Comparison {
  return { suite: 'race', case: 'dry', metric: 'time', unit: 'ms', rounds: 3, ours, peers };
}

/** Answers the figures one after the other, and the last for ever. */
function contender(name: string, figures: readonly number[]): Contender {
  const left = [...figures];
  return { name, sample: async () => (left.length > 1 ? left.shift()! : left[0]!) };
}
