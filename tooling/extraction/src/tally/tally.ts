import { command, Port, query, z } from '@macrolith/contract';
import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';

/** What names a call, so that it can be found wherever it was sent, and who did it. */
const Call = z.object({ call: z.string() });
const Done = z.object({ process: z.int() });

/** A module that notes what it did, with nothing that would refuse to do it twice. */
export abstract class Tally extends Port({
  name: 'tally',
  version: '1.0.0',
  operations: {
    /** Answers which process was asked. */
    look: query({ input: Call, output: Done }),
    /** Makes a mark for the call. */
    mark: command({ input: Call, output: Done }),
  },
}) {}

export const tally = defineModule(Tally, {
  owner: 'team-extraction',
  web: [routes(Tally, { look: 'GET /look', mark: { route: 'POST /mark', status: 200 } })],
});
