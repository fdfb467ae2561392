import { leavesNothingBehind } from './leaves-nothing-behind.js';

leavesNothingBehind();
