import { FROM_SOURCE } from './from-source.js';

// Read by @macrolith/testing, which does not know by what its user's sources are compiled.
process.env.MACROLITH_TEST_NODE_OPTIONS = FROM_SOURCE.join(' ');
